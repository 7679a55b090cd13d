"""The notice: its draft, its preview, its sending, and taking it back."""

from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from casefile import notices
from casefile.actions import refusals
from casefile.calendar import clock_time, long_day
from casefile.letters import Letter
from casefile.views.acts import NoFacts
from casefile.views.shown import as_shown
from inspections import letters, rules
from inspections.actions import notice
from inspections.forms.notice import NoticeForm, ReasonForm
from inspections.models import Inspection, Violation
from inspections.queries.notice import would_be_due
from inspections.stages import State
from inspections.views.act_page import Drafted, Framed, LastLook, load
from inspections.views.base import OfCase
from inspections.views.cards import photos_of
from inspections.views.rows import case_url

ROUNDS = ("plans", "proofs")


def contacts_of(case: Inspection) -> dict[str, Any]:
    """Who gets the notice and who does not; read once."""
    prefetch_related_objects([case.licensee], "contacts")
    people = list(case.licensee.contacts.all())
    return {
        "recipients": [person for person in people if person.receives_notices],
        "others": [person for person in people if not person.receives_notices],
        "contacts_url": reverse("licensing:contacts", args=[case.licensee.key]),
    }


class DraftNotice(Drafted):
    """Compose the notice from the findings: its words, and what would count as proof."""

    rights = "inspections.draft_nolv"
    template_name = "inspections/notice_draft.html"
    form_class = NoticeForm
    draft = "nolv"
    title = "Draft the notice"
    lead = (
        "The notice lists the violations in this order. Change the words where the licensee would not understand them."
    )

    def get_parts(self) -> list[Violation]:
        return load(self.case, "evidence__document")

    def get_refusals(self) -> list[str]:
        return [] if self.case.state == State.FINDINGS_RECORDED else ["The notice is no longer a draft."]

    def get_success_url(self) -> str:
        return case_url("notice_preview", self.case)

    def perform(self, form: NoticeForm, **common: Any) -> None:  # type: ignore[override]
        notice.draft_nolv(self.case, form.words(), form.proof_wanted(), **common)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [{"part": part, "photos": photos_of(part.violation)} for part in context["form"].parts]
        return context | contacts_of(self.case) | {"rows": rows, "may_reopen": self.may("inspections.reopen_findings")}


class WithoutPlan(OfCase):
    """A page of a notice that may skip the plan: `?without_plan=1`, for those who may serve such a notice."""

    without_plan = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.without_plan = "without_plan" in request.GET or "without_plan" in request.POST
        if self.without_plan:
            self.rights = "inspections.serve_nolv_without_cap"

    @property
    def letter(self) -> Letter:
        return letters.NOLV_WITHOUT_CAP if self.without_plan else letters.NOLV

    def why_not(self) -> list[str]:
        return refusals(self.case, "serve_nolv_without_cap" if self.without_plan else "serve_nolv")

    def address_of(self, name: str) -> str:
        return case_url(name, self.case) + ("?without_plan=1" if self.without_plan else "")

    def get_dues(self, at: datetime) -> list[Any]:
        return [] if self.without_plan else would_be_due(self.case, at)


class PreviewNotice(WithoutPlan, Framed, TemplateView):
    """Exactly what the licensee will get: mail, letter, dates; and who gets it."""

    rights = "inspections.draft_nolv"
    template_name = "inspections/notice_preview.html"
    title = "Preview the notice"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        load(self.case, *ROUNDS)
        prefetch_related_objects([self.case.file], "deadlines")
        people = contacts_of(self.case)
        reasons = self.why_not()
        shown = None if self.case.state != State.FINDINGS_RECORDED else as_shown(self._written(at))
        return super().get_context_data(**kwargs) | people | {
            "refusals": reasons,
            "shown": shown,
            "dues": self.get_dues(at),
            "unsent": self.case.file.drafts.filter(name=DraftNotice.draft).exists(),
            "without_plan": self.without_plan,
            "draft_url": case_url("notice_draft", self.case),
            "send_url": self.address_of("notice_send"),
            "plain_url": case_url("notice_preview", self.case) if self.without_plan else "",
            "grave_url": self._grave_url(),
        }  # fmt: skip

    def _written(self, at: datetime) -> Any:
        """The letter, as if it were sent and received now."""
        self.case.nolv_served_at = at
        return notices.preview(self.letter, self.case, at=at)

    def _grave_url(self) -> str:
        if self.without_plan or not self.may("inspections.serve_nolv_without_cap"):
            return ""
        return case_url("notice_preview", self.case) + "?without_plan=1"


