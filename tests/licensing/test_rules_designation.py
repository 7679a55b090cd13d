"""The factors of a first level (16.8.8.9 A): every threshold on both sides."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from licensing.rules.designation import (
    DESIGNATION_MONTHS,
    HARVESTED_PERCENT,
    SALES_PERCENT,
    designation_factors,
    designation_water_factor,
    harvested_factor,
    requested_level_factor,
    sales_factor,
    social_equity_factor,
)
from licensing.rules.facts import DesignationFacts, Finding, MonthFacts

DAY = date(2026, 3, 15)  # September to February precede
SIX = [date(2025, 9, 1), date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
MONTHS = tuple(
    MonthFacts(month, operated=True, harvested=300, produced_g=Decimal(1_000), sold_g=Decimal(800)) for month in SIX
)
YOUNG = "The license has no six months of reports before the request."


def changed(index: int, **facts) -> tuple[MonthFacts, ...]:
    return tuple(replace(it, **facts) if n == index else it for n, it in enumerate(MONTHS))


class TestRequestedLevel:
    @pytest.mark.parametrize(
        ("level", "count", "finding"),
        [(1, 200, Finding.NOT_MET), (1, 201, Finding.MET), (1, 2_000, Finding.MET), (1, 2_001, Finding.NOT_MET),
         (5, 2_001, Finding.NOT_MET), (None, 2_001, Finding.NOT_MET), (2, None, Finding.NOT_MET)],
    )  # fmt: skip
    def test_has_its_count_inside(self, level: int | None, count: int | None, finding: Finding) -> None:
        assert requested_level_factor(level, count, on=DAY).finding is finding

    def test_in_words(self) -> None:
        factor = requested_level_factor(2, 2_001, on=DAY)
        assert factor.facts == ("Level 2 was asked for.", "2,001 mature plants were asked for.")
        assert factor.threshold == "Level 2: 2,001 to 6,000 mature plants"
        empty = requested_level_factor(None, None, on=DAY)
        assert empty.facts == ("No level was asked for.", "No count was asked for.")
        assert empty.threshold == "A level with a count inside it"


class TestHarvested:
    @pytest.mark.parametrize(("harvested", "finding"), [(99, Finding.NOT_MET), (100, Finding.MET), (101, Finding.MET)])
    def test_is_eighty_percent_of_the_count_in_six_months(self, harvested: int, finding: Finding) -> None:
        """Five times 300 and the last month are 1,599, 1,600 or 1,601 of 2,000."""
        factor = harvested_factor(changed(5, harvested=harvested), 2_000, on=DAY)
        assert factor.finding is finding
        assert (HARVESTED_PERCENT.on(DAY), DESIGNATION_MONTHS.on(DAY)) == (80, 6)

    def test_in_words(self) -> None:
        factor = harvested_factor(changed(5, harvested=99), 2_000, on=DAY)
        assert factor.facts == ("1,599 harvested, 79.9 percent of 2,000.",)
        assert factor.threshold == "At least 80 percent of the authorized count, in 6 months"

    @pytest.mark.parametrize("authorized", [None, 0])
    def test_does_not_apply_without_a_count(self, authorized: int | None) -> None:
        factor = harvested_factor(MONTHS, authorized, on=DAY)
        assert (factor.finding, factor.facts) == (Finding.NOT_APPLICABLE, ("No count was authorized before.",))

    def test_does_not_apply_before_six_months(self) -> None:
        factor = harvested_factor(MONTHS[1:], 2_000, on=DAY)
        assert (factor.finding, factor.facts) == (Finding.NOT_APPLICABLE, (YOUNG,))

    def test_an_older_month_is_not_counted(self) -> None:
        august = MonthFacts(date(2025, 8, 1), harvested=9_999)
        assert harvested_factor((august, *changed(5, harvested=99)), 2_000, on=DAY).finding is Finding.NOT_MET

    def test_a_missing_report_leaves_it_to_a_person_unless_the_others_suffice(self) -> None:
        factor = harvested_factor(MONTHS[:5], 2_000, on=DAY)
        assert factor.finding is Finding.JUDGE
        assert factor.facts == ("1,500 harvested, 75.0 percent of 2,000.", "February 2026: no report.")
        assert harvested_factor(MONTHS[:5], 1_875, on=DAY).finding is Finding.MET
        assert harvested_factor(MONTHS[:5], 1_876, on=DAY).finding is Finding.JUDGE

    def test_months_since_the_issue_count_without_reports(self) -> None:
        assert harvested_factor([], 2_000, on=DAY, since=date(2025, 10, 1)).finding is Finding.NOT_APPLICABLE
        assert harvested_factor([], 2_000, on=DAY, since=date(2025, 9, 30)).finding is Finding.JUDGE


class TestSales:
    @pytest.mark.parametrize(
        ("sold", "finding"), [("499.999", Finding.NOT_MET), ("500", Finding.MET), ("500.001", Finding.MET)]
    )
    def test_are_seventy_five_percent_of_production_in_six_months(self, sold: str, finding: Finding) -> None:
        """Five times 800 g and the last month of 6,000 g."""
        assert sales_factor(changed(5, sold_g=Decimal(sold)), on=DAY).finding is finding
        assert SALES_PERCENT.on(DAY) == 75

    def test_in_words(self) -> None:
        factor = sales_factor(changed(5, sold_g=Decimal(494)), on=DAY)
        assert factor.facts == ("74.9 percent, 4,494 g of 6,000 g.",)
        assert factor.threshold == "At least 75 percent of the reported production, in 6 months"

    def test_do_not_apply_before_six_months_or_without_production(self) -> None:
        assert sales_factor(MONTHS[1:], on=DAY).facts == (YOUNG,)
        assert sales_factor(MONTHS[1:], on=DAY).finding is Finding.NOT_APPLICABLE
        none = tuple(replace(it, produced_g=Decimal(0)) for it in MONTHS)
        assert sales_factor(none, on=DAY).facts == ("Nothing was produced in these months.",)
        assert sales_factor(none, on=DAY).finding is Finding.NOT_APPLICABLE

    def test_are_for_a_person_when_a_report_is_missing(self) -> None:
        factor = sales_factor(MONTHS[:5], on=DAY)
        assert factor.finding is Finding.JUDGE
        assert factor.facts == ("February 2026: no report.", "Known of the others: sold 4,000 g, produced 5,000 g.")
        assert sales_factor([], on=DAY, since=date(2025, 9, 1)).finding is Finding.JUDGE


def test_the_threshold_is_said_whatever_was_found() -> None:
    """With a count, without one, young, silent, idle, met and not met."""
    lots = (MONTHS, MONTHS[1:], MONTHS[:5], changed(5, harvested=0, sold_g=Decimal(0)))
    harvested = {harvested_factor(months, count, on=DAY).threshold for months in lots for count in (None, 1, 2_000)}
    none = tuple(replace(it, produced_g=Decimal(0)) for it in MONTHS)
    sales = {sales_factor(months, on=DAY).threshold for months in (*lots, none)}
    assert harvested == {"At least 80 percent of the authorized count, in 6 months"}
    assert sales == {"At least 75 percent of the reported production, in 6 months"}


class TestPapers:
    def test_on_water_are_for_a_person(self) -> None:
        factor = designation_water_factor(["Permit"], "9 acre-feet")
        assert (factor.finding, factor.facts) == (Finding.JUDGE, ("Permit", "The plan needs 9 acre-feet."))
        assert factor.cites == "16.8.8.9(A)(2) NMAC"
        none = designation_water_factor([])
        assert none.finding is Finding.NOT_MET
        assert none.facts == ("No paper has come.", "The quantity that the plan needs was not said.")

    def test_on_social_equity_are_for_a_person(self) -> None:
        factor = social_equity_factor(["Plan of 2026"])
        assert (factor.finding, factor.facts) == (Finding.JUDGE, ("Plan of 2026",))
        assert factor.threshold == "A plan that speaks of people and places as the rule lists them"
        none = social_equity_factor([])
        assert (none.finding, none.facts) == (Finding.NOT_MET, ("No plan has come.",))
        assert none.threshold == factor.threshold


class TestFactors:
    def test_are_five_in_the_order_of_the_rule(self) -> None:
        factors = designation_factors(DesignationFacts(DAY))
        assert [it.cites for it in factors] == [f"16.8.8.9(A)({n}) NMAC" for n in range(1, 6)]
        assert [(it.key, it.title, it.finding) for it in factors] == [
            ("requested_level", "Level asked for", Finding.NOT_MET),
            ("water", "Right to the water", Finding.NOT_MET),
            ("harvested", "Plants harvested in six months", Finding.NOT_APPLICABLE),
            ("sales", "Sales in six months", Finding.NOT_APPLICABLE),
            ("social_equity", "Social equity plan", Finding.NOT_MET),
        ]

    def test_take_every_fact(self) -> None:
        facts = DesignationFacts(
            on=DAY, level=2, count=2_001, water_documents=("Permit",), water_quantity="9 acre-feet", months=MONTHS,
            authorized=2_000, social_equity=("Plan",), since=date(2025, 1, 1),
        )  # fmt: skip
        assert [it.finding for it in designation_factors(facts)] == [
            Finding.MET, Finding.JUDGE, Finding.MET, Finding.MET, Finding.JUDGE,
        ]  # fmt: skip
        assert designation_factors(facts)[1].facts == ("Permit", "The plan needs 9 acre-feet.")
        silent = designation_factors(replace(facts, months=()))
        assert [it.finding for it in silent[2:4]] == [Finding.JUDGE, Finding.JUDGE]
