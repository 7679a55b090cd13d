"""The plan on its way: all answers on one page, sent once, and shown again with the time it came."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic import TemplateView

from casefile.actions import Refused, locked
from casefile.calendar import clock_time, local_day, long_day
from inspections.actions.correction import submit_cap
from inspections.forms.licensee import TYPED
from inspections.models import Inspection, PlanItem
from inspections.stages import State
from inspections.views.licensee.base import NoticeAct, OfNotice, load
from inspections.views.licensee.parts import PlanPart, asked, digest_of, last_plan, plan_rows, sent_or_notice
from inspections.views.licensee.plan import OfPlan
from inspections.views.licensee.times import times_of

READ_AGAIN = "Someone changed these answers while you were reading. Check them again. Then send them."


class CheckPlan(OfPlan, NoticeAct):
    """All answers on one page; from here the plan is sent."""

    template_name = "inspections/licensee/plan_check.html"
    rights_to_post = "inspections.submit_cap"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_open:
            return HttpResponseRedirect(self.url(*sent_or_notice(self.case)))
        return super().get(request, *args, **kwargs)

    def perform(self, form: forms.Form, **common: Any) -> None:
        case = locked(self.case)
        if case.state != State.CAP_DUE:
            raise Refused([already_sent(self.case)])
        self.read()
        if self.request.POST.get("seen") != digest_of(self.parts):
            raise Refused([READ_AGAIN])
        answers = {part.number: part.answer() for part in asked(self.parts) if not part.missing}
        submit_cap(case, answers, by=common["by"], at=common["at"])

    def get_success_url(self) -> str:
        return self.url("notice_plan_sent")

    def get_refusals(self) -> list[str]:
        return [] if self.case.received_at else ["Tell us first that you got the notice."]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [{"part": part, "answers": answers_of(self, part)} for part in self.parts]
        wrong = [form for part in asked(self.parts) if (form := part.judged()).errors]
        links = [
            {"text": f"{form.about}: {error}", "url": f"{self.url('notice_plan')}?open={form.about.split()[-1]}"}
            for form in wrong
            for errors in form.errors.values()
            for error in errors
        ]
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "links": links,
            "seen": digest_of(self.parts),
            "plan_url": self.url("notice_plan"),
        }


def answers_of(page: OfNotice, part: PlanPart) -> list[dict[str, str]]:
    """The three answers as rows with their Change links; an accepted part has none."""
    if part.is_accepted and part.plan:
        return plan_rows(part.plan)
    prefix, url = f"id_v{part.number}", f"{page.url('notice_plan')}?open={part.number}"
    said = part.judged()
    said.full_clean()
    by_on = said.cleaned_data.get("by_on")
    typed_day = " ".join(part.typed[name] for name in TYPED[2:]).strip()
    return [
        {"label": "How", "value": part.typed["how"] or "No answer", "url": f"{url}#{prefix}-how"},
        {"label": "Who", "value": part.typed["who"] or "No answer", "url": f"{url}#{prefix}-who"},
        {
            "label": "By what day",
            "value": long_day(by_on) if by_on else typed_day or "No answer",
            "url": f"{url}#{prefix}-by_on_0",
        },
    ]


class PlanSent(OfNotice, TemplateView):
    """The receipt: when the plan came, what it said, what is next."""

    template_name = "inspections/licensee/plan_sent.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        load(self.case)
        if last_plan(self.case.rounds()) is None:
            return HttpResponseRedirect(self.url("notice"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        violations = self.case.rounds()
        last = last_plan(violations)
        assert last is not None
        times = times_of(self.case, self.at)
        return super().get_context_data(**kwargs) | {
            "last": last,
            "is_read": last.decision != "",
            "rows": [{"violation": v, "answers": plan_rows(v.plan)} for v in violations if v.plan],
            "proof_due": times.proof,
            "count": sum(v.plan is not None and v.plan.sent_at == last.sent_at for v in violations),
        }


def already_sent(case: Inspection) -> str:
    """That, and when, the plan was sent, perhaps by a colleague a moment ago."""
    sent = PlanItem.objects.filter(violation__inspection=case, set_aside=False).order_by("-sent_at").first()
    if sent is None:
        return "This plan can not be sent now."
    day = long_day(local_day(sent.sent_at), year=False).split(", ")[1]
    return f"This plan was sent on {day} at {clock_time(sent.sent_at)} You can read it, but not change it."
