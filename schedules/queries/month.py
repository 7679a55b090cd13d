"""The month of one officer: their visits by day, in the order of the route, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count

from accounts.models import User
from inspections.models import Inspection
from licensing.models import Premises
from schedules.models import PlannedVisit
from schedules.models.visits import PlannedVisitQuerySet
from schedules.queries.done import begun_in

FEW = 5  # premises of a county below which its name would say which is visited


@dataclass(frozen=True)
class Stop:
    """One visit of a day; `begun` is the inspection that it became."""

    visit: PlannedVisit
    begun: Inspection | None = None

    @property
    def is_open(self) -> bool:
        """Neither made nor skipped."""
        return self.begun is None and self.visit.skipped_at is None


@dataclass(frozen=True)
class Day:
    """The visits of a day in the order of the route."""

    day: date
    stops: list[Stop]

    @property
    def drive_minutes(self) -> int:
        return sum(stop.visit.drive_minutes for stop in self.stops)

    @property
    def visit_minutes(self) -> int:
        return sum(stop.visit.minutes for stop in self.stops)


def visits_of(officer: User, viewer: User) -> PlannedVisitQuerySet:
    """The visits of published plans that `officer` makes, as far as `viewer` may see them."""
    return PlannedVisit.objects.visible_to(viewer).in_force().filter(officer=officer)


def month_of(officer: User, month: date, viewer: User) -> list[Day]:
    """The days of a month with visits, in two queries."""
    rows = visits_of(officer, viewer).filter(plan__month=month).with_place().order_by("day", "position", "pk")
    return days_of(list(rows), month)


def days_of(visits: Sequence[PlannedVisit], month: date) -> list[Day]:
    """These visits by day, each with what it became."""
    begun = begun_in(month, visits) if visits else {}
    by_day = groupby(visits, key=lambda visit: visit.day)
    return [Day(day, [Stop(visit, begun.get(visit.premises_id)) for visit in rows]) for day, rows in by_day]


def field_days(officer: User, since: date) -> list[tuple[date, int, list[str]]]:
    """For a calendar that leaves the building: each day from `since` with how many visits, and counties that hide them.

    A county is named where so many premises operate that its name does not say which one is visited.
    """
    rows = visits_of(officer, officer).filter(day__gte=since, skipped_at=None).order_by("day")
    found = list(rows.values_list("day", "premises__county"))
    hidden = large({county for _, county in found if county})
    by_day = ((day, list(rows)) for day, rows in groupby(found, key=lambda it: it[0]))
    return [(day, len(rows), sorted({county for _, county in rows} & hidden)) for day, rows in by_day]


def large(counties: set[str]) -> set[str]:
    """Those of the counties in which at least five premises operate."""
    rows = Premises.objects.filter(county__in=counties, operating=True).order_by().values("county")
    return {row["county"] for row in rows.annotate(n=Count("pk")) if row["n"] >= FEW}
