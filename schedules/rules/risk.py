"""How a premises is placed among others: a score from 0 to 100 whose parts are shown. It decides nothing by itself."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from casefile.law import Dated, cites

BEGINNING = date(2021, 6, 29)  # the day the Cannabis Regulation Act came into force
OURS = "Set by the Division to order its own visits; no law says it."
SOURCE = "office practice: coverage of the year first, risk second, both explained"

SEVERITY_POINTS: Dated[Mapping[str, int]] = Dated(
    ((BEGINNING, {"critical": 15, "major": 8, "moderate": 4, "minor": 1}),), OURS,
    name="Points of risk for each violation of the last two years", source="office practice",
)  # fmt: skip
MOST_POINTS: Dated[Mapping[str, int]] = Dated(
    ((BEGINNING, {"severity": 35, "repeats": 20, "overdue": 15, "over_limit": 10, "time": 20}),), OURS,
    name="Most points of each part of the risk", source="office practice",
)  # fmt: skip
REPEAT_POINTS: Dated[int] = Dated(
    ((BEGINNING, 10),), OURS, name="Points of risk for each repeat violation", source="office practice"
)  # fmt: skip
OVERDUE_POINTS: Dated[int] = Dated(
    ((BEGINNING, 5),), OURS, name="Points of risk for each overdue answer", source="office practice"
)  # fmt: skip
LONGEST_DAYS: Dated[int] = Dated(
    ((BEGINNING, 730),), OURS, name="Days without a visit that count in full", source="office practice"
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One part of a score: which, what it rests on in words, and its points."""

    key: str
    words: str
    points: int

    def as_json(self) -> dict[str, Any]:
        """As it is kept with a plan."""
        return asdict(self)


@dataclass(frozen=True)
class Past:
    """What is known of a premises: violations of the last two years by severity, and what is open now."""

    violations: Mapping[str, int]
    repeats: int = 0
    overdue: int = 0  # answers of the licensee that are late now
    over_limit: int = 0  # plants above the limit at the last count
    days_since: int | None = None  # since the last visit; None when there was none


@cites(SOURCE)
def parts_of_risk(past: Past, day: date) -> tuple[Part, ...]:
    """The parts of a premises' risk on `day`, those without points left out."""
    most = MOST_POINTS.on(day)
    found = (severity(past, day), repeats(past, day), overdue(past, day), over_limit(past), time_since(past, day))
    capped = (Part(part.key, part.words, min(part.points, most[part.key])) for part in found)
    return tuple(part for part in capped if part.points)


@cites(SOURCE)
def score(parts: tuple[Part, ...]) -> int:
    """The sum of the parts, 0 to 100."""
    return min(100, sum(part.points for part in parts))


def severity(past: Past, day: date) -> Part:
    """Points for what was found, the gravest first in the words."""
    points = SEVERITY_POINTS.on(day)
    found = [(kind, past.violations[kind]) for kind in points if past.violations.get(kind)]
    words = ", ".join(f"{many} {kind}" for kind, many in found)
    total = sum(many for _, many in found)
    sentence = f"{words} {'violation' if total == 1 else 'violations'} in two years"
    return Part("severity", sentence, sum(points[kind] * many for kind, many in found))


def repeats(past: Past, day: date) -> Part:
    """Points for what was found again."""
    words = f"{past.repeats} repeat {'violation' if past.repeats == 1 else 'violations'}"
    return Part("repeats", words, REPEAT_POINTS.on(day) * past.repeats)


def overdue(past: Past, day: date) -> Part:
    """Points for answers that are late."""
    words = f"{past.overdue} overdue {'answer' if past.overdue == 1 else 'answers'}"
    return Part("overdue", words, OVERDUE_POINTS.on(day) * past.overdue)


def over_limit(past: Past) -> Part:
    """All points of the part when more plants were counted than allowed."""
    words = f"{past.over_limit:,} {'plant' if past.over_limit == 1 else 'plants'} over the limit at the last count"
    return Part("over_limit", words, 100 if past.over_limit > 0 else 0)


def time_since(past: Past, day: date) -> Part:
    """Points that grow evenly with the days, without a step at a year: no day stands out."""
    most = MOST_POINTS.on(day)["time"]
    if past.days_since is None:
        return Part("time", "never visited", most)
    return Part("time", f"{past.days_since} days since the last visit", most * past.days_since // LONGEST_DAYS.on(day))
