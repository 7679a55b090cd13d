"""The plan of a month as it moves: proposed, changed by hand, published, replaced."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django_fsm import FSMField, transition

from accounts.models import User
from accounts.permissions import ever_allows
from casefile.models import Case, CaseFile, Recipient
from casefile.steps import effects, unless
from schedules.stages import PlanState


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> "PlanQuerySet":
        """Supervisors and who may read their pages see every plan; an officer sees published ones; others none."""
        if ever_allows(user, "schedules.see_plans"):
            return self
        return self.filter(state=PlanState.PUBLISHED) if ever_allows(user, "schedules.see_own_month") else self.none()


class Plan(Case):
    """One proposal for the visits of a month. A month may have several; at most one is published."""

    State = PlanState

    file = models.OneToOneField(CaseFile, on_delete=models.PROTECT, related_name="+")  # no folder leads to a plan
    month = models.DateField(help_text="Its first day.")
    number = models.PositiveSmallIntegerField(help_text="Within its month.")
    state = FSMField(choices=PlanState.choices, default=PlanState.DRAFT, protected=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    base = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="The plan whose done and fixed visits this one keeps.",
    )  # fmt: skip
    starts_on = models.DateField(help_text="The first day that is planned anew.")
    seed = models.BigIntegerField(help_text="Of the random part. Drawn, never shown to anybody.")
    wishes: Any = models.JSONField(default=dict, help_text="What the supervisor asked for, as planner.Wishes reads it.")
    figures: Any = models.JSONField(default=dict, help_text="What the plan comes to, as planner.Figures writes it.")
    progress = models.PositiveSmallIntegerField(default=0, help_text="Percent of the work of the planner.")
    failure = models.TextField(blank=True, help_text="Why the planner gave up, in words for the supervisor.")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = PlanQuerySet.as_manager()
    related = ("file", "made_by")

    class Meta:
        ordering = ["-month", "-number"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_is_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="plan_month_is_its_first_day"),
            models.UniqueConstraint(fields=["month", "number"], name="plan_number_once_a_month"),
            models.UniqueConstraint(
                fields=["month"], condition=Q(state=PlanState.PUBLISHED), name="plan_one_published_a_month"
            ),
            models.UniqueConstraint(fields=["month"], condition=Q(state=PlanState.DRAFT), name="plan_one_being_made"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}, plan {self.number}"

    @property
    def ref(self) -> str:
        """What stands in addresses: 2026-12-2."""
        return f"{self.month:%Y-%m}-{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("schedules:plan", args=[self.ref])

    @property
    def letters_url(self) -> str:
        return self.get_absolute_url()

    def is_assigned_to(self, user: User) -> bool:
        """No officer owns a plan."""
        return False

    def standing_of(self, user: User) -> str:
        """No licensee has anything to do with a plan."""
        return ""

    def recipients(self, to: str) -> Iterable[Recipient]:
        """A plan writes to nobody by itself."""
        return []

    # Reasons

    def reasons_not_to_propose(self) -> list[str]:
        return [] if not self.failure else [self.failure]

    def reasons_not_to_publish(self) -> list[str]:
        return [] if self.visits.exists() else ["There is no visit in this plan."]

    # Steps

    @transition(
        state, PlanState.DRAFT, PlanState.PROPOSED, conditions=unless(reasons_not_to_propose),
        custom=effects("Plan proposed"),
    )  # fmt: skip
    def propose_plan(self, *, at: datetime, figures: Any) -> None:
        """The planner has finished."""
        self.figures, self.progress = figures, 100

    @transition(
        state, PlanState.PROPOSED, PlanState.PUBLISHED, conditions=unless(reasons_not_to_publish),
        custom=effects("Plan published to officers"),
    )  # fmt: skip
    def publish_plan(self, *, at: datetime) -> None:
        """The officers work by this plan from now on."""
        self.published_at = at

    @transition(state, PlanState.PUBLISHED, PlanState.REPLACED, custom=effects("Plan replaced"))
    def replace_plan(self, *, at: datetime) -> None:
        """Another plan of the month was published."""

    @transition(state, [PlanState.DRAFT, PlanState.PROPOSED], PlanState.DISCARDED, custom=effects("Plan discarded"))
    def discard_plan(self, *, at: datetime) -> None:
        """Nobody will work by this plan."""
