"""When a reminder wants to go out: a lead is called with the due instant and a calendar, and names an earlier one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from casefile.calendar.days import Calendar, local_day, local_hour

MORNING = 8

Lead = Callable[[datetime, Calendar], datetime]


@dataclass(frozen=True)
class BusinessDaysBefore:
    """`hour` o'clock in Denver, n business days before the local day on which something is due."""

    n: int
    hour: int = MORNING

    def __call__(self, due_at: datetime, calendar: Calendar) -> datetime:
        """The instant of this lead, in UTC."""
        day = local_day(due_at)
        for _ in range(self.n):
            day = calendar.previous_business_day(day)
        return local_hour(day, self.hour)

    def __str__(self) -> str:
        """A short stable name, for the unique key of a reminder."""
        return f"business_days_before({self.n})"


@dataclass(frozen=True)
class DaysBefore:
    """`hour` o'clock in Denver, n calendar days before the local day on which something is due."""

    n: int
    hour: int = MORNING

    def __call__(self, due_at: datetime, calendar: Calendar) -> datetime:
        """The instant of this lead, in UTC."""
        return local_hour(local_day(due_at) - timedelta(days=self.n), self.hour)

    def __str__(self) -> str:
        """A short stable name, for the unique key of a reminder."""
        return f"days_before({self.n})"


@dataclass(frozen=True)
class HoursBefore:
    """n hours of elapsed time before something is due."""

    n: int

    def __call__(self, due_at: datetime, calendar: Calendar) -> datetime:
        """The instant of this lead, in UTC."""
        return due_at.astimezone(UTC) - timedelta(hours=self.n)

    def __str__(self) -> str:
        """A short stable name, for the unique key of a reminder."""
        return f"hours_before({self.n})"


business_days_before, days_before, hours_before = BusinessDaysBefore, DaysBefore, HoursBefore


def next_business_morning(due_at: datetime, calendar: Calendar, hour: int = MORNING) -> datetime:
    """`hour` o'clock in Denver on the first business day after the local day of `due_at`, in UTC."""
    return local_hour(calendar.next_business_day(local_day(due_at)), hour)
