"""The monthly report of a license: which month, due when, what can not be sent, and what looks doubtful."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from casefile.calendar import months_after
from casefile.law import Dated, cites
from licensing.rules.growth import STAGE_LABELS, GrowthStage, mature_count
from licensing.rules.types import RULE_BEGAN

REPORT_DAY: Dated[int] = Dated(
    ((RULE_BEGAN, 15),),
    verify="Verify with counsel: the rule relies on reported numbers and does not say by what day they are reported.",
    name="Day of the following month by which a monthly report is due",
    source="16.8.8.9(A)(3), (4), 16.8.8.10(A)(3) to (5) NMAC",
)


@dataclass(frozen=True)
class MonthlyReportFacts:
    """What a license reports for one month; None where nothing was entered. Weights are in grams."""

    month: date
    counts: Mapping[GrowthStage, int | None] = field(default_factory=dict)
    medical_plants: int | None = 0
    harvested_plants: int | None = None
    produced_g: Decimal | None = None
    sold_g: Decimal | None = None
    sold_medical_g: Decimal | None = None
    sold_commercial_g: Decimal | None = None
    stock_g: Decimal | None = None
    stock_medical_g: Decimal | None = Decimal(0)
    stock_before_g: Decimal | None = None  # the stock at the end of the month before; None when unknown
    authorized: int | None = None  # mature plants the license was authorized for; None when unknown

    @property
    def flowering(self) -> int:
        """The mature plants."""
        return mature_count({stage: n or 0 for stage, n in self.counts.items()})


LABELS = {
    **{str(stage): label for stage, label in STAGE_LABELS.items()},
    "medical_plants": "Mature plants for the medical program",
    "harvested_plants": "Harvested plants",
    "produced_g": "Production",
    "sold_g": "Total sales",
    "sold_medical_g": "Medical sales",
    "sold_commercial_g": "Commercial sales",
    "stock_g": "Stock",
    "stock_medical_g": "Stock for medical sale",
}
WHOLE = (*map(str, GrowthStage), "medical_plants", "harvested_plants")


def month_of(day: date) -> date:
    """The month of a day, as its first day."""
    return day.replace(day=1)


def month_bounds(month: date) -> tuple[date, date]:
    """The first and the last day of the month that holds `month`."""
    first = month_of(month)
    return first, months_after(first, 1) - timedelta(days=1)


def month_before(month: date) -> date:
    """The first day of the month before."""
    return months_after(month_of(month), -1)


def months_between(first: date, last: date) -> list[date]:
    """The first days of all months from that of `first` to that of `last`, both included."""
    found, month = [], month_of(first)
    while month <= last:
        found.append(month)
        month = months_after(month, 1)
    return found


def month_words(month: date) -> str:
    """August 2026."""
    return f"{month:%B %Y}"


def read_month(text: str) -> date:
    """The first day of a month such as 2026-08; ValueError says what is wrong."""
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        raise ValueError(f"“{text.strip()}” is not a month such as 2026-08.") from None


@cites("16.8.8.9(A)(3), (4), 16.8.8.10(A)(3) to (5) NMAC; the day is not in the rule, verify with counsel")
def report_due_on(month: date) -> date:
    """The report of a month is due by a day of the month after it."""
    following = months_after(month_of(month), 1)
    return following.replace(day=REPORT_DAY.on(following))


@cites("16.8.8.10(A) NMAC: the numbers that a licensee reports")
def reasons_against_report(facts: MonthlyReportFacts, *, on: date) -> dict[str, list[str]]:
    """A report is of a month that has ended, in numbers from 0, and its medical and commercial sales are its total.

    By field, for the form.
    """
    reasons = {name: _against_a_number(name, value) for name, value in _numbers(facts).items()}
    if not any(reasons.values()):
        reasons["sold_g"] = _against_the_sales(facts)
        reasons["stock_medical_g"] = _against_a_part(facts.stock_medical_g, facts.stock_g)
        reasons["medical_plants"] = _against_a_part(facts.medical_plants, facts.flowering)
    if month_bounds(facts.month)[1] >= on:
        reasons["month"] = [f"{month_words(facts.month)} has not ended yet."]
    return {name: said for name, said in reasons.items() if said}


@cites("16.8.8.10(B)(2), (C) NMAC; a person looks at what is doubtful, nothing is refused for it")
def doubts_about_report(facts: MonthlyReportFacts) -> list[str]:
    """A report may be sent and be doubtful: more sold than there was, more stock than was left, too many plants."""
    doubts = []
    if facts.authorized is not None and facts.flowering > facts.authorized:
        doubts.append(
            f"{facts.flowering:,} mature plants are more than the {facts.authorized:,} that the license allows."
        )
    if facts.stock_before_g is None or facts.produced_g is None or facts.sold_g is None:
        return doubts
    there = facts.stock_before_g + facts.produced_g
    if facts.sold_g > there:
        doubts.append(f"More was sold ({grams(facts.sold_g)}) than was in stock and produced ({grams(there)}).")
    elif facts.stock_g is not None and facts.stock_g > there - facts.sold_g:
        doubts.append(f"The stock ({grams(facts.stock_g)}) is more than was left ({grams(there - facts.sold_g)}).")
    return doubts


@cites("16.8.8.10(B)(1), (2) NMAC: the months it has operated; what operating is, verify with counsel")
def has_operated(facts: MonthlyReportFacts) -> bool:
    """A license operated in a month in which it had plants, harvested, produced or sold; stock alone is idle."""
    done = [*facts.counts.values(), facts.harvested_plants, facts.produced_g, facts.sold_g]
    return any(done)


def _numbers(facts: MonthlyReportFacts) -> dict[str, int | Decimal | None]:
    counts: dict[str, int | Decimal | None] = {str(stage): facts.counts.get(stage) for stage in GrowthStage}
    return counts | {name: getattr(facts, name) for name in LABELS if name not in counts}


def _against_a_number(name: str, value: int | Decimal | None) -> list[str]:
    if value is None:
        return [f"{LABELS[name]}: enter a number, 0 if there were none."]
    if value < 0:
        return [f"{LABELS[name]}: enter a number from 0 on."]
    if name in WHOLE and value != int(value):
        return [f"{LABELS[name]}: enter a whole number."]
    return []


def _against_the_sales(facts: MonthlyReportFacts) -> list[str]:
    parts = (facts.sold_medical_g or Decimal(0)) + (facts.sold_commercial_g or Decimal(0))
    if parts == facts.sold_g:
        return []
    return [f"Medical and commercial sales together are {grams(parts)}. The total has to be the same."]


def _against_a_part(part: int | Decimal | None, whole: int | Decimal | None) -> list[str]:
    if (part or 0) <= (whole or 0):
        return []
    return ["More is set apart for the medical program than there is in all."]


def grams(weight: Decimal) -> str:
    """1,250.5 g."""
    return f"{weight:,.3f}".rstrip("0").rstrip(".") + " g"
