"""The decision: all or part of it is granted, or it is denied with reasons; the letter is read before it goes."""

from typing import Any

from django import forms

from casefile.actions import refusals
from casefile.calendar import long_day
from casefile.views.drafted import Drafted
from casefile.views.rehearse import Rehearsed
from licensing import clocks, rules
from licensing.actions import requests
from licensing.actions.requests import DECIDE
from licensing.forms.requests import DenyForm, GrantForm, LevelForm
from licensing.models import PlantRequest
from licensing.queries.request_pages import load_pieces
from licensing.queries.requests import largest_grant
from licensing.rules import decision
from licensing.views.requests import words
from licensing.views.requests.base import RequestAct, request_url

Kind = PlantRequest.Kind
LABELS = {
    Kind.DESIGNATION: "How many mature plants?",
    Kind.INCREASE: "How many more plants are granted?",
    Kind.DECREASE: "How many plants fewer?",
}


class Decision(Drafted, Rehearsed, RequestAct):
    """A decision with the factors before one's eyes: typed, shown with its letter, then done."""

    template_name = "licensing/request_decide.html"
    check_template = "licensing/request_decide_check.html"
    draft = DECIDE

    def get_initial(self) -> dict[str, Any]:
        return dict(getattr(self.case, "typed", None) or {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.letter is not None:
            return context
        load_pieces(self.case)
        return context | {
            "asked": words.asked_rows(self.weighed),
            "factors": words.factor_rows(self.weighed.factors(self.user)),
            "other": self.other(),
        }

    def other(self) -> tuple[str, str] | None:
        """The label and address of the other decision, where it is possible."""
        return None


class Approve(Decision):
    """Grant all of it or part."""

    rights = "licensing.approve_request"
    step = "approve_request"
    title = "Approve all or part"
    button = "Approve the request"
    done = "The request is approved, and the license is changed. The letter is on its way."
    consequence = "The license is changed at once, and the licensee gets the letter below. This can not be undone."

    def get_form_class(self) -> type[forms.Form]:
        return LevelForm if self.case.kind == Kind.DESIGNATION else GrantForm

    def get_initial(self) -> dict[str, Any]:
        most = largest_grant(self.case, self.weighed.on)
        return {"granted": most or None, "level": self.case.level} | super().get_initial()

    def get_form_kwargs(self) -> dict[str, Any]:
        facts: dict[str, Any] = {"label": LABELS[Kind(self.case.kind)], "hint": self._hint()}
        if self.case.kind == Kind.DESIGNATION:
            facts["levels"] = rules.LEVELS.on(self.weighed.on)
        return super().get_form_kwargs() | facts

    def _hint(self) -> str:
        on, case = self.weighed.on, self.case
        if case.kind == Kind.INCREASE:
            step = rules.INCREMENT.on(on)
            return f"In steps of {step}, at most {words.largest_words(case, on)}"
        if case.kind == Kind.DESIGNATION:
            return f"Inside the level. {case.plants or 0:,} were asked for."
        return f"At most {case.plants or 0:,}."

    def perform(self, form: forms.Form, **common: Any) -> None:
        requests.approve_request(self.case, **form.cleaned_data, **common)

    def rows(self, form: forms.Form) -> list[dict[str, str]]:
        said = form.cleaned_data
        level = [words.row("Level", str(said["level"]))] if "level" in said else []
        count = words.row(LABELS[Kind(self.case.kind)].rstrip("?"), f"{said['granted']:,}")
        return [*level, count, words.row("Why", said["reasons"] or "No reason given")]

    def other(self) -> tuple[str, str]:
        return "Deny it instead", request_url("request_deny", self.case)


class Deny(Decision):
    """Deny it with reasons, also where what was asked for never came."""

    rights = "licensing.deny_request"
    step = "deny_request"
    form_class = DenyForm
    title = "Deny the request"
    lead = "A person decides. No factor denies a request by itself."
    button = "Deny the request"
    tone = "danger"
    done = "The request is denied. The letter is on its way."
    consequence = "The licensee gets the letter below, with your reasons and the right to a hearing."

    def get_refusals(self) -> list[str]:
        if against := refusals(self.case, self.step):
            return against
        due = self.case.running(clocks.INFORMATION_DUE)
        return decision.reasons_not_to_deny_unanswered(due_on=due.due_on if due else None, on=self.weighed.on)

    def perform(self, form: forms.Form, **common: Any) -> None:
        requests.deny_request(self.case, form.cleaned_data["reasons"], **common)

    def rows(self, form: forms.Form) -> list[dict[str, str]]:
        asked = words.row("Asked for", self.case.what)
        sent = [words.row("Sent on", long_day(self.case.asked_on))] if self.case.asked_on else []
        return [asked, *sent, words.row("Why", form.cleaned_data["reasons"])]

    def other(self) -> tuple[str, str] | None:
        if refusals(self.case, "approve_request"):
            return None
        return "Approve it instead", request_url("request_decide", self.case)
