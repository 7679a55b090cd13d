"""A request on its way: all answers on one page, sent once; and a request that is taken back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from casefile.actions import Refused, replied
from casefile.views.acts import body_of
from casefile.views.own import document_row
from inventory_windows import rules
from inventory_windows.actions.asking import kept_words, submit_window_request, withdraw_window_request
from inventory_windows.actions.corrections import submit_correction, withdraw_correction
from inventory_windows.forms import asking
from inventory_windows.models import Correction, WindowRequest
from inventory_windows.stages import CORRECTIONS_PENDING, PENDING, CorrectionState, RequestState
from inventory_windows.views.own.asking import Asking, AskingCorrection
from inventory_windows.views.own.base import AboutCorrection, AboutRequest, NotStale

READ_AGAIN = "Someone changed these answers while you were reading. Check them again. Then send them."
FINISH = "Finish the answers that are missing. Then send it."


class Sending(Asking, NotStale):
    """All answers on one page; from here they are sent."""

    template_name = "inventory_windows/own_check.html"
    title, button, back = "Your request", "Send your request", "ask"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.case = self.draft

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.draft else HttpResponseRedirect(self._back())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form that was taken in before gets the answer of that time; without a draft there is nothing to send."""
        if self.draft is not None:
            return super().post(request, *args, **kwargs)
        key = request.POST.get("once", "")[:64]
        sent = replied(key, by=self.user, path=request.path, body=body_of(request)) if key else ""
        return HttpResponseRedirect(sent or self._back())

    def _back(self) -> str:
        return self.url(self.back, self.license.number)

    def get_refusals(self) -> list[str]:
        answer = self.closed() or self.judged(self.stored.typed)
        reasons = [] if answer is None or answer.allowed else [answer.title, *map(str, answer.reasons), *answer.lines]
        return [*reasons, FINISH] if asking.wrong_in(self.forms(self.stored.typed)) else reasons

    def perform(self, form: forms.Form, **common: Any) -> None:
        assert self.draft is not None
        words = kept_words(self.draft)
        if self.request.POST.get("seen") != words.digest:
            raise Refused([READ_AGAIN])
        self.send(words.typed, by=common["by"], at=common["at"])

    def send(self, typed: Any, **common: Any) -> None:
        """Call the one action."""
        raise NotImplementedError

    def get_success_url(self) -> str:
        assert self.draft is not None
        return self.draft.own_url

    def rows(self) -> list[dict[str, str]]:
        """The answers, as a summary shows them."""
        return asking.said_of(self.stored.typed, asking.RequestForm)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.draft is not None
        papers = self.draft.file.papers.filter(sent_at=None).select_related("document")
        return super().get_context_data(**kwargs) | {
            "title": self.title,
            "button": self.button,
            "back_url": self._back(),
            "rows": self.rows(),
            "items": self.items(),
            "files": [document_row(paper.document) for paper in papers],
            "seen": self.stored.digest,
        }

    def items(self) -> list[rules.Item]:
        return list(asking.asked_of(self.stored.typed).items)


class CheckRequest(Sending):
    """The request for a window, before it is sent."""

    def send(self, typed: Any, **common: Any) -> None:
        assert isinstance(self.draft, WindowRequest)
        company = typed.get("company", "").strip()
        submit_window_request(self.draft, asking.asked_of(typed), company=company, **common)


class CheckCorrection(AskingCorrection, Sending):
    """The request for State approval, before it is sent."""

    back = "correction_ask"

    def send(self, typed: Any, **common: Any) -> None:
        assert isinstance(self.draft, Correction)
        submit_correction(self.draft, asking.words_of(typed), **common)

    def rows(self) -> list[dict[str, str]]:
        return asking.said_of(self.stored.typed, asking.CorrectionForm)

    def items(self) -> list[rules.Item]:
        return []


class Withdrawing(NotStale):
    """The licensee takes a request back; a draft is thrown away. The subclass says of which kind."""

    template_name = "inventory_windows/own_withdraw.html"
    states: tuple[str, ...]
    ask = "ask"
    case: Any
    license: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_open = self.case.state in self.states
        return super().get(request, *args, **kwargs) if is_open else HttpResponseRedirect(self.case.own_url)

    @property
    def is_draft(self) -> bool:
        return self.case.state == RequestState.DRAFT

    @property
    def done(self) -> str:  # type: ignore[override]
        return "Your draft is gone." if self.is_draft else "You took your request back."

    def get_success_url(self) -> str:
        return reverse("inventory_windows:windows")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = reverse(f"inventory_windows:{self.ask}", args=[self.license.number])
        back = draft if self.is_draft else self.case.own_url
        return super().get_context_data(**kwargs) | {"is_draft": self.is_draft, "back_url": back}


class Withdraw(AboutRequest, Withdrawing):
    """Take back a request for a window."""

    rights = acts = "inventory_windows.withdraw_window_request"
    states = (RequestState.DRAFT, *PENDING)

    def perform(self, form: forms.Form, **common: Any) -> None:
        withdraw_window_request(self.case, by=common["by"], at=common["at"])


class WithdrawCorrection(AboutCorrection, Withdrawing):
    """Take back a request for State approval."""

    rights = acts = "inventory_windows.withdraw_correction"
    states = (CorrectionState.DRAFT, *CORRECTIONS_PENDING)
    ask = "correction_ask"

    def perform(self, form: forms.Form, **common: Any) -> None:
        withdraw_correction(self.case, by=common["by"], at=common["at"])
