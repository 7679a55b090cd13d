"""The window of a new license, as it moves: its steps, and what follows from each."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from accounts.models import User
from casefile.steps import When, effects, unless
from inventory_windows import clocks, letters
from inventory_windows.models.base import OfLicense, Opened, for_staff, mine
from inventory_windows.stages import FirstState


class FirstWindowQuerySet(models.QuerySet["FirstWindow"]):
    def visible_to(self, user: User) -> "FirstWindowQuerySet":
        """Staff see every first window; a representative sees those of their licensees."""
        return for_staff(self, user) if user.is_division else mine(self, user)

    def with_license(self) -> "FirstWindowQuerySet":
        return self.select_related("file__opening", "license__licensee", "officer")


class FirstWindow(Opened, OfLicense):
    """The 15 days in which a new producer enters seeds and clones without a source code."""

    State = FirstState

    state = FSMField(choices=FirstState.choices, default=FirstState.READY, protected=True)

    objects = FirstWindowQuerySet.as_manager()
    related = ("file__opening", "license__licensee")
    page, own_page = "window", "own_window"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FirstState.values), name="first_window_state_is_known"),
            models.UniqueConstraint(fields=["license"], name="first_window_once_per_license"),
        ]

    @transition(
        state, FirstState.READY, FirstState.OPEN,
        custom=effects(
            "First window opened", shown=True, starts=[clocks.FIRST_END], sends=[letters.FIRST_OPENED]
        ),
    )  # fmt: skip
    def open_first_window(self, *, at: datetime, opened_at: datetime) -> None:
        """A new license has its window; its days run from the recorded start."""

    @transition(
        state, FirstState.OPEN, FirstState.SHUT,
        custom=effects(
            "First window shut", shown=True, stops=[clocks.FIRST_END],
            starts=[When(lambda case: not case.is_confirmed(), clocks.SHUT_GOAL)],
            sends=[letters.FIRST_SHUT, letters.TO_SHUT],
        ),
    )  # fmt: skip
    def shut_first_window(self, *, at: datetime, noticed_at: datetime) -> None:
        """Its days are over; `at` is the true end, whenever the clockwork noticed it."""

    @transition(
        state, FirstState.SHUT, None, conditions=unless(Opened.reasons_not_to_confirm_shut),
        custom=effects("Shut in BioTrack", stops=[clocks.SHUT_GOAL]),
    )  # fmt: skip
    def confirm_shut(self, *, at: datetime, shut_at: datetime) -> None:
        """An officer has shut the window in BioTrack."""

    def is_assigned_to(self, user: User) -> bool:
        """No officer owns a first window."""
        return False
