"""The measures against a shortage of medical cannabis: what each asks, whom it binds, and whether it was met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from casefile.law import Dated, cites
from licensing.rules.reports import month_of
from licensing.rules.types import RULE_BEGAN

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

SET_ASIDE_PERCENT: Dated[int] = Dated(
    ((RULE_BEGAN, 10),), name="Percent of the stock set aside for medical sale", source="16.8.8.11(C)(1) NMAC"
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
        return REASONABLE_EFFORTS.on(month_of(month))
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
    first = month_of(month)
    percents = [
        Decimal(it.percent or SET_ASIDE_PERCENT.on(first))
        for it in measures
        if it.kind == MeasureKind.SET_ASIDE and it.starts_on <= first and (it.ends_on is None or it.ends_on >= first)
    ]
    return max(percents, default=None)
