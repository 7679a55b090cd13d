"""What is known of a request about mature plants, and what stands against its steps."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import User
from casefile.calendar import local_day
from casefile.deadlines import Clock, count
from casefile.models import Case, Deadline
from licensing import clocks, rules
from licensing.models.about import AboutLicense
from licensing.models.licenses import License
from licensing.rules import decision


class RequestFacts(AboutLicense, Case):
    """What is known of a request about mature plants, and what stands against its steps."""

    class Kind(models.TextChoices):
        DESIGNATION = rules.DESIGNATION, "Level at the start"
        INCREASE = rules.INCREASE, "Increase"
        DECREASE = rules.DECREASE, "Decrease"

    license = models.ForeignKey(License, on_delete=models.PROTECT, related_name="plant_requests")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="plant_requests"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The level that is asked for.")
    plants = models.PositiveIntegerField(
        null=True, blank=True, help_text="The count asked for at the start; else how many more, or fewer."
    )
    at_renewal = models.BooleanField(default=False)
    year_began_on = models.DateField(null=True, blank=True, help_text="First day of the license year it counts for.")
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When it was first sent.")
    last_sent_at = models.DateTimeField(null=True, blank=True, help_text="When something was last sent for it.")
    wanted: Any = models.JSONField(
        default=dict, blank=True, help_text="What the Division asked for: its words by piece, until it is complete."
    )
    complete_at = models.DateTimeField(null=True, blank=True, help_text="When the last missing piece had come.")
    decided_at = models.DateTimeField(null=True, blank=True)
    granted_level = models.PositiveSmallIntegerField(null=True, blank=True)
    granted = models.PositiveIntegerField(
        null=True, blank=True, help_text="The count given at the start; else how many more, or fewer."
    )
    reasons = models.TextField(blank=True, help_text="Why it was decided so, as the letter says it.")
    factors = models.JSONField(null=True, blank=True, help_text="The factors as the person who decided saw them.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.license}, {self.file.ref}"

    objects: Any  # these come with the model that is made of this
    pieces: Any

    related = ("file", "license__licensee", "officer")
    asking_at: datetime | None = None  # when what is missing is asked for, while the letter is only looked at

    # Who

    def get_absolute_url(self) -> str:
        return reverse("licensing:request", args=[self.file.ref])

    @property
    def letters_url(self) -> str:
        return reverse("licensing:request_record", args=[self.file.ref])

    def gather(self) -> None:
        models.prefetch_related_objects([self], "pieces__documents")

    # Facts

    @property
    def asked_on(self) -> date | None:
        """The day it was first sent: the months and the license year are counted from it."""
        return local_day(self.sent_at) if self.sent_at else None

    @property
    def in_part(self) -> bool:
        """Less was granted than was asked for."""
        return self.granted is not None and self.plants is not None and self.granted < self.plants

    @property
    def required(self) -> tuple[rules.Piece, ...]:
        """The pieces that the rule asks for."""
        return rules.REQUIRED[self.kind]

    @property
    def what(self) -> str:
        """What is asked for, in a few words: 2,500 more mature plants for license CCD-2026-0001."""
        plants = f"{self.plants or 0:,}"
        words = {
            self.Kind.DESIGNATION: f"level {self.level}, {plants} mature plants,",
            self.Kind.INCREASE: f"{plants} more mature plants",
            self.Kind.DECREASE: f"{plants} fewer mature plants",
        }
        return f"{words[self.Kind(self.kind)]} for license {self.license.number}"

    @property
    def granted_words(self) -> str:
        return f"{self.granted or 0:,}"

    def law_of_the_day(self) -> dict[str, int]:
        """The numbers of the law that letters name, as they stand when the request is decided."""
        day = local_day(self.decided_at or self.last_sent_at or self.file.opened_at)
        values = {"cap": rules.PLANT_CAP, "hearing": decision.HEARING_DAYS, "days": rules.DECISION_DAYS}
        return {name: value.on(day) for name, value in values.items()}

    def unmet(self) -> list[dict[str, Any]]:
        """The factors that were not met, as they were kept with the decision."""
        return [it for it in self.factors or [] if it["finding"] == rules.Finding.NOT_MET]

    def last_round(self) -> list[rules.Piece]:
        """What came with the last sending, in the order of the rule."""
        came = {it.key: it.round for it in self.pieces.all()}
        return [it for it in self.required if came.get(it.key) == max(came.values())] if came else []

    def newest_pieces(self) -> dict[str, Any]:
        """Each piece as it was last sent, by its key."""
        return {piece.key: piece for piece in self.pieces.all()}

    def missing(self) -> list[rules.Piece]:
        """The pieces that the rule asks for and that have not come."""
        return rules.missing_pieces(self.kind, {key for key, it in self.newest_pieces().items() if it.is_given})

    def wanted_pieces(self) -> list[tuple[rules.Piece, str]]:
        """What the Division asked for, with its words, in the order of the rule."""
        return [(piece, self.wanted[piece.key]) for piece in self.required if piece.key in self.wanted]

    def running(self, clock: Clock) -> Deadline | None:
        """The running deadline of `clock`: as a page has loaded it, else as it stands on record."""
        loaded = getattr(self.file, "_prefetched_objects_cache", {}).get("deadlines")
        rows = self.file.deadlines.filter(clock=clock.key) if loaded is None else loaded
        return next((row for row in rows if row.clock == clock.key and row.is_running), None)

    @property
    def information_by(self) -> date:
        """The day by whose end what is missing is due: as the clock says, else as if it were asked for now."""
        row = self.running(clocks.INFORMATION_DUE)
        if row is not None and row.due_on is not None:
            return row.due_on
        since = self.asking_at or self.last_sent_at
        assert since is not None
        due_on = count(clocks.INFORMATION_DUE, since).due_on
        assert due_on is not None
        return due_on

    # Reasons

    def reasons_not_to_submit(self) -> list[str]:
        """A request says how many plants; what is sent again holds something new."""
        if self.sent_at is None:
            return [] if self.plants is not None else ["Say how many plants you ask for."]
        again = self.pieces.filter(sent_at__gt=self.last_sent_at).exists()
        return [] if again else ["Send at least one of the pieces that we asked for."]

    def reasons_not_to_take(self) -> list[str]:
        """Nobody has it. The row is asked, not what was joined to it: that is older where one waited for the lock."""
        if self.officer_id is None:
            return []
        return [f"{User.objects.get(pk=self.officer_id).name} has this request."]

    def reasons_not_to_ask(self) -> list[str]:
        return decision.reasons_not_to_ask_for({piece.label: words for piece, words in self.wanted_pieces()})

    def reasons_not_to_find_complete(self) -> list[str]:
        return [f"{piece.label} has not come. ({piece.cites})" for piece in self.missing()]
