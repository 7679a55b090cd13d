"""A request to open a window again, as it moves: its states, its steps, and what follows from each."""

from datetime import datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from accounts.models import User
from casefile.steps import When, effects, unless
from inventory_windows import clocks, letters, rules
from inventory_windows.models.base import OfLicense, Opened, for_staff, mine
from inventory_windows.stages import PENDING, TO_REVIEW, UNDECIDED, RequestState

GOALS = [clocks.REVIEW_GOAL, clocks.OPEN_GOAL]


class WindowRequestQuerySet(models.QuerySet["WindowRequest"]):
    def visible_to(self, user: User) -> "WindowRequestQuerySet":
        """Staff see every request that was sent; a representative sees those of their licensees."""
        return for_staff(self, user).exclude(sent_at=None) if user.is_division else mine(self, user)

    def with_license(self) -> "WindowRequestQuerySet":
        """With the rows that every page names, in one query."""
        return self.select_related("file__opening", "license__licensee", "officer")


class WindowRequest(Opened, OfLicense):
    """A licensee asks to open its window again for 24 hours, from the first draft to the end of the window."""

    State = RequestState

    class Purpose(models.TextChoices):
        NEW = "new", "New strains or genetics"
        REPLACE = "replace", "Plants or seeds to replace some that died"
        MISSED = "missed", "Seeds or clones that were not entered in time"
        OTHER = "other", "Something else"

    class Ground(models.TextChoices):
        NOT_FOR_WINDOW = "not_for_window", "Not seeds, clones or genetics"
        TOO_SOON = "too_soon", "Too soon, or the license stands against it"
        PAPERS = "papers", "Papers are missing or do not fit"
        COMPLIANCE = "compliance", "What we know does not fit"
        OTHER = "other", "Something else"

    state = FSMField(choices=RequestState.choices, default=RequestState.DRAFT, protected=True)
    company = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, blank=True)
    message = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True, help_text="The time that was promised.")
    decided_at = models.DateTimeField(null=True, blank=True)
    ground = models.CharField(max_length=15, choices=Ground.choices, blank=True)
    reason = models.TextField(blank=True, help_text="Why it was refused, as the letter says it.")
    flags: Any = models.JSONField(null=True, blank=True, help_text="The red flags as the person who decided saw them.")

    objects = WindowRequestQuerySet.as_manager()
    related = ("file__opening", "license__licensee")
    page, own_page = "window", "own_window"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="window_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=[RequestState.DRAFT, RequestState.WITHDRAWN])
                | Q(sent_at__isnull=False, number__isnull=False),
                name="window_sent_before_it_moved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RequestState.APPROVED, RequestState.OPEN, RequestState.SHUT])
                | Q(approved_at__isnull=False, opens_at__isnull=False),
                name="window_approved_before_open",
            ),
            models.UniqueConstraint(
                fields=["license"],
                condition=Q(state__in=[RequestState.DRAFT, *PENDING]),
                name="window_one_request_per_license",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="window_by_state"),
            models.Index(fields=["license", "-id"], name="window_of_license"),
            models.Index(fields=["decided_at", "id"], name="window_by_decision"),
        ]

    # Facts

    def items_as_asked(self) -> list[rules.Item]:
        return [rules.Item(it.kind, it.strain, it.quantity, it.source) for it in self.items.all()]

    def asked(self) -> rules.Asked:
        """What was sent, as the rules see it."""
        return rules.Asked(
            self.items_as_asked(), self.purpose, self.message, self.contact, self.phone, self.email
        )  # fmt: skip

    @property
    def question(self) -> Any:
        """What the Division asked last; None when it asked nothing."""
        return self.file.questions.order_by("-pk").first()

    # Reasons

    def reasons_not_to_submit(self) -> list[str]:
        return rules.missing_in_request(self.asked())

    def reasons_not_to_ask(self) -> list[str]:
        return [] if self.question and self.question.answered_at is None else ["Say what you need."]

    # Steps

    @transition(
        state, RequestState.DRAFT, RequestState.REQUESTED, conditions=unless(reasons_not_to_submit),
        custom=effects(
            "Request sent", shown=True, starts=[clocks.REVIEW_GOAL], sends=[letters.RECEIVED],
        ),
    )  # fmt: skip
    def submit_window_request(self, *, at: datetime, by_whom: User, number: str) -> None:
        """The licensee asks for a window."""
        self.sent_at, self.sent_by, self.number = at, by_whom, number

    @transition(
        state, RequestState.REQUESTED, RequestState.IN_REVIEW, custom=effects("An officer looks at it", shown=True)
    )  # fmt: skip
    def begin_review(self, *, at: datetime, officer: User) -> None:
        """An officer takes the request up."""
        self.officer = officer

    @transition(
        state, TO_REVIEW, RequestState.DOCUMENTS_ASKED, conditions=unless(reasons_not_to_ask),
        custom=effects(
            "Papers asked for", shown=True, stops=[clocks.REVIEW_GOAL], sends=[letters.DOCUMENTS_ASKED],
        ),
    )  # fmt: skip
    def ask_documents(self, *, at: datetime, officer: User) -> None:
        """The Division asks for documents about what is to be entered."""
        self.officer = self.officer or officer

    @transition(
        state, RequestState.DOCUMENTS_ASKED, RequestState.IN_REVIEW,
        custom=effects(
            "Papers sent by the licensee", shown=True, starts=[clocks.REVIEW_GOAL], sends=[letters.DOCUMENTS_RECEIVED],
        ),
    )  # fmt: skip
    def send_documents(self, *, at: datetime, files: int) -> None:
        """The licensee sends what was asked for."""

    @transition(
        state, TO_REVIEW, RequestState.APPROVED,
        custom=effects(
            "Request approved", shown=True, stops=[clocks.REVIEW_GOAL], starts=[clocks.OPEN_GOAL],
            sends=[letters.APPROVED],
        ),
    )  # fmt: skip
    def approve_window(self, *, at: datetime, opens_at: datetime, officer: User, flags: list[Any]) -> None:
        """A window will be opened at a time."""
        self.approved_at = self.decided_at = at
        self.opens_at, self.flags = opens_at, flags
        self.officer = self.officer or officer

    @transition(
        state, RequestState.APPROVED, RequestState.APPROVED,
        custom=effects(
            "Another time set", shown=True, starts=[clocks.OPEN_GOAL], sends=[letters.APPROVED]
        ),
    )  # fmt: skip
    def reschedule_window(self, *, at: datetime, opens_at: datetime) -> None:
        """The window will be opened at another time than was promised."""
        self.opens_at = opens_at

    @transition(
        state, [*UNDECIDED, RequestState.APPROVED], RequestState.REFUSED,
        custom=effects("Request refused", shown=True, cancels=GOALS, sends=[letters.REFUSED]),
    )  # fmt: skip
    def refuse_window(self, *, at: datetime, ground: str, words: str, officer: User, flags: list[Any]) -> None:
        """No window is opened; the letter says why."""
        self.decided_at, self.ground, self.reason, self.flags = at, ground, words, flags
        self.officer = self.officer or officer

    @transition(
        state, [*UNDECIDED, RequestState.APPROVED], RequestState.WITHDRAWN,
        custom=effects("Request taken back", shown=True, cancels=GOALS, sends=[letters.WITHDRAWN]),
    )  # fmt: skip
    @transition(state, RequestState.DRAFT, RequestState.WITHDRAWN, custom=effects("Draft thrown away"))
    def withdraw_window_request(self, *, at: datetime) -> None:
        """The licensee takes the request back."""

    @transition(
        state, RequestState.APPROVED, RequestState.OPEN,
        custom=effects(
            "Window opened", shown=True, stops=[clocks.OPEN_GOAL], starts=[clocks.OPEN_END], sends=[letters.OPENED]
        ),
    )  # fmt: skip
    def confirm_opened(self, *, at: datetime, opened_at: datetime) -> None:
        """An officer has opened the window in BioTrack; its 24 hours run from then."""

    @transition(
        state, RequestState.OPEN, RequestState.SHUT,
        custom=effects(
            "Window shut", shown=True, stops=[clocks.OPEN_END],
            starts=[When(lambda case: not case.is_confirmed(), clocks.SHUT_GOAL)],
            sends=[letters.SHUT, letters.TO_SHUT],
        ),
    )  # fmt: skip
    def shut_window(self, *, at: datetime, noticed_at: datetime) -> None:
        """The 24 hours are over; `at` is the true end, whenever the clockwork noticed it."""

    @transition(
        state, RequestState.SHUT, None, conditions=unless(Opened.reasons_not_to_confirm_shut),
        custom=effects("Shut in BioTrack", stops=[clocks.SHUT_GOAL]),
    )  # fmt: skip
    def confirm_shut(self, *, at: datetime, shut_at: datetime) -> None:
        """An officer has shut the window in BioTrack."""

    @transition(
        state, [*PENDING, RequestState.OPEN, RequestState.SHUT], None, custom=effects("Given to another officer")
    )  # fmt: skip
    def reassign_window_request(self, *, at: datetime, officer: User) -> None:
        """Another officer takes the request over, and the window it leads to."""
        self.officer = officer


class WindowItem(models.Model):
    """One line of a request: so many of a strain, from somewhere. Written when it is sent, never changed."""

    KINDS = [(kind, rules.LABELS[kind]) for kind in (rules.SEED, rules.CLONE, rules.TISSUE)]

    request = models.ForeignKey(WindowRequest, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=KINDS)
    strain = models.CharField(max_length=120)
    quantity = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    licensees = models.JSONField(default=list, help_text="Licensees on record whom the source names.")

    class Meta:
        ordering = ["pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def words(self) -> str:
        """What it is, in words."""
        return self.get_kind_display()

    def __str__(self) -> str:
        return f"{self.quantity} {self.words.lower()}, {self.strain}"
