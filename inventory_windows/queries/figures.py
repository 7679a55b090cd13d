"""The supervisor's figures of a year of windows; each can be opened as the list that it counts."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Max, Q, QuerySet, Sum, Window
from django.db.models.functions import Lag, TruncMonth

from accounts.models import User
from casefile.calendar import DENVER, local_day, local_hour, months_after, months_before
from inventory_windows import rules
from inventory_windows.models import Opening, WindowItem, WindowRequest
from inventory_windows.stages import RequestState

MONTHS = 12
MOST_LICENSES = 30
OPENED = [RequestState.OPEN, RequestState.SHUT]
FACTS = ("month", "what", "purpose", "ground", "kind")  # what a list of requests may be narrowed by
SENT, WENT_OPEN, REFUSED = "sent", "opened", "refused"


class Median(Aggregate):
    """The middle of the values."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Month:
    """One month: what was opened, asked for and refused in it."""

    first: date
    opened: int = 0
    first_windows: int = 0
    sent: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Figures:
    """A year of windows."""

    months: list[Month] = field(default_factory=list)
    purposes: list[tuple[str, str, int]] = field(default_factory=list)  # key, words, how many
    grounds: list[tuple[str, str, int]] = field(default_factory=list)
    quantities: list[tuple[str, str, int]] = field(default_factory=list)
    decided: int = 0
    median: timedelta | None = None
    slowest: timedelta | None = None
    at_the_limit: list[dict[str, Any]] = field(default_factory=list)


def since(at: datetime) -> datetime:
    """The beginning of the first of the months that are shown."""
    return local_hour(months_before(local_day(at).replace(day=1), MONTHS - 1), 0)


def figures(user: User, at: datetime) -> Figures:
    """What supervisors want to see, in seven queries."""
    start = since(at)
    asked = WindowRequest.objects.visible_to(user).filter(sent_at__gte=start)
    decided = asked.filter(decided_at__isnull=False)
    spent = decided.aggregate(
        n=Count("pk"), median=Median(F("decided_at") - F("sent_at")), slowest=Max(F("decided_at") - F("sent_at"))
    )
    return Figures(
        months=_months(user, asked, start),
        purposes=_counted(asked, "purpose", WindowRequest.Purpose.choices),
        grounds=_counted(decided.filter(state=RequestState.REFUSED), "ground", WindowRequest.Ground.choices),
        quantities=_quantities(asked),
        decided=spent["n"],
        median=spent["median"],
        slowest=spent["slowest"],
        at_the_limit=at_the_limit(user, start),
    )


def _months(user: User, asked: QuerySet[WindowRequest], start: datetime) -> list[Month]:
    openings = Opening.objects.visible_to(user).filter(opened_at__gte=start)
    by_month: dict[date, dict[str, int]] = defaultdict(dict)
    counted = {"opened": Count("pk", filter=Q(kind="again")), "first_windows": Count("pk", filter=Q(kind="first"))}
    opened: Any = openings.order_by().values(month=TruncMonth("opened_at", tzinfo=DENVER)).annotate(**counted)
    for row in opened:
        by_month[row["month"].date()] |= {name: row[name] for name in counted}
    sums = {"sent": Count("pk"), "refused": Count("pk", filter=Q(state=RequestState.REFUSED))}
    sent: Any = asked.order_by().values(month=TruncMonth("sent_at", tzinfo=DENVER)).annotate(**sums)
    for row in sent:
        by_month[row["month"].date()] |= {name: row[name] for name in sums}
    firsts = [months_after(local_day(start), n) for n in range(MONTHS)]
    return [Month(first, **by_month.get(first, {})) for first in firsts]


def _counted(rows: QuerySet[WindowRequest], name: str, choices: Any) -> list[tuple[str, str, int]]:
    words = dict(choices)
    found = rows.order_by().values(name).annotate(n=Count("pk")).order_by("-n", name)
    return [(row[name], str(words.get(row[name], row[name])), row["n"]) for row in found]


def _quantities(asked: QuerySet[WindowRequest]) -> list[tuple[str, str, int]]:
    """How many of each kind were to be entered through windows that were opened."""
    rows = WindowItem.objects.filter(request__in=asked.filter(state__in=OPENED).values("pk"))
    found = rows.order_by().values("kind").annotate(n=Sum("quantity")).order_by("-n")
    return [(row["kind"], rules.LABELS[row["kind"]], row["n"]) for row in found]


def at_the_limit(user: User, start: datetime) -> list[dict[str, Any]]:
    """Licenses whose window was opened again within days after it might be, the most often first."""
    soon = timedelta(days=rules.AT_THE_LIMIT_DAYS.on(local_day(start)))
    before = Window(Lag("blocked_until"), partition_by=[F("license")], order_by=F("opened_at").asc())
    rows = Opening.objects.visible_to(user).filter(kind=Opening.Kind.AGAIN, opened_at__gte=start)
    quick = rows.annotate(before=before).filter(before__isnull=False, opened_at__lte=F("before") + soon)
    found: dict[str, dict[str, Any]] = {}
    for row in quick.select_related("license__licensee").order_by("-opened_at")[: 10 * MOST_LICENSES]:
        entry = found.setdefault(row.license.number, {"license": row.license, "times": 0, "last_at": row.opened_at})
        entry["times"] += 1
    return sorted(found.values(), key=lambda it: -it["times"])[:MOST_LICENSES]


def narrowed(user: User, facts: Mapping[str, str], at: datetime) -> QuerySet[WindowRequest]:
    """The requests that one figure counts."""
    rows = WindowRequest.objects.visible_to(user).filter(sent_at__gte=since(at))
    exact = {"purpose": facts.get("purpose"), "ground": facts.get("ground")}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if facts.get("what") == WENT_OPEN or facts.get("kind"):
        rows = rows.filter(state__in=OPENED)
    if facts.get("what") == REFUSED or facts.get("ground"):
        rows = rows.filter(state=RequestState.REFUSED)
    if kind := facts.get("kind"):
        rows = rows.filter(pk__in=WindowItem.objects.filter(kind=kind).values("request"))
    return _in_month(rows, facts)


def _in_month(rows: QuerySet[WindowRequest], facts: Mapping[str, str]) -> QuerySet[WindowRequest]:
    """Those of one month: by the day they were opened where openings are counted, else by the day they were sent."""
    first = read_month(facts.get("month", ""))
    if first is None:
        return rows
    ends = (local_hour(first, 0), local_hour(months_after(first, 1), 0))
    name = "file__opening__opened_at" if facts.get("what") == WENT_OPEN else "sent_at"
    return rows.filter(**{f"{name}__gte": ends[0], f"{name}__lt": ends[1]})


def read_month(text: str) -> date | None:
    """The first day of a month written as 2026-11; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
