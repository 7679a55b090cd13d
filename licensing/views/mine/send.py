"""A request on its way: all answers on one page, sent once; and a request that is taken back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from casefile.actions import Refused, locked
from casefile.views.acts import ActView
from casefile.views.own import document_row
from licensing.actions.answers import SENT
from licensing.actions.plants import held
from licensing.actions.requests import TO_THE_LICENSEE, Asked, submit_request, withdraw_request
from licensing.forms.asking import answers
from licensing.queries.mine import holdings
from licensing.stages import OPEN, RequestState
from licensing.views.mine import words
from licensing.views.mine.ask import judged
from licensing.views.mine.base import OfRequest
from licensing.views.mine.parts import PiecePart
from licensing.views.mine.piece import OfPieces

READ_AGAIN = "Someone changed these answers while you were reading. Check them again. Then send them."
FINISH = "Finish the parts that are not done. Then send your request."
NOTHING_NEW = "Send at least one of the parts that we asked for."


class NotStale(ActView):
    """A form by which the licensee acts; what the office does meanwhile does not make it stale."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"stale": False, "meanwhile": ()}


class CheckRequest(OfPieces, NotStale):
    """All answers on one page; from here the request, or what was missing of it, is sent."""

    template_name = "licensing/mine_check.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.case.state not in TO_THE_LICENSEE:
            return HttpResponseRedirect(self.here())
        return super().get(request, *args, **kwargs)

    @property
    def is_new(self) -> bool:
        """It was not sent yet, so that the choice can still be changed."""
        return self.case.state == RequestState.DRAFT

    def perform(self, form: forms.Form, **common: Any) -> None:
        held(self.license)  # before the request, in the order of every act that changes a license
        case = locked(self.case)
        if case.state not in TO_THE_LICENSEE:
            raise Refused([SENT])
        self.read_again()
        if self.request.POST.get("seen") != self.parts.digest:
            raise Refused([READ_AGAIN])
        if reasons := self.get_refusals():
            raise Refused(reasons)
        asked = Asked(plants=self.parts.plants, level=self.parts.level, pieces=self.parts.answers())
        submit_request(case, asked, by=common["by"], at=common["at"])

    def get_success_url(self) -> str:
        return self.here()

    def get_refusals(self) -> list[str]:
        """What stands in the way: a choice that does not fit any longer, parts that are half done, nothing new."""
        reasons = self._against_the_choice() if self.is_new else []
        if any(part.missing for part in self.parts.begun):
            reasons = [*reasons, FINISH]
        if not self.is_new and not self.parts.begun:
            reasons = [*reasons, NOTHING_NEW]
        return reasons

    def _against_the_choice(self) -> list[str]:
        (holding,) = holdings([self.license], on=self.today)
        answer = words.closed_answer(holding, self.case.kind) or judged(
            holding, self.case.kind, plants=self.parts.plants, level=self.parts.level
        )
        if answer is None:
            return ["Say how many plants you ask for."]
        return [] if answer.allowed else [answer.title, *map(str, answer.reasons), *answer.lines]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wrong = [(part, form) for part in self.parts.begun if (form := part.judged()).errors]
        links = [
            {"text": f"{form.about}: {error}", "url": self.piece_url(part)}
            for part, form in wrong
            for errors in form.errors.values()
            for error in errors
        ]
        return super().get_context_data(**kwargs) | {
            "title": words.asked_for(self.case, self.parts.plants, self.parts.level),
            "choice_url": self.url("ask", number=self.license.number, kind=self.case.kind) if self.is_new else "",
            "rows": [self._row(part) for part in self.parts.pieces if self.is_new or part.is_started],
            "lacking": [{"label": it.piece.label, "url": self.piece_url(it)} for it in self.parts.lacking],
            "links": links,
            "seen": self.parts.digest,
            "is_new": self.is_new,
        }

    def piece_url(self, part: PiecePart) -> str:
        return self.here("my_request_piece", piece=part.key)

    def _row(self, part: PiecePart) -> dict[str, Any]:
        return {
            "part": part,
            "answers": answers(part.kind, part.key, part.stored.typed) if part.is_started else [],
            "files": [document_row(it) for it in part.files],
            "url": self.piece_url(part),
        }


class Withdraw(OfRequest, NotStale):
    """The licensee takes a request back; a draft is thrown away."""

    rights = "licensing.withdraw_request"
    template_name = "licensing/mine_withdraw.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.is_open else HttpResponseRedirect(self.here())

    @property
    def is_open(self) -> bool:
        return self.case.state in OPEN

    def perform(self, form: forms.Form, **common: Any) -> None:
        withdraw_request(self.case, by=common["by"], at=common["at"])

    @property
    def done(self) -> str:  # type: ignore[override]
        return "Your draft is gone." if self.case.state == RequestState.DRAFT else "You took your request back."

    def get_success_url(self) -> str:
        return reverse("licensing:my_license", args=[self.license.number])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "title": words.asked_for(self.case),
            "is_draft": self.case.state == RequestState.DRAFT,
            "status": words.status(self.case),
        }
