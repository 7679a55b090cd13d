"""Clocks: started and ended by the door, looked at by the sweep, moved only by a person and only later."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.db.models import Min, OuterRef, Subquery

from accounts.models import User
from casefile import notices
from casefile.calendar import Calendar, Counted, Lead, Term, end_of, local_day, next_business_morning
from casefile.calendar.leads import BusinessDaysBefore
from casefile.letters import Letter
from casefile.models import Case, CaseFile, Deadline, Holiday

CLOCKS: dict[str, "Clock"] = {}
SET_BY_HAND = "set_by_hand(1)"


@dataclass(frozen=True)
class Clock:
    """A period that the law or the office measures, declared once."""

    key: str
    label: str
    term: Callable[[date], Term]  # the term in force on the day the clock starts
    cites: str
    event: str = "You got the notice"
    act: str = "send your answer"
    since: str = ""  # the case's attribute with the instant it runs from; empty: the instant of the step
    not_before: str = ""  # the case's attribute with an instant before which it never ends
    until: str = ""  # the case's attribute with the last day, where the record may have another than the count
    restarts: bool = True  # started again while it runs, it is counted again; else it runs on
    owner: str = "licensee"  # whose time is running: "licensee" or "division"
    warns: Sequence[Lead] = ()
    reminder: Letter | None = None
    overdue: Letter | None = None
    fixed: bool = False  # counted once: a change of the table of holidays does not move it
    moved: Letter | None = None  # written when a change of the table of holidays moves it

    def __post_init__(self) -> None:
        CLOCKS[self.key] = self

    @property
    def counts_business_days(self) -> bool:
        """Whether people are told how many business days are left, or how many days."""
        return any(isinstance(lead, BusinessDaysBefore) for lead in self.warns)

    def leads(self, row: Deadline, calendar: Calendar) -> list[tuple[datetime, Lead]]:
        """When each reminder wants to go, the first first."""
        leads = self.warns if self.reminder else ()
        return sorted(((lead(row.due_at, calendar), lead) for lead in leads), key=itemgetter(0))

    def next_after(self, row: Deadline, at: datetime, calendar: Calendar) -> datetime | None:
        """The next instant after `at` at which `row` wants to be looked at; None when nothing is left to say.

        A row that is overdue from its first minute, as when a receipt is recorded late, is looked at at once.
        """
        looks = [look for look, _ in self.leads(row, calendar) if look > at]
        if self.overdue and row.told_at is None:
            looks.append(max(next_business_morning(row.due_at, calendar), at))
        return min(looks, default=None)


def count(clock: Clock, since: datetime) -> Counted:
    """When `clock`, started at `since`, is due, with today's table of holidays."""
    return clock.term(local_day(since))(since, Holiday.objects.calendar())


def start(clock: Clock, case: Case, *, at: datetime, follows: Deadline | None = None) -> Deadline:
    """Start `clock` on `case`; the row says when it is due and how that was counted.

    A running row of the same clock is ended as counted again, unless it was counted from the same instant.
    """
    since = getattr(case, clock.since) if clock.since else at
    running = case.file.deadlines.running().filter(clock=clock.key).first()
    if running is not None and (running.started_at == since or not clock.restarts):
        return running
    if running is not None:
        end(running, at=at, how=Deadline.End.SUPERSEDED)
    counted = _counted_for(clock, case, since, Holiday.objects.calendar())
    return _open(clock, case.file, counted, at=at, since=since, follows=running or follows)


def start_all(clock: Clock, cases: Sequence[Case], *, at: datetime) -> None:
    """Start `clock` on many new cases, none of which has run it, in a few statements."""
    calendar, rows = Holiday.objects.calendar(), []
    for case in cases:
        since = getattr(case, clock.since) if clock.since else at
        rows.append(_row(clock, case.file, _counted_for(clock, case, since, calendar), since=since))
        rows[-1].next_at = clock.next_after(rows[-1], at, calendar)
    Deadline.objects.bulk_create(rows)
    due = Deadline.objects.running().filter(file=OuterRef("pk")).order_by("due_at").values("due_at")[:1]
    CaseFile.objects.filter(pk__in=[case.file_id for case in cases]).update(due_at=Subquery(due))


def _counted_for(clock: Clock, case: Case, since: datetime, calendar: Calendar) -> Counted:
    """The count from `since`, unless the case knows a later instant, or the record another last day."""
    counted = clock.term(local_day(since))(since, calendar)
    floor = getattr(case, clock.not_before) if clock.not_before else None
    if floor is not None and floor > counted.due_at:
        return replace(counted, due_at=floor, due_on=local_day(floor), rule=SET_BY_HAND)
    if clock.until and (last := getattr(case, clock.until)) != counted.due_on:
        return replace(counted, due_at=end_of(last), due_on=last, rule=SET_BY_HAND)
    return counted


def set_due(clock: Clock, case: Case, *, due_on: date, at: datetime, by: User, reason: str) -> Deadline:
    """Let `clock` end with the day `due_on`, as a person decided; the date before it stays on record."""
    last = case.file.deadlines.filter(clock=clock.key).order_by("-pk").first()
    if last is not None and last.is_running:
        end(last, at=at, how=Deadline.End.EXTENDED)
    since = last.started_at if last else at
    version = Holiday.objects.calendar().version
    counted = Counted(end_of(due_on), SET_BY_HAND, local_day(since), version, due_on=due_on)
    return _open(clock, case.file, counted, at=at, since=since, follows=last, by=by, reason=reason)


