"""Coverage of a year: when each operating premises was last seen, which are still due, which stand in a plan.

A visit is an inspection that has begun, as everywhere in the house. A premises counts to the officer who saw it last.
"""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncMonth

from accounts.models import User
from accounts.permissions import ever_allows
from casefile.calendar import DENVER, local_day, local_hour, months_after
from inspections.models import Inspection
from licensing.models import Premises
from licensing.queries.sorting import LONG_AGO, by_day, by_instant, by_text
from schedules.models import PlannedVisit
from schedules.queries.candidates import VISITED

DUE, SEEN, NEVER, OVERDUE, PLANNED = "due", "seen", "never", "overdue", "planned"
WHAT = {
    DUE: "Due this year", SEEN: "Seen this year", NEVER: "Never visited",
    OVERDUE: "Not seen this year or last", PLANNED: "In a plan",
}  # fmt: skip
NOBODY, NO_COUNTY = "nobody", "none"
SORTS = (
    by_instant("seen", "Last visit", "last_at", empty=LONG_AGO),
    by_text("name", "Facility", "name"),
    by_text("county", "County", "county"),
    by_text("type", "License type", "license__type"),
    by_text("officer", "Last seen by", "officer_name"),
)
BY_PLAN = by_day("planned", "Planned for", "planned_on")


@dataclass(frozen=True)
class Year:
    """A calendar year as far as it has gone at an instant."""

    year: int
    at: datetime

    @property
    def begins(self) -> datetime:
        return local_hour(date(self.year, 1, 1), 0)

    @property
    def ends(self) -> datetime:
        """The end of the year, or now while the year runs."""
        return min(self.at, local_hour(date(self.year + 1, 1, 1), 0))

    @property
    def last_day(self) -> date:
        """December 31, or today while the year runs."""
        return min(local_day(self.at), date(self.year, 12, 31))


@dataclass(frozen=True)
class Share:
    """Some premises: how many the year owes a visit, how many it has seen."""

    total: int = 0
    seen: int = 0
    never: int = 0
    overdue: int = 0
    planned: int = 0

    @property
    def due(self) -> int:
        return self.total - self.seen

    @property
    def percent(self) -> int:
        """How many of a hundred were seen, rounded down so that 100 means all."""
        return 100 * self.seen // self.total if self.total else 0

    def __add__(self, other: "Share") -> "Share":
        return Share(
            self.total + other.total, self.seen + other.seen, self.never + other.never,
            self.overdue + other.overdue, self.planned + other.planned,
        )  # fmt: skip


def expected(total: int, day: date) -> int:
    """How many of `total` premises a straight line through the year of `day` has seen by the end of that day."""
    return round(total * day.timetuple().tm_yday / (366 if isleap(day.year) else 365))


def sees_plans(user: User) -> bool:
    return ever_allows(user, "schedules.see_plans")


def places(user: User, year: Year) -> QuerySet[Any]:
    """Every premises that operates now, with `last_at`, `officer_name`, `officer_email` and, for those who may know
    it, `planned_on`: its next day in a published plan."""  # fmt: skip
    visits = Inspection.objects.visible_to(user).filter(premises=OuterRef("pk"), visit_began_at__lt=year.ends)
    last = visits.order_by("-visit_began_at", "-pk")
    rows = Premises.objects.visible_to(user).filter(operating=True, license__status__in=VISITED)
    return rows.annotate(
        last_at=Subquery(last.values("visit_began_at")[:1]),
        officer_name=Coalesce(Subquery(last.values("officer__name")[:1]), Value("")),
        officer_email=Coalesce(Subquery(last.values("officer__email")[:1]), Value("")),
        planned_on=Subquery(_planned(user, year).values("day")[:1], output_field=DateField()),
    )


