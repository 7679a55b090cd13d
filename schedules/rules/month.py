"""The days of a month on which people work, and which premises the year still owes a visit."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from math import ceil

from casefile.law import Dated, cites

BEGINNING = date(2021, 6, 29)
SEED = "the Division's goal: every licensed facility is visited at least once a year"
WEEKDAYS = (0, 1, 2, 3, 4)

SPARE_PERCENT: Dated[int] = Dated(
    ((BEGINNING, 10),), "Set by the Division for planning; visits fall out and have to be made up.",
    name="Percent of routine visits planned above the pace of the year", source="office practice",
)  # fmt: skip


def last_of(month: date) -> date:
    """The last day of the month of a day."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def days_between(first: date, last: date) -> Iterable[date]:
    """Each day, both ends counted."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@cites("office practice: nobody is planned on weekends, holidays of the State, or leave")
def working_days(
    first: date,
    last: date,
    *,
    holidays: Collection[date] = (),
    leave: Iterable[tuple[date, date]] = (),
    weekdays: Collection[int] = WEEKDAYS,
) -> tuple[date, ...]:
    """The days from `first` to `last` on which an officer works. Monday is 0; Saturday and Sunday never count."""
    away = {day for one, other in leave for day in days_between(one, other)}
    return tuple(
        day
        for day in days_between(first, last)
        if day.weekday() in WEEKDAYS and day.weekday() in weekdays and day not in holidays and day not in away
    )


@cites(SEED)
def is_due_this_year(last_visit: date | None, day: date) -> bool:
    """Whether the calendar year of `day` has seen no visit yet."""
    return last_visit is None or last_visit.year < day.year


@cites(f"{SEED}; counted by calendar years, so that no day of the year stands out")
def is_overdue(last_visit: date | None, day: date) -> bool:
    """Whether there was never a visit, or the whole calendar year before went by without one."""
    return last_visit is None or last_visit.year < day.year - 1


@cites(f"{SEED}; spread evenly over the months that are left")
def pace(due: int, day: date) -> int:
    """How many of the premises still due a month should visit, with something to spare."""
    left = 13 - day.month
    return min(due, ceil(due * (100 + SPARE_PERCENT.on(day)) / 100 / left))
