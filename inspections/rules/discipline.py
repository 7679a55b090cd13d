"""Referral for discipline and its outcomes: penalty, suspension, revocation; and the extension that may avoid it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casefile.calendar import long_day, months_after
from casefile.law import Dated, cites

OUTCOMES = ("penalty", "suspension", "revocation", "returned", "dismissed")
PAYEE = "the state treasurer, for the current school fund"

PENALTY_MAX: Dated[Decimal] = Dated(
    ((date(2021, 6, 29), Decimal(10_000)),),
    verify="Verify with counsel: the criteria and amounts of Part 12 were not seen, only the maximum of the Act.",
    name="Most a penalty may be, in dollars per violation",
    source="NMSA 26-2C-8(B)(3)",
)
TIME_BAR_MONTHS: Dated[int] = Dated(
    ((date(2021, 6, 29), 24),),
    verify="Verify with counsel: the text seen is older than the amendment of 2023.",
    name="Months after discovery in which an action may be brought",
    source="NMSA 61-1-3.1(A)",
)


@dataclass(frozen=True)
class Referral:
    """What is known when a case is to be referred for discipline."""

    served: bool
    discovered_on: date
    on: date
    reason: str
    closed: bool = False


@dataclass(frozen=True)
class Penalty:
    """The penalty for one violation: an amount in dollars, once for each time it was counted."""

    number: int
    count: int
    amount: Decimal

    @property
    def total(self) -> Decimal:
        """Count times amount."""
        return self.count * self.amount


@cites("NMSA 26-2C-8(A), 61-1-3.1(A)")
def reasons_not_to_refer(referral: Referral) -> list[str]:
    """An open case may be referred once its notice is served, within two years of discovery, with a reason."""
    last_on = months_after(referral.discovered_on, TIME_BAR_MONTHS.on(referral.on))
    against = {
        "The case is closed.": referral.closed,
        "The notice has not been served.": not referral.served,
        f"No action may be brought after {long_day(last_on)}, two years after discovery.": referral.on > last_on,
        "Say why the case is referred.": not referral.reason.strip(),
    }
    return [reason for reason, stands in against.items() if stands]


@cites("NMSA 26-2C-8(B)(3)")
def reasons_against_penalty(penalty: Penalty, *, on: date, found: int | None = None) -> list[str]:
    """A penalty is more than nothing and at most the maximum for each violation; `found` is the count on record."""
    most = PENALTY_MAX.on(on)
    against = {
        "the count must be 1 or more.": penalty.count < 1,
        f"the visit counted {found}, so the penalty cannot count {penalty.count}.": found is not None
        and penalty.count > found,
        "the amount must be more than $0.": penalty.amount <= 0,
        f"the amount is at most {money(most)} for each violation.": penalty.amount > most,
        "the amount is in dollars and cents.": penalty.amount != penalty.amount.quantize(Decimal("0.01")),
    }
    return [f"Violation {penalty.number}: {reason}" for reason, stands in against.items() if stands]


@cites("NMSA 26-2C-8(B)(3)")
def reasons_not_to_impose_penalty(penalties: Sequence[Penalty], *, on: date) -> list[str]:
    """A penalty names at least one violation, each once, each within the maximum."""
    if not penalties:
        return ["Choose at least one violation."]
    numbers = [penalty.number for penalty in penalties]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    against = [f"Violation {number} is named twice." for number in twice]
    return against + [reason for penalty in penalties for reason in reasons_against_penalty(penalty, on=on)]


@cites("NMSA 26-2C-8(B)(3)")
def penalty_total(penalties: Sequence[Penalty]) -> Decimal:
    """The sum over the violations of count times amount, in dollars."""
    return sum((penalty.total for penalty in penalties), Decimal(0))


@cites("NMSA 26-2C-8(B)(3)")
def penalty_explained(penalties: Sequence[Penalty]) -> list[str]:
    """The calculation line by line, its total, and to whom a penalty is paid."""
    return [
        *(f"Violation {it.number}: {it.count:,} × {money(it.amount)} = {money(it.total)}" for it in penalties),
        f"Total: {money(penalty_total(penalties))}",
        f"Pay to {PAYEE}.",
    ]


@cites("NMSA 26-2C-8(B)(4)")
def reasons_not_to_suspend(*, starts_on: date, ends_on: date, reason: str) -> list[str]:
    """A suspension has a first and a last day and a reason."""
    against = [] if starts_on <= ends_on else ["The last day of a suspension is not before its first."]
    return against if reason.strip() else [*against, "Say why the license is suspended."]


@cites("NMSA 26-2C-8(B)(4)")
def reasons_not_to_revoke(*, reason: str) -> list[str]:
    """A revocation has a reason; the license follows."""
    return [] if reason.strip() else ["Say why the license is revoked."]


@cites("office practice: none was found on extensions, verify with counsel")
def reasons_not_to_extend(*, old_due: date, new_due: date, reason: str, on: date | None = None) -> list[str]:
    """A deadline moves later only, to a day that has not passed on `on`, with a reason."""
    against = {
        f"The new day must be later than {long_day(old_due)}.": new_due <= old_due,
        "The new day has already passed.": on is not None and new_due < on,
        "Say why the deadline is extended.": not reason.strip(),
    }
    return [text for text, stands in against.items() if stands]


def money(amount: Decimal) -> str:
    """$10,000, or $12.50 where there are cents."""
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"
