"""A shortage of medical cannabis: what a finding needs, and the measures that may answer it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from casefile.calendar import long_day, months_after
from casefile.law import Dated, cites
from licensing.rules.reports import month_bounds

RULE_BEGAN = date(2021, 8, 24)
Number = int | Decimal


class MeasureKind(StrEnum):
    """The four measures of 16.8.8.11(C) NMAC, in its order."""

    SET_ASIDE = "set_aside"
    FEE_REDUCTION = "fee_reduction"
    COMMERCIAL_EXCLUSION = "commercial_exclusion"
    PLANT_QUOTA = "plant_quota"


MEASURE_LABELS: dict[MeasureKind, str] = {
    MeasureKind.SET_ASIDE: "Part of the stock is set aside for medical sale",
    MeasureKind.FEE_REDUCTION: "Lower fee for medical plants",
    MeasureKind.COMMERCIAL_EXCLUSION: "New licenses without commercial activity",
    MeasureKind.PLANT_QUOTA: "Quota of plants for the medical program",
}
MEASURE_CITES: dict[MeasureKind, str] = {kind: f"16.8.8.11(C)({n}) NMAC" for n, kind in enumerate(MeasureKind, start=1)}

RETAIL = frozenset({"retailer", "vertically_integrated", "integrated_microbusiness"})
PRODUCE = frozenset({"producer", "producer_microbusiness", "vertically_integrated", "integrated_microbusiness"})
BINDS: Mapping[MeasureKind, frozenset[str]] = {
    MeasureKind.SET_ASIDE: RETAIL,
    MeasureKind.FEE_REDUCTION: PRODUCE,
    MeasureKind.COMMERCIAL_EXCLUSION: PRODUCE | {"manufacturer"},
    MeasureKind.PLANT_QUOTA: PRODUCE,
}

SHORTAGE_MONTHS: Dated[int] = Dated(
    ((RULE_BEGAN, 6),), name="Months of a period in which a shortage is found", source="16.8.8.10(B)(4) NMAC"
)  # fmt: skip
MEASURES_FROM: Dated[date] = Dated(
    ((RULE_BEGAN, date(2023, 1, 1)),), name="First day of measures against a shortage", source="16.8.8.11(C) NMAC"
)  # fmt: skip
SET_ASIDE_PERCENT: Dated[int] = Dated(
    ((RULE_BEGAN, 10),), name="Percent of the stock set aside for medical sale", source="16.8.8.11(C)(1) NMAC"
)  # fmt: skip
EXCLUSION_MONTHS: Dated[int] = Dated(
    ((RULE_BEGAN, 6),), name="Fewest months of an exclusion of commercial activity", source="16.8.8.11(C)(3) NMAC"
)  # fmt: skip
QUOTA_MOST_PERCENT: Dated[int] = Dated(
    ((RULE_BEGAN, 25),), name="Most percent of a month's plants in a quota", source="16.8.8.11(C)(4)(a) NMAC"
)  # fmt: skip
REASONABLE_EFFORTS: Dated[int | None] = Dated(
    ((date(2022, 4, 1), 25), (date(2023, 1, 1), None)),
    verify="Verify with counsel: the rule begins when commercial sales were allowed, which was April 1, 2022.",
    name="Percent of a month's sales that reasonable efforts are for, medical",
    source="16.8.8.11(A), (B) NMAC",
)


@dataclass(frozen=True)
class MeasureFacts:
    """A measure as it was ordered: its kind, its percent where it has one, and its first and last day."""

    kind: MeasureKind
    starts_on: date
    ends_on: date | None = None
    percent: Number | None = None


@cites("16.8.8.10(B)(4) NMAC")
def shortage_period_ends_on(period_from: date) -> date:
    """The last day of the six months that begin on a day."""
    return months_after(period_from, SHORTAGE_MONTHS.on(period_from)) - timedelta(days=1)


@cites("16.8.8.10(B)(4), 16.8.8.11(C) NMAC")
def reasons_not_to_find(
    period_from: date, period_to: date, statewide: bool, areas: Sequence[str], evidence: str
) -> list[str]:
    """A shortage is found for a period of six months, throughout the state or in named areas, on evidence."""
    reasons = []
    if period_to != shortage_period_ends_on(period_from):
        reasons.append(
            f"The period is {SHORTAGE_MONTHS.on(period_from)} months. One that begins on {long_day(period_from)} ends "
            f"on {long_day(shortage_period_ends_on(period_from))}."
        )
    if not statewide and not areas:
        reasons.append("Say whether the shortage is statewide, or name the areas.")
    if not evidence.strip():
        reasons.append("Say what shows the shortage.")
    return reasons


@cites("16.8.8.11(C) NMAC")
def reasons_not_to_order(  # noqa: PLR0913 - each is a field of the order
    kind: MeasureKind | str,
    *,
    starts_on: date,
    ends_on: date | None,
    percent: Number | None,
    shortage_found: bool,
    production_measures: Sequence[date],
    reason: str,
) -> list[str]:
    """After 2022 a measure answers a shortage that was found, within the bounds of its kind, with a reason.

    `production_measures` are the days on which measures to increase production were found to be exhausted.
    """
    first = MEASURES_FROM.on(starts_on)
    reasons = [] if shortage_found else ["A measure needs a finding of a shortage."]
    if starts_on < first:
        reasons.append(f"Measures begin on {long_day(first)} or later.")
    if ends_on is not None and ends_on < starts_on:
        reasons.append("The last day comes before the first.")
    if not reason.strip():
        reasons.append("Say why this measure is ordered.")
    return reasons + _of_its_kind(MeasureKind(kind), starts_on, ends_on, percent, production_measures)


@cites("16.8.8.11(C)(3) NMAC")
def earliest_end(kind: MeasureKind | str, starts_on: date) -> date:
    """The first day that may be the last of a measure: an exclusion lasts six months, the others as long as wanted."""
    if kind != MeasureKind.COMMERCIAL_EXCLUSION:
        return starts_on
    return months_after(starts_on, EXCLUSION_MONTHS.on(starts_on)) - timedelta(days=1)


@cites("16.8.8.11(C)(1), (3), (4) NMAC; which types sell at retail, verify with counsel")
def binds(
    kind: MeasureKind | str,
    license_type: str,
    *,
    issued_on: date | None,
    measure_starts_on: date,
    measure_ends_on: date | None = None,
) -> bool:
    """A measure binds the license types it names; an exclusion only licenses issued while it is in force."""
    if license_type not in BINDS[MeasureKind(kind)]:
        return False
    if kind != MeasureKind.COMMERCIAL_EXCLUSION:
        return True
    if issued_on is None or issued_on < measure_starts_on:
        return False
    return measure_ends_on is None or issued_on <= measure_ends_on


@cites("16.8.8.11(C)(4)(a) NMAC")
def quota_of(cultivated: int, percent: Number) -> int:
    """A quota is a percent of a month's cultivated plants, in whole plants and never more than the percent."""
    return int(cultivated * percent // 100)


@cites("16.8.8.11(C)(4) NMAC")
def quota_met(cultivated: int, medical_plants: int, percent: Number) -> bool:
    """A quota is met when as many plants are designated for the medical program."""
    return medical_plants >= quota_of(cultivated, percent)


@cites("16.8.8.11(C)(1) NMAC")
def set_aside_met(stock_g: Decimal, medical_stock_g: Decimal, percent: Number = 10) -> bool:
    """At least a tenth of a month's stock is designated for patients, caregivers and reciprocal participants."""
    return medical_stock_g * 100 >= stock_g * percent


@cites("16.8.8.11(A), (B) NMAC")
def efforts_asked(month: date) -> int | None:
    """Until December 31, 2022 reasonable efforts were that a quarter of a month's sales be medical; else None."""
    try:
        return REASONABLE_EFFORTS.on(month_bounds(month)[0])
    except LookupError:
        return None


@cites("16.8.8.11(A) NMAC")
def efforts_met(sold_g: Decimal, medical_g: Decimal, percent: Number = 25) -> bool:
    """A quarter of a month's sales went to patients, caregivers and reciprocal participants."""
    return medical_g * 100 >= sold_g * percent


@cites("16.8.8.10(B)(1), 16.8.8.11(A), (C)(1) NMAC; what a required minimum sale is, verify with counsel")
def minimum_medical(month: date, measures: Iterable[MeasureFacts]) -> Decimal | None:
    """The percent of medical sales required in a month is that of a set-aside in force on its first day; else None.

    The reasonable efforts of 2022 were no minimum.
    """
    first = month_bounds(month)[0]
    percents = [
        Decimal(it.percent or SET_ASIDE_PERCENT.on(first))
        for it in measures
        if it.kind == MeasureKind.SET_ASIDE and it.starts_on <= first and (it.ends_on is None or it.ends_on >= first)
    ]
    return max(percents, default=None)


def _of_its_kind(
    kind: MeasureKind, starts_on: date, ends_on: date | None, percent: Number | None, exhausted: Sequence[date]
) -> list[str]:
    if kind == MeasureKind.SET_ASIDE:
        asked = SET_ASIDE_PERCENT.on(starts_on)
        return [] if percent == asked else [f"The rule sets {asked} percent of the stock aside."]
    if kind == MeasureKind.FEE_REDUCTION:
        return (
            []
            if percent is not None and 0 < percent <= 100
            else ["Say by how many percent the fee is lower, 1 to 100."]
        )
    if kind == MeasureKind.PLANT_QUOTA:
        most = QUOTA_MOST_PERCENT.on(starts_on)
        return (
            [] if percent is not None and 0 < percent <= most else [f"A quota is at most {most} percent of the plants."]
        )
    return _against_an_exclusion(starts_on, ends_on, exhausted)


def _against_an_exclusion(starts_on: date, ends_on: date | None, exhausted: Sequence[date]) -> list[str]:
    reasons = []
    if not any(day <= starts_on for day in exhausted):
        reasons.append(
            "Commercial activity is excluded only after measures to increase production are exhausted and recorded."
        )
    first = earliest_end(MeasureKind.COMMERCIAL_EXCLUSION, starts_on)
    if ends_on is not None and ends_on < first:
        reasons.append(
            f"An exclusion lasts at least {EXCLUSION_MONTHS.on(starts_on)} months, so until {long_day(first)}."
        )
    return reasons
