"""Changes by hand: add, move, remove, fix and free a visit."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from casefile.work import CAN_OWN
from schedules.actions import changes
from schedules.forms.plans import AddForm, MoveForm, WhyForm
from schedules.views.plans_base import OfVisit, PlanAct, visit_url

STAYS = "It stays so when the month is planned again."


def officers() -> QuerySet[User]:
    """Who can make visits."""
    return User.objects.filter(role__in=CAN_OWN, is_active=True).order_by("name", "pk")


class Change(PlanAct):
    """A form that changes a plan by hand."""

    rights = "schedules.change_visit"

    def get_refusals(self) -> list[str]:
        return [] if self.plan.state in changes.OPEN else [changes.CLOSED]


class AddVisit(Change):
    """Put a premises into the plan."""

    title = button = "Add a visit"
    lead = f"The licensee does not learn of it. {STAYS}"
    form_class = AddForm
    done = "The visit is added. Look whether the plan has warnings now."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"officers": officers()}

    def perform(self, form: forms.Form, **common: Any) -> None:
        said = form.cleaned_data
        changes.add_visit(self.plan, said.pop("premises"), **said, **common)


class ChangeVisit(OfVisit, Change):
    """A form that changes one visit."""

    def get_success_url(self) -> str:
        return visit_url(self.visit)

    def back_url(self) -> str:
        return visit_url(self.visit)


class MoveVisit(ChangeVisit):
    """Another officer, another day."""

    title = button = "Move the visit"
    lead = STAYS
    form_class = MoveForm
    done = "The visit is moved. Look whether the plan has warnings now."

    def get_initial(self) -> dict[str, Any]:
        return {"officer": self.visit.officer, "day": self.visit.day}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"officers": officers()}

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.visit = changes.move_visit(self.visit, **form.cleaned_data, **common)


class RemoveVisit(ChangeVisit):
    """Take a visit out."""

    title = button = "Remove the visit"
    tone = "danger"
    lead = "Planning the month again does not bring it back. You can add it by hand."
    form_class = WhyForm
    done = "The visit is removed. The history of the plan says why."

    def perform(self, form: forms.Form, **common: Any) -> None:
        changes.remove_visit(self.visit, **form.cleaned_data, **common)

    def get_success_url(self) -> str:
        return self.plan.get_absolute_url()


class FixVisit(ChangeVisit):
    """Have a visit stay as it is, or let the planner move it again."""

    done = "It is noted."

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.title = self.button = "Let the planner move it" if self.visit.fixed else "Fix the visit"
        self.lead = "When the month is planned again it may get another day." if self.visit.fixed else STAYS

    def perform(self, form: forms.Form, **common: Any) -> None:
        change = changes.free_visit if self.visit.fixed else changes.fix_visit
        self.visit = change(self.visit, **common)
