"""The parts of a request as its author sees them: the choice and each piece, what was typed, what came, what lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from casefile.actions import Part
from casefile.models import Document
from casefile.views.kept import as_typed
from casefile.views.own import Mark
from licensing import rules
from licensing.actions.answers import CHOICE, stored_answers
from licensing.forms.asking import Known, PieceForm, fields_of, piece_form
from licensing.models import PlantRequest
from licensing.queries.reports import months_of
from licensing.queries.requests import unsent
from licensing.rules import Piece
from licensing.stages import RequestState

READY = Mark("Ready to send", "green")
NOT_STARTED = Mark("Not started")
WANTED = Mark("Send this", "amber")
MONTHS = 12
LEVEL = "level"  # the piece that the choice of a level answers
NOTHING = Part({})


@dataclass(frozen=True)
class PiecePart:
    """One piece of information: what is asked, what was typed, which papers came, and what we said is missing."""

    kind: str
    piece: Piece
    stored: Part
    files: Sequence[Document]
    known: Known
    wanted: str = ""
    sent: Mapping[str, Any] = field(default_factory=dict)  # as it was sent before
    papers: Sequence[Document] = ()  # that were sent with it before

    @property
    def key(self) -> str:
        return self.piece.key

    @property
    def typed(self) -> Mapping[str, str]:
        """What is typed, else what was sent before."""
        return self.stored.typed or {name: str(value) for name, value in self.sent.items()}

    @property
    def is_started(self) -> bool:
        return any(words.strip() for words in self.stored.typed.values()) or bool(self.files)

    def judged(self) -> PieceForm:
        """The form with what is wrong in it."""
        return piece_form(self.kind, self.key, self.typed, known=self.known).judge(len(self.files) + len(self.papers))

    def as_typed(self, typed: Mapping[str, str] | None = None) -> PieceForm:
        """The form as it was typed, nothing judged; where nothing was, with what we know filled in."""
        words = typed if typed is not None else self.typed
        return as_typed(piece_form(self.kind, self.key, known=self.known), fields_of(words) if words else None)

    @property
    def missing(self) -> int:
        """How many answers are missing or wrong in a piece that was begun."""
        return len(self.judged().errors) if self.is_started else 0

    @property
    def mark(self) -> Mark:
        if not self.is_started:
            return WANTED if self.wanted else NOT_STARTED
        missing = self.missing
        if missing == 1:
            return Mark("1 answer missing", "amber")
        return Mark("In progress", "amber") if missing else READY


@dataclass(frozen=True)
class Parts:
    """All parts of a request that are asked for now."""

    case: PlantRequest
    stored: Mapping[str, Part]
    pieces: Sequence[PiecePart]

    @property
    def choice(self) -> Part:
        return self.stored.get(CHOICE, NOTHING)

    @property
    def plants(self) -> int | None:
        """The number that was typed, or sent."""
        return self.case.plants if self.case.plants is not None else whole(self.choice.typed.get("plants"))

    @property
    def level(self) -> int | None:
        return self.case.level or whole(self.choice.typed.get("level"))

    def of(self, key: str) -> PiecePart | None:
        return next((part for part in self.pieces if part.key == key), None)

    def after(self, key: str) -> PiecePart | None:
        """The piece that follows."""
        keys = [part.key for part in self.pieces]
        return next(iter(self.pieces[keys.index(key) + 1 :]), None)

    @property
    def begun(self) -> list[PiecePart]:
        return [part for part in self.pieces if part.is_started]

    @property
    def lacking(self) -> list[PiecePart]:
        """The pieces of which nothing is there."""
        return [part for part in self.pieces if not part.is_started]

    @property
    def digest(self) -> str:
        """What changes when any answer or paper changes."""
        said = [self.choice.digest, *((part.stored.digest, [it.key for it in part.files]) for part in self.pieces)]
        return sha256(repr(said).encode()).hexdigest()[:16]

    def answers(self) -> dict[str, dict[str, str]]:
        """What is sent, by piece; the level that is chosen is a piece of its own."""
        said = {part.key: dict(part.stored.typed) for part in self.begun}
        has_level = self.case.kind == rules.DESIGNATION and self.case.state == RequestState.DRAFT
        return said | ({LEVEL: dict(self.choice.typed)} if has_level else {})


def parts_of(case: PlantRequest, *, on: date) -> Parts:
    """The parts that are asked for: all of a draft, else those that the Division wants."""
    stored = stored_answers(getattr(case, "typed", None))
    asked = case.wanted_pieces() if case.state == RequestState.INCOMPLETE else [(it, "") for it in case.required]
    asked = [(piece, words) for piece, words in asked if words or piece.key != LEVEL]
    if case.state not in (RequestState.DRAFT, RequestState.INCOMPLETE) or not asked:
        return Parts(case, stored, ())
    files, known, sent = unsent(case), known_of(case, case.asked_on or on), sent_before(case)
    pieces = [
        PiecePart(
            case.kind, piece, stored.get(piece.key, NOTHING), files.get(piece.key, ()), known, words,
            **sent.get(piece.key, {}),
        )
        for piece, words in asked
    ]  # fmt: skip
    return Parts(case, stored, pieces)


def sent_before(case: PlantRequest) -> dict[str, dict[str, Any]]:
    """By piece, what was typed for it last and every paper that came for it."""
    found: dict[str, dict[str, Any]] = {}
    for row in case.pieces.prefetch_related("documents") if case.sent_at else ():
        papers = found.get(row.key, {}).get("papers", [])
        found[row.key] = {"sent": row.typed, "papers": [*papers, *row.documents.all()]}
    return found


def known_of(case: PlantRequest, on: date) -> Known:
    """What was reported for the months that the pieces are about."""
    year = months_of(case.license, until=on, n=MONTHS)
    return Known(months=year[-rules.OPERATED_MONTHS.on(on) :], year=year)


def whole(text: object) -> int | None:
    """A number that was judged when it was typed."""
    digits = "".join(str(text or "").replace(",", "").split())
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
