"""What each officer carries: open, overdue and due cases, visits planned and made in a month, and leave."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from casefile.calendar import local_day, local_hour
from inspections.models import Inspection
from inspections.queries.lists import Desk
from licensing.queries.sorting import Sort, by_text
from reports.queries.team import by_officer, cells
from schedules.models import Leave, PlannedVisit
from schedules.queries.coverage import sees_plans
from schedules.rules.month import last_of

AHEAD = timedelta(days=31)  # leave that begins within these days is shown
LEFT, MADE, SKIPPED = "left", "made", "skipped"
WHAT = {LEFT: "To make", MADE: "Made", SKIPPED: "Skipped"}


@dataclass(frozen=True)
class Planned:
    """The visits of a month in a published plan: all but those skipped, those of them made, those skipped."""

    planned: int = 0
    made: int = 0
    skipped: int = 0


@dataclass(frozen=True)
class Carried:
    """One officer."""

    name: str
    email: str
    gone: bool = False  # no longer works here
    open: int = 0
    overdue: int = 0
    week: int = 0
    visits: int = 0
    plan: Planned = Planned()
    leave: Sequence[Leave] = field(default_factory=list)


def workload(desk: Desk, month: date) -> list[Carried]:
    """Every officer, and everybody else with open cases, visits or leave; by name, in five queries."""
    loads = {load.email: load for load in by_officer(cells(desk))}
    visits, plans, leave = visits_by_officer(desk, month), plans_by_officer(desk.user, month), leave_ahead(desk)
    wanted = Q(role=Role.OFFICER, is_active=True) | Q(email__in={*loads, *visits, *plans, *leave})
    people = User.objects.filter(wanted).order_by("name", "pk")
    return [_carried(it, loads.get(it.email), visits, plans, leave) for it in people]


def _carried(person: User, load: Any, visits: Mapping, plans: Mapping, leave: Mapping) -> Carried:
    return Carried(
        person.name, person.email, not person.is_active, open=load.open if load else 0,
        overdue=load.overdue if load else 0, week=load.week if load else 0, visits=visits.get(person.email, 0),
        plan=plans.get(person.email, Planned()), leave=leave.get(person.email, []),
    )  # fmt: skip


def visits_by_officer(desk: Desk, month: date) -> dict[str, int]:
    """How many visits of each began in a month."""
    begun = desk.cases().filter(
        visit_began_at__gte=local_hour(month, 0), visit_began_at__lt=local_hour(last_of(month) + timedelta(days=1), 0)
    )
    rows = begun.order_by().values("officer__email").annotate(n=Count("pk"))
    return {row["officer__email"]: row["n"] for row in rows}


def planned_visits(user: User, month: date) -> QuerySet[Any]:
    """The visits of a month in published plans with `is_made`: an inspection began there in that month."""
    rows = PlannedVisit.objects.none()
    if sees_plans(user):
        rows = PlannedVisit.objects.visible_to(user).in_force().filter(plan__month=month)
    begun = Inspection.objects.filter(
        premises=OuterRef("premises"), visit_began_at__gte=local_hour(month, 0),
        visit_began_at__lt=local_hour(last_of(month) + timedelta(days=1), 0),
    )  # fmt: skip
    return rows.annotate(is_made=Exists(begun))


STANDING = {
    "": Q(skipped_at=None),
    LEFT: Q(skipped_at=None, is_made=False),
    MADE: Q(skipped_at=None, is_made=True),
    SKIPPED: Q(skipped_at__isnull=False),
}
SORTS = (
    Sort("day", "Day", by_text("day", "", "day").by, date.fromisoformat),
    by_text("officer", "Officer", "officer__name"),
    by_text("facility", "Facility", "premises__name"),
    by_text("county", "County", "premises__county"),
)


def narrowed(rows: QuerySet[Any], facts: Mapping[str, Any]) -> QuerySet[Any]:
    """Those of `planned_visits` of this officer and county that stand so."""
    exact = {"officer__email": facts.get("officer"), "premises__county": facts.get("county")}
    rows = rows.filter(STANDING[facts.get("what", "")])
    return rows.filter(**{name: value for name, value in exact.items() if value})


def plans_by_officer(user: User, month: date) -> dict[str, Planned]:
    """The planned visits of each officer; nothing for those who may not see plans."""
    rows = planned_visits(user, month).order_by().values("officer__email")
    counted = rows.annotate(
        planned=Count("pk", filter=STANDING[""]), made=Count("pk", filter=STANDING[MADE]),
        skipped=Count("pk", filter=STANDING[SKIPPED]),
    )  # fmt: skip
    return {row["officer__email"]: Planned(row["planned"], row["made"], row["skipped"]) for row in counted}


def leave_ahead(desk: Desk) -> dict[str, list[Leave]]:
    """Who is away now or soon, by their address, with who stands in."""
    today = local_day(desk.at)
    found: dict[str, list[Leave]] = defaultdict(list)
    for row in Leave.objects.touching(today, today + AHEAD).select_related("officer", "cover"):
        found[row.officer.email].append(row)
    return found


def summed(rows: Iterable[Carried]) -> dict[str, int]:
    """The sums of the page."""
    found = list(rows)
    return {
        "open": sum(it.open for it in found), "overdue": sum(it.overdue for it in found),
        "week": sum(it.week for it in found), "visits": sum(it.visits for it in found),
        "planned": sum(it.plan.planned for it in found), "made": sum(it.plan.made for it in found),
    }  # fmt: skip
