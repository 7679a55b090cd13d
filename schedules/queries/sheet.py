"""All that an officer wants to know before a visit, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casefile.calendar import local_day
from casefile.deadlines import CLOCKS
from casefile.models import Deadline, Holiday
from inspections.models import Inspection, PlantCount, Violation
from inspections.queries.due import Due, due_in_words
from inspections.stages import ACTIVE, State
from licensing.models import Premises

MOST = 8


@dataclass(frozen=True)
class OpenCase:
    """A case that is open at the premises, with what runs in it."""

    case: Inspection
    clocks: list[tuple[str, Due]]
    violations: list[Violation]


@dataclass(frozen=True)
class Sheet:
    """What is known of a premises on the day of a visit."""

    open_cases: list[OpenCase]
    visits: list[Inspection]
    plants: list[PlantCount]
    counted_on: date | None


def sheet_of(premises: Premises, at: datetime) -> Sheet:
    """Open cases with their clocks and violations, the last visits, and the plants that were last counted there."""
    cases = list(
        Inspection.objects.filter(premises=premises).exclude(state=State.CANCELLED)
        .select_related("file", "officer").order_by("-visit_began_at", "-pk")[: 2 * MOST]
    )  # fmt: skip
    plants = _plants(premises)
    return Sheet(
        open_cases=_open([case for case in cases if case.state in ACTIVE], at),
        visits=[case for case in cases if case.visit_began_at is not None][:MOST],
        plants=plants,
        counted_on=local_day(plants[0].inspection.visit_began_at) if plants else None,  # type: ignore[arg-type]
    )


def _plants(premises: Premises) -> list[PlantCount]:
    """The counts of the last visit at which plants were counted."""
    rows = PlantCount.objects.filter(inspection__premises=premises).exclude(inspection__visit_began_at=None)
    found = list(rows.select_related("inspection").order_by("-inspection__visit_began_at", "pk")[: 2 * MOST])
    return [row for row in found if row.inspection_id == found[0].inspection_id]


def _open(cases: Sequence[Inspection], at: datetime) -> list[OpenCase]:
    if not cases:
        return []
    calendar = Holiday.objects.calendar()
    clocks: dict[int, list[tuple[str, Due]]] = {}
    for row in Deadline.objects.running().filter(file__in=[case.file_id for case in cases]):
        words = due_in_words(row, at=at, calendar=calendar)
        clocks.setdefault(row.file_id, []).append((CLOCKS[row.clock].label, words))
    found: dict[int, list[Violation]] = {}
    open_now = Violation.objects.filter(inspection__in=cases, verified_at=None).select_related("entry")
    for violation in open_now.order_by("number"):
        found.setdefault(violation.inspection_id, []).append(violation)
    return [OpenCase(case, clocks.get(case.file_id, []), found.get(case.pk, [])) for case in cases]
