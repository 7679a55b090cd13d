"""Asking for a window or for State approval: words kept as typed, papers taken in one by one, judged while typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.generic import TemplateView

from accounts.models import User
from casefile.actions import Part, Refused
from casefile.models import Draft
from casefile.views import kept
from casefile.views.kept import as_typed
from casefile.views.own import document_row
from casefile.views.uploads import Failed, take_in
from inventory_windows import rules
from inventory_windows.actions.asking import DRAFT, WORDS, begin_request, keep_words
from inventory_windows.actions.corrections import begin_correction
from inventory_windows.actions.parts import add_paper, remove_paper
from inventory_windows.forms import asking
from inventory_windows.models import OfLicense, Paper, holder_of
from inventory_windows.queries.facts import pending_of, spans_of
from inventory_windows.stages import RequestState
from inventory_windows.views.own.base import AboutLicense
from licensing.models import License
from licensing.rules import Reason
from licensing.views.mine.answers import Answer

CHECK, LATER, LINE = "check", "later", "line"
RESTORED = "This is what you typed before we signed you out. Check it. Then save it."


class Asking(AboutLicense):
    """A page on which a request of one license is written. The subclass says which kind of request."""

    right = "begin_request"
    rights = "inventory_windows.begin_request"
    relation = "windowrequests"
    draft: OfLicense | None
    stored: Part

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        drafts = getattr(self.license, self.relation).filter(state=RequestState.DRAFT)
        self.draft = drafts.select_related("file", "license__licensee").first()
        self.read_again()

    def read_again(self) -> None:
        """Take the words as they stand on record."""
        row = Draft.objects.filter(file=self.draft.file, name=DRAFT).first() if self.draft else None
        self.saved_at = row.saved_at if row else None
        self.stored = Part(**row.typed[WORDS]) if row and WORDS in row.typed else Part({})

    def begin(self) -> OfLicense:
        return begin_request(self.license, by=self.user, at=self.at)

    def typed_of(self, posted: Mapping[str, str]) -> dict[str, str]:
        return asking.typed_request(posted)

    def forms(self, typed: Mapping[str, str]) -> Sequence[Any]:
        people, lines = asking.request_forms(typed)
        return [people, *lines]

    def prefilled(self) -> dict[str, str]:
        """What we know of who asks."""
        found = who_asks(self.license, self.user)
        return {"company": self.license.licensee.name, "lines": str(asking.LINES)} | found

    def closed(self) -> Answer | None:
        """Why nothing can be asked for now, and from when; None while it can."""
        return closed_answer(self)

    def judged(self, typed: Mapping[str, str]) -> Answer | None:
        """What the rule says of the words so far."""
        return kinds_answer(self, asking.asked_of(typed).kinds)

    def keep(self, typed: Mapping[str, str]) -> bool:
        """Begin the request, or go on with its draft, and keep the words; False on a clash with a colleague."""
        if self.draft is None and typed == self.typed_of(self.prefilled()):
            return True
        self.draft = self.draft or self.begin()
        seen = self.request.POST.get("seen", "")
        return keep_words(self.draft, typed, seen=seen, right=self.right, by=self.user, at=self.at)


def who_asks(license: License, user: User) -> dict[str, str]:
    """The reader, with what their contact has on record."""
    contact = license.licensee.contacts.filter(email__iexact=user.email).first()
    phone = user.phone or (contact.phone if contact else "")
    return {"contact": user.name, "phone": phone, "email": user.email}


def closed_answer(page: Asking) -> Answer | None:
    """Why no window can be asked for now whatever it is for, and from when."""
    if number := pending_of(page.license):
        return Answer(False, f"We have your request {number}.", lines=["You can ask again when it is done."])
    spans, holder = spans_of(page.license), holder_of(page.license)
    if not (reasons := rules.reasons_not_to_open(holder, spans, page.at)):
        return None
    said = [Reason(text, rules.FAQ) for text in reasons]
    opens = rules.opens_from(holder, spans, page.at)
    lines = [f"You can ask again on {rules.moment(opens)}"] if opens else ["Call us. We tell you what you can do."]
    return Answer(False, "You can not ask for a window now.", said, lines)


def kinds_answer(page: Asking, kinds: set[str]) -> Answer | None:
    """Whether a window is for what is named so far; None while nothing is named."""
    reasons = [Reason(text, rules.FAQ) for text in rules.reasons_against_kinds(kinds, page.at)]
    if reasons:
        lines = ["Take this line out of your list, or ask for it in the other way."]
        return Answer(False, "We can not open a window for this.", reasons, lines)
    return Answer(True, "You can ask for a window for this.") if kinds else None


class Ask(Asking, TemplateView):
    """GET asks, POST keeps the words and takes in papers; nothing is sent from here."""

    template_name = "inventory_windows/own_ask.html"
    failed: Sequence[Failed] = ()
    wrong: Sequence[Any] = ()
    answer: Answer | None = None
    theirs: Part | None = None
    refusals: Sequence[str] = ()
    next_page = "ask_check"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = self.typed_of(request.POST.dict())
        if self.closed() is not None:
            return self._show(typed, 409)
        try:
            whole = self.keep(typed)
            self._papers(request.POST.get("remove", ""))
        except Refused as refused:
            self.refusals = refused.reasons
            return self._show(typed, 409)
        kept.forget(request)
        taken, self.failed = take_in(request, self._add)
        self.read_again()
        if not whole:
            self.theirs = self.stored
            return self._show(typed, 409)
        return self._go(typed, request.POST.get("save", ""), taken)

    def _go(self, typed: dict[str, str], where: str, taken: int) -> HttpResponse:
        if where == LINE:
            typed["lines"] = str(asking.lines_in(typed) + 1)
            return self._show(self.typed_of(typed), 200)
        if where == CHECK:
            self.answer, self.wrong = self.judged(typed), asking.wrong_in(self.forms(typed))
            if not self.wrong and not self.failed and (self.answer is None or self.answer.allowed):
                return HttpResponseRedirect(self.url(self.next_page, self.license.number))
            return self._show(typed, 200)
        if self.failed:
            return self._show(typed, 200)
        said = (
            f"{taken} file{'s' * (taken != 1)} saved. Nothing is sent yet." if taken else "Saved. Nothing is sent yet."
        )
        messages.success(self.request, said)
        return HttpResponseRedirect(self.url("windows") if where == LATER else self.request.path)

    def _add(self, upload: Any) -> None:
        self.draft = self.draft or self.begin()
        add_paper(self.draft, upload, right=self.right, by=self.user, at=self.at)

    def _papers(self, remove: str) -> None:
        if remove and self.draft is not None:
            remove_paper(self.draft, remove, right=self.right, by=self.user)

    def _show(self, typed: Mapping[str, str], code: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(typed=typed), status=code)

    def _typed(self) -> Mapping[str, str]:
        """What the page shows: the words from before a sign-out, the draft, else what we know."""
        waits = kept.kept(self.request)
        if waits is not None:
            messages.info(self.request, RESTORED)
            return self.typed_of(waits.dict())  # type: ignore[arg-type]
        return self.stored.typed or self.typed_of(self.prefilled())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed = kwargs.pop("typed", None)
        posted = typed is not None
        typed = typed if typed is not None else self._typed()
        wrong = {form.about: form for form in self.wrong}
        shown = [wrong.get(form.about) or as_typed(form, form.data) for form in self.forms(typed)]
        papers = Paper.objects.filter(file=self.draft.file, sent_at=None) if self.draft else Paper.objects.none()
        return super().get_context_data(**kwargs) | {
            "closed": None if self.refusals else self.closed(),
            "people": shown[0],
            "lines": shown[1:],
            "count": len(shown) - 1,
            "wrong": self.wrong,
            "failed": self.failed,
            "refusals": self.refusals,
            "answer": self.answer or (self.judged(typed) if not posted else None),
            "has_errors": bool(self.wrong or self.failed),
            "theirs": self.theirs,
            "seen": self.stored.digest if self.theirs or not posted else self.request.POST.get("seen", ""),
            "files": [document_row(paper.document) for paper in papers.select_related("document")],
            "saved_at": self.saved_at,
            "draft": self.draft,
            "fee": rules.CORRECTION_FEE.on(self.at.date()),
            **self.addresses(),
        }

    def addresses(self) -> dict[str, str]:
        """Where the script of the page saves and asks, and where the draft is thrown away."""
        number = self.license.number
        gone = self.url("own_withdraw", self.draft.file.key) if self.draft else ""
        return {
            "autosave_url": self.url("ask_save", number), "answer_url": self.url("ask_answer", number),
            "correction_url": self.url("correction_ask", number), "throw_away_url": gone,
        }  # fmt: skip


class AskSave(Asking, TemplateView):
    """Keeps the words while they are being typed; the page's script calls it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            whole = self.closed() is None and self.keep(self.typed_of(request.POST.dict()))
        except Refused:
            whole = False
        return HttpResponse(status=204 if whole else 409)


