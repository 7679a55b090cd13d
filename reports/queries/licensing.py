"""Requests by state and age, plants by level, reports of a month, windows: counted, and listed where no page did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from casefile.calendar import local_day, local_hour
from inspections.queries.lists import Desk, counts
from inventory_windows.queries.desk import VIEWS as WINDOWS
from licensing import rules
from licensing.models import License, PlantRequest
from licensing.queries import report_lists
from licensing.queries.licenses import EVERYWHERE, Share, plant_sums
from licensing.queries.sorting import LATE, by_instant, by_text
from licensing.stages import PENDING, RequestState
from reports.queries.cases import instant_of
from reports.queries.trends import week_ends

SHOWN = ("review", "documents", "approved", "open", "shut", "corrections")  # of the lists of windows


@dataclass(frozen=True)
class Age:
    """Requests that were sent so many days ago: from `first` to `last`, both counted."""

    key: str
    label: str
    first: int
    last: int | None

    def holds(self, today: date) -> Q:
        """Which requests are as old as this on a day."""
        newest = local_hour(today - timedelta(days=self.first - 1), 0)
        found = Q(sent_at__lt=newest)
        return found & Q(sent_at__gte=local_hour(today - timedelta(days=self.last), 0)) if self.last else found


AGES = (
    Age("month", "30 days or less", 0, 30), Age("two", "31 to 60 days", 31, 60), Age("three", "61 to 90 days", 61, 90),
    Age("older", "More than 90 days", 91, None),
)  # fmt: skip
SORTS = (
    by_instant("sent", "Sent", "sent_at", empty=LATE),
    by_instant("due", "Due", "file__due_at", empty=LATE),
    by_text("licensee", "Licensee", "license__licensee__name"),
    by_text("state", "Status", "state"),
)


def waiting(desk: Desk, on: date | None = None) -> QuerySet[PlantRequest]:
    """Requests about plants that were sent and are not decided; with a day those that were so at its end."""
    rows = PlantRequest.objects.visible_to(desk.user).filter(sent_at__isnull=False)
    return rows.filter(was_waiting(instant_of(on, desk.at))) if on else rows.filter(state__in=PENDING)


def by_state_and_age(desk: Desk) -> dict[RequestState, dict[str, int]]:
    """How many requests wait in each state, by age."""
    today = local_day(desk.at)
    sums = {age.key: Count("pk", filter=age.holds(today)) for age in AGES}
    counted: Any = waiting(desk).order_by().values("state").annotate(**sums)
    found = {row["state"]: {age.key: row[age.key] for age in AGES} for row in counted}
    return {state: found.get(state, {age.key: 0 for age in AGES}) for state in PENDING}


def narrowed(rows: QuerySet[PlantRequest], facts: Mapping[str, Any], today: date) -> QuerySet[PlantRequest]:
    """Those in this state, of this age, kind and officer."""
    exact = {"state": facts.get("state"), "kind": facts.get("kind"), "officer__email": facts.get("officer")}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    ages = {age.key: age for age in AGES}
    return rows.filter(ages[facts["age"]].holds(today)) if facts.get("age") in ages else rows


def plants_by_level(user: User) -> Mapping[str, Share]:
    """By level, the licenses in force that grow plants and how many they may grow."""
    sums = plant_sums(License.objects.visible_to(user))
    return {level: found for (county, level), found in sums.items() if county == EVERYWHERE}


def reports_of(user: User, month: date) -> dict[str, int]:
    """How the reports of a month stand: sent, late, missing, corrected."""
    return report_lists.counts(report_lists.reporters(user, month, {}), month)


def last_month(desk: Desk) -> date:
    """The last month whose reports were due before today, else the one before it."""
    today = local_day(desk.at)
    month = rules.month_before(today)
    return month if today > rules.report_due_on(month) else rules.month_before(month)


def windows(desk: Desk) -> dict[str, int]:
    """How long each list of the desk of windows is."""
    return counts(desk.user, {name: WINDOWS[name].rows(desk.user, desk.at) for name in SHOWN})


def waiting_by_week(desk: Desk, last: date) -> list[tuple[date, int]]:
    """How many requests waited at the end of each of the weeks until the day `last`."""
    ends = week_ends(last)
    sums = {}
    for n, day in enumerate(ends):
        t = instant_of(day, desk.at)
        sums[f"w{n}"] = Count("pk", filter=was_waiting(t))
    row = PlantRequest.objects.visible_to(desk.user).filter(sent_at__isnull=False).aggregate(**sums)
    return [(day, row[f"w{n}"]) for n, day in enumerate(ends)]


def was_waiting(t: datetime) -> Q:
    """Sent, and neither decided nor taken back by an instant."""
    return Q(sent_at__lte=t) & (Q(decided_at=None) | Q(decided_at__gt=t))
