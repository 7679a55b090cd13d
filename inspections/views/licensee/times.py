"""By when the licensee has to do what, in words that anyone can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casefile.calendar import Calendar, end_of, local_day
from casefile.deadlines import CLOCKS, Clock
from casefile.models import Deadline, Holiday
from inspections import clocks
from inspections.models import Inspection
from inspections.queries.due import business_days_between
from inspections.stages import LICENSEE_CLOCKS, State

SOON = 3  # business days
PLAN = (clocks.CAP_RESEND_DUE, clocks.CAP_DUE)
PROOF = (clocks.PROOF_RESEND_DUE, clocks.CORRECTIONS_DUE)
TITLES = {
    clocks.CAP_DUE.key: "Send your plan by",
    clocks.CAP_RESEND_DUE.key: "Change your plan by",
    clocks.CORRECTIONS_DUE.key: "Send your proof by",
    clocks.PROOF_RESEND_DUE.key: "Send more proof by",
}


@dataclass(frozen=True)
class Due:
    """A date of the licensee: what is asked by then, how long that is, and how it was counted."""

    title: str
    at: datetime
    on: date
    words: str
    tone: str
    how: str = ""
    row: Deadline | None = None  # none while nobody is known to have the notice, so that no clock runs

    @property
    def is_past(self) -> bool:
        return self.tone == "over"


@dataclass(frozen=True)
class Times:
    """Every deadline the licensee ever had in a case, and the day it is."""

    case: Inspection
    rows: Sequence[Deadline]
    calendar: Calendar
    at: datetime

    @property
    def plan(self) -> Due:
        """When the plan, or the change to it, is due."""
        return self._due(PLAN)

    @property
    def proof(self) -> Due:
        """When all proof is due."""
        return self._due(PROOF)

    @property
    def asked(self) -> Due | None:
        """The date that counts now."""
        if self.case.state == State.CAP_DUE:
            return self.plan
        if self.case.state in (State.CAP_IN_REVIEW, State.CORRECTIONS_DUE, State.CORRECTIONS_IN_REVIEW):
            return self.proof if self.running(PROOF) else None
        return None

    def running(self, names: Sequence[Clock]) -> Deadline | None:
        """The running row of the first of these clocks that runs."""
        rows = {row.clock: row for row in self.rows if row.is_running}
        return next((rows[clock.key] for clock in names if clock.key in rows), None)

    def _due(self, names: Sequence[Clock]) -> Due:
        keys = [clock.key for clock in names]
        row = self.running(names) or self._met(keys)
        if row is None:
            return self._expected(names[-1])
        clock, day = CLOCKS[row.clock], row.due_on or local_day(row.due_at)
        tone, words = left(row, at=self.at, calendar=self.calendar)
        how = row.how_counted.sentence(clock.event, clock.act)
        return Due(TITLES[row.clock], row.due_at, day, words, tone, how, row)

    def _met(self, keys: Sequence[str]) -> Deadline | None:
        """The last of these that ended because the licensee did what it asked."""
        ends = (Deadline.End.MET, Deadline.End.LATE)
        met = [row for row in self.rows if row.clock in keys and row.end in ends]
        return met[-1] if met and self.case.received_at else None

    def _expected(self, clock: Clock) -> Due:
        """The date that the notice names: as if it had been received when it was sent."""
        since = self.case.received_at or self.case.nolv_served_at or self.at
        counted = clock.term(local_day(since))(since, self.calendar)
        day = counted.due_on or local_day(counted.due_at)
        return Due(TITLES[clock.key], end_of(day), day, "Tell us first that you got the notice", "later")


def times_of(case: Inspection, at: datetime) -> Times:
    """The licensee's own deadlines; the goals of the office are not among them."""
    keys = [clock.key for clock in LICENSEE_CLOCKS]
    rows = case.file.deadlines.filter(clock__in=keys).order_by("pk")
    return Times(case, list(rows), Holiday.objects.calendar(), at)


def left(row: Deadline, *, at: datetime, calendar: Calendar) -> tuple[str, str]:
    """The tone and the words for what is left of a deadline."""
    day, today = row.due_on or local_day(row.due_at), local_day(at)
    if row.is_past(at):
        return "over", "This is late. Send it today"
    if day == today:
        return "soon", "Today is the last day"
    days = business_days_between(today, day, calendar)
    if days == 0:
        return "soon", "No business day is left"
    return "soon" if days <= SOON else "later", f"{days} business day{'s' * (days != 1)} left"
