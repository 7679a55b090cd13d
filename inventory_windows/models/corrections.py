"""A request for State approval of a correction in BioTrack, as it moves."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from accounts.models import User
from casefile.steps import effects, unless
from inventory_windows import clocks, letters, rules
from inventory_windows.models.base import OfLicense, for_staff, mine
from inventory_windows.stages import CORRECTIONS_PENDING, CorrectionState


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, user: User) -> "CorrectionQuerySet":
        """Staff see every request that was sent; a representative sees those of their licensees."""
        return for_staff(self, user).exclude(sent_at=None) if user.is_division else mine(self, user)

    def with_license(self) -> "CorrectionQuerySet":
        return self.select_related("file", "license__licensee", "officer")


class Correction(OfLicense):
    """A licensee asks the State to approve what BioTrack support is to correct."""

    State = CorrectionState

    state = FSMField(choices=CorrectionState.choices, default=CorrectionState.DRAFT, protected=True)
    ticket = models.CharField(max_length=60, blank=True, help_text="The number of the ticket at BioTrack support.")
    what = models.TextField(blank=True, help_text="What BioTrack support asks the State to approve.")
    why = models.TextField(blank=True)
    contact = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True, help_text="What the letter says of the decision.")

    objects = CorrectionQuerySet.as_manager()
    page, own_page = "correction", "own_correction"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CorrectionState.values), name="correction_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=[CorrectionState.DRAFT, CorrectionState.WITHDRAWN])
                | Q(sent_at__isnull=False, number__isnull=False),
                name="correction_sent_before_it_moved",
            ),
            models.UniqueConstraint(
                fields=["license", "ticket"],
                condition=Q(state__in=CORRECTIONS_PENDING),
                name="correction_one_per_ticket",
            ),
            models.UniqueConstraint(
                fields=["license"], condition=Q(state=CorrectionState.DRAFT), name="correction_one_draft_per_license"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="correction_by_state"),
            models.Index(fields=["license", "-id"], name="correction_of_license"),
        ]

    @property
    def question(self) -> Any:
        """What the Division asked last; None when it asked nothing."""
        return self.file.questions.order_by("-pk").first()

    def reasons_not_to_submit(self) -> list[str]:
        return rules.missing_in_correction(self.ticket, self.what, self.why)

    def reasons_not_to_ask(self) -> list[str]:
        return [] if self.question and self.question.answered_at is None else ["Say what you need."]

    @transition(
        state, CorrectionState.DRAFT, CorrectionState.REQUESTED, conditions=unless(reasons_not_to_submit),
        custom=effects(
            "Request sent", shown=True, starts=[clocks.CORRECTION_GOAL], sends=[letters.CORRECTION_RECEIVED]
        ),
    )  # fmt: skip
    def submit_correction(self, *, at: datetime, by_whom: User, number: str) -> None:
        """The licensee asks for State approval."""
        self.sent_at, self.sent_by, self.number = at, by_whom, number

    @transition(
        state, CorrectionState.REQUESTED, CorrectionState.ASKED, conditions=unless(reasons_not_to_ask),
        custom=effects(
            "Question asked", shown=True, stops=[clocks.CORRECTION_GOAL], sends=[letters.CORRECTION_ASKED]
        ),
    )  # fmt: skip
    def ask_about_correction(self, *, at: datetime, officer: User) -> None:
        """The Division wants to know more before it decides."""
        self.officer = self.officer or officer

    @transition(
        state, CorrectionState.ASKED, CorrectionState.REQUESTED,
        custom=effects("Question answered", shown=True, starts=[clocks.CORRECTION_GOAL]),
    )  # fmt: skip
    def answer_correction(self, *, at: datetime) -> None:
        """The licensee answers."""

    @transition(
        state, CORRECTIONS_PENDING, CorrectionState.APPROVED,
        custom=effects(
            "Correction approved", shown=True, stops=[clocks.CORRECTION_GOAL], sends=[letters.CORRECTION_APPROVED]
        ),
    )  # fmt: skip
    def approve_correction(self, *, at: datetime, officer: User, words: str) -> None:
        """The State approves; the letter carries the number that BioTrack support asks for."""
        self._decide(at, officer, words)

    @transition(
        state, CORRECTIONS_PENDING, CorrectionState.REFUSED,
        custom=effects(
            "Correction refused", shown=True, stops=[clocks.CORRECTION_GOAL], sends=[letters.CORRECTION_REFUSED]
        ),
    )  # fmt: skip
    def refuse_correction(self, *, at: datetime, officer: User, words: str) -> None:
        """The State does not approve; the letter says why."""
        self._decide(at, officer, words)

    @transition(state, CORRECTIONS_PENDING, None, custom=effects("Given to another officer"))
    def reassign_correction(self, *, at: datetime, officer: User) -> None:
        """Another officer takes the correction over."""
        self.officer = officer

    def _decide(self, at: datetime, officer: User, words: str) -> None:
        self.decided_at, self.decided_by, self.reason = at, officer, words
        self.officer = self.officer or officer

    @transition(
        state, CORRECTIONS_PENDING, CorrectionState.WITHDRAWN,
        custom=effects("Request taken back", shown=True, cancels=[clocks.CORRECTION_GOAL]),
    )  # fmt: skip
    @transition(state, CorrectionState.DRAFT, CorrectionState.WITHDRAWN, custom=effects("Draft thrown away"))
    def withdraw_correction(self, *, at: datetime) -> None:
        """The licensee takes the request back."""
