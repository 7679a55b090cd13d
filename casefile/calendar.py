"""How time is counted: business days, days, months and hours, and the sentence that explains the count. Pure."""

import csv
import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casefile.law import cites

DENVER = ZoneInfo("America/Denver")
HOLIDAYS_CSV = Path(__file__).parent / "data" / "holidays.csv"
WEEKEND = "weekend"
SHORT_PERIOD = 11  # NMSA 12-2A-7(E): a period of fewer days than this skips weekends and holidays
YEAR_IS_KNOWN_BY = 10  # a state year has eleven holidays; one of them may be kept on December 31 of the year before

DayAndWhy = tuple[date, str]


class HolidayRow(NamedTuple):
    """One line of the holiday table; `verified_by` is empty until a person has checked the day."""

    date: date
    name: str
    source: str
    verified_by: str = ""


def read_holidays(path: Path = HOLIDAYS_CSV) -> list[HolidayRow]:
    """The holidays of a file with the columns date, name, source, verified_by, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            HolidayRow(date.fromisoformat(row["date"]), row["name"], row["source"], row["verified_by"])
            for row in csv.DictReader(file)
        ]


@dataclass(frozen=True)
class Calendar:
    """The days that do not count, and why. Built from the Holiday rows at the edge, passed in."""

    holidays: Mapping[date, str]

    @classmethod
    def of(cls, rows: Iterable[Any]) -> "Calendar":
        """A calendar of rows that have a `date` and a `name`, as HolidayRow and the Holiday model do."""
        return cls({row.date: row.name for row in rows})

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that change with any holiday's day or name."""
        rows = "\n".join(f"{day.isoformat()} {name}" for day, name in sorted(self.holidays.items()))
        return sha256(rows.encode()).hexdigest()[:12]

    def skips(self, day: date) -> str | None:
        """Why `day` is not a business day: the holiday's name or "weekend"; None when it is one."""
        return self.holidays.get(day) or (WEEKEND if day.weekday() >= 5 else None)

    def is_business_day(self, day: date) -> bool:
        return self.skips(day) is None

    def next_business_day(self, day: date) -> date:
        """The first business day after `day`."""
        return self._step(day, +1)

    def previous_business_day(self, day: date) -> date:
        """The last business day before `day`."""
        return self._step(day, -1)

    def knows(self, year: int) -> bool:
        """Whether the holidays of a whole year are on record, so that a count through it can be trusted."""
        return sum(day.year == year for day in self.holidays) >= YEAR_IS_KNOWN_BY

    def _step(self, day: date, direction: int) -> date:
        day += timedelta(days=direction)
        while self.skips(day):
            day += timedelta(days=direction)
        return day


# Instants and local days


def local_day(at: datetime) -> date:
    """The day it is in Denver at the instant `at`; ValueError when `at` has no offset."""
    return _aware(at).astimezone(DENVER).date()


def local_hour(day: date, hour: int) -> datetime:
    """The instant, in UTC, when clocks in Denver show `hour` o'clock on `day`."""
    return datetime.combine(day, time(hour), DENVER).astimezone(UTC)


@cites("NMSA 12-2A-7(G)")
def end_of(day: date) -> datetime:
    """A day runs from midnight to midnight: its last second in Denver, as an instant in UTC."""
    return datetime.combine(day, time(23, 59, 59), DENVER).astimezone(UTC)


