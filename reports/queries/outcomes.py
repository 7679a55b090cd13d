"""What came of the cases of some months: how long, how often in time, how often again, how even between officers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from inspections.models import Violation
from inspections.queries.lists import Desk, narrowed
from inspections.stages import State
from inventory_windows.queries.figures import Median
from reports.queries.cases import PENALTIES, Span, closed_out, findings, plan_late, plan_on_time, repeats

FEW = 5  # ended cases below which one officer is not compared with another
MOST_RULES, COMPARED = 10, 5


@dataclass(frozen=True)
class Outcomes:
    """The main numbers."""

    closed_out: int
    median: timedelta | None
    on_time: int
    late: int
    notices: int
    repeats: int

    @property
    def on_time_percent(self) -> int | None:
        """Of the plans that were due; None where none was."""
        return share(self.on_time, self.on_time + self.late)

    @property
    def repeat_percent(self) -> int | None:
        return share(self.repeats, self.notices)


def share(part: int, whole: int) -> int | None:
    """How many of a hundred; None of nothing."""
    return round(100 * part / whole) if whole else None


@dataclass(frozen=True)
class Broken:
    """A rule with a severity, and how many cases broke it."""

    code: str
    severity: str
    title: str
    cases: int


@dataclass(frozen=True)
class Officer:
    """What came of the cases of one officer with the same facts."""

    name: str
    email: str
    ended: int
    disciplined: int
    median: timedelta | None

    @property
    def is_few(self) -> bool:
        """Too few to compare."""
        return self.ended < FEW

    @property
    def percent(self) -> int | None:
        return share(self.disciplined, self.ended)


@dataclass(frozen=True)
class Spread:
    """The officers who had cases with the same rule and the same severity."""

    broken: Broken
    officers: list[Officer] = field(default_factory=list)

    @property
    def compared(self) -> list[Officer]:
        return [it for it in self.officers if not it.is_few]

    @property
    def points(self) -> int | None:
        """From the lowest to the highest share, in points of a hundred; None with fewer than two to compare."""
        found = [it.percent for it in self.compared if it.percent is not None]
        return max(found) - min(found) if len(found) > 1 else None


def outcomes(desk: Desk, span: Span, facts: Mapping[str, str]) -> Outcomes:
    """The main numbers of a span, in four queries; those that ask other tables of each case are asked one by one."""
    rows = narrowed(desk.cases(), facts).order_by()
    sums: dict[str, Any] = rows.filter(Q(closed_at__gte=span.since) | Q(closed_at=None)).aggregate(
        closed_out=Count("pk", filter=closed_out(span)),
        median=Median(F("closed_at") - F("nolv_served_at"), filter=closed_out(span)),
        notices=Count("pk", filter=findings(span)),
    )
    return Outcomes(
        on_time=rows.filter(plan_on_time(span)).count(), late=rows.filter(plan_late(span)).count(),
        repeats=rows.filter(repeats(span)).count(), **sums,
    )  # fmt: skip


def _once(desk: Desk, span: Span, facts: Mapping[str, str]) -> QuerySet[Violation]:
    """The violations of notices of a span, each rule and severity once for each case."""
    cases = narrowed(desk.cases(), facts).filter(findings(span)).order_by().values("pk")
    same = Violation.objects.filter(
        inspection=OuterRef("inspection"), entry__code=OuterRef("entry__code"), severity=OuterRef("severity"),
        number__lt=OuterRef("number"),
    )  # fmt: skip
    return Violation.objects.filter(~Exists(same), inspection__in=cases).order_by()


def most_broken(desk: Desk, span: Span, facts: Mapping[str, str]) -> list[Broken]:
    """The rules, with their severity, that most cases broke."""
    rows: Any = _once(desk, span, facts).values("entry__code", "severity")
    counted = rows.annotate(n=Count("pk"), said=Max("entry__title")).order_by("-n", "entry__code", "severity")
    return [Broken(it["entry__code"], it["severity"], it["said"], it["n"]) for it in counted[:MOST_RULES]]


def spreads(desk: Desk, span: Span, facts: Mapping[str, str], rules: Iterable[Broken]) -> list[Spread]:
    """For each of these rules, what came of it with each officer; one query."""
    wanted = list(rules)[:COMPARED]
    if not wanted:
        return []
    which = Q()
    for it in wanted:
        which |= Q(entry__code=it.code, severity=it.severity)
    over = Q(inspection__state__in=[State.CLOSED, State.DISCIPLINE])
    hard = Q(inspection__state=State.DISCIPLINE) | Q(inspection__outcome__in=PENALTIES)
    rows: Any = _once(desk, span, facts).filter(which, over).values(
        "entry__code", "severity", "inspection__officer__name", "inspection__officer__email"
    )  # fmt: skip
    spent = F("inspection__closed_at") - F("inspection__nolv_served_at")
    counted = rows.annotate(n=Count("pk"), hard=Count("pk", filter=hard), median=Median(spent))
    found: dict[tuple[str, str], list[Officer]] = defaultdict(list)
    for row in counted.order_by("inspection__officer__name", "inspection__officer__email"):
        who = (row["inspection__officer__name"], row["inspection__officer__email"])
        found[row["entry__code"], row["severity"]].append(Officer(*who, row["n"], row["hard"], row["median"]))
    return [Spread(it, found[it.code, it.severity]) for it in wanted]


def days(span: timedelta | None) -> str:
    """ "24 days"; a dash where there is nothing to tell."""
    if span is None:
        return "–"
    n = round(span / timedelta(days=1))
    return f"{n} day{'s' * (n != 1)}"
