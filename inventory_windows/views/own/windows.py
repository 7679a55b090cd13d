"""Your windows: what is open until when, what may be asked and when; and the page of one window."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.permissions import allows
from accounts.rights import Guarded, Standing
from casefile.views.own import MOST, document_row, letter_row, letters_of, line_row
from casefile.views.uploads import Failed, take_in
from inventory_windows import rules
from inventory_windows.actions.asking import send_documents
from inventory_windows.actions.corrections import answer_correction
from inventory_windows.actions.parts import add_paper, remove_paper
from inventory_windows.forms.asking import AnswerForm
from inventory_windows.models import Correction, FirstWindow, Opening, WindowRequest, holder_of
from inventory_windows.stages import CORRECTIONS_PENDING, PENDING, CorrectionState, RequestState
from inventory_windows.views.own import words
from inventory_windows.views.own.base import AboutCorrection, AboutRequest, AboutWindow, NotStale
from licensing.models import License
from licensing.rules import TYPES
from licensing.views.mine.base import licenses_of

MOST_LICENSES, MOST_CASES = 50, 60
GROWS = [key for key, kind in TYPES.items() if kind.cultivates]
NONE = "You have no license to grow plants. Windows are for licenses that grow."


class MyWindows(Guarded, TemplateView):
    """One card for each license that grows: its open window, its requests, and when it may ask."""

    template_name = "inventory_windows/own_windows.html"
    rights = "inventory_windows.see_own"
    lists = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        found = licenses_of(self.user).filter(type__in=GROWS).order_by("licensee__name", "number")
        licenses = list(found[:MOST_LICENSES])
        spans = spans_by_license(self.user, licenses)
        rows = cases_by_license(self.user, licenses)
        return super().get_context_data(**kwargs) | {
            "cards": [card(self.user, it, spans[it.pk], rows[it.pk], at) for it in licenses],
            "several": len({it.licensee_id for it in licenses}) > 1,
            "empty": NONE,
            "fee": rules.CORRECTION_FEE.on(at.date()),
        }


def spans_by_license(user: Any, licenses: Sequence[License]) -> Mapping[int, list[rules.Span]]:
    """Every opening of each license, oldest first."""
    spans: dict[int, list[rules.Span]] = defaultdict(list)
    for row in Opening.objects.visible_to(user).filter(license__in=licenses).order_by("opened_at"):
        spans[row.license_id].append(row.span())
    return spans


def cases_by_license(user: Any, licenses: Sequence[License]) -> Mapping[int, list[Any]]:
    """Requests, first windows and corrections of each license, the latest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    kinds: tuple[Any, ...] = (WindowRequest, FirstWindow, Correction)
    for model in kinds:
        rows = model.objects.visible_to(user).with_license().filter(license__in=licenses)
        for row in rows.order_by("-pk")[:MOST_CASES]:
            found[row.license_id].append(row)
    return found


def card(user: Any, license: License, spans: Sequence[rules.Span], cases: Sequence[Any], at: Any) -> dict[str, Any]:
    """One license: what is open, what waits, what may be asked."""
    standing = Standing(getattr(license, "standing", "") or "")
    waits = [it for it in cases if it.state in (*PENDING, *CORRECTIONS_PENDING, RequestState.DRAFT)]
    shown = [it for it in cases if it not in waits and it.state != RequestState.WITHDRAWN]
    asks = next((it for it in cases if isinstance(it, WindowRequest) and it in waits), None)
    draft = asks if asks and asks.state == RequestState.DRAFT else None
    may = (
        allows(user, "inventory_windows.begin_request", standing)
        and not rules.reasons_not_to_open(holder_of(license), spans, at)
        and (not asks or draft)
    )
    return {
        "license": license,
        "open": next((row(it, at) for it in cases if not isinstance(it, Correction) and words.is_open(it, at)), None),
        "rows": [row(it, at) for it in waits],
        "past": [row(it, at) for it in shown if isinstance(it, Correction) or not words.is_open(it, at)],
        "says": [] if asks else words.may_ask(spans, holder_of(license), at),
        "ask_url": reverse("inventory_windows:ask", args=[license.number]) if may else "",
        "ask_label": "Go on with your request" if draft else "Ask for a window",
        "correction_url": reverse("inventory_windows:correction_ask", args=[license.number])
        if allows(user, "inventory_windows.begin_correction", standing)
        else "",
    }


def row(case: Any, at: Any) -> dict[str, Any]:
    """One case in a list: what it is, how it stands, until when."""
    is_correction, is_draft = isinstance(case, Correction), case.state == RequestState.DRAFT
    kind = "State approval" if is_correction else "15-day window" if isinstance(case, FirstWindow) else "Window"
    ask = "correction_ask" if is_correction else "ask"
    url = reverse(f"inventory_windows:{ask}", args=[case.license.number]) if is_draft else case.own_url
    open_now = not is_correction and words.is_open(case, at)
    tone, left = words.left(case.closes_at, at) if open_now else ("", "")
    return {
        "title": kind, "number": case.number or "", "url": url, "mark": words.status(case, at),
        "at": case.closes_at if open_now else None, "tone": tone, "left": left,
        "note": note_of(case),
    }  # fmt: skip


