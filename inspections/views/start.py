"""Before a visit: start one on the spot, plan one, begin a planned one, or find the door closed."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from inspections.actions import visit
from inspections.forms.visit import BeginForm, PlanForm, RefusedForm, StartForm
from inspections.models import Inspection
from inspections.stages import State
from inspections.views.office import ActPage, OfficeAct
from inspections.views.rows import case_url
from inspections.views.work import people_with_cases
from licensing.models import Premises


class AtPremises(ActPage):
    """A form that opens a case. Until it is sent, the page speaks of a case that is not on record."""

    premises: Premises

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        places = Premises.objects.visible_to(self.user).with_licensee()
        self.premises = get_object_or_404(places, number=kwargs["number"])
        self.case = Inspection(premises=self.premises)

    def get_guarded(self) -> Premises:
        return self.premises

    def back_url(self) -> str:
        return self.premises.get_absolute_url()

    def trail(self) -> list[tuple[str, str]]:
        return [(self.premises.name, self.back_url()), (self.title, "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        open_here = self.premises.inspections.filter(state__in=[State.PLANNED, State.IN_PROGRESS])
        return super().get_context_data(**kwargs) | {
            "premises": self.premises,
            "open_here": open_here.select_related("file", "officer").order_by("planned_on", "pk")[:5],
        }


class Start(AtPremises):
    """Start an inspection at these premises, now."""

    rights = "inspections.start_inspection"
    template_name = "inspections/start.html"
    form_class = StartForm
    title = "Start an inspection"
    button = "Start the visit"
    done = "The visit has begun. Record what you see."

    def perform(self, form: forms.Form, **common: Any) -> None:
        common.pop("version")
        self.case = visit.start_inspection(self.premises, **form.cleaned_data, **common)

    def get_success_url(self) -> str:
        return case_url("inspection_record", self.case)


class Plan(AtPremises):
    """Plan an inspection for a day and an officer."""

    rights = "inspections.plan_inspection"
    form_class = PlanForm
    title = "Plan an inspection"
    lead = "The licensee does not learn of it: not its day, not its officer, not that it is planned."
    button = "Plan the visit"
    done = "The visit is planned. The licensee does not learn of it."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"officers": people_with_cases()}

    def get_initial(self) -> dict[str, Any]:
        return {"officer": self.user}

    def perform(self, form: forms.Form, **common: Any) -> None:
        common.pop("version")
        self.case = visit.plan_inspection(self.premises, **form.cleaned_data, **common)

    def get_success_url(self) -> str:
        return case_url("case", self.case)


class Begin(OfficeAct):
    """Begin a planned visit."""

    rights = "inspections.begin_visit"
    template_name = "inspections/begin.html"
    form_class = BeginForm
    title = "Begin the visit"
    button = "Begin the visit"
    done = "The visit has begun. Record what you see."

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = visit.begin_visit(self.case, present=form.cleaned_data["present"], **common)

    def get_success_url(self) -> str:
        return case_url("inspection_record", self.case)


class EntryRefused(OfficeAct):
    """Nobody let the officer in."""

    rights = "inspections.record_entry_refused"
    step = "record_entry_refused"
    form_class = RefusedForm
    title = "Entry refused"
    lead = "The visit ends here. What follows is decided at the office."
    button = "Record that entry was refused"
    done = "It is on record that entry was refused."

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = visit.record_entry_refused(self.case, notes=form.cleaned_data["notes"], **common)
