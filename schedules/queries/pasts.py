"""What is known of every premises that bears on its risk: violations, repeats, late answers, plants over the limit."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, F

from casefile.calendar import local_day
from casefile.models import Deadline
from inspections.models import Inspection, PlantCount, Violation
from inspections.stages import LICENSEE_CLOCKS, State
from licensing.queries.plants import denver_day, with_authorized
from licensing.rules import GrowthStage, over_limit
from schedules.rules.risk import Past

BACK = timedelta(days=730)  # as far as a violation counts


@dataclass
class Visits:
    """When each premises was last seen, and which officers have been at each licensee, the latest first."""

    last_on: dict[int, date] = field(default_factory=dict)
    officers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Records:
    """The counted facts by premises."""

    violations: Mapping[int, Mapping[str, int]]
    repeats: Mapping[int, int]
    overdue: Mapping[int, int]
    over_limit: Mapping[int, int]

    def past(self, premises: int, days_since: int | None) -> Past:
        """What the rule of risk asks of one premises."""
        return Past(
            violations=self.violations.get(premises, {}), repeats=self.repeats.get(premises, 0),
            overdue=self.overdue.get(premises, 0), over_limit=self.over_limit.get(premises, 0), days_since=days_since,
        )  # fmt: skip


def visits(before: datetime) -> Visits:
    """Every visit that began before an instant, in one query."""
    rows, found = Inspection.objects.filter(visit_began_at__lt=before), Visits()
    seen = rows.order_by("-visit_began_at", "-pk").values_list(
        "premises", "premises__license__licensee", "officer", "visit_began_at"
    )
    for premises, licensee, officer, began_at in seen:
        if began_at is not None:
            found.last_on.setdefault(premises, local_day(began_at))
        found.officers[licensee].append(officer)
    return found


def records(at: datetime) -> Records:
    """The facts of every premises as they stand at an instant, in three queries."""
    violations, repeats = _violations(at)
    return Records(violations, repeats, _overdue(at), _over_limit(at))


def _violations(at: datetime) -> tuple[Mapping[int, Counter[str]], Counter[int]]:
    """By severity, and how many were found again: the same rule at another visit."""
    rows = Violation.objects.filter(inspection__visit_began_at__range=(at - BACK, at))
    rows = rows.exclude(inspection__state=State.CANCELLED).exclude(inspection__outcome=Inspection.Outcome.DISMISSED)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    visits_with: dict[tuple[int, str], set[int]] = defaultdict(set)
    for premises, code, severity, inspection in rows.order_by().values_list(
        "inspection__premises", "entry__code", "severity", "inspection"
    ):
        found[premises][severity] += 1
        visits_with[premises, code].add(inspection)
    repeats: Counter[int] = Counter()
    for (premises, _), seen in visits_with.items():
        repeats[premises] += len(seen) - 1
    return found, repeats


def _overdue(at: datetime) -> dict[int, int]:
    """How many answers of the licensee are late at each premises."""
    late = Deadline.objects.overdue(at).filter(clock__in=[clock.key for clock in LICENSEE_CLOCKS])
    rows = late.order_by().values(premises=F("file__inspection__premises")).annotate(many=Count("pk"))
    return {row["premises"]: row["many"] for row in rows}


def _over_limit(at: datetime) -> dict[int, int]:
    """How many mature plants were above the limit at the last count of each premises."""
    counts = PlantCount.objects.filter(
        inspection__visit_began_at__range=(at - BACK, at), stage=GrowthStage.FLOWERING_FEMALE
    ).exclude(inspection__state=State.CANCELLED)
    day = denver_day("inspection__visit_began_at")
    rows = with_authorized(counts, license="inspection__premises__license", on=day).order_by("counted_on", "pk")
    last = {
        premises: over_limit(count, authorized) if authorized is not None else 0
        for premises, count, authorized in rows.values_list("inspection__premises", "count", "authorized")
    }
    return {premises: over for premises, over in last.items() if over}
