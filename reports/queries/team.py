"""The team's numbers: how many cases stand where, with whom, and what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from accounts.models import User
from inspections.models.inspection import InspectionQuerySet
from inspections.queries.lists import Desk, due_this_week, open_now, overdue
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


@dataclass(frozen=True)
class Cell:
    """The open cases of one officer in one state."""

    name: str
    email: str
    state: State
    open: int
    overdue: int
    week: int


def team_desk(user: User, at: datetime) -> Desk:
    return Desk(user, at, mine=False)


def cells(desk: Desk) -> list[Cell]:
    """The open cases by officer and state, in one query; every sum of this page is made of them."""
    rows = desk.cases().filter(open_now(desk)).order_by().values_list("officer__name", "officer__email", "state")
    counted = rows.annotate(
        open=Count("pk"), late=Count("pk", filter=overdue(desk)), week=Count("pk", filter=due_this_week(desk))
    )
    return [Cell(name, email, State(state), *numbers) for name, email, state, *numbers in counted]


def numbers(found: Iterable[Cell]) -> dict[str, int]:
    """Overdue, open, due this week and referred."""
    sums = {"overdue": 0, "open": 0, "week": 0, "referred": 0}
    for cell in found:
        sums["open"] += cell.open
        sums["overdue"] += cell.overdue
        sums["week"] += cell.week
        sums["referred"] += cell.open * (cell.state == State.DISCIPLINE)
    return sums


def by_stage(found: Iterable[Cell]) -> list[Stage]:
    """The open cases by state, in the order in which a case goes through them."""
    rows = list(found)
    return [
        Stage(
            state,
            sum(cell.open for cell in rows if cell.state == state),
            sum(cell.overdue for cell in rows if cell.state == state),
        )
        for state in ACTIVE
    ]


def by_officer(found: Iterable[Cell]) -> list[Load]:
    """What each officer with open cases carries, the most late ones first."""
    loads: dict[str, Load] = {}
    for cell in found:
        was = loads.get(cell.email, Load(cell.name, cell.email, 0, 0, 0))
        loads[cell.email] = Load(
            cell.name, cell.email, was.open + cell.open, was.overdue + cell.overdue, was.week + cell.week
        )
    return sorted(loads.values(), key=lambda load: (-load.overdue, load.name, load.email))


def late_cases(desk: Desk) -> InspectionQuerySet:
    """Every case of which a clock has run out."""
    return desk.cases().with_place().filter(overdue(desk))
