"""The last twelve weeks in numbers: what was open and overdue at the end of each, visits and closings within each."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q

from casefile.models import Deadline
from inspections.models import Inspection
from inspections.queries.lists import Desk
from inventory_windows.queries.figures import Median
from reports.queries.cases import Span, closed, closed_out, instant_of, late_at, span_of, visited, was_open

WEEKS = 12


@dataclass(frozen=True)
class Week:
    """Seven days, the last of them `last`."""

    first: date
    last: date
    open: int
    overdue: int
    visits: int
    closed: int


@dataclass(frozen=True)
class Trend:
    """The weeks, the last one last; and how long half of the close-outs of all these weeks took at most."""

    weeks: list[Week]
    closed_out: int
    median: timedelta | None


def week_ends(last: date, weeks: int = WEEKS) -> list[date]:
    """The last days of so many weeks that end with `last`."""
    return [last - timedelta(days=7 * n) for n in reversed(range(weeks))]


def trend(desk: Desk, last: date, weeks: int = WEEKS) -> Trend:
    """The weeks until the day `last`, in two queries however many they are."""
    ends = week_ends(last, weeks)
    spans = [span_of({"since": day - timedelta(days=6), "until": day}, desk.at) for day in ends]
    counted, late = _cases(desk, ends, spans), _late(desk, ends)
    found = [
        Week(
            day - timedelta(days=6), day, open=counted[f"open{n}"], overdue=late[f"late{n}"],
            visits=counted[f"visits{n}"], closed=counted[f"closed{n}"],
        )
        for n, day in enumerate(ends)
    ]  # fmt: skip
    return Trend(found, counted["closed_out"], counted["median"])


def _cases(desk: Desk, ends: list[date], spans: list[Span]) -> dict[str, Any]:
    whole = Span(spans[0].since, spans[-1].until)
    sums: dict[str, Any] = {
        "closed_out": Count("pk", filter=closed_out(whole)),
        "median": Median(F("closed_at") - F("nolv_served_at"), filter=closed_out(whole)),
    }
    for n, (day, span) in enumerate(zip(ends, spans, strict=True)):
        sums[f"open{n}"] = Count("pk", filter=was_open(instant_of(day, desk.at)))
        sums[f"visits{n}"] = Count("pk", filter=visited(span))
        sums[f"closed{n}"] = Count("pk", filter=closed(span))
    return desk.cases().filter(Q(closed_at=None) | Q(closed_at__gte=whole.since)).order_by().aggregate(**sums)


def _late(desk: Desk, ends: list[date]) -> dict[str, int]:
    """How many cases were overdue at the end of each week."""
    instants = [instant_of(day, desk.at) for day in ends]
    mine: Any = Inspection.objects.visible_to(desk.user)
    rows = Deadline.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=instants[0]), due_at__lte=instants[-1], file__inspection__in=mine
    )
    counts = {f"late{n}": Count("file", distinct=True, filter=late_at(t) & _open_at(t)) for n, t in enumerate(instants)}
    return rows.order_by().aggregate(**counts)


def _open_at(t: datetime) -> Q:
    """`was_open` as a deadline asks it of its case."""
    gone = Q(file__inspection__closed_at=None) | Q(file__inspection__closed_at__gt=t)
    return Q(file__opened_at__lte=t) & gone
