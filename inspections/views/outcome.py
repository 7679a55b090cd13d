"""Off the friendly path: the referral for discipline, and what a supervisor decides about a case that was referred."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone
from django.views.generic import TemplateView

from casefile.actions import refusals
from casefile.calendar import local_day, long_day
from casefile.views.rehearse import Rehearsed
from inspections import rules
from inspections.actions import discipline
from inspections.forms.notice import ReasonForm
from inspections.forms.outcome import ON_RECORD, OutcomeReason, PenaltyForm, ReturnForm, SuspensionForm
from inspections.models import Inspection
from inspections.queries.notice import deadlines_of
from inspections.views.act_page import Framed, LastLook, load
from inspections.views.review import proof_words
from inspections.views.rows import case_url


class Refer(LastLook):
    """Take a case off the friendly path, with a reason."""

    rights = "inspections.refer_for_discipline"
    step = "refer_for_discipline"
    template_name = "inspections/refer.html"
    form_class = ReasonForm
    title = "Refer for discipline"
    button = "Refer the case"
    done = "Case referred. The licensee gets a letter that says so."
    consequence = "Its dates end, and the licensee gets a letter. A supervisor then decides the outcome."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"hint": ON_RECORD}

    def get_refusals(self) -> list[str]:
        opens = self.case.open_to_licensee_at
        if opens is not None and timezone.now() < opens:
            return ["The notice is still held. Wait until it is sent, or stop it."]
        return refusals(self.case, self.step)

    def perform(self, form: forms.Form, **common: Any) -> None:
        discipline.refer_for_discipline(self.case, reason=form.cleaned_data["reason"], **common)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        running, past = deadlines_of(self.case, at)
        facts = [{"label": "Overdue", "value": it} for it in past] + [
            {"label": "Running", "value": it} for it in running
        ]
        facts += [{"label": str(it), "value": proof_words(it)} for it in load(self.case)]
        return super().get_context_data(**kwargs) | {"facts": facts, "late": bool(past)}


class Outcome(Rehearsed, LastLook):
    """One outcome: asked, then shown with its letter, then done."""

    template_name = "inspections/outcome_form.html"
    check_template = "inspections/outcome_check.html"

    def get_refusals(self) -> list[str]:
        return refusals(self.case, "dismiss_case")

    def rows(self, form: forms.Form) -> list[dict[str, str]]:
        """What was decided, for the last look."""
        return [{"label": "Reason", "value": form.cleaned_data["reason"]}]

    def get_success_url(self) -> str:
        return case_url("case", self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"choose_url": case_url("outcome", self.case)}


class Penalty(Outcome):
    """A civil penalty: count times amount, violation by violation."""

    rights = "inspections.impose_penalty"
    form_class = PenaltyForm
    title = "Impose a penalty"
    button = "Impose the penalty"
    done = "Penalty imposed. The letter is on its way, and the case is closed."
    consequence = "The licensee gets the letter below, and the case closes. This can not be undone."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"violations": load(self.case, "plans"), "on": self.day}

    @property
    def day(self) -> Any:
        """The day whose maximum counts: that of the visit."""
        return local_day(self.case.visit_began_at or timezone.now())

    def perform(self, form: PenaltyForm, **common: Any) -> None:  # type: ignore[override]
        reason = form.cleaned_data["reason"]
        discipline.impose_penalty(self.case, form.penalties(), reason=reason, **common)

    def rows(self, form: PenaltyForm) -> list[dict[str, str]]:  # type: ignore[override]
        lines = "\n".join(rules.penalty_explained(form.facts()))
        return [{"label": "How it is counted", "value": lines}, *super().rows(form)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        most = rules.PENALTY_MAX
        return super().get_context_data(**kwargs) | {"most": rules.money(most.on(self.day)), "source": most.source}


class Suspension(Outcome):
    """The license may not be used from a day to a day."""

    rights = "inspections.suspend_license"
    form_class = SuspensionForm
    title = "Suspend the license"
    button = "Suspend the license"
    done = "License suspended. The letter is on its way, and the case is closed."
    consequence = "The license is marked as suspended at once, the licensee gets the letter below, and the case closes."

    def perform(self, form: forms.Form, **common: Any) -> None:
        discipline.suspend_license(self.case, **form.cleaned_data, **common)

    def rows(self, form: forms.Form) -> list[dict[str, str]]:
        said = form.cleaned_data
        return [
            {"label": "First day", "value": long_day(said["starts_on"])},
            {"label": "Last day", "value": long_day(said["ends_on"])},
            *super().rows(form),
        ]


class ReasonOnly(Outcome):
    """An outcome that asks nothing but a reason."""

    form_class = OutcomeReason
    action: Callable[..., Inspection]

    def perform(self, form: forms.Form, **common: Any) -> None:
        type(self).action(self.case, reason=form.cleaned_data["reason"], **common)


class Revocation(ReasonOnly):
    """The license ends."""

    rights = "inspections.revoke_license"
    action = staticmethod(discipline.revoke_license)
    title = "Revoke the license"
    button = "Revoke the license"
    done = "License revoked. The letter is on its way, and the case is closed."
    consequence = "The license is marked as revoked at once, the licensee gets the letter below, and the case closes."


class Dismissal(ReasonOnly):
    """No action is taken."""

    rights = "inspections.dismiss_case"
    action = staticmethod(discipline.dismiss_case)
    title = "Dismiss the case"
    button = "Dismiss the case"
    done = "Case dismissed. The letter is on its way, and the case is closed."
    consequence = "No action is taken. The licensee gets the letter below, and the case closes."


class Return(Outcome):
    """Another chance to correct, until a day."""

    rights = "inspections.return_to_corrections"
    form_class = ReturnForm
    title = "Return to corrections"
    button = "Return to corrections"
    done = "Case returned to corrections. The letter with the new date is on its way."
    consequence = "The licensee gets the letter below and can send proof until the end of that day."

    def perform(self, form: forms.Form, **common: Any) -> None:
        discipline.return_to_corrections(self.case, **form.cleaned_data, **common)

    def rows(self, form: forms.Form) -> list[dict[str, str]]:
        return [{"label": "Proof is due", "value": long_day(form.cleaned_data["due_on"])}, *super().rows(form)]


CHOICES: list[tuple[str, type[Outcome], str]] = [
    ("outcome_penalty", Penalty, "Count times amount for each violation. Paid to the current school fund."),
    ("outcome_suspension", Suspension, "The license may not be used from a day to a day."),
    ("outcome_revocation", Revocation, "The license ends."),
    ("outcome_return", Return, "The licensee gets a new date to send proof."),
    ("outcome_dismiss", Dismissal, "No action is taken. The case closes."),
]


class ChooseOutcome(Framed, TemplateView):
    """The five ways a referred case can go."""

    rights = "inspections.impose_penalty"
    template_name = "inspections/outcome.html"
    title = "Decide the outcome"
    lead = "Each choice shows its letter before anything is sent."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choices = [(view.title, case_url(name, self.case), words) for name, view, words in CHOICES]
        return super().get_context_data(**kwargs) | {
            "choices": choices,
            "refusals": refusals(self.case, "dismiss_case"),
        }
