"""The lists of the officers' desk."""

from collections.abc import Mapping
from datetime import datetime

from accounts.models import User
from casefile.models import LAST_SECOND
from help_center.models import QuestionQuerySet
from help_center.stages import OPEN, State

DONE = ("done", "back")  # views of questions that nobody waits for


def in_view(rows: QuestionQuerySet, view: str, *, user: User, at: datetime) -> QuestionQuerySet:
    """The questions of one view; the open ones for a view that does not exist."""
    match view:
        case "new":
            return rows.filter(state=State.ASKED)
        case "mine":
            return rows.filter(state__in=OPEN, officer=user)
        case "late":
            return rows.filter(state__in=OPEN, file__due_at__lte=at - LAST_SECOND)
        case "back":
            return rows.came_back()
        case "done":
            return rows.filter(state__in=[State.ANSWERED, State.CLOSED])
        case _:
            return rows.filter(state__in=OPEN)


def narrowed(rows: QuestionQuerySet, facts: Mapping[str, str]) -> QuestionQuerySet:
    """Those of `rows` with the words `q`, asked for a licensee or not."""
    if who := facts.get("who"):
        rows = rows.filter(licensee__isnull=who != "licensee")
    return rows.holding(facts.get("q", ""))
