"""What a supervisor does with a whole plan: publish it, discard it, have the planner try again."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone

from casefile.actions import refusals
from casefile.calendar import local_day
from schedules.actions import plans
from schedules.forms.plans import DiscardForm
from schedules.models import Plan, VisitChange
from schedules.rules.month import last_of
from schedules.stages import PlanState
from schedules.views.plans import progress_url
from schedules.views.plans_base import PlanAct


class ReplacesForm(forms.Form):
    """Which plan the reader saw as published."""

    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)


class Publish(PlanAct):
    """The last look before officers work by a plan."""

    rights = "schedules.publish_plan"
    step = "publish_plan"
    template_name = "schedules/plan_publish.html"
    form_class = ReplacesForm
    title = button = "Publish the plan"
    done = "The plan is published. Each officer sees their own visits."

    def published(self) -> Plan | None:
        """The plan that this one would replace."""
        rows = Plan.objects.visible_to(self.user).filter(month=self.plan.month, state=PlanState.PUBLISHED)
        return rows.exclude(pk=self.plan.pk).first()

    def get_initial(self) -> dict[str, Any]:
        self.other = self.published()
        return {"replaces": self.other.number if self.other else None}

    def notes(self) -> list[str]:
        said = []
        if last_of(self.plan.month) < local_day(timezone.now()):
            said.append("This month is over.")
        if self.other is None:
            return said
        changed = VisitChange.objects.filter(plan=self.other, at__gt=self.plan.made_at).count()
        if changed:
            some = "1 change was" if changed == 1 else f"{changed} changes were"
            said.append(
                f"{some} made by hand to the published plan after this one was made. Compare the two first: what was "
                "moved, added or removed there is not in here."
            )
        return said

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.plan = plans.publish_plan(self.plan, replaces=form.cleaned_data["replaces"], **common)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        figures = self.plan.figures
        instead = f"{self.other}, which is then replaced" if self.other else "No other plan is published"
        return context | {
            "other": self.other,
            "warnings": figures.get("warnings", []),
            "rows": [
                {"label": "Visits", "value": str(figures.get("visits", 0))},
                {"label": "Overdue premises still left", "value": str(figures.get("overdue_left", 0))},
                {"label": "Could not be planned", "value": str(len(figures.get("left_out", [])))},
                {"label": "In place of", "value": instead},
            ],
        }  # fmt: skip


class Discard(PlanAct):
    """Take a plan off the table."""

    rights = "schedules.discard_plan"
    step = "discard_plan"
    form_class = DiscardForm
    title = button = "Discard the plan"
    tone = "danger"
    lead = "Nobody will work by this plan. It stays on record."
    done = "The plan is discarded."

    def perform(self, form: forms.Form, **common: Any) -> None:
        plans.discard_plan(self.plan, reason=form.cleaned_data["reason"], **common)

    def get_success_url(self) -> str:
        return reverse("schedules:plans")


class TryAgain(PlanAct):
    """Have the planner try once more."""

    rights = "schedules.make_plan"
    named = "draft"
    title = button = "Try again"
    lead = "The planner starts from the beginning, with what is on record now."

    def get_refusals(self) -> list[str]:
        if self.plan.state == PlanState.DRAFT:
            return [] if self.plan.failure else ["The planner has not given up on this plan."]
        return refusals(self.plan, "propose_plan")

    def perform(self, form: forms.Form, **common: Any) -> None:
        plans.try_again(self.plan, **common)

    def get_success_url(self) -> str:
        return progress_url(self.plan)

    def back_url(self) -> str:
        return progress_url(self.plan)
