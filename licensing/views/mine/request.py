"""One request of a licensee: how it stands, what to do and by when, what was sent, letters, the decision."""

from typing import Any

from django.views.generic import TemplateView

from casefile.calendar import end_of
from casefile.templatetags.ccd import due_tone, due_words
from casefile.views.own import MOST, document_row, letter_row, letters_of, line_row
from licensing.actions.requests import TO_THE_LICENSEE
from licensing.forms.asking import answers
from licensing.stages import OPEN, RequestState
from licensing.views.mine import words
from licensing.views.mine.base import OfRequest
from licensing.views.mine.licenses import decide_by
from licensing.views.mine.parts import Parts, parts_of

State = RequestState


class MyRequest(OfRequest, TemplateView):
    """Your request: what to do. A draft shows its parts, a sent request what became of it."""

    template_name = "licensing/mine_request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, parts = self.case, parts_of(self.case, on=self.today)
        is_draft = case.state == State.DRAFT
        return super().get_context_data(**kwargs) | {
            "heading": words.heading(case),
            "lead": words.lead(case),
            "status": words.status(case),
            "title": words.asked_for(case, parts.plants, parts.level),
            "due": self._due(),
            "steps": words.steps(case, decide_by(case), self.today),
            "is_draft": is_draft,
            "is_open": case.state in TO_THE_LICENSEE,
            "tasks": self._tasks(parts) if self.can_act else [],
            "wanted": [{"label": piece.label, "words": said} for piece, said in case.wanted_pieces()],
            "may_withdraw": case.state in OPEN and self.may("licensing.withdraw_request"),
            "decided": case.state in (State.APPROVED, State.DENIED),
            "hearing": case.state == State.DENIED or (case.state == State.APPROVED and case.in_part),
            "sent": [] if is_draft else self._sent(),
            "letters": [] if is_draft else [letter_row(it) for it in letters_of(case.file, self.at)],
            "history": [line_row(it) for it in case.file.events.filter(shown=True).select_related("by")[:MOST]],
        }

    def _due(self) -> dict[str, Any] | None:
        """By when what is missing has to come."""
        if self.case.state != State.INCOMPLETE:
            return None
        at = end_of(self.case.information_by)
        return {"at": at, "words": due_words(at, self.at), "tone": due_tone(at, self.at)}

    def _tasks(self, parts: Parts) -> list[dict[str, Any]]:
        """What is to be answered, each with how far it is."""
        return [
            {"label": it.piece.label, "mark": it.mark, "url": self.here("my_request_piece", piece=it.key)}
            for it in parts.pieces
        ]

    def _sent(self) -> list[dict[str, Any]]:
        """Each piece as it was last sent, with every paper that came for it."""
        labels = {piece.key: piece.label for piece in self.case.required}
        found: dict[str, dict[str, Any]] = {}
        for row in self.case.pieces.prefetch_related("documents"):
            papers = found.get(row.key, {}).get("files", [])
            found[row.key] = {
                "label": labels.get(row.key, row.key),
                "sent_at": row.sent_at,
                "answers": answers(self.case.kind, row.key, row.typed),
                "files": [*papers, *map(document_row, row.documents.all())],
            }
        return list(found.values())
