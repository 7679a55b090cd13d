"""The factors of a first level, five of 16.8.8.9(A), each with its facts and threshold."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from casefile.law import Dated, cites
from licensing.rules.facts import DesignationFacts, Factor, Finding, MonthFacts, Question
from licensing.rules.levels import LEVELS
from licensing.rules.months import preceding_months, share
from licensing.rules.reports import grams, month_words
from licensing.rules.types import RULE_BEGAN

HARVESTED_PERCENT: Dated[int] = Dated(
    ((RULE_BEGAN, 80),), name="Percent of the authorized count harvested before a designation",
    source="16.8.8.9(A)(3) NMAC",
)  # fmt: skip
SALES_PERCENT: Dated[int] = Dated(
    ((RULE_BEGAN, 75),), name="Percent of the production sold before a designation", source="16.8.8.9(A)(4) NMAC"
)  # fmt: skip
DESIGNATION_MONTHS: Dated[int] = Dated(
    ((RULE_BEGAN, 6),), name="Months looked at before a designation", source="16.8.8.9(A)(3), (4) NMAC"
)  # fmt: skip

REQUESTED_LEVEL = Question("requested_level", "Level asked for", "16.8.8.9(A)(1) NMAC")
WATER = Question("water", "Right to the water", "16.8.8.9(A)(2) NMAC")
HARVESTED = Question("harvested", "Plants harvested in six months", "16.8.8.9(A)(3) NMAC")
SALES = Question("sales", "Sales in six months", "16.8.8.9(A)(4) NMAC")
SOCIAL_EQUITY = Question("social_equity", "Social equity plan", "16.8.8.9(A)(5) NMAC")
TOO_YOUNG = "The license has no six months of reports before the request."


@cites(REQUESTED_LEVEL.cites)
def requested_level_factor(level: int | None, count: int | None, *, on: date) -> Factor:
    """The level that the applicant asks for, with a count inside its range."""
    asked = next((it for it in LEVELS.on(on) if it.number == level), None)
    threshold = str(asked) if asked else "A level with a count inside it"
    facts = [
        f"Level {level} was asked for." if level is not None else "No level was asked for.",
        f"{count:,} mature plants were asked for." if count is not None else "No count was asked for.",
    ]
    inside = asked is not None and count is not None and asked.holds(count)
    return REQUESTED_LEVEL.answer(Finding.MET if inside else Finding.NOT_MET, facts, threshold)


@cites(WATER.cites)
def designation_water_factor(documents: Sequence[str], quantity: str = "") -> Factor:
    """A person judges whether the papers show a legal right to the water that the cultivation plan needs."""
    return water_answer(WATER, documents, quantity)


@cites(HARVESTED.cites)
def harvested_factor(
    months: Iterable[MonthFacts], authorized: int | None, *, on: date, since: date | None = None
) -> Factor:
    """Where there is a count already, at least eighty percent of it was harvested in the preceding six months."""
    percent, n = HARVESTED_PERCENT.on(on), DESIGNATION_MONTHS.on(on)
    threshold = f"At least {percent} percent of the authorized count, in {n} months"
    looked = preceding_months(months, n, on, since=since)
    if not authorized:
        return HARVESTED.answer(Finding.NOT_APPLICABLE, ["No count was authorized before."], threshold)
    if len(looked) < n:
        return HARVESTED.answer(Finding.NOT_APPLICABLE, [TOO_YOUNG], threshold)
    total = sum(it.harvested for it in looked)
    facts = [f"{total:,} harvested, {share(total, authorized)} percent of {authorized:,}.", *_silent(looked)]
    if total * 100 >= authorized * percent:
        return HARVESTED.answer(Finding.MET, facts, threshold)
    return HARVESTED.answer(Finding.JUDGE if _silent(looked) else Finding.NOT_MET, facts, threshold)


@cites(SALES.cites)
def sales_factor(months: Iterable[MonthFacts], *, on: date, since: date | None = None) -> Factor:
    """Where there was production, sales of the preceding six months are at least seventy-five percent of it."""
    percent, n = SALES_PERCENT.on(on), DESIGNATION_MONTHS.on(on)
    threshold = f"At least {percent} percent of the reported production, in {n} months"
    looked = preceding_months(months, n, on, since=since)
    if len(looked) < n:
        return SALES.answer(Finding.NOT_APPLICABLE, [TOO_YOUNG], threshold)
    produced = sum((it.produced_g for it in looked), Decimal(0))
    sold = sum((it.sold_g for it in looked), Decimal(0))
    if silent := _silent(looked):
        known = f"Known of the others: sold {grams(sold)}, produced {grams(produced)}."
        return SALES.answer(Finding.JUDGE, [*silent, known], threshold)
    if not produced:
        return SALES.answer(Finding.NOT_APPLICABLE, ["Nothing was produced in these months."], threshold)
    finding = Finding.MET if sold * 100 >= produced * percent else Finding.NOT_MET
    return SALES.answer(finding, [f"{share(sold, produced)} percent, {grams(sold)} of {grams(produced)}."], threshold)


@cites(SOCIAL_EQUITY.cites)
def social_equity_factor(documents: Sequence[str]) -> Factor:
    """A person judges the social equity plan; without one the factor is not met."""
    threshold = "A plan that speaks of people and places as the rule lists them"
    if not documents:
        return SOCIAL_EQUITY.answer(Finding.NOT_MET, ["No plan has come."], threshold)
    return SOCIAL_EQUITY.answer(Finding.JUDGE, documents, threshold)


@cites("16.8.8.9(A) NMAC")
def designation_factors(facts: DesignationFacts) -> list[Factor]:
    """The five factors of a first level, in the order of the rule."""
    return [
        requested_level_factor(facts.level, facts.count, on=facts.on),
        designation_water_factor(facts.water_documents, facts.water_quantity),
        harvested_factor(facts.months, facts.authorized, on=facts.on, since=facts.since),
        sales_factor(facts.months, on=facts.on, since=facts.since),
        social_equity_factor(facts.social_equity),
    ]


def water_answer(question: Question, documents: Sequence[str], quantity: str) -> Factor:
    """The papers on water are for a person to judge; none at all is not met."""
    threshold = "A legal right to the quantity that the cultivation plan needs"
    needed = [f"The plan needs {quantity}."] if quantity else ["The quantity that the plan needs was not said."]
    if not documents:
        return question.answer(Finding.NOT_MET, ["No paper has come.", *needed], threshold)
    return question.answer(Finding.JUDGE, [*documents, *needed], threshold)


def _silent(months: Iterable[MonthFacts]) -> list[str]:
    return [f"{month_words(it.month)}: no report." for it in months if not it.reported]
