"""When something is due, in the few words of a list: the date, how many business days, and the shape of the mark."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from casefile.calendar import Calendar, clock_time, local_day, short_day
from casefile.models import Deadline
from inspections import clocks

if TYPE_CHECKING:
    from inspections.models import Inspection

SOON = 3  # business days
NOUNS = {
    clocks.CAP_DUE.key: "Plan",
    clocks.CAP_RESEND_DUE.key: "Change to the plan",
    clocks.CORRECTIONS_DUE.key: "Proof",
    clocks.PROOF_RESEND_DUE.key: "Proof",
    clocks.NOTICE_GOAL.key: "Notice",
    clocks.PLAN_REVIEW_GOAL.key: "Review",
    clocks.PROOF_REVIEW_GOAL.key: "Review",
}


@dataclass(frozen=True)
class Due:
    """A date with its words; `tone` is over, soon, later or met and chooses the shape of the mark."""

    tone: str
    words: str
    note: str = ""


def due_of(deadline: Deadline | None, case: "Inspection", *, at: datetime, calendar: Calendar) -> Due | None:
    """The words for a running deadline; for a planned visit, of its day; None when nothing is due."""
    if deadline is not None:
        return due_in_words(deadline, at=at, calendar=calendar)
    if case.planned_on is not None and case.visit_began_at is None and case.closed_at is None:
        return _planned(case.planned_on, local_day(at))
    return None


def due_in_words(deadline: Deadline, *, at: datetime, calendar: Calendar) -> Due:
    """Overdue or not, and by how many business days."""
    noun, day, today = NOUNS.get(deadline.clock, ""), local_day(deadline.due_at), local_day(at)
    if deadline.is_past(at):
        days = business_days_between(day, today, calendar)
        return Due("over", f"Overdue {_days(days)}" if days else "Overdue", f"{noun} was due {short_day(day)}")
    if day == today:
        return Due("soon", "Due today", f"{noun}, by {clock_time(deadline.due_at)}")
    days = business_days_between(today, day, calendar)
    if day == today + timedelta(days=1):
        return Due("soon", "Due tomorrow", f"{noun}, {short_day(day)}")
    if days <= SOON:
        return Due("soon", f"Due {short_day(day)}", noun)
    return Due("later", short_day(day), f"{noun}, {_days(days)} left")


def business_days_between(day: date, later: date, calendar: Calendar) -> int:
    """How many business days lie after `day`, up to and with `later`."""
    span = (day + timedelta(days=n) for n in range(1, (later - day).days + 1))
    return sum(calendar.is_business_day(it) for it in span)


def _planned(day: date, today: date) -> Due:
    if day < today:
        return Due("over", f"Was planned for {short_day(day)}", "Visit")
    if day == today:
        return Due("soon", "Today", "Visit")
    return Due("later", short_day(day), "Visit")


def _days(n: int) -> str:
    return f"{n} business day{'s' * (n != 1)}"
