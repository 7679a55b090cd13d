"""The private calendar feed of an officer: made anew, or ended."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from accounts.models import Role, User
from schedules.actions.parts import demand
from schedules.models import Feed


@transaction.atomic
def make_feed(officer: User, *, at: datetime) -> str:
    """A new address for the feed of `officer`; its key is given back once and kept nowhere. The old one ends."""
    demand(officer, "see_own_month")
    key = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(officer=officer, defaults={"digest": digest_of(key), "made_at": at})
    return key


def end_feed(officer: User) -> None:
    """The address stops working at once."""
    demand(officer, "see_own_month")
    Feed.objects.filter(officer=officer).delete()


def officer_of(key: str) -> User | None:
    """Whose feed has this key: found by its digest, so that the time of the answer tells nothing of any key.

    Nobody who was let go, and nobody who makes no visits.
    """
    row = Feed.objects.select_related("officer").filter(digest=digest_of(key)).first()
    is_open = row is not None and row.officer.is_active and row.officer.role in (Role.OFFICER, Role.SUPERVISOR)
    return row.officer if row is not None and is_open else None


def digest_of(key: str) -> str:
    """What is kept of a key."""
    return sha256(key.encode()).hexdigest()
