"""What stands against the later steps of a shortage: withdrawing a finding, and exhausting or ending a measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from casefile.calendar import long_day
from casefile.law import cites
from licensing.rules.measures import MeasureKind, Number
from licensing.rules.shortage import EXCLUSION_MONTHS, earliest_end, reasons_not_to_order

PRODUCTION = frozenset({MeasureKind.FEE_REDUCTION, MeasureKind.PLANT_QUOTA})
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Order:
    """A measure as a person wants to order it; `words` are those of the order, with its reasons."""

    kind: MeasureKind
    starts_on: date
    words: str
    ends_on: date | None = None
    percent: Decimal | None = None
    fee: Decimal | None = None
    tracking: str = ""


@dataclass(frozen=True)
class Ground:
    """What an order stands on: the finding, days of exhaustion, measures of its kind that overlap, the usual fee."""

    shortage_found: bool
    exhausted: Sequence[date] = ()
    overlapping: Sequence[str] = ()
    usual_fee: Decimal | None = None


@cites("16.8.8.11(C) NMAC")
def reasons_against_order(order: Order, ground: Ground, *, on: date) -> list[str]:
    """An order keeps the bounds of its kind, begins on the day it is given or later, and stands beside no other."""
    reasons = reasons_not_to_order(
        order.kind, starts_on=order.starts_on, ends_on=order.ends_on, percent=order.percent,
        shortage_found=ground.shortage_found, production_measures=ground.exhausted, reason=order.words,
    )  # fmt: skip
    reasons += reasons_not_to_begin(order.starts_on, on=on) + reasons_against_another(ground.overlapping)
    if order.kind == MeasureKind.FEE_REDUCTION:
        reasons += reasons_against_fee(order.percent, order.fee, usual=ground.usual_fee)
    return reasons


@cites("16.8.8.10(B)(4) NMAC: during the most recent six months; a period that has ended, verify with counsel")
def reasons_not_to_find_yet(period_to: date, *, on: date) -> list[str]:
    """What was found for a period is said when the period has ended."""
    return [] if period_to < on else [f"This period ends on {long_day(period_to)}. Find after it has ended."]


@cites("16.8.8.11(C) NMAC: a measure needs a shortage; verify with counsel")
def reasons_not_to_withdraw(measures: Sequence[str], *, reason: str) -> list[str]:
    """A finding is withdrawn with a reason, once no measure in force or planned rests on it; `measures` names those."""
    reasons = [f"End this measure first: {measure}." for measure in measures]
    return reasons if reason.strip() else [*reasons, "Say why the finding is withdrawn."]


@cites("16.8.8.11(C) NMAC: the Division may take a measure; one that is taken binds from then on")
def reasons_not_to_begin(starts_on: date, *, on: date) -> list[str]:
    """A measure begins on the day it is ordered or later."""
    return [] if starts_on >= on else ["A measure can not begin before the day it is ordered."]


@cites("16.8.8.11(C)(4)(a) NMAC: two quotas together could pass the limit; the other kinds by analogy")
def reasons_against_another(others: Sequence[str]) -> list[str]:
    """At one time one measure of a kind is in force; `others` names those of the kind that overlap in time."""
    return [f"Another measure of this kind overlaps. End it first: {other}." for other in others]


@cites("16.8.8.11(C)(2) NMAC")
def reasons_against_fee(percent: Number | None, fee: Number | None, *, usual: Number | None) -> list[str]:
    """A lower fee is named in dollars or as a percent, not both, and is lower than the usual fee if known."""
    if (percent is None) == (fee is None):
        return ["Say what the fee for each plant is then, or by how many percent it is lower. One of the two."]
    if fee is not None and fee < 0:
        return ["A fee is 0 dollars or more."]
    if fee is not None and usual is not None and fee >= usual:
        return [f"The usual fee is {usual} dollars for each plant. Name a lower one."]
    return []


@cites("16.8.8.11(C)(2) NMAC")
def lower_fee(usual: Decimal | None, *, percent: Number | None, fee: Decimal | None) -> Decimal | None:
    """The fee for a plant of the medical program under a measure, to the cent; None while the usual fee is unknown."""
    if fee is not None:
        return fee
    if usual is None or percent is None:
        return None
    return (usual * (100 - Decimal(percent)) / 100).quantize(CENT)


@cites("16.8.8.11(C)(3) NMAC; what exhausted means a person says, verify with counsel")
def reasons_not_to_exhaust(
    kind: MeasureKind | str, *, starts_on: date, exhausted_on: date, on: date, before: date | None, reason: str
) -> list[str]:
    """Only a measure of production is exhausted: once, on a day from its first to today, with a reason.

    `before` is the day that is on record already.
    """
    reasons = [] if kind in PRODUCTION else ["Only a measure to increase production can be exhausted."]
    if before is not None:
        reasons.append(f"It is on record as exhausted since {long_day(before)}.")
    if exhausted_on < starts_on:
        reasons.append(f"The measure began on {long_day(starts_on)}. It was not exhausted before.")
    if exhausted_on > on:
        reasons.append("That day has not come yet.")
    return reasons if reason.strip() else [*reasons, "Say what shows that the measure is exhausted."]


@cites("16.8.8.11(C)(3) NMAC for an exclusion; the others end when the Division says so")
def reasons_not_to_end(
    kind: MeasureKind | str, *, starts_on: date, ends_on: date | None, last_day: date, on: date, reason: str
) -> list[str]:
    """A measure ends today or later, no later than was ordered, an exclusion after six months; with a reason.

    One that has not begun may be called off: its last day is the day before its first.
    """
    reasons = [] if reason.strip() else ["Say why the measure ends."]
    if ends_on is not None and ends_on < on:
        return [*reasons, f"It ended on {long_day(ends_on)}."]
    if ends_on is not None and last_day > ends_on:
        reasons.append(f"It ends on {long_day(ends_on)}. A measure that is to last longer is ordered anew.")
    if last_day == starts_on - timedelta(days=1) and on < starts_on:
        return reasons
    first = max(on, earliest_end(kind, starts_on))
    if last_day < first:
        months = EXCLUSION_MONTHS.on(starts_on)
        why = f" An exclusion is in force for at least {months} months." if first > max(on, starts_on) else ""
        reasons.append(f"The last day is {long_day(first)} or later.{why}")
    return reasons
