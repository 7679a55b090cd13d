"""A licensee's request about mature plants: its states, its steps, what follows from each, and what came with it."""

from datetime import datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from accounts.models import User
from accounts.permissions import ever_allows
from casefile.models import Document
from casefile.steps import When, effects, unless
from licensing import clocks, letters
from licensing.models.request_facts import RequestFacts as Facts
from licensing.stages import PENDING, RequestState

State = RequestState
CLOCKS = [clocks.CHECK_GOAL, clocks.INFORMATION_DUE, clocks.DECISION_DUE]


class PlantRequestQuerySet(models.QuerySet["PlantRequest"]):
    def visible_to(self, user: User) -> "PlantRequestQuerySet":
        """Staff see every request that was sent; a representative sees those of their licensees."""
        if user.is_division:
            return self.exclude(sent_at=None) if ever_allows(user, "licensing.see_requests") else self.none()
        return self.filter(
            license__licensee__representatives__user=user, license__licensee__representatives__removed_at=None
        )

    def pending(self) -> "PlantRequestQuerySet":
        """Sent and not decided."""
        return self.filter(state__in=PENDING)

    def with_license(self) -> "PlantRequestQuerySet":
        """With the rows that every list names, in one query."""
        return self.select_related("file", "license__licensee", "officer")


def of_kind(kind: str) -> Any:
    """Whether a request is of this kind."""
    return lambda case: case.kind == kind


class PlantRequest(Facts):
    """A request of a licensee about the mature plants of one license, from the first draft to the decision."""

    State = RequestState

    state = FSMField(choices=RequestState.choices, default=RequestState.DRAFT, protected=True)

    objects = PlantRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=RequestState.DRAFT) | Q(sent_at__isnull=False) | Q(state=RequestState.WITHDRAWN),
                name="request_sent_before_it_moved",
            ),
            models.UniqueConstraint(
                fields=["license"], condition=Q(state__in=PENDING), name="request_one_pending_per_license"
            ),
            models.UniqueConstraint(
                fields=["license", "year_began_on"],
                condition=Q(kind="increase", state=RequestState.APPROVED, at_renewal=False),
                name="increase_once_a_year_beside_renewal",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="request_by_state"),
            models.Index(fields=["license", "-id"], name="request_of_license"),
            models.Index(fields=["officer", "state"], name="request_of_officer"),
        ]

    # Steps

    @transition(
        state, State.DRAFT, State.SUBMITTED, conditions=unless(Facts.reasons_not_to_submit),
        custom=effects(
            "Request sent by the licensee", shown=True, starts=[clocks.CHECK_GOAL], sends=[letters.REQUEST_RECEIPT]
        ),
    )  # fmt: skip
    @transition(
        state, State.INCOMPLETE, State.SUBMITTED, conditions=unless(Facts.reasons_not_to_submit),
        custom=effects(
            "Missing information sent by the licensee", shown=True, stops=[clocks.INFORMATION_DUE],
            starts=[clocks.CHECK_GOAL], sends=[letters.REQUEST_RECEIPT],
        ),
    )  # fmt: skip
    def submit_request(self, *, at: datetime, late: bool = False) -> None:
        """The licensee sends the request, or what was missing of it; late is accepted and said."""
        self.sent_at = self.sent_at or at
        self.last_sent_at = at

    @transition(
        state, PENDING, None, conditions=unless(Facts.reasons_not_to_take), custom=effects("Request taken")
    )  # fmt: skip
    def take_request(self, *, at: datetime, officer: User) -> None:
        """An officer takes up a request that nobody has."""
        self.officer = officer

    @transition(state, PENDING, None, custom=effects("Request reassigned"))
    def reassign_request(self, *, at: datetime, officer: User) -> None:
        """Another officer takes the request over."""
        self.officer = officer

    @transition(
        state, State.SUBMITTED, State.INCOMPLETE, conditions=unless(Facts.reasons_not_to_ask),
        custom=effects(
            "More information asked for", shown=True, stops=[clocks.CHECK_GOAL], starts=[clocks.INFORMATION_DUE],
            sends=[letters.INFORMATION_WANTED],
        ),
    )  # fmt: skip
    def ask_for_information(self, *, at: datetime, pieces: dict[str, str]) -> None:
        """The Division says what is missing, piece by piece."""

    @transition(
        state, State.SUBMITTED, State.IN_REVIEW, conditions=unless(Facts.reasons_not_to_find_complete),
        custom=effects(
            "Found complete", shown=True, stops=[clocks.CHECK_GOAL], starts=[clocks.DECISION_DUE],
        ),
    )  # fmt: skip
    def find_complete(self, *, at: datetime, complete_at: datetime) -> None:
        """Everything has come; the time to decide runs from the instant at which it was complete."""
        self.complete_at, self.wanted = complete_at, {}

    @transition(
        state, State.IN_REVIEW, State.APPROVED,
        custom=effects(
            "Request approved", shown=True, stops=[clocks.DECISION_DUE],
            sends=[
                When(of_kind(Facts.Kind.DESIGNATION), letters.DESIGNATED),
                When(of_kind(Facts.Kind.INCREASE), letters.INCREASED),
                When(of_kind(Facts.Kind.DECREASE), letters.DECREASED),
            ],
        ),
    )  # fmt: skip
    def approve_request(self, *, at: datetime, level: int | None, granted: int) -> None:
        """All that was asked for is granted, or part of it; the license changes with it."""
        self.granted_level, self.granted, self.decided_at = level, granted, at

    @transition(
        state, State.IN_REVIEW, State.DENIED,
        custom=effects("Request denied", shown=True, stops=[clocks.DECISION_DUE], sends=[letters.REQUEST_DENIED]),
    )  # fmt: skip
    @transition(
        state, State.INCOMPLETE, State.DENIED,
        custom=effects(
            "Request denied, information lacking", shown=True, cancels=[clocks.INFORMATION_DUE],
            sends=[letters.REQUEST_DENIED],
        ),
    )  # fmt: skip
    def deny_request(self, *, at: datetime) -> None:
        """Nothing of it is granted, for reasons that the licensee reads."""
        self.decided_at = at

    @transition(state, State.DRAFT, State.WITHDRAWN, custom=effects("Request dropped before it was sent", shown=True))
    @transition(
        state, PENDING, State.WITHDRAWN,
        custom=effects(
            "Request withdrawn by the licensee", shown=True, cancels=CLOCKS, sends=[letters.REQUEST_WITHDRAWN]
        ),
    )  # fmt: skip
    def withdraw_request(self, *, at: datetime) -> None:
        """The licensee takes the request back."""
        self.decided_at = at


class RequestPiece(models.Model):
    """One piece of information the rule asks for, as it was sent; sent again it is a new row, and the newest counts."""

    request = models.ForeignKey(PlantRequest, on_delete=models.PROTECT, related_name="pieces")
    round = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40, help_text="A key of licensing.rules.pieces.")
    typed: Any = models.JSONField(default=dict, help_text="What was typed, field by field.")
    documents = models.ManyToManyField(Document, related_name="+")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["request", "key", "round"], name="piece_once_per_round")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.key} of {self.request_id}, round {self.round}"

    @property
    def is_given(self) -> bool:
        """Something was typed for it or came with it."""
        return any(str(value).strip() for value in self.typed.values()) or bool(self.documents.all())
