"""The plan: typed part by part, kept at every step, checked, sent once, and shown again with the time it came."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.generic import TemplateView

from casefile.actions import Refused, locked
from casefile.calendar import clock_time, local_day, long_day
from casefile.views import kept
from inspections.actions.correction import submit_cap
from inspections.actions.drafts import save_plan
from inspections.forms.licensee import TYPED, typed_part
from inspections.models import Inspection, PlanItem, Violation
from inspections.stages import State
from inspections.views.licensee.base import NoticeAct, OfNotice, load
from inspections.views.licensee.parts import PlanPart, asked, digest_of, draft_of, parts_of
from inspections.views.licensee.times import Times, times_of

LATER, CHECK, NEXT, PROOF = "later", "check", "next", "proof"
READ_AGAIN = "Someone changed these answers while you were reading. Check them again. Then send them."
RESTORED = "These are the answers you typed before we signed you out. Check them. Then save them."


class OfPlan(OfNotice):
    """A page of the plan: its parts as they stand."""

    times: Times
    parts: list[PlanPart]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        load(self.case)
        self.times = times_of(self.case, self.at)
        self.read()

    def read(self, words: Mapping[str, str] | None = None, numbers: Container[int] = ()) -> None:
        """Take the parts from the draft, and those with these numbers from the words of a form."""
        self.draft = draft_of(self.case)
        self.parts = parts_of(self.times, self.draft, words or {}, numbers)

    @property
    def is_open(self) -> bool:
        return self.case.state == State.CAP_DUE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "parts": self.parts,
            "is_open": self.is_open,
            "due": self.times.plan,
            "proof_due": self.times.proof,
            "saved_at": self.draft.saved_at if self.draft else None,
            "changes": any(part.remark for part in self.parts),
        }


class Plan(OfPlan, TemplateView):
    """GET shows the questions, POST keeps what was typed, whole or not; nothing is sent from here."""

    template_name = "inspections/licensee/plan.html"
    rights_to_post = "inspections.submit_cap"
    judged: Sequence[forms.Form] = ()
    clashes: Sequence[int] = ()
    words: Mapping[str, str] = {}  # of before the author was signed out

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_open:
            return HttpResponseRedirect(self.url(*sent_or_notice(self.case)))
        restored = kept.kept(request)
        if restored is not None:
            self.words = plain(restored)
            self.read(self.words, numbers_in(self.words))
            messages.info(request, RESTORED)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        words = plain(request.POST)
        try:
            self.clashes = keep_plan(self, words)
        except Refused as refused:
            self.read(words, numbers_in(words))
            return self.render_to_response(self.get_context_data(refusals=refused.reasons), status=409)
        kept.forget(request)
        what, _, number = words.get("save", "").partition(":")
        self.read(words, self.clashes)
        if self.clashes:
            return self.render_to_response(self.get_context_data(), status=409)
        if what != CHECK:
            return self._go(what, number)
        self.judged = [form for part in asked(self.parts) if (form := part.judged()).errors]
        if self.judged:
            return self.render_to_response(self.get_context_data())
        return HttpResponseRedirect(self.url("notice_plan_check"))

    def _go(self, what: str, number: str) -> HttpResponse:
        numbers = [part.number for part in self.parts]
        if number.isdigit() and int(number) in numbers:
            if what == PROOF:
                return HttpResponseRedirect(self.url("notice_proof", n=int(number)))
            return HttpResponseRedirect(f"{self.url('notice_plan')}?open={number}#part-{number}")
        messages.success(self.request, "Saved. You can come back at any time.")
        return HttpResponseRedirect(self.url("notice"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wrong = {form.about: form for form in self.judged if hasattr(form, "about")}
        shown = self._opened()
        rows = [
            {
                "part": part,
                "form": wrong.get(f"Violation {part.number}") or part.as_typed(),
                "open": part.number in shown or f"Violation {part.number}" in wrong or part.number in self.clashes,
                "next": next((it.number for it in asked(self.parts) if it.number > part.number), None),
                "theirs": part.stored if part.number in self.clashes else None,
                "seen": self._seen(part),
            }
            for part in self.parts
        ]
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "judged": self.judged,
            "has_errors": bool(self.judged),
            "can_write": self.is_open and self.may("inspections.submit_cap"),
            "autosave_url": self.url("notice_plan_save"),
        }

    def _seen(self, part: PlanPart) -> str:
        """What this page shows of a part: after a clash the colleague's words too, which the next save replaces."""
        if part.number in self.clashes and part.stored:
            return part.stored.digest
        return self.words.get(f"seen-{part.number}") or part.seen

    def _opened(self) -> list[int]:
        """The part asked for, else the first that is not done."""
        number = self.request.GET.get("open", "")
        if number.isdigit():
            return [int(number)]
        return [part.number for part in asked(self.parts) if part.missing or part.remark][:1]


class SavePlan(OfPlan, TemplateView):
    """Keeps what was typed while it is being typed; the page's script calls it."""

    rights = "inspections.submit_cap"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            clashes = keep_plan(self, plain(request.POST))
        except Refused:
            return HttpResponse(status=409)
        return HttpResponse(status=409 if clashes else 204)


def keep_plan(page: OfPlan, words: Mapping[str, str]) -> list[int]:
    """Put what a form says of the parts that are still asked into the draft; returns the parts that clash."""
    numbers = [part.number for part in asked(page.parts) if part.number in numbers_in(words)]
    typed = {number: typed_part(words, number) for number in numbers}
    seen = {number: words[f"seen-{number}"] for number in numbers}
    return save_plan(page.case, typed, seen=seen, by=page.user, at=page.at)


def plain(posted: QueryDict) -> dict[str, str]:
    """What a form says, one value for each name."""
    return {name: str(words) for name, words in posted.items()}


def numbers_in(words: Mapping[str, str]) -> list[int]:
    """The violations that a form speaks of."""
    named = [name.removeprefix("seen-") for name in words if name.startswith("seen-")]
    return [int(number) for number in named if number.isdigit()]


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


def plan_rows(plan: PlanItem) -> list[dict[str, str]]:
    """One part of the plan as it was sent."""
    return [
        {"label": "How", "value": plan.how},
        {"label": "Who", "value": plan.who},
        {"label": "By what day", "value": long_day(plan.by_on)},
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


def last_plan(violations: Sequence[Violation]) -> PlanItem | None:
    """The part of the plan that came last."""
    return max((v.plan for v in violations if v.plan), key=lambda plan: plan.sent_at, default=None)


def sent_or_notice(case: Inspection) -> tuple[str]:
    """Where somebody is sent who asks for a plan that is not asked for: to the copy of the one that was sent."""
    return ("notice_plan_sent",) if last_plan(case.rounds()) else ("notice",)


def already_sent(case: Inspection) -> str:
    """That, and when, the plan was sent, perhaps by a colleague a moment ago."""
    sent = PlanItem.objects.filter(violation__inspection=case, set_aside=False).order_by("-sent_at").first()
    if sent is None:
        return "This plan can not be sent now."
    day = long_day(local_day(sent.sent_at), year=False).split(", ")[1]
    return f"This plan was sent on {day} at {clock_time(sent.sent_at)} You can read it, but not change it."
