"""What a count comes to: the last instant, how it was found, and the plain words for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from casefile.calendar.days import DENVER, WEEKEND, aware, local_day
from casefile.law import cites

DayAndWhy = tuple[date, str]


@dataclass(frozen=True)
class Counted:
    """When a period ends and how that was counted."""

    due_at: datetime  # UTC; for terms of days the last second of `due_on` in Denver
    rule: str  # such as "business_days(5)"; term_of() makes a term of it again
    start_on: date  # the local day of the event, not counted itself
    calendar_version: str
    due_on: date | None = None  # None for hours and for days to the same time
    skipped: tuple[DayAndWhy, ...] = ()  # days inside the period that did not count
    rolled: tuple[DayAndWhy, ...] = ()  # days the end moved over

    @cites("NMSA 12-2A-7(G)")
    def is_late(self, at: datetime) -> bool:
        """All of the last local day is in time, to the end of its last second."""
        if self.due_on is None:
            return aware(at) > self.due_at
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
        name, n = self.rule.removesuffix(")").split("(")
        if self.due_on is None:
            to_the_minute = _same_time_in_words if name == "local_days" else _hours_in_words
            return " ".join([*to_the_minute(self, int(n), event), f"You can {act} until then."])
        said = IN_WORDS.get(name, _set_in_words)(self, int(n))
        return " ".join([f"{event} on {long_day(self.start_on)}.", *said, f"You can {act} until 11:59 p.m. that day."])


def long_day(day: date, year: bool = True) -> str:
    """Wednesday, November 25, 2026; without its year where that was just said."""
    return f"{day:%A, %B} {day.day}" + (f", {day.year}" if year else "")


def short_day(day: date) -> str:
    """Wed, Nov 25."""
    return f"{day:%a, %b} {day.day}"


def clock_time(at: datetime) -> str:
    """3:05 p.m. in Denver."""
    local = aware(at).astimezone(DENVER)
    return f"{local.hour % 12 or 12}:{local.minute:02} {'a.m.' if local.hour < 12 else 'p.m.'}"


def _days_and_whys(stored: Iterable[Iterable[str]]) -> tuple[DayAndWhy, ...]:
    return tuple((date.fromisoformat(day), why) for day, why in stored)


def _hours_in_words(counted: Counted, n: int, event: str) -> list[str]:
    start = counted.due_at - timedelta(hours=n)
    end_on = _later_day(counted, local_day(counted.due_at))
    length = "One hour" if n == 1 else f"{n} hours"
    return [
        f"{event} at {clock_time(start)} on {long_day(counted.start_on)}.",
        f"{length} later it is {clock_time(counted.due_at)} on {end_on}.",
    ]


def _same_time_in_words(counted: Counted, n: int, event: str) -> list[str]:
    end_on = _later_day(counted, local_day(counted.due_at))
    length = "One day" if n == 1 else f"{n} days"
    return [
        f"{event} on {long_day(counted.start_on)}.",
        f"{length} later it is {end_on}. It ends at {clock_time(counted.due_at)} that day.",
    ]


def _days_in_words(counted: Counted, n: int) -> list[str]:
    holidays = [f"{why}, {short_day(day)}" for day, why in counted.skipped if why != WEEKEND]
    said = [f"Day 1 is {_later_day(counted, _first_counted(counted))}."] if n > 1 else []
    if holidays:
        said.append(f"We skip weekends and state holidays ({'; '.join(holidays)}).")
    elif counted.skipped:
        said.append("We skip weekends.")
    return [*said, f"Day {n} is {_later_day(counted, _nominal_end(counted))}.", *_roll_in_words(counted)]


def _months_in_words(counted: Counted, n: int) -> list[str]:
    end = _nominal_end(counted)
    length = "One month" if n == 1 else f"{n} months"
    later = f"{length} later is {_later_day(counted, end)}."
    if end.day != counted.start_on.day:
        later = f"{end:%B} has no day {counted.start_on.day}, so {later[0].lower()}{later[1:]}"
    return [later, *_roll_in_words(counted)]


def _set_in_words(counted: Counted, _: int) -> list[str]:
    """For a date that a person set, which no rule counted."""
    return [f"The Division set a last day for you: {_later_day(counted, counted.due_on or counted.start_on)}."]


def _roll_in_words(counted: Counted) -> list[str]:
    if not counted.rolled or counted.due_on is None:
        return []
    whys = dict.fromkeys("a weekend" if why == WEEKEND else f"a state holiday ({why})" for _, why in counted.rolled)
    return [f"That is {', then '.join(whys)}, so the last day moves to {_later_day(counted, counted.due_on)}."]


def _first_counted(counted: Counted) -> date:
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


def _later_day(counted: Counted, day: date) -> str:
    return long_day(day, year=day.year != counted.start_on.year)


IN_WORDS = {
    "months": _months_in_words,
    "valid_months": _months_in_words,
    "days": _days_in_words,
    "business_days": _days_in_words,
}
