"""What every page of a plan begins with: the plan by its name in the address, and the line that says who read it."""

import re
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import allows
from accounts.rights import Guarded, refusal
from casefile.views.acts import ActPage
from schedules.actions.reads import note_read
from schedules.models import Plan, PlannedVisit

REF = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d{1,4})", re.ASCII)


def plan_of(user: User, ref: str) -> Plan:
    """The plan that an address names, such as 2026-12-2; else Http404."""
    found = REF.fullmatch(ref)
    rows = Plan.objects.visible_to(user).select_related("file", "made_by", "base")
    year, month, number = map(int, found.groups()) if found else (0, 0, 0)
    plan = rows.filter(month=date(year, month, 1), number=number).first() if year else None
    if plan is None:
        raise Http404("No such plan.")
    return plan


class OfPlan(Guarded):
    """A page of one plan, whose address names it. Who may not see plans does not learn which there are."""

    rights = "schedules.see_plans"
    named = "ref"
    plan: Plan

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not getattr(request.user, "is_division", False) or not allows(self.user, self.rights):
            raise refusal(request.user)
        self.plan = self.find_plan()

    def find_plan(self) -> Plan:
        return plan_of(self.user, self.kwargs[self.named])

    def about(self) -> dict[str, Any]:
        """Whose part of the plan the page shows, where it is not all of it."""
        return {}

    def crumbs(self, *here: str) -> list[tuple[str, str]]:
        """The way from the schedule to this page."""
        steps = [("Schedule", reverse("schedules:plans"))]
        if here:
            steps.append((str(self.plan), self.plan.get_absolute_url()))
        return [*steps, *((name, "") for name in here or (str(self.plan),))]

    def trail(self) -> list[tuple[str, str]]:
        """The way to the page itself."""
        return self.crumbs()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What every page of a plan shows, after it is on record that it was read."""
        match = self.request.resolver_match
        if self.request.method != "POST" and match is not None:
            note_read(self.user, month=self.plan.month, page=match.view_name, at=timezone.now(), **self.about())
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"plan": self.plan, "crumbs": self.trail()}


class OfVisit(OfPlan):
    """A page of one visit of any plan."""

    visit: PlannedVisit

    def find_plan(self) -> Plan:
        rows = PlannedVisit.objects.visible_to(self.user).with_place().select_related("plan__file", "skipped_by")
        found = rows.filter(key=self.kwargs["visit"]).first()
        if found is None:
            raise Http404("No such visit.")
        self.visit = found
        return found.plan

    def about(self) -> dict[str, Any]:
        return {"of": self.visit.officer, "premises": self.visit.premises}

    def crumbs(self, *here: str) -> list[tuple[str, str]]:
        steps = super().crumbs(self.visit.premises.name)
        if not here:
            return steps
        steps[-1] = (self.visit.premises.name, visit_url(self.visit))
        return [*steps, *((name, "") for name in here)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"visit": self.visit}


def visit_url(visit: PlannedVisit) -> str:
    """Where one visit of a plan is explained."""
    return reverse("schedules:visit", args=[visit.key])


class PlanAct(OfPlan, ActPage):
    """A form about a plan."""

    template_name = "schedules/plan_act.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.case = self.plan

    def trail(self) -> list[tuple[str, str]]:
        return self.crumbs(self.title)