def stop(clock: Clock, case: Case, *, at: datetime) -> None:
    """The licensee, or the office, did what `clock` waits for at the instant `at`; late is said, not refused."""
    for row in case.file.deadlines.running().filter(clock=clock.key):
        end(row, at=at, how=Deadline.End.LATE if row.is_past(at) else Deadline.End.MET)


def cancel(clock: Clock, case: Case, *, at: datetime) -> None:
    """What `clock` waits for is no longer asked."""
    for row in case.file.deadlines.running().filter(clock=clock.key):
        end(row, at=at, how=Deadline.End.CANCELLED)


def end(row: Deadline, *, at: datetime, how: str) -> None:
    """Close one running row."""
    row.ended_at, row.end, row.next_at = at, how, None
    row.save(update_fields=["ended_at", "end", "next_at"])
    refresh_due(row.file)


def refresh_due(file: CaseFile) -> None:
    """Keep on the folder when its earliest running deadline ends, by which lists are sorted."""
    file.due_at = file.deadlines.running().aggregate(due=Min("due_at"))["due"]
    CaseFile.objects.filter(pk=file.pk).update(due_at=file.due_at)


def _row(clock: Clock, file: CaseFile, counted: Counted, *, since: datetime, **facts: Any) -> Deadline:
    return Deadline(
        file=file, clock=clock.key, started_at=since, due_at=counted.due_at, due_on=counted.due_on,
        counted=counted.to_json(), **facts,
    )  # fmt: skip


def _open(clock: Clock, file: CaseFile, counted: Counted, *, at: datetime, since: datetime, **facts: Any) -> Deadline:
    row = _row(clock, file, counted, since=since, **facts)
    row.next_at = clock.next_after(row, at, Holiday.objects.calendar())
    row.save()
    refresh_due(file)
    return row


def recount(row: Deadline, counted: Counted, *, at: datetime, by: User, reason: str) -> Deadline:
    """Let a running row end as it is counted anew; the date before it stays on record."""
    end(row, at=at, how=Deadline.End.SUPERSEDED)
    clock = CLOCKS[row.clock]
    return _open(clock, row.file, counted, at=at, since=row.started_at, follows=row, by=by, reason=reason)


def look_again(before: Calendar, after: Calendar) -> None:
    """The table of holidays has changed: let every running row be looked at when its reminders now want to go."""
    for row in Deadline.objects.running().exclude(next_at=None):
        assert row.next_at is not None
        clock = CLOCKS[row.clock]
        were = {str(lead): look for look, lead in clock.leads(row, before)}
        looks = [look for look, lead in clock.leads(row, after) if were[str(lead)] >= row.next_at]
        if clock.overdue and row.told_at is None:
            looks.append(next_business_morning(row.due_at, after))
        if (look := min(looks, default=None)) != row.next_at:
            Deadline.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=look)


def left(row: Deadline, at: datetime) -> str:
    """How long is left to the last day: "2 business days left", "10 days left", "Last day"."""
    today, due_on = local_day(at), row.due_on or local_day(row.due_at)
    days = [today + timedelta(days=n) for n in range(1, (due_on - today).days + 1)]
    unit = "day"
    if CLOCKS[row.clock].counts_business_days:
        calendar, unit = Holiday.objects.calendar(), "business day"
        days = [day for day in days if calendar.is_business_day(day)]
    return f"{len(days)} {unit}{'s' if len(days) > 1 else ''} left" if days else "Last day"


# What the sweep does with a row that is awake


@transaction.atomic
def wake(deadline_id: int, *, at: datetime) -> None:
    """Tell what time asks to be told of one deadline, once; safe to run twice, late, or at once with itself."""
    row = Deadline.objects.awake(at).select_for_update(skip_locked=True, of=("self",)).filter(pk=deadline_id).first()
    if row is None:
        return
    clock, calendar = CLOCKS[row.clock], Holiday.objects.calendar()
    asked_since = row.next_at or at
    reached = [lead for look, lead in clock.leads(row, calendar) if asked_since <= look <= at]
    if row.is_past(at):
        _skip(row, clock, reached, at=at)
        _tell_overdue(row, clock, calendar, at=at)
    elif reached:
        _skip(row, clock, reached[:-1], at=at)
        assert clock.reminder is not None
        notices.queue(clock.reminder, row.file.case, once=f"deadline:{row.pk}:{reached[-1]}", at=at, deadline=row)
    row.next_at = clock.next_after(row, at, calendar)
    row.save(update_fields=["next_at", "told_at"])


def _skip(row: Deadline, clock: Clock, leads: Sequence[Lead], *, at: datetime) -> None:
    """Journal the reminders that a sleeping sweep has made pointless."""
    for lead in leads:
        _journal(
            row, "skip_reminder", f"Reminder skipped: {clock.label.lower()}", at=at,
            reason="Its time had passed when the clockwork woke.", facts={"deadline": row.pk, "lead": str(lead)},
        )  # fmt: skip


def _tell_overdue(row: Deadline, clock: Clock, calendar: Calendar, *, at: datetime) -> None:
    """Write the overdue letter on the next business morning; the mark on the pages does not wait for it."""
    if clock.overdue is None or row.told_at or at < next_business_morning(row.due_at, calendar):
        return
    row.told_at = at
    _journal(
        row, "tell_overdue", f"Overdue: {clock.label.lower()}", at=at,
        facts={"deadline": row.pk, "due_at": row.due_at},
    )  # fmt: skip
    notices.queue(clock.overdue, row.file.case, once=f"deadline:{row.pk}:overdue", at=at, deadline=row)


def _journal(row: Deadline, step: str, title: str, *, at: datetime, **words: Any) -> None:
    row.file.events.create(step=step, title=title, by=User.objects.clockwork(), at=at, **words)
