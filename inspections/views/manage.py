"""What is decided about a case as a whole: who has it, how long its clocks run, whether it goes on."""

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from casefile.calendar import long_day
from casefile.deadlines import CLOCKS
from casefile.forms import HandOverForm
from casefile.models import Deadline
from inspections.actions import discipline
from inspections.forms.manage import CancelForm, ExtendForm
from inspections.stages import ACTIVE, LICENSEE_CLOCKS
from inspections.views.office import OfficeAct
from inspections.views.work import people_with_cases


class Reassign(OfficeAct):
    """Give the case to another officer."""

    rights = "inspections.reassign_case"
    step = "reassign_case"
    form_class = HandOverForm
    title = "Reassign"
    button = "Reassign the case"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"officers": self._officers()}

    def _officers(self) -> QuerySet[User]:
        """The others who may have cases, with how many open ones each has."""
        load = Count("inspections", filter=Q(inspections__state__in=ACTIVE))
        return people_with_cases().exclude(pk=self.case.officer_id).annotate(open_cases=load)

    def perform(self, form: forms.Form, **common: Any) -> None:
        discipline.reassign_case(self.case, **form.cleaned_data, **common)
        self.done = f"{form.cleaned_data['officer'].name} has the case now."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"lead": f"{self.case.officer.name} has the case now."}


class Extend(OfficeAct):
    """Give the licensee more time; never less."""

    rights = "inspections.extend_deadline"
    step = "extend_deadline"
    form_class = ExtendForm
    title = "Extend a deadline"
    lead = "The licensee gets a letter with the new date. The old date stays on record."
    button = "Extend the deadline"
    done = "The deadline is extended. The licensee gets a letter with the new date."

    def running(self) -> list[Deadline]:
        """The clocks of the licensee that run, soonest first."""
        ours = [clock.key for clock in LICENSEE_CLOCKS]
        return list(self.case.file.deadlines.running().filter(clock__in=ours))

    def get_refusals(self) -> list[str]:
        return super().get_refusals() or ([] if self.running() else ["No clock of the licensee runs now."])

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = [
            (row.clock, f"{CLOCKS[row.clock].label}, due {long_day(row.due_on)}")
            for row in self.running()
            if row.due_on
        ]
        return super().get_form_kwargs() | {"running": rows}

    def perform(self, form: forms.Form, **common: Any) -> None:
        facts = form.cleaned_data
        clock = CLOCKS[facts["clock"]]
        discipline.extend_deadline(self.case, clock, due_on=facts["due_on"], reason=facts["reason"], **common)


class Cancel(OfficeAct):
    """Cancel an inspection before its notice."""

    rights = "inspections.cancel_inspection"
    step = "cancel_inspection"
    form_class = CancelForm
    title = "Cancel the inspection"
    lead = "It can not be taken up again. The history keeps all that was recorded."
    button = "Cancel the inspection"
    tone = "danger"
    done = "The inspection is cancelled."

    def perform(self, form: forms.Form, **common: Any) -> None:
        discipline.cancel_inspection(self.case, reason=form.cleaned_data["reason"], **common)
