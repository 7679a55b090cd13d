"""BioTrack corrections on the desk: one of them, and what an officer decides."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from casefile.actions import move
from casefile.templatetags.ccd import due_tone, due_words
from inventory_windows.actions import corrections
from inventory_windows.forms.desk import NoteForm, ReasonForm, WantedForm
from inventory_windows.stages import CORRECTION_STAGES, CorrectionState
from inventory_windows.views.desk.acts import not_possible
from inventory_windows.views.desk.base import DeskAct, OfDesk, correction_of
from inventory_windows.views.desk.window import Next, record_of

STEPS = (
    ("approve_correction", "Approve the correction", "correction_approve"),
    ("ask_about_correction", "Ask the licensee", "correction_question"),
    ("refuse_correction", "Refuse the correction", "correction_refuse"),
)


class OfCorrection(OfDesk):
    """A page of one correction."""

    find = staticmethod(correction_of)
    named = "correction"


class CorrectionPage(OfCorrection, TemplateView):
    """What BioTrack support asks the State to approve, and what became of it."""

    template_name = "inventory_windows/desk_correction.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, at = self.case, timezone.now()
        open_to = [it for it in STEPS if move(case, it[0]) and self.may(f"inventory_windows.{it[0]}")]
        links = [(words, self.address(page)) for _, words, page in open_to]
        due = case.file.due_at
        tone, words = (due_tone(due, at), due_words(due, at)) if due else ("", "")
        stage = CORRECTION_STAGES[CorrectionState(case.state)]
        ours = bool(links) and case.state == CorrectionState.REQUESTED
        first = links[0] if ours else ("", "")
        return super().get_context_data(**kwargs) | {
            "case": case,
            "license": case.license,
            "crumbs": self.crumbs(),
            "status": {"text": case.get_state_display(), "tone": stage.tone},
            "next": Next(stage.staff, "", first[1], first[0], tone, words),
            "others": links[1:] if ours else links,
            **record_of(case),
        }

    def address(self, page: str) -> str:
        return reverse(f"inventory_windows:{page}", args=[self.case.number])


class ApproveCorrection(OfCorrection, DeskAct):
    """Approve a correction."""

    rights = "inventory_windows.approve_correction"
    step = "approve_correction"
    form_class = NoteForm
    title, button = "Approve the correction", "Approve it"
    lead = "The licensee gets a letter with the number of this approval, for BioTrack support."
    done = "Approved. The licensee has the letter."

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = corrections.approve_correction(self.case, note=form.cleaned_data["note"], **common)


class RefuseCorrection(OfCorrection, DeskAct):
    """Refuse a correction."""

    rights = "inventory_windows.refuse_correction"
    step = "refuse_correction"
    form_class = ReasonForm
    title, button, tone = "Refuse the correction", "Refuse it", "danger"
    lead = "The licensee gets a letter with your reason."
    done = "Refused. The licensee has the letter."

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = corrections.refuse_correction(self.case, reason=form.cleaned_data["reason"], **common)


class AskAboutCorrection(OfCorrection, DeskAct):
    """Ask the licensee something first."""

    rights = "inventory_windows.ask_about_correction"
    form_class = WantedForm
    title, button = "Ask the licensee", "Send the letter"
    lead = "The licensee gets a letter with your question and answers it here."
    done = "The licensee has your question."

    def get_refusals(self) -> list[str]:
        return not_possible(self, "ask_about_correction")

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = corrections.ask_about_correction(self.case, form.cleaned_data["wanted"], **common)
