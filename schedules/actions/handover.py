"""All work of a person who goes is given to others, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from casefile.actions import Refused
from casefile.work import kinds
from schedules.actions.officers import can_be_planned, take_out
from schedules.actions.parts import demand
from schedules.queries.handover import Piece, pieces_of, seal

CHANGED = "The list has changed since you looked at it. Look at it again, then hand it over."


@transaction.atomic
def hand_over(
    person: User, takers: Sequence[User], *, reason: str, by: User, at: datetime, seen: str = "", leaves: bool = False
) -> list[Piece]:
    """Give all open work of `person` to `takers` in turn, each piece through its own door and with its own record.

    `seen` is the seal of the list that was confirmed. With `leaves` the person is taken out of plans, and their
    calendar feed ends. Raises Refused.
    """
    demand(by, "hand_over")
    if reasons := reasons_not_to_hand_over(person, takers, reason):
        raise Refused(reasons)
    list(
        User.objects.select_for_update(no_key=True).filter(pk__in=[person.pk, *(it.pk for it in takers)]).order_by("pk")
    )
    pieces = pieces_of(person, takers, at)
    if seen and seal(pieces) != seen:
        raise Refused([CHANGED])
    for piece in pieces:
        piece.kind.give(piece.thing, piece.to, by=by, at=at, reason=reason.strip())
    for kind in kinds():
        mine = [piece.thing for piece in pieces if piece.kind is kind]
        if kind.settle and mine:
            kind.settle(mine, by=by, at=at, reason=reason.strip())
    if leaves:
        take_out(person, by=by)
    return pieces


def reasons_not_to_hand_over(person: User, takers: Sequence[User], reason: str) -> list[str]:
    """What stands against it."""
    reasons = [] if takers else ["Choose who takes the work."]
    reasons += [f"{it.name} can not take cases." for it in takers if not can_be_planned(it)]
    if person in takers:
        reasons.append("Choose somebody else. It is the work of this person that is handed over.")
    return reasons if reason.strip() else [*reasons, "Say why the work is handed over."]
