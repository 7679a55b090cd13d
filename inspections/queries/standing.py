"""Where a case stands, with all that a list says of it: how far its violations are, what is due, what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, Subquery

from casefile.calendar import Calendar
from casefile.models import Deadline, Delivery, Holiday
from inspections import letters
from inspections.models import Decision, Inspection, PlanItem, Proof, Violation
from inspections.queries.due import Due, due_of
from inspections.queries.steps import Step, next_step

NOLVS = (letters.NOLV.key, letters.NOLV_WITHOUT_CAP.key)


@dataclass(frozen=True)
class Parts:
    """How far the violations of a case are."""

    found: int = 0
    fixed: int = 0
    plans: int = 0  # parts of the plan that wait for the division
    proofs: int = 0  # proofs that wait for the division
    to_see: int = 0  # those of them that must be seen at the premises

    @property
    def ready(self) -> bool:
        """Every violation is fixed."""
        return 0 < self.found == self.fixed

    def __str__(self) -> str:
        if self.plans:
            return f"{self.plans} plan{'s' * (self.plans > 1)} to review"
        return f"{self.fixed} of {self.found} fixed" if self.found else ""


@dataclass(frozen=True)
class Standing:
    """A case at an instant."""

    case: Inspection
    at: datetime
    deadline: Deadline | None = None  # the running one that ends first
    parts: Parts = field(default_factory=Parts)
    came_back: bool = False  # the notice reached nobody
    calendar: Calendar = field(default_factory=lambda: Calendar({}))

    @property
    def step(self) -> Step:
        return next_step(self)

    @property
    def due(self) -> Due | None:
        return due_of(self.deadline, self.case, at=self.at, calendar=self.calendar)

    @property
    def progress(self) -> str:
        """How far the violations are, in words; before the notice nobody can have fixed any."""
        if self.case.nolv_served_at is None:
            return f"{self.parts.found} found" if self.parts.found else ""
        return str(self.parts)

    @property
    def is_late(self) -> bool:
        return self.deadline is not None and self.deadline.is_past(self.at)


def standing(case: Inspection, at: datetime) -> Standing:
    """Where one case stands."""
    return standings([case], at)[0]


def standings(cases: Sequence[Inspection], at: datetime) -> list[Standing]:
    """Where each of these cases stands, in at most four queries however many they are."""
    running = Deadline.objects.running().filter(file__in=[case.file_id for case in cases])
    first = {row.file_id: row for row in running.order_by("-due_at", "-pk")}
    parts, returned, calendar = _parts(cases), _came_back(cases), Holiday.objects.calendar()
    return [
        Standing(
            case, at, first.get(case.file_id), parts.get(case.pk, Parts()), case.file_id in returned, calendar
        )
        for case in cases
    ]  # fmt: skip


def came_back(case: Inspection) -> bool:
    """The notice of this case bounced while nobody is known to have it."""
    return bool(_came_back([case]))


def count_parts(facts: Iterable[tuple]) -> Parts:
    """Each violation as (verified at, decision on its plan, decision on its proof); None where none was sent."""
    rows = list(facts)
    proofs = [proof for _, _, proof in rows]
    return Parts(
        found=len(rows),
        fixed=sum(verified_at is not None for verified_at, _, _ in rows),
        plans=sum(plan == Decision.WAITS for _, plan, _ in rows),
        proofs=sum(proof in (Decision.WAITS, Decision.REINSPECT) for proof in proofs),
        to_see=proofs.count(Decision.REINSPECT),
    )


def _parts(cases: Sequence[Inspection]) -> dict[int, Parts]:
    rows = Violation.objects.filter(inspection__in=[case.pk for case in cases]).values_list(
        "inspection", "verified_at", _last(PlanItem), _last(Proof)
    )
    by_case: dict[int, list[tuple]] = {}
    for case, *facts in rows:
        by_case.setdefault(case, []).append(tuple(facts))
    return {case: count_parts(facts) for case, facts in by_case.items()}


def _last(rounds: type[PlanItem] | type[Proof]) -> Subquery:
    """What the division said of the last round that still counts."""
    mine = rounds._default_manager.filter(violation=OuterRef("pk"), set_aside=False)
    return Subquery(mine.order_by("-round").values("decision")[:1])


def _came_back(cases: Sequence[Inspection]) -> set[int]:
    """The folders whose notice bounced while nobody is known to have it."""
    served = {case.file_id: case.nolv_served_at for case in cases if case.nolv_served_at and case.received_at is None}
    if not served:
        return set()
    rows = Delivery.objects.filter(
        state=Delivery.State.BOUNCED, notice__file__in=served, notice__letter__in=NOLVS
    ).values_list("notice__file", "notice__queued_at")
    return {file for file, queued_at in rows if queued_at >= served[file]}
