"""What planning a month again leaves as it is: done, wanted so by a person, skipped, or driven today."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from casefile.calendar import local_day
from schedules.models import Plan, PlannedVisit, VisitChange
from schedules.queries.done import begun_in

REMOVED = "removed"


@dataclass
class Kept:
    """Rows of the base that stay, and premises that a person has taken out."""

    rows: list[PlannedVisit] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)

    def premises(self) -> set[int]:
        """What need not be planned again."""
        return {row.premises_id for row in self.rows} | self.removed


def kept_of(plan: Plan) -> Kept:
    """What `plan` keeps of its base, in four queries; nothing without a base."""
    if plan.base_id is None:
        return Kept()
    rows = list(PlannedVisit.objects.filter(plan=plan.base_id).with_place().order_by("day", "officer", "position"))
    done, today = begun_in(plan.month, rows), local_day(plan.made_at)
    stays = [row for row in rows if _stays(row, row.premises_id in done, today=today, anew_from=plan.starts_on)]
    return Kept(stays, removed_by_hand(plan.month, plan.base_id) - {row.premises_id for row in stays})


def _stays(row: PlannedVisit, is_done: bool, *, today: date, anew_from: date) -> bool:
    if is_done or row.skipped_at is not None:
        return True
    return row.day >= today and (row.fixed or row.day < anew_from)


def removed_by_hand(month: date, plan: int) -> set[int]:
    """The premises that a person took out of a plan or out of those that it was made from."""
    bases = dict(Plan.objects.filter(month=month).values_list("pk", "base"))
    line = list(_line(plan, bases))
    last = dict(VisitChange.objects.filter(plan__in=line).order_by("pk").values_list("premises", "what"))
    return {premises for premises, what in last.items() if what == REMOVED}


def _line(plan: int | None, bases: dict[int, int | None]) -> Iterable[int]:
    while plan is not None:
        yield plan
        plan = bases.get(plan)
