"""How long a period is: business days, days, months, hours. A term, called with a start and a calendar, counts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

from casefile.calendar.counted import Counted
from casefile.calendar.days import Calendar, aware, end_of, local_day, months_after, same_time_on
from casefile.law import cites

SHORT_PERIOD = 11  # NMSA 12-2A-7(E): a period of fewer days than this skips weekends and holidays

Term = Callable[[datetime, Calendar], Counted]


@dataclass(frozen=True)
class Period:
    """A number of units of time; ValueError below one."""

    n: int
    name: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError(f"{self.name} needs at least 1, not {self.n}")

    def __str__(self) -> str:
        """The rule id that is stored with a count; term_of() reads it."""
        return f"{self.name}({self.n})"


@cites("NMSA 12-2A-7(A), (E), (G); a business day is not defined there")
class BusinessDays(Period):
    """To the end of the nth business day after the start; the start day is not counted."""

    name = "business_days"

    def __call__(self, start: datetime, calendar: Calendar) -> Counted:
        """Count from the instant `start`."""
        return _walk(self, start, calendar)


@cites("NMSA 12-2A-7(A), (E), (F), (G)")
class Days(Period):
    """To the end of the nth day after the start; fewer than eleven days skip weekends and legal holidays."""

    name = "days"

    def __call__(self, start: datetime, calendar: Calendar) -> Counted:
        """Count from the instant `start`."""
        if self.n < SHORT_PERIOD:
            return _walk(self, start, calendar)
        return _roll(self, start, local_day(start) + timedelta(days=self.n), calendar)


@cites("NMSA 12-2A-7(C), (F), (G)")
class Months(Period):
    """To the end of the same-numbered day n months on, or of the month's last day, or of the next business day."""

    name = "months"

    def __call__(self, start: datetime, calendar: Calendar) -> Counted:
        """Count from the instant `start`."""
        return _roll(self, start, months_after(local_day(start), self.n), calendar)


@cites("NMSA 26-2C-6(E), 12-2A-7(C), (G); that it does not move is ours, verify with counsel")
class ValidMonths(Period):
    """A validity of n months ends with its last day; no act is due then, so a weekend or holiday does not move it."""

    name = "valid_months"

    def __call__(self, start: datetime, calendar: Calendar) -> Counted:
        """Count from the instant `start`."""
        day = months_after(local_day(start), self.n)
        return Counted(end_of(day), str(self), local_day(start), calendar.version, due_on=day)


@cites("plain elapsed time; NMSA 12-2A-7 does not speak of hours")
class Hours(Period):
    """n hours that pass, so not twenty-five on the night the clocks go back."""

    name = "hours"

    def __call__(self, start: datetime, calendar: Calendar) -> Counted:
        """Count from the instant `start`."""
        end = aware(start).astimezone(UTC) + timedelta(hours=self.n)
        return Counted(end, str(self), local_day(start), calendar.version)


@cites("plain calendar days; NMSA 12-2A-7(F) would move an end on a weekend, which office practice does not say")
class LocalDays(Period):
    """To the same time of day in Denver n calendar days on, whatever day that is."""

    name = "local_days"

    def __call__(self, start: datetime, calendar: Calendar) -> Counted:
        """Count from the instant `start`."""
        day = local_day(start)
        return Counted(same_time_on(day + timedelta(days=self.n), start), str(self), day, calendar.version)


business_days, days, months, valid_months, hours, local_days = BusinessDays, Days, Months, ValidMonths, Hours, LocalDays

UNITS: dict[str, Callable[[int], Term]] = {
    unit.name: unit for unit in (BusinessDays, Days, Months, ValidMonths, Hours, LocalDays)
}


def term_of(rule: str) -> Term:
    """The term that a stored rule id such as "months(1)" names; ValueError when it names none."""
    found = re.fullmatch(r"(\w+)\((\d+)\)", rule)
    if found is None or found[1] not in UNITS:
        raise ValueError(f"{rule!r} is not a way of counting")
    return UNITS[found[1]](int(found[2]))


def _walk(term: Period, start: datetime, calendar: Calendar) -> Counted:
    """Day by day to the nth that counts."""
    day = start_on = local_day(start)
    left, skipped = term.n, []
    while left:
        day += timedelta(days=1)
        if why := calendar.skips(day):
            skipped.append((day, why))
        else:
            left -= 1
    return Counted(end_of(day), str(term), start_on, calendar.version, due_on=day, skipped=tuple(skipped))


def _roll(term: Period, start: datetime, day: date, calendar: Calendar) -> Counted:
    """To `day`, or to the first day after it that counts."""
    rolled = []
    while why := calendar.skips(day):
        rolled.append((day, why))
        day += timedelta(days=1)
    return Counted(end_of(day), str(term), local_day(start), calendar.version, due_on=day, rolled=tuple(rolled))
