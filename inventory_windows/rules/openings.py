"""When a window is open, how long, and from when the next one may be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from casefile.calendar import (
    Calendar,
    Counted,
    Term,
    clock_time,
    days,
    local_day,
    local_days,
    long_day,
    months_after,
    same_time_on,
)
from casefile.calendar import hours as elapsed
from casefile.law import cites
from inventory_windows.rules.values import FAQ, FIRST_DAYS, FIRST_TYPES, MONTHS_BETWEEN, OPEN_HOURS
from licensing.rules import TYPES

SAME_TIME, BUSINESS_DAY = "same_time", "business_day"
OPENING, APPROVAL, REQUEST = "opening", "approval", "request"
WAYS: Mapping[str, Callable[[int], Term]] = {SAME_TIME: local_days, BUSINESS_DAY: days}


@dataclass(frozen=True)
class Holder:
    """The license as the rules see it."""

    number: str
    type: str
    status: str  # "active" or what it is instead
    status_words: str = ""

    @property
    def kind(self) -> str:
        """The type in words."""
        return TYPES[self.type].label.lower()


@dataclass(frozen=True)
class Span:
    """A window that was opened: until when it is open, and until when no other may be."""

    opened_at: datetime
    closes_at: datetime
    blocked_until: datetime

    def is_open(self, at: datetime) -> bool:
        """The first instant belongs to the window, the last does not."""
        return self.opened_at <= at < self.closes_at


@dataclass(frozen=True)
class Latest:
    """Of several terms the one that ends last."""

    terms: tuple[Term, ...]

    def __call__(self, start: datetime, calendar: Calendar) -> Counted:
        """Count from the instant `start`."""
        return max((term(start, calendar) for term in self.terms), key=lambda counted: counted.due_at)


@cites(f"{FAQ}: New Producers and Micro Producers have a 15-day window")
def gets_first_window(license_type: str, at: datetime) -> bool:
    """Whether a license of this type, approved at `at`, gets a first window."""
    return license_type in FIRST_TYPES.on(local_day(at))


@cites(f"{FIRST_DAYS.source}; to the same time of day, not moved over weekends: office practice, verify with counsel")
def first_term(start: datetime, ways: Sequence[str] = (SAME_TIME,)) -> Term:
    """The first window ends some days after its recorded start; of several ways of counting the longest holds."""
    length = FIRST_DAYS.on(local_day(start))
    return Latest(tuple(WAYS[way](length) for way in ways or (SAME_TIME,)))


@cites(f"{OPEN_HOURS.source}; elapsed time, over a change of the clocks too")
def open_term(start: datetime) -> Term:
    """A window that is opened again stays open for 24 hours that pass."""
    return elapsed(OPEN_HOURS.on(local_day(start)))


@cites(f"{OPEN_HOURS.source}; elapsed time, over a change of the clocks too")
def closes_at(opened_at: datetime) -> datetime:
    """When a window ends that was opened again at `opened_at`, in UTC."""
    return opened_at.astimezone(UTC) + timedelta(hours=OPEN_HOURS.on(local_day(opened_at)))


@cites(f"{FAQ}: one window opening every 3 months; months end as in NMSA 12-2A-7(C); verify with counsel")
def blocked_until(events: Mapping[str, datetime], ways: Sequence[str] = (OPENING,)) -> datetime:
    """Until when no other window may open: three months after the opening, or after the latest event that counts.

    `events` are the instants of the opening, its approval and its request.
    """
    counted = [events[way] for way in ways if way in events] or [events[OPENING]]
    return max(_months_later(at) for at in counted)


def _months_later(at: datetime) -> datetime:
    day = local_day(at)
    return same_time_on(months_after(day, MONTHS_BETWEEN.on(day)), at)


@cites("NMSA 26-2C-6(B): only producers, vertically integrated and microbusinesses grow; office practice")
def reasons_against_license(holder: Holder) -> list[str]:
    """Only an active license that grows plants can have a window."""
    reasons = []
    if not TYPES[holder.type].cultivates:
        reasons.append(f"A window is for licenses that grow plants. License {holder.number} is for a {holder.kind}.")
    if holder.status != "active":
        words = (holder.status_words or holder.status).lower()
        reasons.append(f"License {holder.number} is {words}. Only an active license can have a window.")
    return reasons


@cites(f"{FAQ}: you can only request one window opening every 3 months; a refused request does not block")
def reasons_not_to_open(holder: Holder, spans: Sequence[Span], at: datetime) -> list[str]:
    """No window opens while one is open, nor within three months of the last opening."""
    reasons = reasons_against_license(holder)
    if (now := next((span for span in spans if span.is_open(at)), None)) is not None:
        return [*reasons, f"A window is open until {moment(now.closes_at)}"]
    if (last := _in_the_way(spans, at)) is not None:
        return [
            *reasons,
            f"The last window opened on {moment(last.opened_at)}",
            f"We can open one window every 3 months. The next one can open on {moment(last.blocked_until)}",
        ]
    return reasons


def _in_the_way(spans: Sequence[Span], at: datetime) -> Span | None:
    """The opening whose three months hold `at`, or that lies within three months after it."""
    until = _months_later(at)
    found = [span for span in spans if span.opened_at < until and at < span.blocked_until]
    return max(found, key=lambda span: span.blocked_until, default=None)


@cites(f"{FAQ}: you can only request one window opening every 3 months; a refused request does not block")
def opens_from(holder: Holder, spans: Sequence[Span], at: datetime) -> datetime | None:
    """The first instant from `at` on when a window may open; None while the license itself stands against it."""
    if reasons_against_license(holder):
        return None
    return max([at, *(max(span.closes_at, span.blocked_until) for span in spans)])


@cites("office practice: the officer opens the window in BioTrack and confirms it to the minute")
def reasons_not_to_confirm(opened_at: datetime, *, approved_at: datetime, at: datetime) -> list[str]:
    """What was done in BioTrack was done after the approval and not in the future."""
    if opened_at > at:
        return ["This time is in the future. Confirm it when the window is open in BioTrack."]
    if opened_at < approved_at.replace(second=0, microsecond=0):
        return [f"This window was approved on {moment(approved_at)} It can not have been opened before that."]
    return []


@cites("office practice: the officer shuts the window in BioTrack and confirms it to the minute")
def reasons_not_to_confirm_shut(shut_at: datetime, *, span: Span, at: datetime) -> list[str]:
    """A window is shut in BioTrack after its end, which is when it was promised, and not in the future."""
    if shut_at > at:
        return ["This time is in the future. Confirm it when the window is shut in BioTrack."]
    if shut_at < span.closes_at.replace(second=0, microsecond=0):
        return [f"The window was open until {moment(span.closes_at)} Say when it was shut after that."]
    return []


def moment(at: datetime) -> str:
    """ "Tuesday, November 24, 2026, at 3:05 p.m."; its last period ends a sentence too."""
    return f"{long_day(local_day(at))}, at {clock_time(at)}"