class AskAnswer(Asking, TemplateView):
    """What the rule says of what is typed, as plain values; the page's script asks while fields change."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.judged(self.typed_of(request.GET.dict()))
        return JsonResponse(answer.facts if answer else {}, headers={"Cache-Control": "no-store"})


# The same for State approval of a correction


class AskingCorrection(Asking):
    """A page on which State approval is asked for."""

    right = "begin_correction"
    rights = acts = "inventory_windows.begin_correction"
    relation = "corrections"

    def begin(self) -> OfLicense:
        return begin_correction(self.license, by=self.user, at=self.at)

    def typed_of(self, posted: Mapping[str, str]) -> dict[str, str]:
        return asking.typed_correction(posted)

    def forms(self, typed: Mapping[str, str]) -> Sequence[Any]:
        return [asking.CorrectionForm(typed)]

    def prefilled(self) -> dict[str, str]:
        return who_asks(self.license, self.user)

    def closed(self) -> Answer | None:
        return None

    def judged(self, typed: Mapping[str, str]) -> Answer | None:
        return None


class AskCorrection(AskingCorrection, Ask):
    """The questions about a correction."""

    template_name = "inventory_windows/own_correction_ask.html"
    next_page = "correction_ask_check"

    def addresses(self) -> dict[str, str]:
        gone = self.url("own_correction_withdraw", self.draft.file.key) if self.draft else ""
        return {"autosave_url": self.url("correction_ask_save", self.license.number), "throw_away_url": gone}


class CorrectionSave(AskingCorrection, AskSave):
    """Keeps the words about a correction while they are being typed."""
