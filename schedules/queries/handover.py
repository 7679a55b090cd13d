"""Who would get what: the open work of a person, shared among those who take it over."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from accounts.models import User
from casefile.work import Kind, Line, kinds


@dataclass(frozen=True)
class Piece:
    """One piece of work and who would get it."""

    kind: Kind
    thing: Any
    to: User

    @property
    def line(self) -> Line:
        return self.kind.line(self.thing)


def pieces_of(person: User, takers: Sequence[User], at: datetime) -> list[Piece]:
    """All that `person` has open, dealt out in turn; what belongs together, such as the visits of a day, stays so."""
    dealt: list[Piece] = []
    turn = 0
    for kind in kinds():
        given: dict[object, User] = {}
        for thing in kind.of(person, at):
            group = kind.together(thing) if kind.together else thing.pk
            if group not in given:
                given[group] = takers[turn % len(takers)]
                turn += 1
            dealt.append(Piece(kind, thing, given[group]))
    return dealt


def seal(pieces: Sequence[Piece]) -> str:
    """Sixteen signs that change when any piece, or who gets it, changes."""
    told = [(piece.kind.key, piece.thing.pk, piece.to.pk) for piece in pieces]
    return sha256(repr(told).encode()).hexdigest()[:16]


def by_taker(pieces: Sequence[Piece]) -> dict[str, int]:
    """How many pieces each person gets, by name."""
    return dict(Counter(piece.to.name for piece in pieces))
