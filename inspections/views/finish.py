"""The end of a visit, and taking it up again."""

from typing import Any

from django import forms

from inspections.actions import visit
from inspections.forms.visit import FinishForm
from inspections.stages import State
from inspections.views.office import OfficeAct
from inspections.views.rows import case_url


class Finish(OfficeAct):
    """Go through the findings with the licensee and end the visit; the page says what follows."""

    rights = "inspections.end_visit"
    template_name = "inspections/finish.html"
    form_class = FinishForm
    title = "Finish the visit"
    button = "Finish the visit"

    def get_refusals(self) -> list[str]:
        return [] if self.case.state == State.IN_PROGRESS else ["This visit is not in progress."]

    def get_initial(self) -> dict[str, Any]:
        return {"reviewed_with": self.case.reviewed_with, "notes": self.case.notes}

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = visit.end_visit(self.case, **form.cleaned_data, **common)
        closed = self.case.state == State.CLOSED
        self.done = (
            "The visit has ended in compliance. The letter is on its way."
            if closed
            else "The visit has ended. The draft of the notice stands ready."
        )

    def get_success_url(self) -> str:
        return case_url("case", self.case)

    def back_url(self) -> str:
        return case_url("inspection_record", self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        violations = self.case.violations.select_related("entry").prefetch_related("evidence")
        return super().get_context_data(**kwargs) | {"violations": violations}


class Reopen(OfficeAct):
    """Take the visit up again while the notice is a draft."""

    rights = "inspections.reopen_findings"
    step = "reopen_findings"
    template_name = "inspections/confirm.html"
    title = "Open the findings again"
    lead = "You can then add, change or take back violations. Finish the visit again when you are done."
    button = "Open the findings again"
    done = "The findings are open again."

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = visit.reopen_findings(self.case, **common)

    def get_success_url(self) -> str:
        return case_url("inspection_record", self.case)
