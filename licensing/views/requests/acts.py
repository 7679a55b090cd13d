"""What the office does with a request before it decides: take it, check it, give it to somebody else."""

from typing import Any

from django import forms
from django.db.models import Count, Q

from casefile.actions import refusals
from casefile.calendar import local_day, long_day
from casefile.views.drafted import Drafted
from licensing import rules
from licensing.actions import requests
from licensing.actions.requests import CHECK
from licensing.forms.requests import AssignForm, CheckForm, deciders
from licensing.queries.request_pages import load_pieces
from licensing.stages import PENDING, RequestState
from licensing.views.requests import words
from licensing.views.requests.base import RequestAct


class Take(RequestAct):
    """Take up a request that nobody has."""

    rights = "licensing.take_request"
    step = "take_request"
    title = "Take the request"
    lead = "You then check it, write to the licensee, and decide."
    button = "Take the request"
    done = "You have the request."

    def perform(self, form: forms.Form, **common: Any) -> None:
        requests.take_request(self.case, **common)


class Assign(RequestAct):
    """Give the request to another officer."""

    rights = "licensing.reassign_request"
    step = "reassign_request"
    form_class = AssignForm
    title = "Give it to somebody else"
    button = "Reassign the request"

    def get_form_kwargs(self) -> dict[str, Any]:
        load = Count("plant_requests", filter=Q(plant_requests__state__in=PENDING))
        others = deciders().exclude(pk=self.case.officer_id or 0).annotate(open_cases=load)
        return super().get_form_kwargs() | {"officers": others}

    def perform(self, form: forms.Form, **common: Any) -> None:
        officer = form.cleaned_data["officer"]
        requests.reassign_request(self.case, officer, reason=form.cleaned_data["reason"], **common)
        self.done = f"{officer.name} has the request now."


class Check(Drafted, RequestAct):
    """Mark each piece as there, or say what it lacks; one letter asks for all that is missing."""

    rights = "licensing.find_complete"
    template_name = "licensing/request_check.html"
    form_class = CheckForm
    draft = CHECK
    title = "Check that it is complete"
    lead = "Mark each piece. What you write as missing stands in one letter to the licensee."
    button = "Finish the check"

    def get_refusals(self) -> list[str]:
        return [] if self.case.state == RequestState.SUBMITTED else refusals(self.case, "ask_for_information")

    def get_typed(self) -> Any:
        return getattr(self.case, "typed", None) or {}

    def get_initial(self) -> dict[str, Any]:
        return {"complete_on": local_day(self.case.last_sent_at or self.at)}

    def get_form_kwargs(self) -> dict[str, Any]:
        typed = {} if self.request.method == "POST" else self.get_typed()
        return super().get_form_kwargs() | {"pieces": self.case.required, "typed": typed}

    def perform(self, form: CheckForm, **common: Any) -> None:  # type: ignore[override]
        if lacking := form.lacking():
            requests.ask_for_information(self.case, lacking, **common)
            self.done = "We asked for what is missing. The letter is on its way."
        else:
            case = requests.find_complete(self.case, form.cleaned_data["complete_on"], **common)
            due = case.file.due_at
            self.done = f"The request is complete. Decide by {long_day(local_day(due))}." if due else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = words.piece_rows(self.case, load_pieces(self.case))
        parts = {part.piece.key: part for part in context["form"].parts}
        return context | {
            "rows": [row | {"part": parts[row["piece"].key]} for row in rows],
            "days": rules.DECISION_DAYS.on(self.weighed.on),
        }