def _aware(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError(f"{at.isoformat()} has no offset from UTC")
    return at


@cites("NMSA 12-2A-7(C)")
def months_after(day: date, count: int) -> date:
    """A month ends on the same-numbered day; where there is none, on the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cites("NMSA 12-2A-7(C), (H)")
def months_before(day: date, count: int) -> date:
    """Months tied to a later day are counted backward by the same rule."""
    return months_after(day, -count)


# What a count comes to


@dataclass(frozen=True)
class Counted:
    """When a period ends and how that was counted."""

    due_at: datetime  # UTC; for day terms the last second of `due_on` in Denver
    rule: str  # such as "business_days(5)"; term_of() makes a term of it again
    start_on: date  # the local day of the event, not counted itself
    calendar_version: str
    due_on: date | None = None  # None for hours
    skipped: tuple[DayAndWhy, ...] = ()  # days inside the period that did not count
    rolled: tuple[DayAndWhy, ...] = ()  # days the end moved over

    def is_late(self, at: datetime) -> bool:
        """Whether `at` is too late; all of the last local day is in time, its last second to the full."""
        if self.due_on is None:
            return _aware(at) > self.due_at
        return local_day(at) > self.due_on

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; from_json() reads them back."""
        return {
            "due_at": self.due_at.isoformat(),
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "rule": self.rule,
            "start_on": self.start_on.isoformat(),
            "skipped": [[day.isoformat(), why] for day, why in self.skipped],
            "rolled": [[day.isoformat(), why] for day, why in self.rolled],
            "calendar_version": self.calendar_version,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Counted":
        """What to_json() wrote."""
        return cls(
            due_at=datetime.fromisoformat(stored["due_at"]),
            due_on=date.fromisoformat(stored["due_on"]) if stored["due_on"] else None,
            rule=stored["rule"],
            start_on=date.fromisoformat(stored["start_on"]),
            skipped=_days_and_whys(stored["skipped"]),
            rolled=_days_and_whys(stored["rolled"]),
            calendar_version=stored["calendar_version"],
        )

    def sentence(self, event: str = "You got the notice", act: str = "send your answer") -> str:
        """The count in plain words, the same on a page, in a mail and in a letter."""
        return _explain(self, event, act)


def _days_and_whys(stored: Iterable[Iterable[str]]) -> tuple[DayAndWhy, ...]:
    return tuple((date.fromisoformat(day), why) for day, why in stored)


# Terms: how long a period is


Term = Callable[[datetime, Calendar], Counted]


@dataclass(frozen=True)
class _Period:
    """A length of time that knows how to end: called with its start and a calendar, it counts."""

    n: int
    name: str = field(init=False, default="")

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError(f"{self.name} needs at least 1, not {self.n}")

    @property
    def rule(self) -> str:
        return f"{self.name}({self.n})"

    def __str__(self) -> str:
        return self.rule


@cites("NMSA 12-2A-7(A), (E), (G); a business day is not defined there")
@dataclass(frozen=True)
class BusinessDays(_Period):
    """To the end of the nth business day after the start; the start day is not counted."""

    name: str = field(init=False, default="business_days")

    def __call__(self, start: datetime, calendar: Calendar) -> Counted:
        return _count_business_days(self, start, calendar)


@cites("NMSA 12-2A-7(C), (F), (G)")
@dataclass(frozen=True)
class Months(_Period):
    """To the end of the same-numbered day n months on, or the month's last; never ending on a day that does not count."""

    name: str = field(init=False, default="months")

    def __call__(self, start: datetime, calendar: Calendar) -> Counted:
        end = months_after(local_day(start), self.n)
        return _roll(self, start, end, calendar)


@cites("NMSA 12-2A-7(A), (E), (F), (G)")
@dataclass(frozen=True)
class Days(_Period):
    """To the end of the nth day after the start; fewer than eleven days skip weekends and legal holidays."""

    name: str = field(init=False, default="days")

    def __call__(self, start: datetime, calendar: Calendar) -> Counted:
        if self.n < SHORT_PERIOD:
            return _count_business_days(self, start, calendar)
        return _roll(self, start, local_day(start) + timedelta(days=self.n), calendar)


@cites("plain elapsed time; NMSA 12-2A-7 does not speak of hours")
@dataclass(frozen=True)
class Hours(_Period):
    """n hours that pass, so not twenty-five on the night the clocks go back."""

    name: str = field(init=False, default="hours")

    def __call__(self, start: datetime, calendar: Calendar) -> Counted:
        end = _aware(start).astimezone(UTC) + timedelta(hours=self.n)
        return Counted(end, self.rule, local_day(start), calendar.version)


business_days, months, days, hours = BusinessDays, Months, Days, Hours
TERMS: dict[str, Callable[[int], Term]] = {"business_days": BusinessDays, "months": Months, "days": Days, "hours": Hours}


def term_of(rule: str) -> Term:
    """The term that a stored rule id such as "months(1)" names; ValueError when it names none."""
    if not (found := re.fullmatch(r"(\w+)\((\d+)\)", rule)) or found[1] not in TERMS:
        raise ValueError(f"{rule!r} is not a way of counting")
    return TERMS[found[1]](int(found[2]))


def _count_business_days(term: BusinessDays | Days, start: datetime, calendar: Calendar) -> Counted:
    day = first = local_day(start)
    left, skipped = term.n, []
    while left:
        day += timedelta(days=1)
        if why := calendar.skips(day):
            skipped.append((day, why))
        else:
            left -= 1
    return Counted(end_of(day), term.rule, first, calendar.version, due_on=day, skipped=tuple(skipped))


def _roll(term: Months | Days, start: datetime, end: date, calendar: Calendar) -> Counted:
    rolled = []
    while why := calendar.skips(end):
        rolled.append((end, why))
        end += timedelta(days=1)
    return Counted(end_of(end), term.rule, local_day(start), calendar.version, due_on=end, rolled=tuple(rolled))


# Leads: when a reminder wants to go out


Lead = Callable[[datetime, Calendar], datetime]


@dataclass(frozen=True)
class BusinessDaysBefore:
    """`hour` o'clock in Denver, n business days before the day on which something is due."""

    n: int
    hour: int = 8

    def __call__(self, due_at: datetime, calendar: Calendar) -> datetime:
        day = local_day(due_at)
        for _ in range(self.n):
            day = calendar.previous_business_day(day)
        return local_hour(day, self.hour)

    def __str__(self) -> str:
        return f"business_days_before({self.n})"


@dataclass(frozen=True)
class DaysBefore:
    """`hour` o'clock in Denver, n calendar days before the day on which something is due."""

    n: int
    hour: int = 8

    def __call__(self, due_at: datetime, calendar: Calendar) -> datetime:
        return local_hour(local_day(due_at) - timedelta(days=self.n), self.hour)

    def __str__(self) -> str:
        return f"days_before({self.n})"


business_days_before, days_before = BusinessDaysBefore, DaysBefore


def next_business_morning(due_at: datetime, calendar: Calendar, hour: int = 8) -> datetime:
    """`hour` o'clock in Denver on the first business day after the local day of `due_at`."""
    return local_hour(calendar.next_business_day(local_day(due_at)), hour)


# The count in words


def long_day(day: date, year: bool = True) -> str:
    """Wednesday, November 25, 2026; without its year where that was just said."""
    return f"{day:%A, %B} {day.day}" + (f", {day.year}" if year else "")


def short_day(day: date) -> str:
    """Wed, Nov 25."""
    return f"{day:%a, %b} {day.day}"


def clock_time(at: datetime) -> str:
    """3:05 p.m. in Denver."""
    local = _aware(at).astimezone(DENVER)
    return f"{local.hour % 12 or 12}:{local.minute:02} {'a.m.' if local.hour < 12 else 'p.m.'}"


def _explain(counted: Counted, event: str, act: str) -> str:
    name, n = counted.rule[:-1].split("(")
    if counted.due_on is None:
        return _explain_hours(counted, int(n), event, act)
    said = [f"{event} on {long_day(counted.start_on)}."]
    if name == "months":
        said += _explain_month(counted, int(n))
    else:
        said += _explain_days(counted, int(n))
    return " ".join([*said, *_explain_roll(counted), f"You can {act} until 11:59 p.m. that day."])


def _explain_hours(counted: Counted, n: int, event: str, act: str) -> str:
    start = counted.due_at - timedelta(hours=n)
    end_on = local_day(counted.due_at)
    return (
        f"{event} on {long_day(counted.start_on)}, at {clock_time(start)}. "
        f"{n} hours later is {_day_after(counted, end_on)}, at {clock_time(counted.due_at)}. "
        f"You can {act} until then."
    )


def _explain_days(counted: Counted, n: int) -> list[str]:
    holidays = [f"{why}, {short_day(day)}" for day, why in counted.skipped if why != WEEKEND]
    said = [f"Day 1 is {_day_after(counted, _first_counted(counted))}."] if n > 1 else []
    if holidays:
        said.append(f"We skip weekends and state holidays ({'; '.join(holidays)}).")
    elif counted.skipped:
        said.append("We skip weekends.")
    return [*said, f"Day {n} is {_day_after(counted, _nominal_end(counted))}."]


def _explain_month(counted: Counted, n: int) -> list[str]:
    end = _nominal_end(counted)
    length = "One month" if n == 1 else f"{n} months"
    if end.day == counted.start_on.day:
        return [f"{length} later is {_day_after(counted, end)}."]
    return [f"{end:%B} has no day {counted.start_on.day}, so {length.lower()} ends on {_day_after(counted, end)}."]


def _explain_roll(counted: Counted) -> list[str]:
    if not counted.rolled or counted.due_on is None:
        return []
    whys = list(dict.fromkeys("a weekend" if why == WEEKEND else why for _, why in counted.rolled))
    moved = _day_after(counted, counted.due_on)
    if len(whys) == 1:
        return [f"That is {whys[0]}, so the last day moves to {moved}."]
    return [f"That day and the days after it do not count ({', '.join(whys)}), so the last day moves to {moved}."]


def _first_counted(counted: Counted) -> date:
    """Day 1 of a count of days: the first day after the event that was not skipped."""
    skipped = {day for day, _ in counted.skipped}
    day = counted.start_on + timedelta(days=1)
    while day in skipped:
        day += timedelta(days=1)
    return day


def _nominal_end(counted: Counted) -> date:
    """The last day before it moved over days that do not count."""
    if counted.rolled:
        return counted.rolled[0][0]
    return counted.due_on or local_day(counted.due_at)


def _day_after(counted: Counted, day: date) -> str:
    return long_day(day, year=day.year != counted.start_on.year)
