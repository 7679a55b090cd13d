"""A promise of the record: words, and one query that finds where it is broken; and the lists that the queries name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from casefile.models import Case, Delivery
from inspections import clocks, letters
from inspections.stages import LICENSEE_CLOCKS, REVIEW_GOALS, State

PROMISES: list["Promise"] = []


@dataclass(frozen=True)
class Promise:
    """One promise: what is true, and the query that yields (file_id, what) wherever it is not."""

    says: str
    sql: str

    def __post_init__(self) -> None:
        PROMISES.append(self)


@dataclass(frozen=True)
class Broken:
    """One place where a promise is broken."""

    says: str
    file_id: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.says}: {self.what}"


def listed(values: Iterable[object]) -> str:
    """A list of values for IN (...)."""
    return ", ".join(f"'{value}'" for value in values)


PLAN_CLOCKS = listed([clocks.CAP_DUE.key, clocks.CAP_RESEND_DUE.key])
PROOF_CLOCKS = listed([clocks.CORRECTIONS_DUE.key, clocks.PROOF_RESEND_DUE.key])
LICENSEES = listed(clock.key for clock in LICENSEE_CLOCKS)
REVIEWS = listed(clock.key for clock in REVIEW_GOALS)
REMINDERS = listed([letters.CAP_REMINDER.key, letters.PROOF_REMINDER.key])
OVERDUE = listed([letters.CAP_OVERDUE.key, letters.PROOF_OVERDUE.key])
NOLVS = listed([letters.NOLV.key, letters.NOLV_WITHOUT_CAP.key])
ENDED = listed([State.CLOSED, State.CANCELLED])
OPEN_COPIES = listed([Delivery.State.QUEUED, Delivery.State.HELD, Delivery.State.UNKNOWN])


def _moves() -> Iterable[tuple[str, str, str, str]]:
    """Every step of every kind of case, from a state to a state, with the letter that it always sends, or with none."""
    kinds: list[Any] = [model for model in apps.get_models() if issubclass(model, Case)]
    for found in (move for model in kinds for move in model._meta.get_field("state").get_all_transitions(model)):
        targets = getattr(found.target, "allowed_states", [found.target or found.source])
        sent = [letter.key for letter in found.custom["sends"] if hasattr(letter, "key")] or [""]
        yield from ((found.name, found.source, target, letter) for target in targets for letter in sent)


MOVES = ", ".join(f"({listed(move)})" for move in _moves())
