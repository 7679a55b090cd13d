"""One piece of information of a request while it is gathered: words kept as typed, papers taken in one by one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic import TemplateView

from casefile.actions import Refused
from casefile.models import Draft
from casefile.views import kept
from casefile.views.own import document_row
from casefile.views.uploads import Failed, take_in
from licensing.actions.answers import save_answers
from licensing.actions.requests import TYPED, attach_document, remove_document
from licensing.forms.asking import PieceForm, answers, piece_form, typed_text
from licensing.views.mine.ask import RESTORED
from licensing.views.mine.base import OfRequest
from licensing.views.mine.parts import Parts, PiecePart, parts_of

NEXT, LATER = "next", "later"


class OfPieces(OfRequest):
    """A page of a request that is still open to its author."""

    rights = "licensing.submit_request"
    parts: Parts

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.parts = parts_of(self.case, on=self.today)

    def read_again(self) -> None:
        """Take the parts as they stand now."""
        row = Draft.objects.filter(file=self.case.file, name=TYPED).first()
        self.case.typed, self.case.typed_at = (row.typed, row.saved_at) if row else (None, None)  # type: ignore[attr-defined]
        self.parts = parts_of(self.case, on=self.today)


class OfPiece(OfPieces):
    """A page of one piece."""

    part: PiecePart

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = self.parts.of(kwargs["piece"])
        if found is None:
            raise Http404("This is not asked for now.")
        self.part = found

    @property
    def typed(self) -> dict[str, str]:
        """What the form says of this piece."""
        return typed_text(piece_form(self.case.kind, self.part.key, known=self.part.known), self.request.POST)

    def keep(self) -> list[str]:
        """Put what the form says into the draft; a clash with a colleague comes back."""
        seen = {self.part.key: self.request.POST.get("seen", "")}
        return save_answers(self.case, {self.part.key: self.typed}, seen=seen, by=self.user, at=self.at)


class PiecePage(OfPiece, TemplateView):
    """The questions of one piece. POST keeps the words, takes papers in one by one, or takes one out again."""

    template_name = "licensing/mine_piece.html"
    failed: Sequence[Failed] = ()
    refusals: Sequence[str] = ()
    judged: PieceForm | None = None
    clash = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.clash = bool(self.keep())
            self._remove(request.POST.get("remove", ""))
        except Refused as refused:
            self.refusals = refused.reasons
            return self._show(409)
        kept.forget(request)
        taken, self.failed = take_in(request, self._add)
        self._read_again()
        if self.clash:
            return self._show(409)
        if request.POST.get("save") == NEXT and self.part.judged().errors:
            self.judged = self.part.judged()
        return self._show(200) if self.failed or self.judged else HttpResponseRedirect(self._next(taken))

    def _add(self, upload: Any) -> None:
        attach_document(self.case, self.part.key, upload, by=self.user, at=self.at)

    def _remove(self, key: str) -> None:
        found = next((it for it in self.part.files if it.key == key), None)
        if found is not None:
            remove_document(self.case, self.part.key, found, by=self.user, at=self.at)

    def _read_again(self) -> None:
        self.read_again()
        self.part = self.parts.of(self.part.key) or self.part

    def _show(self, code: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=code)

    def _next(self, taken: int) -> str:
        if taken:
            messages.success(self.request, f"{taken} file{'s' * (taken != 1)} saved. Nothing is sent yet.")
        where = self.request.POST.get("save", "")
        following = self.parts.after(self.part.key)
        if where == NEXT and following:
            return self.here("my_request_piece", piece=following.key)
        if where == NEXT:
            return self.here("my_request_check")
        return self.here() if where == LATER else self.here("my_request_piece", piece=self.part.key)

    def _form(self) -> PieceForm:
        """The form as the author typed it last: just now, before they were signed out, or in the draft."""
        if self.judged is not None:
            return self.judged
        if self.request.method == "POST":
            return self.part.as_typed(self.typed)
        waits = kept.kept(self.request)
        if waits is None:
            return self.part.as_typed()
        messages.info(self.request, RESTORED)
        empty = piece_form(self.case.kind, self.part.key, known=self.part.known)
        return self.part.as_typed(typed_text(empty, waits))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        following = self.parts.after(self.part.key)
        waits = kept.kept(self.request)
        return super().get_context_data(**kwargs) | {
            "part": self.part,
            "piece": self.part.piece,
            "form": self._form(),
            "following": following.piece if following else None,
            "files": [document_row(it) for it in self.part.files],
            "papers": [document_row(it) for it in self.part.papers],
            "failed": self.failed,
            "refusals": self.refusals,
            "judged": self.judged,
            "has_errors": bool(self.failed or self.judged),
            "theirs": theirs_of(self.part) if self.clash else None,
            "seen": (waits.get("seen") if waits else "") or self.part.stored.digest,
            "saved_at": getattr(self.case, "typed_at", None) if self.part.stored.typed else None,
            "autosave_url": self.here("my_request_piece_save", piece=self.part.key),
        }


class SavePiece(OfPiece, TemplateView):
    """Keeps the words of a piece while they are being typed; the page's script calls it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            clash = self.keep()
        except Refused:
            return HttpResponse(status=409)
        return HttpResponse(status=409 if clash else 204)


def theirs_of(part: PiecePart) -> dict[str, Any]:
    """What a colleague wrote meanwhile."""
    return {"name": part.stored.name, "rows": answers(part.kind, part.key, part.stored.typed)}
