"""What the planner is asked and what it answers: plain, frozen values that know no database."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from schedules.rules.risk import Part

ROUTINE, FOLLOW_UP, COMPLAINT, INVESTIGATION = "routine", "follow_up", "complaint", "investigation"


@dataclass(frozen=True)
class Officer:
    """Whose days are planned. No counties: everywhere."""

    id: int
    town: str
    days: tuple[date, ...]  # working days of the span, leave and holidays taken off
    minutes: int = 480  # of a day, from leaving home to being back
    counties: frozenset[str] = frozenset()
    county: str = ""  # of the town; only asked where the town is not in the table of places
    name: str = ""

    def serves(self, county: str) -> bool:
        """Whether visits of this county may be given to the officer."""
        return not self.counties or county in self.counties


@dataclass(frozen=True)
class Candidate:
    """A premises that may be visited, and all that speaks for it."""

    premises: int
    label: str
    licensee: int
    town: str
    county: str
    purpose: str = ROUTINE
    minutes: int = 90  # at the place
    earliest_on: date | None = None
    due_on: date | None = None  # the latest day; None where there is no such day
    days_since: int | None = None  # from the last visit to the first day of the span; None when there was none
    due_this_year: bool = True
    score: int = 0
    parts: tuple[Part, ...] = ()
    before: tuple[int, ...] = ()  # officers of the visits at this licensee, most recent first
    case: int | None = None
    case_number: str = ""
    officer: int | None = None  # who has the case; they go when they can

    @property
    def must(self) -> bool:
        """Whether the visit is in every plan: what has a latest day, and what is no routine."""
        return self.due_on is not None or self.purpose != ROUTINE

    def may_be_on(self, day: date) -> bool:
        """Whether the day keeps both dates."""
        return (self.earliest_on is None or self.earliest_on <= day) and (self.due_on is None or day <= self.due_on)


@dataclass(frozen=True)
class Fixed:
    """A visit that stays as it is: done already, or wanted so by a person. It counts for its day."""

    premises: int
    officer: int
    day: date
    town: str
    county: str
    minutes: int = 90
    purpose: str = ROUTINE
    licensee: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Wishes:
    """What the supervisor asks for."""

    first: date
    last: date
    most_per_day: int = 4
    in_a_row: int = 2  # routine visits at a licensee after which another officer goes
    routine: int | None = None  # how many routine visits; None: the pace of the year, and all that is overdue
    again_percent: int = 5  # of the routine visits, drawn among premises seen already this year

    def as_json(self) -> dict[str, Any]:
        """As it is kept with a plan."""
        return asdict(self) | {"first": self.first.isoformat(), "last": self.last.isoformat()}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Wishes":
        """What `as_json` wrote, without keys that are no longer known."""
        known = {field.name for field in fields(cls)}
        days = {key: date.fromisoformat(kept[key]) for key in ("first", "last")}
        return cls(**{key: value for key, value in kept.items() if key in known} | days)


@dataclass(frozen=True)
class Problem:
    """One month, or what is left of it. The seed draws the random part; same problem, same proposal."""

    officers: tuple[Officer, ...]
    candidates: tuple[Candidate, ...]
    wishes: Wishes
    seed: int
    fixed: tuple[Fixed, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """One visit of the proposal; its place in the day of its officer counts from 1, its drive from the place before."""

    premises: int
    officer: int
    day: date
    position: int
    minutes: int
    drive_minutes: int
    purpose: str
    reasons: tuple[str, ...] = ()
    fixed: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A visit that had to be in the plan and could not be, and why."""

    premises: int
    reason: str


@dataclass(frozen=True)
class Figures:
    """What a proposal comes to."""

    visits: int
    routine: int
    km: int  # driven, the way home counted
    drive_minutes: int
    visit_minutes: int
    overdue_covered: int  # never visited, or not in the whole year before
    overdue_left: int
    dated: int  # visits with a latest day
    dated_on_time: int
    load_low: int  # percent of their minutes, of the officer with the least
    load_high: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """As it is kept with a plan."""
        return asdict(self)


@dataclass(frozen=True)
class Proposal:
    """The answer: fixed visits are among `visits`; what must be and cannot be is in `impossible`."""

    visits: tuple[Proposed, ...]
    impossible: tuple[LeftOut, ...]
    figures: Figures
