"""What the licensee has typed and not sent: the plan, part by part, and the words that go with a proof."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from casefile.actions import Part, Refused, Typed, clean, drop_drafts, locked, save_draft, save_parts
from inspections.actions.visit import demand
from inspections.models import Inspection
from inspections.stages import AFTER_NOTICE, State

CAP = "cap"  # the draft of the plan


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
    named = {str(number): typed for number, typed in parts.items()}
    read = {str(number): digest for number, digest in seen.items()}
    return [int(number) for number in save_parts(case, CAP, named, seen=read, by=by, at=at)]


@transaction.atomic
def save_note(case: Inspection, number: int, note: str, *, by: User, at: datetime) -> None:
    """Keep the words that go with the proof of one violation, as they were typed, until they are sent."""
    demand(by, "inspections.send_evidence", case)
    case = locked(case)
    if case.state not in AFTER_NOTICE:
        raise Refused(["Proof can not be added to this case now."])
    if note:
        save_draft(case, note_of(number), clean({"note": note}), by=by, at=at)
    else:
        drop_drafts(case, note_of(number))


def note_of(number: int) -> str:
    """The name of the draft of the words for the proof of one violation."""
    return f"proof:{number}"