def note_of(case: Any) -> str:
    """When an approved window opens."""
    promised = isinstance(case, WindowRequest) and case.state == RequestState.APPROVED
    return f"Opens {words.short(case.opens_at)}" if promised else ""


class MyWindow(AboutWindow, TemplateView):
    """One window: how it stands, what to do, what was sent, letters."""

    template_name = "inventory_windows/own_window.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.case.state == RequestState.DRAFT and self.can_act:
            return HttpResponseRedirect(self.url("ask", self.license.number))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case: Any = self.case
        asked = isinstance(case, WindowRequest)
        open_now = words.is_open(case, self.at)
        tone, left = words.left(case.closes_at, self.at) if open_now else ("", "")
        return super().get_context_data(**kwargs) | {
            "heading": words.heading(case, self.at),
            "lead": words.lead(case, self.at),
            "status": words.status(case, self.at),
            "open_now": open_now,
            "tone": tone,
            "left": left,
            "opens_at": case.opens_at if case.state == RequestState.APPROVED else None,
            "steps": words.steps(case, self.at) if asked else [],
            "items": list(case.items.all()) if asked else [],
            "asks": asked and case.state == RequestState.DOCUMENTS_ASKED,
            "may_withdraw": asked and case.state in PENDING and self.may("inventory_windows.withdraw_window_request"),
            "is_asked": asked,
            **history_of(case, self.at),
        }


def history_of(case: Any, at: Any) -> dict[str, Any]:
    """What was asked and answered, the papers, the letters and the lines of the journal that the licensee may read."""
    papers = list(case.file.papers.exclude(sent_at=None).select_related("document"))
    return {
        "questions": [
            {"question": it, "files": [document_row(p.document) for p in papers if p.question_id == it.pk]}
            for it in case.file.questions.all()
        ],
        "files": [document_row(paper.document) for paper in papers if paper.question_id is None],
        "letters": [letter_row(it) for it in letters_of(case.file, at)],
        "history": [line_row(it) for it in case.file.events.filter(shown=True).select_related("by")[:MOST]],
    }


class Answering(NotStale):
    """The Division's question, papers taken in one by one, and a word beside them. The subclass says of which kind."""

    template_name = "inventory_windows/own_answer.html"
    form_class = AnswerForm
    right = "send_documents"
    state: str = RequestState.DOCUMENTS_ASKED
    done = "We got your papers. We will look at them and write to you."
    failed: Sequence[Failed] = ()
    user: Any
    case: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_asked = self.case.state == self.state
        return super().get(request, *args, **kwargs) if is_asked else HttpResponseRedirect(self.case.own_url)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.case.state != self.state:
            return super().post(request, *args, **kwargs)
        if remove := request.POST.get("remove", ""):
            remove_paper(self.case, remove, right=self.right, by=self.user)
        _, self.failed = take_in(request, self._add)
        if self.failed or remove or request.POST.get("save") == "add":
            return self.render_to_response(self.get_context_data(form=self._as_typed()))
        return super().post(request, *args, **kwargs)

    def _as_typed(self) -> forms.Form:
        return AnswerForm(initial={"answer": self.request.POST.get("answer", "")})

    def _add(self, upload: Any) -> None:
        add_paper(self.case, upload, right=self.right, by=self.user, at=timezone.now())

    def perform(self, form: forms.Form, **common: Any) -> None:
        send_documents(self.case, form.cleaned_data["answer"], by=common["by"], at=common["at"])

    def get_success_url(self) -> str:
        return self.case.own_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        papers = self.case.file.papers.filter(sent_at=None).select_related("document")
        return super().get_context_data(**kwargs) | {
            "question": self.case.question,
            "files": [document_row(paper.document) for paper in papers],
            "failed": self.failed,
            "has_errors": bool(self.failed),
        }


class SendDocuments(AboutRequest, Answering):
    """Send the papers that we asked for."""

    rights = acts = "inventory_windows.send_documents"


class MyCorrection(AboutCorrection, TemplateView):
    """One request for State approval: how it stands, the question, the decision."""

    template_name = "inventory_windows/own_correction.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.case.state == CorrectionState.DRAFT and self.can_act:
            return HttpResponseRedirect(self.url("correction_ask", self.license.number))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.case
        return super().get_context_data(**kwargs) | {
            "heading": words.correction_heading(case),
            "lead": words.correction_lead(case),
            "status": words.status(case, self.at),
            "asks": case.state == CorrectionState.ASKED,
            "decided": case.state in (CorrectionState.APPROVED, CorrectionState.REFUSED),
            "may_withdraw": case.state in CORRECTIONS_PENDING and self.may("inventory_windows.withdraw_correction"),
            "fee": rules.CORRECTION_FEE.on(self.at.date()),
            **history_of(case, self.at),
        }


class AnswerCorrection(AboutCorrection, Answering):
    """Answer what we asked about a correction."""

    rights = acts = "inventory_windows.answer_correction"
    right = "answer_correction"
    state = CorrectionState.ASKED
    done = "We got your answer. We will look at it and write to you."

    def perform(self, form: forms.Form, **common: Any) -> None:
        answer_correction(self.case, form.cleaned_data["answer"], by=common["by"], at=common["at"])
