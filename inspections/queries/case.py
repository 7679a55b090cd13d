"""All that the page of one case shows, in a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, prefetch_related_objects

from casefile.calendar import Counted, local_day, short_day
from casefile.deadlines import CLOCKS, Clock
from casefile.models import Deadline, Event, Holiday
from inspections.models import Evidence, Inspection, Violation
from inspections.queries.due import Due, business_days_between, due_in_words
from inspections.queries.standing import Standing, came_back, count_parts
from inspections.stages import State

DAY_NAMES = "SMTWTFS"
MOST_WEEKS = 5  # a longer count is said in words only


@dataclass(frozen=True)
class Term:
    """One deadline of a case, with what became of it and how it was counted."""

    clock: Clock
    row: Deadline
    due: Due
    note: str = ""
    days: list[dict[str, str]] = field(default_factory=list)

    @property
    def due_word(self) -> str:
        return "Due" if self.row.is_running else "Was due"

    @property
    def how(self) -> str:
        return self.row.how_counted.sentence(self.clock.event, self.clock.act)


def load(case: Inspection) -> Inspection:
    """Fetch the violations with their rounds and files, the contacts and the clocks, each in one query."""
    files = Evidence.objects.select_related("document")
    violations = Violation.objects.select_related("entry").prefetch_related(
        "plans", "proofs", Prefetch("evidence", queryset=files)
    )
    clocks = Deadline.objects.select_related("by")
    prefetch_related_objects(
        [case], Prefetch("violations", queryset=violations), Prefetch("file__deadlines", queryset=clocks),
        "premises__license__licensee__contacts",
    )  # fmt: skip
    return case


def kin_of(case: Inspection) -> list[Inspection]:
    """The case that this visit follows up, or the visits that follow this case up."""
    if case.follows_id is None and case.state != State.CORRECTIONS_IN_REVIEW:
        return []
    return list(
        Inspection.objects.filter(Q(pk=case.follows_id) | Q(follows=case)).select_related("file").order_by("pk")
    )


def standing_loaded(case: Inspection, at: datetime) -> Standing:
    """Where a case stands that `load` has fetched."""
    running = [row for row in case.file.deadlines.all() if row.is_running]
    facts = (
        (it.verified_at, it.plan.decision if it.plan else None, it.proof.decision if it.proof else None)
        for it in case.rounds()
    )
    return Standing(
        case, at, min(running, key=lambda row: (row.due_at, row.pk), default=None), count_parts(facts), came_back(case),
        Holiday.objects.calendar(),
    )  # fmt: skip


def terms(standing: Standing) -> list[Term]:
    """The deadlines of a loaded case, the running ones first; each clock once, as it stands now."""
    rows = {row.clock: row for row in sorted(standing.case.file.deadlines.all(), key=lambda row: row.pk)}
    shown = [row for row in rows.values() if row.is_running or _is_told(row)]
    before = {row.pk: row for row in standing.case.file.deadlines.all()}
    return [_term(row, before, standing) for row in sorted(shown, key=lambda row: (not row.is_running, row.due_at))]


def _is_told(row: Deadline) -> bool:
    """A clock of the licensee that has ended is shown with how it ended; our own goals are shown while they run."""
    ended = row.end not in (Deadline.End.CANCELLED, Deadline.End.SUPERSEDED)
    return ended and CLOCKS[row.clock].owner == "licensee"


def _term(row: Deadline, before: dict[int, Deadline], standing: Standing) -> Term:
    due = due_in_words(row, at=standing.at, calendar=standing.calendar) if row.is_running else _ended(row, standing)
    old = before.get(row.follows_id or 0)
    return Term(CLOCKS[row.clock], row, due, _moved(row, old), days_counted(row.how_counted))


def _ended(row: Deadline, standing: Standing) -> Due:
    """Met early, on the day, or late."""
    assert row.ended_at is not None
    due_on, met_on = local_day(row.due_at), local_day(row.ended_at)
    if row.end == Deadline.End.LATE:
        days = business_days_between(due_on, met_on, standing.calendar)
        return Due("over", f"Met {_days(days)} late" if days else "Met late", f"Done {short_day(met_on)}.")
    days = business_days_between(met_on, due_on, standing.calendar)
    return Due("met", f"Met, {_days(days)} early" if days else "Met", f"Done {short_day(met_on)}.")


def _moved(row: Deadline, old: Deadline | None) -> str:
    """For a date that a person moved: the old date, who moved it and why."""
    if old is None or old.end != Deadline.End.EXTENDED:
        return ""
    who = f" by {row.by.name}" if row.by else ""
    return f"It was {short_day(local_day(old.due_at))}; extended{who}: {row.reason}"


def days_counted(counted: Counted) -> list[dict[str, str]]:
    """A small calendar from the week of the event to the week of the last day; empty where days were not counted."""
    if not counted.rule.startswith(("business_days", "days")) or counted.due_on is None:
        return []
    first = counted.start_on - timedelta(days=(counted.start_on.weekday() + 1) % 7)
    weeks = (counted.due_on - first).days // 7 + 1
    if weeks > MOST_WEEKS:
        return []
    off = {day for day, _ in (*counted.skipped, *counted.rolled)}
    days = [first + timedelta(days=n) for n in range(weeks * 7)]
    heads = [{"text": name, "mark": "head"} for name in DAY_NAMES]
    return heads + [{"text": str(day.day), "mark": _mark(day, counted, off)} for day in days]


def _mark(day: date, counted: Counted, off: set[date]) -> str:
    if day == counted.start_on:
        return "start"
    if day == counted.due_on:
        return "end"
    if day in off or day.weekday() >= 5:
        return "off"
    return "count" if counted.due_on and counted.start_on < day < counted.due_on else ""


def events_of(case: Inspection, *, shown: int) -> list[Event]:
    """The latest lines of the journal."""
    return list(case.file.events.select_related("by")[:shown])


def _days(n: int) -> str:
    return f"{n} business day{'s' * (n != 1)}"
