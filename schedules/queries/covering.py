"""Who stands in for whom while somebody is away, and which of their cases are due meanwhile."""

from datetime import date, datetime

from django.db.models import QuerySet

from accounts.models import User
from casefile.calendar import local_day
from inspections.models import Inspection
from inspections.queries.lists import SOONEST_DUE, Desk, due_this_week, needs_us, overdue
from schedules.models import Leave


def away_on(day: date) -> QuerySet[Leave]:
    """Leave that is taken on a day."""
    return Leave.objects.touching(day, day).select_related("officer", "cover")


def covers_on(day: date) -> list[tuple[User, User]]:
    """Who is away on a day, with who stands in for them."""
    return [(leave.officer, leave.cover) for leave in away_on(day) if leave.cover is not None]


def covered_by(person: User, day: date) -> list[Leave]:
    """The leave during which `person` stands in on a day."""
    return list(away_on(day).filter(cover=person))


def cases_to_cover(officer: User, at: datetime) -> QuerySet[Inspection]:
    """The cases of an absent officer that do not wait: overdue, due within a week, or waiting for their next step."""
    desk = Desk(officer, at)
    rows = desk.cases().filter(overdue(desk) | due_this_week(desk) | needs_us(desk))
    return rows.with_place().order_by(*SOONEST_DUE.by())


def is_away(officer: User, at: datetime) -> bool:
    """Whether the officer is on leave now."""
    return away_on(local_day(at)).filter(officer=officer).exists()
