"""A shortage of medical cannabis: what a finding needs, and the measures that may answer it."""

from collections.abc import Sequence
from datetime import date, timedelta

from casefile.calendar import long_day, months_after
from casefile.law import Dated, cites
from licensing.rules.measures import (
    BINDS,
    MEASURE_CITES,
    MEASURE_LABELS,
    REASONABLE_EFFORTS,
    SET_ASIDE_PERCENT,
    MeasureFacts,
    MeasureKind,
    Number,
    binds,
    efforts_asked,
    efforts_met,
    minimum_medical,
    quota_met,
    quota_of,
    set_aside_met,
)
from licensing.rules.types import RULE_BEGAN

FAR = date(2200, 1, 1)  # a mistyped year, such as 9999, has no day six months on
TOO_FAR = f"Choose a day before {long_day(FAR)}."

SHORTAGE_MONTHS: Dated[int] = Dated(
    ((RULE_BEGAN, 6),), name="Months of a period in which a shortage is found", source="16.8.8.10(B)(4) NMAC"
)  # fmt: skip
MEASURES_FROM: Dated[date] = Dated(
    ((RULE_BEGAN, date(2023, 1, 1)),), name="First day of measures against a shortage", source="16.8.8.11(C) NMAC"
)  # fmt: skip
EXCLUSION_MONTHS: Dated[int] = Dated(
    ((RULE_BEGAN, 6),), name="Fewest months of an exclusion of commercial activity", source="16.8.8.11(C)(3) NMAC"
)  # fmt: skip
QUOTA_MOST_PERCENT: Dated[int] = Dated(
    ((RULE_BEGAN, 25),), name="Most percent of a month's plants in a quota", source="16.8.8.11(C)(4)(a) NMAC"
)  # fmt: skip


@cites("16.8.8.10(B)(4) NMAC")
def shortage_period_ends_on(period_from: date) -> date:
    """The last day of the six months that begin on a day."""
    return _last_of(period_from, SHORTAGE_MONTHS)


@cites("16.8.8.10(B)(4), 16.8.8.11(C) NMAC")
def reasons_not_to_find(
    period_from: date, period_to: date, statewide: bool, areas: Sequence[str], evidence: str
) -> list[str]:
    """A shortage is found for a period of six months, throughout the state or in named areas, on evidence."""
    if period_from >= FAR:
        return [TOO_FAR]
    reasons = []
    last = shortage_period_ends_on(period_from)
    if period_to != last:
        months = SHORTAGE_MONTHS.on(_within(period_from))
        reasons.append(f"A period of {months} months from {long_day(period_from)} on ends on {long_day(last)}.")
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
    if starts_on >= FAR:
        return [TOO_FAR]
    first = MEASURES_FROM.on(_within(starts_on))
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
    return _last_of(starts_on, EXCLUSION_MONTHS)


def _last_of(first: date, months: Dated[int]) -> date:
    """The last day of some months that begin with `first`."""
    return months_after(min(first, FAR), months.on(_within(first))) - timedelta(days=1)


def _within(day: date) -> date:
    """The day on which a value is read: no earlier than the rule itself."""
    return max(day, RULE_BEGAN)


def _of_its_kind(
    kind: MeasureKind, starts_on: date, ends_on: date | None, percent: Number | None, exhausted: Sequence[date]
) -> list[str]:
    if kind == MeasureKind.SET_ASIDE:
        asked = SET_ASIDE_PERCENT.on(_within(starts_on))
        return [] if percent == asked else [f"The rule sets {asked} percent of the stock aside."]
    if kind == MeasureKind.FEE_REDUCTION:
        lower = percent is None or 0 < percent <= 100  # None where the order names the fee itself
        return [] if lower else ["A fee is lowered by more than 0 and at most 100 percent."]
    if kind == MeasureKind.PLANT_QUOTA:
        most = QUOTA_MOST_PERCENT.on(_within(starts_on))
        within = percent is not None and 0 < percent <= most
        return [] if within else [f"A quota is more than 0 and at most {most} percent of a month's plants."]
    return _against_an_exclusion(starts_on, ends_on, exhausted)


def _against_an_exclusion(starts_on: date, ends_on: date | None, exhausted: Sequence[date]) -> list[str]:
    reasons = []
    if not any(day <= starts_on for day in exhausted):
        reasons.append(
            "Commercial activity is excluded only after measures to increase production are exhausted and recorded."
        )
    first = earliest_end(MeasureKind.COMMERCIAL_EXCLUSION, starts_on)
    if ends_on is not None and ends_on < first:
        months = EXCLUSION_MONTHS.on(_within(starts_on))
        reasons.append(f"An exclusion lasts at least {months} months, so until {long_day(first)}.")
    return reasons


__all__ = [
    "BINDS",
    "EXCLUSION_MONTHS",
    "MEASURES_FROM",
    "MEASURE_CITES",
    "MEASURE_LABELS",
    "QUOTA_MOST_PERCENT",
    "REASONABLE_EFFORTS",
    "SET_ASIDE_PERCENT",
    "SHORTAGE_MONTHS",
    "MeasureFacts",
    "MeasureKind",
    "binds",
    "earliest_end",
    "efforts_asked",
    "efforts_met",
    "minimum_medical",
    "quota_met",
    "quota_of",
    "reasons_not_to_find",
    "reasons_not_to_order",
    "set_aside_met",
    "shortage_period_ends_on",
]
