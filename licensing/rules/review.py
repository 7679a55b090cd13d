"""The factors of an increase, six of 16.8.8.10(B) and the ground of (C), each with its facts and threshold."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from casefile.calendar import long_day, months_before
from casefile.law import Dated, cites
from licensing.rules.designation import (
    designation_factors,
    designation_water_factor,
    harvested_factor,
    requested_level_factor,
    sales_factor,
    social_equity_factor,
    water_answer,
)
from licensing.rules.facts import (
    AVAILABLE,
    FINDING_LABELS,
    PRODUCED,
    SOLD_OF,
    CountFact,
    DesignationFacts,
    EnforcementFact,
    Factor,
    Finding,
    IncreaseFacts,
    MonthFacts,
    Question,
    ShortageFact,
)
from licensing.rules.months import Judged, judge_each, judge_month, last_months_operated, preceding_months
from licensing.rules.shortage import SHORTAGE_MONTHS
from licensing.rules.types import RULE_BEGAN

SOLD_PERCENT: Dated[int] = Dated(
    ((RULE_BEGAN, 80),), "Verify with counsel: the rule does not say eighty percent of what. Read as of the month's "
    "production; of the stock before and the production is the other reading.",
    name="Percent sold in each month before an increase", source="16.8.8.10(B)(2) NMAC",
)  # fmt: skip
OPERATED_MONTHS: Dated[int] = Dated(
    ((RULE_BEGAN, 3),), name="Months of operation looked at before an increase", source="16.8.8.10(B)(1), (2) NMAC"
)  # fmt: skip
OVER_COUNT_MONTHS: Dated[int] = Dated(
    ((RULE_BEGAN, 3),), name="Months in which growing above the count is a ground for denial",
    source="16.8.8.10(C) NMAC",
)  # fmt: skip

MEDICAL_SALES = Question("medical_sales", "Minimum sale of medical cannabis", "16.8.8.10(B)(1) NMAC")
SOLD_SHARE = Question("sold_share", "Part that was sold", "16.8.8.10(B)(2) NMAC")
ENFORCEMENT = Question("enforcement", "Pending or final enforcement", "16.8.8.10(B)(3) NMAC")
SHORTAGE = Question("shortage", "Shortage in the medical program", "16.8.8.10(B)(4) NMAC")
WATER = Question("water", "Cultivation plan and water", "16.8.8.10(B)(5) NMAC")
COMPLETENESS = Question("completeness", "Complete information", "16.8.8.10(B)(6) NMAC")
OVER_COUNT = Question("over_count", "Growing above the authorized count", "16.8.8.10(C) NMAC")


@cites(MEDICAL_SALES.cites)
def medical_sales_factor(
    months: Iterable[MonthFacts], minimum: Mapping[date, Decimal | None], *, on: date, since: date | None = None
) -> Factor:
    """The licensee met the required minimum sale of medical cannabis in each of the last three months it operated."""
    wanted = OPERATED_MONTHS.on(on)
    threshold = f"The required minimum in each of the last {wanted} months it has operated"
    looked = last_months_operated(months, wanted, on, since=since)
    judged = [
        judge_month(it, it.sold_medical_g, it.sold_g, percent)
        for it in looked
        if (percent := minimum.get(it.month)) is not None
    ]
    if not judged:
        none = "No minimum was required in these months. The reasonable efforts asked for until 2022 are no minimum."
        return MEDICAL_SALES.answer(Finding.NOT_APPLICABLE, [none], threshold)
    return _of_months(MEDICAL_SALES, judged, wanted - len(looked), threshold)


@cites(f"{SOLD_SHARE.cites}; eighty percent of what, verify with counsel")
def sold_share_factor(
    months: Iterable[MonthFacts], *, on: date, basis: str = PRODUCED, since: date | None = None
) -> Factor:
    """The licensee sold at least eighty percent of its cannabis in each of the last three months it operated."""
    wanted, percent = OPERATED_MONTHS.on(on), SOLD_PERCENT.on(on)
    looked = last_months_operated(months, wanted, on, since=since)
    whole = {it.month: it.available_g if basis == AVAILABLE else it.produced_g for it in looked}
    judged = [judge_month(it, it.sold_g, whole[it.month], percent) for it in looked]
    threshold = f"At least {percent} percent of {SOLD_OF[basis]}, in each of the last {wanted} months it has operated"
    return _of_months(SOLD_SHARE, judged, wanted - len(looked), threshold)


@cites(f"{ENFORCEMENT.cites}; which papers are enforcement actions, verify with counsel")
def enforcement_factor(enforcement: Sequence[EnforcementFact]) -> Factor:
    """Any pending or final enforcement action against the licensee is weighed; it never denies a request by itself."""
    facts = [str(it) for it in sorted(enforcement, key=lambda it: it.on)]
    finding = Finding.NOT_MET if facts else Finding.MET
    return ENFORCEMENT.answer(finding, facts or ["None is on record."], "No pending or final enforcement action")


@cites(SHORTAGE.cites)
def shortage_factor(shortages: Iterable[ShortageFact], *, on: date) -> Factor:
    """A shortage in the most recent six months, throughout the state or in areas, is weighed."""
    first = months_before(on, SHORTAGE_MONTHS.on(on))
    threshold = f"A shortage found for a period that reaches into {long_day(first)} to {long_day(on)}"
    recent = [it for it in shortages if it.period_from <= on and it.period_to >= first]
    if not recent:
        return SHORTAGE.answer(Finding.JUDGE, ["The Division has recorded no finding for this time."], threshold)
    finding = Finding.MET if any(it.found for it in recent) else Finding.NOT_MET
    return SHORTAGE.answer(finding, map(str, recent), threshold)


@cites(WATER.cites)
def water_factor(documents: Sequence[str], quantity: str = "") -> Factor:
    """A person judges whether the papers show access to the water that the larger cultivation plan needs."""
    return water_answer(WATER, documents, quantity)


@cites(COMPLETENESS.cites)
def completeness_factor(missing: Sequence[str]) -> Factor:
    """The information is complete when every piece the rule asks for has come."""
    facts = [f"Missing: {label}." for label in missing]
    finding = Finding.NOT_MET if facts else Finding.MET
    return COMPLETENESS.answer(finding, facts or ["Every piece has come."], "Every piece of 16.8.8.10(A) NMAC")


@cites(OVER_COUNT.cites)
def over_count_factor(counts: Iterable[CountFact], *, on: date) -> Factor:
    """Growing more mature plants than authorized in the three months before the request is a ground for denial."""
    first = months_before(on, OVER_COUNT_MONTHS.on(on))
    looked = sorted((it for it in counts if first <= it.on <= on), key=lambda it: it.on)
    facts = [str(it) for it in looked] or ["No count is on record for this time."]
    known = bool(looked) and all(it.authorized is not None for it in looked)
    finding = Finding.MET if known else Finding.JUDGE
    if any(it.over for it in looked):
        finding = Finding.NOT_MET
    return OVER_COUNT.answer(
        finding, facts, f"Never above the authorized count from {long_day(first)} to {long_day(on)}"
    )


@cites("16.8.8.10(B), (C) NMAC")
def increase_factors(facts: IncreaseFacts) -> list[Factor]:
    """The six factors of an increase and the ground for denial, in the order of the rule."""
    return [
        medical_sales_factor(facts.months, facts.minimum_medical, on=facts.on, since=facts.since),
        sold_share_factor(facts.months, on=facts.on, basis=facts.basis, since=facts.since),
        enforcement_factor(facts.enforcement),
        shortage_factor(facts.shortages, on=facts.on),
        water_factor(facts.water_documents, facts.water_quantity),
        completeness_factor(facts.missing),
        over_count_factor(facts.counts, on=facts.on),
    ]


def _of_months(question: Question, judged: Sequence[Judged], short: int, threshold: str) -> Factor:
    """Months that are too few leave it to a person, unless one of them already fails."""
    facts, finding = [it.fact for it in judged], judge_each(judged)
    if short:
        facts.append(f"It has operated fewer months than the rule looks at: {short} too few.")
        finding = finding if finding == Finding.NOT_MET else Finding.JUDGE
    return question.answer(finding, facts, threshold)


__all__ = [
    "AVAILABLE",
    "FINDING_LABELS",
    "OPERATED_MONTHS",
    "OVER_COUNT_MONTHS",
    "PRODUCED",
    "SOLD_OF",
    "SOLD_PERCENT",
    "CountFact",
    "DesignationFacts",
    "EnforcementFact",
    "Factor",
    "Finding",
    "IncreaseFacts",
    "MonthFacts",
    "Question",
    "ShortageFact",
    "completeness_factor",
    "designation_factors",
    "designation_water_factor",
    "enforcement_factor",
    "harvested_factor",
    "increase_factors",
    "last_months_operated",
    "medical_sales_factor",
    "over_count_factor",
    "preceding_months",
    "requested_level_factor",
    "sales_factor",
    "shortage_factor",
    "social_equity_factor",
    "sold_share_factor",
    "water_factor",
]
