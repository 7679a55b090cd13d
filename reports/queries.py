"""The team's numbers: how many cases stand where, with whom, and what is late."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from accounts.models import User
from inspections.models import Inspection
from inspections.queries.lists import Desk, counts, due_this_week, open_now, overdue, referred
from inspections.stages import ACTIVE, State


@dataclass(frozen=True)
class Stage:
    """How many open cases are in one state, and how many of them are late."""

    state: State
    open: int
    overdue: int


@dataclass(frozen=True)
class Load:
    """What one officer carries."""

    name: str
    email: str
    open: int
    overdue: int
    week: int


def team_desk(user: User, at: datetime) -> Desk:
    return Desk(user, at, mine=False)


def numbers(desk: Desk) -> dict[str, int]:
    """Overdue, open, due this week and referred, each up to 1,001."""
    lists = {"overdue": overdue, "open": open_now, "week": due_this_week, "referred": referred}
    return counts(desk.user, {name: desk.cases().filter(holds(desk)) for name, holds in lists.items()})


def by_stage(desk: Desk) -> list[Stage]:
    """The open cases by state, in the order in which a case goes through them."""
    rows = desk.cases().filter(open_now(desk)).values("state").order_by()
    found = {row["state"]: row for row in rows.annotate(open=Count("pk"), late=Count("pk", filter=overdue(desk)))}
    return [
        Stage(state, found[state]["open"], found[state]["late"]) if state in found else Stage(state, 0, 0)
        for state in ACTIVE
    ]


def by_officer(desk: Desk) -> list[Load]:
    """What each officer with open cases carries, the most late ones first."""
    rows = desk.cases().filter(open_now(desk)).values("officer__name", "officer__email").order_by()
    counted = rows.annotate(
        open=Count("pk"), late=Count("pk", filter=overdue(desk)), week=Count("pk", filter=due_this_week(desk))
    )
    loads = [Load(it["officer__name"], it["officer__email"], it["open"], it["late"], it["week"]) for it in counted]
    return sorted(loads, key=lambda load: (-load.overdue, load.name))


def late_cases(desk: Desk) -> QuerySet[Inspection]:
    """Every case of which a clock has run out."""
    return desk.cases().with_place().filter(overdue(desk))
