"""What a reviewer weighs: the facts on record, and a factor of the rule with what they come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from casefile.calendar import long_day
from licensing.rules.growth import over_limit

PRODUCED, AVAILABLE = "produced", "available"
SOLD_OF: dict[str, str] = {
    PRODUCED: "what it produced that month",
    AVAILABLE: "what it had in stock and produced that month",
}


class Finding(StrEnum):
    """What the facts of a factor come to."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    JUDGE = "judge"


FINDING_LABELS: dict[Finding, str] = {
    Finding.MET: "Met",
    Finding.NOT_MET: "Not met",
    Finding.NOT_APPLICABLE: "Not applicable",
    Finding.JUDGE: "For a person to judge",
}


@dataclass(frozen=True)
class Factor:
    """One factor of the rule: what it asks, what is on record, and what that comes to. A person decides."""

    key: str
    title: str
    finding: Finding
    facts: tuple[str, ...]
    threshold: str
    cites: str

    @property
    def label(self) -> str:
        """The finding in words."""
        return FINDING_LABELS[self.finding]


@dataclass(frozen=True)
class Question:
    """What a factor asks, before any facts."""

    key: str
    title: str
    cites: str

    def answer(self, finding: Finding, facts: Iterable[str], threshold: str) -> Factor:
        """The factor with its facts."""
        return Factor(self.key, self.title, finding, tuple(facts), threshold, self.cites)


@dataclass(frozen=True)
class MonthFacts:
    """One month of a license as reported; weights in grams, stock at the month's end."""

    month: date
    operated: bool = False
    harvested: int = 0
    produced_g: Decimal = Decimal(0)
    sold_g: Decimal = Decimal(0)
    sold_medical_g: Decimal = Decimal(0)
    sold_commercial_g: Decimal = Decimal(0)
    stock_g: Decimal = Decimal(0)
    stock_before_g: Decimal | None = None
    flowering: int | None = None
    reported: bool = True

    @property
    def available_g(self) -> Decimal | None:
        """What there was to sell: the stock before and the production; None when the stock before is not known."""
        return None if self.stock_before_g is None else self.stock_before_g + self.produced_g


@dataclass(frozen=True)
class EnforcementFact:
    """An enforcement action of the Division against the licensee, pending or final."""

    kind: str
    number: str
    on: date
    is_final: bool
    words: str = ""

    def __str__(self) -> str:
        """Notice 26-0187, Wednesday, November 4, 2026, pending: 3 violations."""
        said = f"{self.kind} {self.number}, {long_day(self.on)}, {'final' if self.is_final else 'pending'}"
        return f"{said}: {self.words}" if self.words else said


@dataclass(frozen=True)
class ShortageFact:
    """What the Division found on a shortage in a period; `found` is false where it found that there was none."""

    period_from: date
    period_to: date
    statewide: bool
    areas: tuple[str, ...] = ()
    words: str = ""
    found: bool = True

    def __str__(self) -> str:
        """From when until when, whether there was a shortage, and where."""
        said = f"{long_day(self.period_from)} to {long_day(self.period_to)}: {'a' if self.found else 'no'} shortage"
        said = ", ".join([said, *(["statewide"] if self.statewide else []), *self.areas])
        return f"{said}. {self.words}" if self.words else f"{said}."


@dataclass(frozen=True)
class CountFact:
    """Mature plants counted at an inspection or in a report, with the count authorized on that day."""

    source: str  # "inspection" or "report"
    on: date
    mature: int
    authorized: int | None

    @property
    def over(self) -> int:
        """How many mature plants are above the authorized count; 0 when that is not known."""
        return 0 if self.authorized is None else over_limit(self.mature, self.authorized)

    def __str__(self) -> str:
        """Inspection, Thursday, September 3, 2026: 2,100 mature plants, 100 above 2,000."""
        said = f"{self.source.capitalize()}, {long_day(self.on)}: {self.mature:,} mature plants"
        if self.authorized is None:
            return f"{said}; the authorized count of that day is not on record."
        return f"{said}, {self.over:,} above {self.authorized:,}." if self.over else f"{said} of {self.authorized:,}."


@dataclass(frozen=True)
class IncreaseFacts:
    """What is on record of a request for an increase; `on` is the day it was made, `since` the day of issue.

    `minimum_medical` has the percent of medical sales required in a month, by the month's first day. `missing` names
    the pieces that have not come. Months from `since` on that have no report are named in the factors.
    """

    on: date
    months: tuple[MonthFacts, ...] = ()
    minimum_medical: Mapping[date, Decimal | None] = field(default_factory=dict)
    enforcement: tuple[EnforcementFact, ...] = ()
    shortages: tuple[ShortageFact, ...] = ()
    water_documents: tuple[str, ...] = ()
    water_quantity: str = ""
    missing: tuple[str, ...] = ()
    counts: tuple[CountFact, ...] = ()
    basis: str = PRODUCED
    since: date | None = None


@dataclass(frozen=True)
class DesignationFacts:
    """What is on record of a request for a level; `authorized` is the count before it, None where there was none."""

    on: date
    level: int | None = None
    count: int | None = None
    water_documents: tuple[str, ...] = ()
    water_quantity: str = ""
    months: tuple[MonthFacts, ...] = ()
    authorized: int | None = None
    social_equity: tuple[str, ...] = ()
    since: date | None = None
