"""The plan while it is written: typed part by part, and kept at every step."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.generic import TemplateView

from casefile.actions import Refused
from casefile.views import kept
from inspections.actions.drafts import save_plan
from inspections.forms.licensee import typed_part
from inspections.stages import State
from inspections.views.licensee.base import OfNotice, load
from inspections.views.licensee.parts import PlanPart, asked, draft_of, parts_of, sent_or_notice
from inspections.views.licensee.times import Times, times_of

LATER, CHECK, NEXT, PROOF = "later", "check", "next", "proof"
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
