"""A change of the table of holidays: which running deadlines it would move, and the moving, which a person decides."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.permissions import allows
from casefile import deadlines, notices
from casefile.actions import Refused, journal, locked
from casefile.calendar import Calendar, Counted, HolidayRow, local_day, long_day, term_of
from casefile.models import Case, CaseFile, Deadline, Holiday

DECEMBER = 12


@dataclass(frozen=True)
class Shift:
    """A running deadline and how it is counted with the table as changed."""

    row: Deadline
    counted: Counted

    @property
    def label(self) -> str:
        """What the clock measures."""
        return deadlines.CLOCKS[self.row.clock].label

    @property
    def old_due(self) -> date:
        return self.row.due_on or local_day(self.row.due_at)

    @property
    def new_due(self) -> date:
        return self.counted.due_on or local_day(self.counted.due_at)

    @property
    def is_earlier(self) -> bool:
        """The licensee would lose time, so a person confirms it for this row or it stays as it is."""
        return self.counted.due_at < self.row.due_at


def affected_by(before: Calendar, after: Calendar) -> list[Shift]:
    """The running deadlines that `after` would move, soonest first; none that a person set or that is fixed."""
    shifts = []
    for row in Deadline.objects.running().select_related(*_cases()):
        if row.how_counted.rule == deadlines.SET_BY_HAND or deadlines.CLOCKS[row.clock].fixed:
            continue
        term = term_of(row.how_counted.rule)
        counted = term(row.started_at, after)
        if counted.due_at not in (row.due_at, term(row.started_at, before).due_at):
            shifts.append(Shift(row, counted))
    return shifts


def _cases() -> list[str]:
    """The case of whatever kind that hangs on a folder, so that naming it asks no query for each row."""
    relations = [it for it in CaseFile._meta.related_objects if it.one_to_one]
    return [f"file__{it.get_accessor_name()}" for it in relations if issubclass(it.related_model, Case)]


@transaction.atomic
def move(
    shifts: Iterable[Shift], *, by: User, at: datetime, reason: str, confirmed: Collection[int] = ()
) -> list[Deadline]:
    """Move deadlines, each with a line in the journal and a letter; an earlier one only when its row is `confirmed`.

    A row that has ended or moved since `affected_by` saw it stays as it is. Returns the rows that now run.
    """
    return [
        moved
        for shift in shifts
        if (not shift.is_earlier or shift.row.pk in confirmed)
        and (moved := _move(shift, by=by, at=at, reason=reason)) is not None
    ]


def _move(shift: Shift, *, by: User, at: datetime, reason: str) -> Deadline | None:
    case = locked(shift.row.file.case)
    row = Deadline.objects.running().select_for_update().filter(pk=shift.row.pk, due_at=shift.row.due_at).first()
    if row is None:
        return None
    row.file = case.file
    moved = deadlines.recount(row, shift.counted, at=at, by=by, reason=reason)
    facts = {"clock": row.clock, "was": shift.old_due, "due_on": shift.new_due}
    title = f"New date: {shift.label.lower()}"
    journal(case, "move_deadline", title, by=by, at=at, reason=reason, facts=facts, shown=True)
    if letter := deadlines.CLOCKS[row.clock].moved:
        notices.queue(letter, case, once=f"deadline:{moved.pk}:moved", at=at, deadline=moved)
    return moved


@transaction.atomic
def change(
    *, by: User, at: datetime, add: Sequence[HolidayRow] = (), remove: Collection[date] = (),
    confirmed: Collection[int] = (),
) -> list[Deadline]:  # fmt: skip
    """Change the table and move what it moves. Raises PermissionDenied, and Refused for a day that is already there."""
    if not allows(by, "casefile.change_holidays"):
        raise PermissionDenied(f"{by} may not change the holidays")
    before = Holiday.objects.calendar()
    if taken := [row.date for row in add if row.date in before.holidays]:
        raise Refused([f"{long_day(day)} is already {before.holidays[day]}." for day in taken])
    after = changed(before, add=add, remove=remove)
    Holiday.objects.filter(date__in=remove).delete()
    Holiday.objects.bulk_create(Holiday(**row._asdict()) for row in add)
    deadlines.look_again(before, after)
    return move(affected_by(before, after), by=by, at=at, reason=_reason(before, add, remove), confirmed=confirmed)


def take_in(before: Calendar, *, by: User, at: datetime) -> list[Deadline]:
    """The table has gained years since `before`: move later what they move later, and nothing else."""
    after = Holiday.objects.calendar()
    deadlines.look_again(before, after)
    return move(affected_by(before, after), by=by, at=at, reason="The holidays of another year are on record.")


def describe(row: HolidayRow, *, by: User) -> None:
    """Write the name, the source and who has checked a day that stays on the table; no deadline moves."""
    if not allows(by, "casefile.change_holidays"):
        raise PermissionDenied(f"{by} may not change the holidays")
    Holiday.objects.filter(date=row.date).update(name=row.name, source=row.source, verified_by=row.verified_by)


def missing_year(day: date, calendar: Calendar) -> int | None:
    """The next year, when on `day` it is December and its holidays are not on record."""
    return day.year + 1 if day.month == DECEMBER and not calendar.knows(day.year + 1) else None


def changed(before: Calendar, *, add: Sequence[HolidayRow] = (), remove: Collection[date] = ()) -> Calendar:
    """The calendar as it would be, to show what would move before anything does."""
    kept = {day: name for day, name in before.holidays.items() if day not in remove}
    return Calendar(kept | {row.date: row.name for row in add})


def _reason(before: Calendar, add: Sequence[HolidayRow], remove: Collection[date]) -> str:
    said = [f"{row.name}, {long_day(row.date)}, is now a holiday." for row in add]
    known = [(before.holidays[day], long_day(day)) for day in sorted(remove) if day in before.holidays]
    gone = [f"{name}, {day}, is no longer a holiday." for name, day in known]
    return " ".join(said + gone)