def _planned(user: User, year: Year) -> QuerySet[PlannedVisit]:
    """The visits to a premises from today on that a published plan holds and nobody skipped or has begun since."""
    if not sees_plans(user):
        return PlannedVisit.objects.none()
    today = local_day(year.at)
    begun = Inspection.objects.filter(
        premises=OuterRef("premises"), visit_began_at__gte=local_hour(today.replace(day=1), 0)
    )
    rows = PlannedVisit.objects.in_force().filter(premises=OuterRef("pk"), day__gte=today, skipped_at=None)
    return rows.exclude(Exists(begun)).order_by("day", "pk")


def holds(what: str, year: Year) -> Q:
    """Which premises a word of WHAT means; all for no word."""
    before = local_hour(date(year.year - 1, 1, 1), 0)
    return {
        DUE: Q(last_at=None) | Q(last_at__lt=year.begins),
        SEEN: Q(last_at__gte=year.begins),
        NEVER: Q(last_at=None),
        OVERDUE: Q(last_at=None) | Q(last_at__lt=before),
        PLANNED: Q(planned_on__isnull=False),
    }.get(what, Q())


def narrowed(rows: QuerySet[Any], facts: Mapping[str, str], year: Year) -> QuerySet[Any]:
    """Those of `places` with this county, license type, officer, standing (`what`) and month of the first visit."""
    rows = rows.filter(holds(facts.get("what", ""), year))
    if county := facts.get("county"):
        rows = rows.filter(county="" if county == NO_COUNTY else county)
    if kind := facts.get("type"):
        rows = rows.filter(license__type=kind)
    if officer := facts.get("officer"):
        rows = rows.filter(officer_email="" if officer == NOBODY else officer)
    if month := facts.get("month"):
        rows = with_first(rows, year).filter(first_on=date(year.year, int(month), 1))
    if words := facts.get("q"):
        rows = rows.filter(pk__in=Premises.objects.holding(words).values("pk"))
    return rows


def with_first(rows: QuerySet[Any], year: Year) -> QuerySet[Any]:
    """With `first_on`, the first day of the month in which the year saw a premises first."""
    visits = Inspection.objects.filter(
        premises=OuterRef("pk"), visit_began_at__gte=year.begins, visit_began_at__lt=year.ends
    )
    first = visits.order_by("visit_began_at").values("visit_began_at")[:1]
    return rows.annotate(
        first_on=TruncMonth(Subquery(first), tzinfo=DENVER, output_field=DateField()),
    )


def shares(rows: QuerySet[Any], by: str, year: Year) -> dict[str, Share]:
    """By county, license type or officer (a column of `places`) how far the year has come, in one query."""
    counted = rows.order_by().values(by).annotate(
        total=Count("pk"),
        n_seen=Count("pk", filter=holds(SEEN, year)),
        n_never=Count("pk", filter=holds(NEVER, year)),
        n_overdue=Count("pk", filter=holds(OVERDUE, year)),
        n_planned=Count("pk", filter=holds(PLANNED, year)),
    )  # fmt: skip
    return {
        row[by]: Share(row["total"], row["n_seen"], row["n_never"], row["n_overdue"], row["n_planned"])
        for row in counted
    }


def first_seen(rows: QuerySet[Any], year: Year) -> dict[int, int]:
    """By month of the year, how many premises it saw for the first time, in one query."""
    found = with_first(rows, year).filter(first_on__isnull=False).order_by().values("first_on")
    return {row["first_on"].month: row["n"] for row in found.annotate(n=Count("pk"))}


@dataclass(frozen=True)
class Month:
    """One month of a year: seen in it for the first time, seen since January 1, and what a straight line would be."""

    first: date
    seen: int
    so_far: int
    expected: int


def months(total: int, by_month: Mapping[int, int], through: date) -> list[Month]:
    """The months of a year until the day `through`, with the sums so far."""
    found, so_far = [], 0
    for n in range(1, through.month + 1):
        first = date(through.year, n, 1)
        so_far += by_month.get(n, 0)
        last = min(through, date.fromordinal(months_after(first, 1).toordinal() - 1))
        found.append(Month(first, by_month.get(n, 0), so_far, expected(total, last)))
    return found


def whole(parts: Mapping[Any, Share]) -> Share:
    """All parts together."""
    return sum(parts.values(), Share())
