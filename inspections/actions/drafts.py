"""What the licensee has typed and not sent: the plan, part by part, and the words that go with a proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from accounts.models import User
from casefile.actions import Refused, drop_drafts, locked, save_draft
from inspections.actions.visit import demand
from inspections.models import Inspection
from inspections.stages import AFTER_NOTICE, State

CAP = "cap"  # the draft of the plan
Typed = Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """The fields of one part of the plan as they were typed, whole or not, and who typed them."""

    typed: Typed
    by: int = 0
    name: str = ""

    @property
    def digest(self) -> str:
        """Sixteen signs that change with any word of the part."""
        return sha256(repr(sorted(self.typed.items())).encode()).hexdigest()[:16]


def plan_parts(stored: Mapping[str, Mapping]) -> dict[int, Part]:
    """What the draft of a plan holds, by number of violation."""
    return {int(number): Part(**part) for number, part in stored.items()}


@transaction.atomic
def save_plan(
    case: Inspection, parts: Mapping[int, Typed], *, seen: Mapping[int, str], by: User, at: datetime
) -> list[int]:
    """Keep what was typed of the plan, as it was typed: by number of violation, the fields of its part.

    `seen` is the digest of each part when the page was made. A part that was not touched on this page keeps what a
    colleague wrote meanwhile. One that both changed is not overwritten, and its number is returned.
    """
    demand(by, "inspections.submit_cap", case)
    case = locked(case)
    if case.state != State.CAP_DUE:
        raise Refused(["This plan was already sent. You can read it, but not change it."])
    draft = case.file.drafts.filter(name=CAP).first()
    stored = plan_parts(draft.typed) if draft else {}
    mine = {number: Part(_clean(typed), by.pk, by.name) for number, typed in parts.items()}
    changed = {
        number: part for number, part in mine.items() if _touched(stored.get(number), part, seen.get(number, ""))
    }
    clashes = [number for number in changed if _clash(stored.get(number), changed[number], seen.get(number, ""))]
    kept = stored | {number: part for number, part in changed.items() if number not in clashes}
    if kept != stored:
        save_draft(case, CAP, {str(number): vars(part) for number, part in kept.items()}, by=by, at=at)
    return clashes


def _touched(stored: Part | None, mine: Part, seen: str) -> bool:
    """Words were changed on this page, or changed back after they were saved from it."""
    return mine.digest != seen or (stored is not None and stored.by == mine.by and stored.digest != seen)


def _clash(theirs: Part | None, mine: Part, seen: str) -> bool:
    """A colleague has written other words here since this page was made."""
    return theirs is not None and theirs.by != mine.by and theirs.digest not in (seen, mine.digest)


@transaction.atomic
def save_note(case: Inspection, number: int, note: str, *, by: User, at: datetime) -> None:
    """Keep the words that go with the proof of one violation, as they were typed, until they are sent."""
    demand(by, "inspections.send_evidence", case)
    case = locked(case)
    if case.state not in AFTER_NOTICE:
        raise Refused(["Proof can not be added to this case now."])
    if note:
        save_draft(case, note_of(number), _clean({"note": note}), by=by, at=at)
    else:
        drop_drafts(case, note_of(number))


def note_of(number: int) -> str:
    """The name of the draft of the words for the proof of one violation."""
    return f"proof:{number}"


def _clean(typed: Typed) -> dict[str, str]:
    """Without the one sign that the database can not keep."""
    return {name: words.replace("\0", "") for name, words in typed.items()}
