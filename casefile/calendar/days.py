"""Days in Denver: which of them count, when they end, and months from one to another."""

import csv
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from casefile.law import cites

DENVER = ZoneInfo("America/Denver")
HOLIDAYS_CSV = Path(__file__).parent.parent / "data" / "holidays.csv"
WEEKEND = "weekend"
YEAR_IS_KNOWN_BY = 10  # a state year has eleven holidays, one of which may be kept on December 31 of the year before


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


class NamedDay(Protocol):
    """What HolidayRow and the Holiday model have in common."""

    @property
    def date(self) -> date: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Calendar:
    """The days that do not count, and why. Built from the Holiday rows at the edge, passed in."""

    holidays: Mapping[date, str]

    @classmethod
    def of(cls, rows: Iterable[NamedDay]) -> "Calendar":
        """A calendar of holiday rows."""
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
        """Whether offices of the state work on `day`."""
        return self.skips(day) is None

    def next_business_day(self, day: date) -> date:
        """The first business day after `day`."""
        return self._step(day, timedelta(days=1))

    def previous_business_day(self, day: date) -> date:
        """The last business day before `day`."""
        return self._step(day, timedelta(days=-1))

    def knows(self, year: int) -> bool:
        """Whether the holidays of a whole year are on record, so that a count through it can be trusted."""
        return sum(day.year == year for day in self.holidays) >= YEAR_IS_KNOWN_BY

    def _step(self, day: date, step: timedelta) -> date:
        day += step
        while self.skips(day):
            day += step
        return day


def aware(at: datetime) -> datetime:
    """`at` itself; ValueError when it has no offset from UTC, because then it is no instant."""
    if at.utcoffset() is None:
        raise ValueError(f"{at.isoformat()} has no offset from UTC")
    return at


def local_day(at: datetime) -> date:
    """The day it is in Denver at the instant `at`."""
    return aware(at).astimezone(DENVER).date()


def local_hour(day: date, hour: int) -> datetime:
    """The instant, in UTC, when clocks in Denver show `hour` o'clock on `day`."""
    return datetime.combine(day, time(hour), DENVER).astimezone(UTC)


def same_time_on(day: date, at: datetime) -> datetime:
    """The instant, in UTC, on `day` when clocks in Denver show what they show at `at`.

    A time that a spring night leaves out is an hour later; one that an autumn night has twice is the later one.
    """
    clock = aware(at).astimezone(DENVER).time()
    return max(datetime.combine(day, clock.replace(fold=fold), DENVER).astimezone(UTC) for fold in (0, 1))


@cites("NMSA 12-2A-7(G)")
def end_of(day: date) -> datetime:
    """A day runs from midnight to midnight: its last second in Denver, as an instant in UTC."""
    return datetime.combine(day, time(23, 59, 59), DENVER).astimezone(UTC)


@cites("NMSA 12-2A-7(C)")
def months_after(day: date, count: int) -> date:
    """A month ends on the same-numbered day or, where there is none, on the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cites("NMSA 12-2A-7(C), (H)")
def months_before(day: date, count: int) -> date:
    """Months that lead to a later day are counted backward by the same rule."""
    return months_after(day, -count)
