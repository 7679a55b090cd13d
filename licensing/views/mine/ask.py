"""Asking for a level, more plants or fewer: the choice first, judged while it is typed and again by the server."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.generic import TemplateView

from casefile.actions import Part, Refused
from casefile.views import kept
from casefile.views.kept import as_typed
from licensing.actions.answers import CHOICE, save_answers, stored_answers
from licensing.actions.requests import TYPED, start_request
from licensing.forms.asking import CHOICES, typed_text
from licensing.models import PlantRequest
from licensing.queries.mine import Holding, holdings
from licensing.queries.requests import Kind
from licensing.stages import RequestState
from licensing.views.mine import answers, words
from licensing.views.mine.answers import Answer
from licensing.views.mine.base import OfLicense

CHECK = "check"
RESTORED = "This is what you typed before we signed you out. Check it. Then save it."
TITLES = {
    Kind.DESIGNATION: "Ask for a level",
    Kind.INCREASE: "Ask for more plants",
    Kind.DECREASE: "Ask for fewer plants",
}


class Choosing(OfLicense):
    """A page about what is asked for of one license."""

    rights = "licensing.submit_request"
    kind: str
    holding: Holding
    draft: PlantRequest | None
    theirs: Part | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.kind = kwargs["kind"]
        if self.kind not in CHOICES:
            raise Http404("Nothing of this kind can be asked for.")
        (self.holding,) = holdings([self.license], on=self.today)
        drafts = (it for it in self.holding.open_requests if it.state == RequestState.DRAFT)
        self.draft = next((it for it in drafts if it.kind == self.kind), None)

    def form(self, typed: Mapping[str, str] | None = None) -> forms.Form:
        return CHOICES[self.kind](typed, on=self.today)  # type: ignore[call-arg]

    def stored(self) -> Part:
        """What was chosen before and not sent."""
        row = self.draft.file.drafts.filter(name=TYPED).first() if self.draft else None
        return stored_answers(row.typed if row else None).get(CHOICE, Part({}))

    def answer(self, form: forms.Form) -> Answer | None:
        """What the rule says of the choice; None while it can not be read."""
        closed = words.closed_answer(self.holding, self.kind)
        if closed is not None or not form.is_bound:
            return closed
        form.full_clean()
        said = form.cleaned_data
        return judged(self.holding, self.kind, plants=said.get("plants"), level=said.get("level"))


def judged(holding: Holding, kind: str, *, plants: int | None, level: int | None = None) -> Answer | None:
    """What the rule says of a number of plants, and of a level; None where neither can be read."""
    license, on = holding.license, holding.on
    if kind == Kind.DESIGNATION:
        others = holding.total - (license.mature_plants or 0)
        return answers.of_designation(license.type, level or 0, plants or 0, others=others, on=on)
    if plants is None:
        return None
    if kind == Kind.INCREASE:
        return answers.of_increase(holding.asks(plants), answers.Chance(license.level, holding.again()))
    return answers.of_decrease(license.type, license.mature_plants or 0, plants)


class Ask(Choosing, TemplateView):
    """GET asks, POST checks the choice, or begins the request with it; nothing is sent from here."""

    template_name = "licensing/mine_ask.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        stored, waits = self.stored(), kept.kept(request)
        typed = typed_text(self.form(), waits) if waits is not None else stored.typed or None
        form = as_typed(self.form(), typed)
        return self._show(form, self.answer(self.form(typed)), said=RESTORED if waits is not None else "")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = typed_text(self.form(), request.POST)
        form = self.form(typed)
        answer = self.answer(form)
        if not form.is_valid() or answer is None or not answer.allowed or request.POST.get("save") == CHECK:
            return self._show(form, answer)
        try:
            clash = self._keep(typed)
        except Refused as refused:
            return self._show(form, answer, said=" ".join(refused.reasons), code=409)
        if clash:
            self.theirs = self.stored()
            return self._show(form, answer, code=409)
        kept.forget(request)
        assert self.draft is not None
        return HttpResponseRedirect(reverse("licensing:my_request", args=[self.draft.file.key]))

    def _keep(self, typed: Mapping[str, str]) -> list[str]:
        """Begin the request, or go on with its draft, and keep the choice; what a colleague changed comes back."""
        self.draft = self.draft or start_request(self.license, self.kind, by=self.user, at=self.at)
        seen = {CHOICE: self.request.POST.get("seen", "")}
        return save_answers(self.draft, {CHOICE: typed}, seen=seen, by=self.user, at=self.at)

    def _show(self, form: forms.Form, answer: Answer | None, *, said: str = "", code: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, answer=answer, said=said), status=code)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form, closed = kwargs["form"], words.closed_answer(self.holding, self.kind)
        theirs = self.theirs
        return super().get_context_data(**kwargs) | {
            "title": TITLES[Kind(self.kind)],
            "kind": self.kind,
            "closed": closed,
            "holding": self.holding,
            "may_ask": words.may_ask(self.holding) if self.kind == Kind.INCREASE else [],
            "pending": self.holding.pending,
            "has_errors": bool(form.errors),
            "theirs": theirs,
            "seen": (theirs or self.stored()).digest,
            "answer_url": self.url("ask_answer", number=self.license.number, kind=self.kind),
            "limits_url": reverse("licensing:limits"),
        }


class AskAnswer(Choosing, TemplateView):
    """What the rule says of a choice, as plain values; the script of the page asks while it is typed."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.answer(self.form(request.GET.dict()))
        return JsonResponse(answer.facts if answer else {}, headers={"Cache-Control": "no-store"})
