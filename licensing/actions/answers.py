"""What a licensee has typed of a request and not sent, part by part."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from casefile.actions import Part, Refused, Typed, locked, save_parts
from licensing.actions.requests import TO_THE_LICENSEE, TYPED, demand
from licensing.models import PlantRequest

CHOICE = "choice"  # the part that holds the level and the number of plants
SENT = "This request was already sent. You can read it, but not change it."


@transaction.atomic
def save_answers(
    case: PlantRequest, parts: Mapping[str, Typed], *, seen: Mapping[str, str], by: User, at: datetime
) -> list[str]:
    """Keep parts of a request as they were typed; those that a colleague changed meanwhile come back by name."""
    demand(by, "licensing.submit_request", case)
    case = locked(case)
    if case.state not in TO_THE_LICENSEE:
        raise Refused([SENT])
    return save_parts(case, TYPED, parts, seen=seen, by=by, at=at)


def stored_answers(typed: Mapping[str, Mapping] | None) -> dict[str, Part]:
    """What the draft of a request holds, by part."""
    return {name: Part(**part) for name, part in (typed or {}).items()}
