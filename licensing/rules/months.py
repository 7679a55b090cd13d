"""Looking back over months: which of them count, and what part of a weight another one is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from casefile.law import cites
from licensing.rules.facts import Finding, MonthFacts
from licensing.rules.reports import grams, month_before, month_words, months_between

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Judged:
    """What one month comes to, and the fact behind it."""

    finding: Finding
    fact: str


@cites("16.8.8.9(A)(3), (4) NMAC: the preceding six months; whole months before the day, verify with counsel")
def preceding_months(
    months: Iterable[MonthFacts], n: int, before: date, *, since: date | None = None
) -> list[MonthFacts]:
    """The last n calendar months that ended before a day, oldest first, each without a report marked as such.

    Fewer when the license is younger: months begin with that of `since`, or with the first one given.
    """
    return _known(months, before, since)[-n:]


@cites("16.8.8.10(B)(1), (2) NMAC: the last 3 months it has operated")
def last_months_operated(
    months: Iterable[MonthFacts], n: int, before: date, *, since: date | None = None
) -> list[MonthFacts]:
    """The last n months of operation that ended before a day, oldest first: idle months are left out.

    A month without a report is not left out, because nobody knows whether it was idle.
    """
    return [it for it in _known(months, before, since) if it.operated or not it.reported][-n:]


@cites("16.8.8.10(B)(1), (2) NMAC: at least a percent, of each month")
def judge_month(month: MonthFacts, part: Decimal, whole: Decimal | None, percent: Decimal | int) -> Judged:
    """A month is met when a part of a weight is at least some percent of it; without a report a person judges."""
    name = month_words(month.month)
    if not month.reported:
        return Judged(Finding.JUDGE, f"{name}: no report.")
    if whole is None:
        return Judged(Finding.JUDGE, f"{name}: the stock of the month before is not on record.")
    if not whole:
        finding = Finding.MET if part else Finding.JUDGE
        return Judged(finding, f"{name}: {grams(part)} of {grams(whole)}.")
    finding = Finding.MET if part * 100 >= whole * percent else Finding.NOT_MET
    return Judged(finding, f"{name}: {share(part, whole)} percent, {grams(part)} of {grams(whole)}.")


@cites("16.8.8.10(B)(1), (2) NMAC: each month")
def judge_each(judged: Sequence[Judged]) -> Finding:
    """One month that is not met decides; else one that a person has to judge; else all of them are met."""
    findings = {it.finding for it in judged}
    return next((it for it in (Finding.NOT_MET, Finding.JUDGE) if it in findings), Finding.MET)


def share(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """Percent with one decimal, rounded down, so that 79.96 is never shown as 80."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, ROUND_FLOOR)


def _known(months: Iterable[MonthFacts], before: date, since: date | None) -> list[MonthFacts]:
    given = {it.month: it for it in months}
    firsts = [*given, *([since] if since else [])]
    if not firsts:
        return []
    all_of_them = months_between(min(firsts), month_before(before))
    return [given.get(month) or MonthFacts(month, reported=False) for month in all_of_them]