class SendNotice(WithoutPlan, LastLook):
    """The last look before the notice goes out."""

    case: Inspection
    rights = "inspections.serve_nolv"
    title = "Send the notice"
    button = "Send notice"
    template_name = "inspections/notice_send.html"

    def get_form_class(self) -> type[Form]:
        return ReasonForm if self.without_plan else NoFacts

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | (
            {"hint": "It stands on the record of the case."} if self.without_plan else {}
        )

    def get_refusals(self) -> list[str]:
        if not hasattr(self, "_refusals"):
            load(self.case, *ROUNDS)
            contacts_of(self.case)
            self._refusals = self.why_not()
        return self._refusals

    def perform(self, form: Form, **common: Any) -> None:
        if self.without_plan:
            common |= {"skip_plan": True, "reason": form.cleaned_data["reason"]}
        served = notice.serve_nolv(self.case, **common)
        assert served.open_to_licensee_at is not None
        self.done = f"Notice sent. You can stop it until {clock_time(served.open_to_licensee_at)}."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        people = contacts_of(self.case)
        dues = self.get_dues(timezone.now())
        rows = [{"label": "To", "value": "\n".join(f"{it.name}, {it.email}" for it in people["recipients"])}]
        rows += [{"label": due.clock.label, "value": f"Due {long_day(due.due_on)}"} for due in dues if due.due_on]
        return context | {
            "rows": rows,
            "consequence": self._consequence(dues),
            "without_plan": self.without_plan,
            "preview_url": self.address_of("notice_preview"),
        }

    def _consequence(self, dues: list[Any]) -> str:
        said = f"You are about to send this notice to {self.case.licensee}."
        if self.without_plan:
            said += " The case goes to discipline at once. No plan is asked for."
        elif dues and dues[0].due_on:
            said += f" If they get it today, the plan will be due on {long_day(dues[0].due_on)}."
        return f"{said} You can stop it for 5 minutes. After that it can not be undone."


class StopNotice(LastLook):
    """Stop the notice while it is held."""

    rights = "inspections.stop_nolv"
    step = "stop_nolv"
    title = "Stop the notice"
    button = "Stop the notice"
    done = "Notice stopped. It was not sent. The draft is open again."
    consequence = "The notice does not go out. It becomes a draft again, and you can change it."

    def get_refusals(self) -> list[str]:
        served = self.case.nolv_served_at
        waited = timezone.now() - served if served else rules.HOLD
        return refusals(self.case, self.step) or rules.reasons_not_to_stop(False, waited=waited)

    def perform(self, form: Form, **common: Any) -> None:
        notice.stop_nolv(self.case, **common)


class RescindNotice(LastLook):
    """Take back a notice that has left."""

    rights = "inspections.rescind_nolv"
    step = "rescind_nolv"
    form_class = ReasonForm
    title = "Take back the notice"
    button = "Take back the notice"
    done = "Notice taken back. The licensee gets a letter that says so."
    consequence = "All its dates end. The licensee gets a letter with your reason. The findings become a draft again."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"hint": "The licensee reads this."}

    def perform(self, form: Form, **common: Any) -> None:
        notice.rescind_nolv(self.case, reason=form.cleaned_data["reason"], **common)
