"""The factors of an increase (16.8.8.10 B) and the ground of (C): every threshold on both sides."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from licensing.rules.review import (
    AVAILABLE,
    FINDING_LABELS,
    OPERATED_MONTHS,
    OVER_COUNT_MONTHS,
    SOLD_PERCENT,
    CountFact,
    EnforcementFact,
    Finding,
    IncreaseFacts,
    MonthFacts,
    ShortageFact,
    completeness_factor,
    enforcement_factor,
    increase_factors,
    medical_sales_factor,
    over_count_factor,
    shortage_factor,
    sold_share_factor,
    water_factor,
)

DAY = date(2026, 2, 10)  # November, December and January precede
MONTHS = tuple(
    MonthFacts(
        month, operated=True, produced_g=Decimal(1_000), sold_g=Decimal(900), sold_medical_g=Decimal(100),
        stock_before_g=Decimal(100),
    )
    for month in (date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1))
)  # fmt: skip
NOV, DEC, JAN = (it.month for it in MONTHS)
SOLD = "At least 80 percent of what it produced that month, in each of the last 3 months it has operated"


def changed(index: int, **facts) -> tuple[MonthFacts, ...]:
    return tuple(replace(it, **facts) if n == index else it for n, it in enumerate(MONTHS))


class TestSoldShare:
    @pytest.mark.parametrize("index", [0, 1, 2])
    @pytest.mark.parametrize(
        ("sold", "finding"), [("799.999", Finding.NOT_MET), ("800", Finding.MET), ("1000", Finding.MET)]
    )
    def test_is_eighty_percent_in_each_month(self, index: int, sold: str, finding: Finding) -> None:
        factor = sold_share_factor(changed(index, sold_g=Decimal(sold)), on=DAY)
        assert factor.finding is finding
        assert (factor.key, factor.title, factor.cites) == ("sold_share", "Part that was sold", "16.8.8.10(B)(2) NMAC")

    def test_says_each_month_and_the_threshold(self) -> None:
        factor = sold_share_factor(changed(1, sold_g=Decimal(799)), on=DAY)
        assert factor.facts == (
            "November 2025: 90.0 percent, 900 g of 1,000 g.",
            "December 2025: 79.9 percent, 799 g of 1,000 g.",
            "January 2026: 90.0 percent, 900 g of 1,000 g.",
        )
        assert (factor.threshold, factor.label) == (SOLD, "Not met")
        assert (SOLD_PERCENT.on(DAY), OPERATED_MONTHS.on(DAY)) == (80, 3)

    @pytest.mark.parametrize(("sold", "finding"), [("879.9", Finding.NOT_MET), ("880", Finding.MET)])
    def test_may_be_of_what_was_available(self, sold: str, finding: Finding) -> None:
        factor = sold_share_factor(changed(2, sold_g=Decimal(sold)), on=DAY, basis=AVAILABLE)
        assert factor.finding is finding
        assert factor.threshold.startswith("At least 80 percent of what it had in stock and produced that month, in")
        assert sold_share_factor(changed(2, stock_before_g=None), on=DAY, basis=AVAILABLE).finding is Finding.JUDGE

    def test_looks_at_a_fourth_month_behind_an_idle_one(self) -> None:
        october = replace(MONTHS[0], month=date(2025, 10, 1), sold_g=Decimal(100))
        assert sold_share_factor((october, *MONTHS), on=DAY).finding is Finding.MET
        idle = (october, *changed(1, operated=False, sold_g=Decimal(0)))
        assert sold_share_factor(idle, on=DAY).finding is Finding.NOT_MET

    def test_is_for_a_person_when_a_report_is_missing(self) -> None:
        factor = sold_share_factor(MONTHS[:2], on=DAY)
        assert (factor.finding, factor.facts[-1]) == (Finding.JUDGE, "January 2026: no report.")
        assert sold_share_factor(changed(0, sold_g=Decimal(0))[:2], on=DAY).finding is Finding.NOT_MET

    def test_is_for_a_person_in_the_first_months(self) -> None:
        factor = sold_share_factor(MONTHS[1:], on=DAY)
        assert factor.finding is Finding.JUDGE
        assert factor.facts[-1] == "It has operated fewer months than the rule looks at: 1 too few."
        assert sold_share_factor(changed(2, sold_g=Decimal(1))[1:], on=DAY).finding is Finding.NOT_MET

    def test_is_for_a_person_before_the_first_month(self) -> None:
        factor = sold_share_factor([], on=DAY)
        assert factor.finding is Finding.JUDGE
        assert factor.facts == ("It has operated fewer months than the rule looks at: 3 too few.",)

    def test_names_the_months_since_issue_without_a_report(self) -> None:
        factor = sold_share_factor([], on=DAY, since=date(2025, 12, 20))
        assert factor.facts[:2] == ("December 2025: no report.", "January 2026: no report.")


class TestMedicalSales:
    def test_does_not_apply_where_no_minimum_stood(self) -> None:
        for minimum in ({}, dict.fromkeys((NOV, DEC, JAN)), {date(2025, 10, 1): Decimal(10)}):
            factor = medical_sales_factor(MONTHS, minimum, on=DAY)
            assert factor.finding is Finding.NOT_APPLICABLE
            assert factor.facts == (
                "No minimum was required in these months. The reasonable efforts asked for until 2022 are no minimum.",
            )
            assert factor.threshold == "The required minimum in each of the last 3 months it has operated"

    @pytest.mark.parametrize(("medical", "finding"), [("89.9", Finding.NOT_MET), ("90", Finding.MET)])
    def test_is_the_percent_of_that_month(self, medical: str, finding: Finding) -> None:
        minimum = {NOV: Decimal(10), DEC: Decimal(10), JAN: Decimal(10)}
        factor = medical_sales_factor(changed(1, sold_medical_g=Decimal(medical)), minimum, on=DAY)
        assert factor.finding is finding
        assert (factor.key, factor.cites) == ("medical_sales", "16.8.8.10(B)(1) NMAC")
        assert len(factor.facts) == 3
        assert factor.threshold == "The required minimum in each of the last 3 months it has operated"

    def test_looks_only_at_months_with_a_minimum(self) -> None:
        low = changed(0, sold_medical_g=Decimal(0))
        factor = medical_sales_factor(low, {DEC: Decimal(10), JAN: None}, on=DAY)
        assert (factor.finding, factor.facts) == (Finding.MET, ("December 2025: 11.1 percent, 100 g of 900 g.",))
        assert medical_sales_factor(low, {NOV: Decimal(10)}, on=DAY).finding is Finding.NOT_MET

    def test_is_for_a_person_in_the_first_months_and_without_a_report(self) -> None:
        minimum = {NOV: Decimal(10), DEC: Decimal(10), JAN: Decimal(10)}
        assert medical_sales_factor(MONTHS[1:], minimum, on=DAY).finding is Finding.JUDGE
        assert medical_sales_factor(MONTHS[:2], minimum, on=DAY).finding is Finding.JUDGE
        assert medical_sales_factor([], minimum, on=DAY, since=NOV).facts[0] == "November 2025: no report."

    def test_a_minimum_of_nothing_is_a_minimum(self) -> None:
        assert medical_sales_factor(MONTHS, {DEC: Decimal(0)}, on=DAY).finding is Finding.MET


class TestEnforcement:
    NOTICE = EnforcementFact("Notice", "26-0187", date(2026, 1, 14), False, "3 violations")
    FINAL = EnforcementFact("Final order", "24-0031", date(2024, 5, 2), True)

    def test_is_met_without_any(self) -> None:
        factor = enforcement_factor([])
        assert (factor.finding, factor.facts) == (Finding.MET, ("None is on record.",))
        assert factor.threshold == "No pending or final enforcement action"

    def test_any_pending_or_final_one_counts_the_oldest_first(self) -> None:
        factor = enforcement_factor([self.NOTICE, self.FINAL])
        assert factor.finding is Finding.NOT_MET
        assert factor.facts == (
            "Final order 24-0031, Thursday, May 2, 2024, final",
            "Notice 26-0187, Wednesday, January 14, 2026, pending: 3 violations",
        )
        assert enforcement_factor([self.FINAL]).finding is Finding.NOT_MET


class TestShortage:
    FOUND = ShortageFact(date(2025, 5, 1), date(2025, 10, 31), True, ("Luna", "Catron"), "Stock ran out.")

    def test_without_a_finding_is_for_a_person(self) -> None:
        factor = shortage_factor([], on=DAY)
        assert factor.finding is Finding.JUDGE
        assert factor.facts == ("The Division has recorded no finding for this time.",)
        assert factor.threshold == (
            "A shortage found for a period that reaches into Sunday, August 10, 2025 to Tuesday, February 10, 2026"
        )

    @pytest.mark.parametrize(
        ("first", "last", "finding"),
        [
            ("2025-02-10", "2025-08-09", Finding.JUDGE), ("2025-02-10", "2025-08-10", Finding.MET),
            ("2026-02-10", "2026-08-09", Finding.MET), ("2026-02-11", "2026-08-10", Finding.JUDGE),
        ],
    )  # fmt: skip
    def test_counts_in_the_latest_six_months(self, first: str, last: str, finding: Finding) -> None:
        it = replace(self.FOUND, period_from=date.fromisoformat(first), period_to=date.fromisoformat(last))
        assert shortage_factor([it], on=DAY).finding is finding

    def test_says_where(self) -> None:
        assert shortage_factor([self.FOUND], on=DAY).facts == (
            "Thursday, May 1, 2025 to Friday, October 31, 2025: a shortage, statewide, Luna, Catron. Stock ran out.",
        )
        none = replace(self.FOUND, found=False, statewide=False, areas=("Luna",), words="")
        factor = shortage_factor([none], on=DAY)
        assert factor.threshold == shortage_factor([], on=DAY).threshold
        assert factor.finding is Finding.NOT_MET
        assert factor.facts == ("Thursday, May 1, 2025 to Friday, October 31, 2025: no shortage, Luna.",)
        assert shortage_factor([none, self.FOUND], on=DAY).finding is Finding.MET


class TestWaterAndCompleteness:
    def test_papers_on_water_are_for_a_person(self) -> None:
        factor = water_factor(["Well permit RG-123"], "40 acre-feet")
        assert factor.finding is Finding.JUDGE
        assert factor.facts == ("Well permit RG-123", "The plan needs 40 acre-feet.")
        assert factor.threshold == "A legal right to the quantity that the cultivation plan needs"

    def test_no_paper_on_water_is_not_met(self) -> None:
        factor = water_factor([])
        assert factor.finding is Finding.NOT_MET
        assert factor.facts == ("No paper has come.", "The quantity that the plan needs was not said.")
        assert factor.threshold == water_factor(["Permit"]).threshold

    def test_completeness(self) -> None:
        whole, part = completeness_factor([]), completeness_factor(["Total sales"])
        assert (whole.finding, whole.facts) == (Finding.MET, ("Every piece has come.",))
        assert (part.finding, part.facts) == (Finding.NOT_MET, ("Missing: Total sales.",))
        assert part.threshold == "Every piece of 16.8.8.10(A) NMAC"


class TestOverCount:
    @pytest.mark.parametrize(("mature", "finding"), [(2_000, Finding.MET), (2_001, Finding.NOT_MET)])
    def test_begins_with_one_plant_more(self, mature: int, finding: Finding) -> None:
        factor = over_count_factor([CountFact("inspection", DAY, mature, 2_000)], on=DAY)
        assert factor.finding is finding
        assert factor.threshold == (
            "Never above the authorized count from Monday, November 10, 2025 to Tuesday, February 10, 2026"
        )

    @pytest.mark.parametrize(
        ("on", "finding"),
        [("2025-11-09", Finding.JUDGE), ("2025-11-10", Finding.NOT_MET), ("2026-02-10", Finding.NOT_MET),
         ("2026-02-11", Finding.JUDGE)],
    )  # fmt: skip
    def test_is_looked_at_for_three_months(self, on: str, finding: Finding) -> None:
        assert over_count_factor([CountFact("report", date.fromisoformat(on), 9, 1)], on=DAY).finding is finding
        assert OVER_COUNT_MONTHS.on(DAY) == 3

    def test_says_each_count_the_oldest_first(self) -> None:
        counts = [
            CountFact("report", date(2026, 1, 31), 2_100, 2_000),
            CountFact("inspection", date(2025, 12, 2), 1_500, 2_000),
            CountFact("report", date(2025, 11, 30), 1_500, None),
        ]
        assert over_count_factor(counts, on=DAY).facts == (
            "Report, Sunday, November 30, 2025: 1,500 mature plants; the authorized count of that day is not on record.",
            "Inspection, Tuesday, December 2, 2025: 1,500 mature plants of 2,000.",
            "Report, Saturday, January 31, 2026: 2,100 mature plants, 100 above 2,000.",
        )

    def test_is_for_a_person_where_a_count_can_not_be_compared(self) -> None:
        unknown, fine = CountFact("report", DAY, 5_000, None), CountFact("report", DAY, 1, 1)
        assert unknown.over == 0
        assert over_count_factor([unknown, fine], on=DAY).finding is Finding.JUDGE
        assert over_count_factor([unknown, CountFact("report", DAY, 2, 1)], on=DAY).finding is Finding.NOT_MET
        assert over_count_factor([], on=DAY).facts == ("No count is on record for this time.",)


class TestFactors:
    def test_are_seven_in_the_order_of_the_rule(self) -> None:
        factors = increase_factors(IncreaseFacts(DAY))
        assert [it.cites for it in factors] == [
            *(f"16.8.8.10(B)({n}) NMAC" for n in range(1, 7)),
            "16.8.8.10(C) NMAC",
        ]
        assert [(it.key, it.title, it.finding) for it in factors] == [
            ("medical_sales", "Minimum sale of medical cannabis", Finding.NOT_APPLICABLE),
            ("sold_share", "Part that was sold", Finding.JUDGE),
            ("enforcement", "Pending or final enforcement", Finding.MET),
            ("shortage", "Shortage in the medical program", Finding.JUDGE),
            ("water", "Cultivation plan and water", Finding.NOT_MET),
            ("completeness", "Complete information", Finding.MET),
            ("over_count", "Growing above the authorized count", Finding.JUDGE),
        ]
        assert list(FINDING_LABELS) == list(Finding)

    def test_take_every_fact(self) -> None:
        facts = IncreaseFacts(
            on=DAY,
            months=MONTHS,
            minimum_medical={DEC: Decimal(50)},
            enforcement=(TestEnforcement.FINAL,),
            shortages=(TestShortage.FOUND,),
            water_documents=("Permit",),
            water_quantity="1 acre-foot",
            missing=("Total sales",),
            counts=(CountFact("report", DAY, 2, 1),),
            basis=AVAILABLE,
        )
        factors = increase_factors(facts)
        assert [it.finding for it in factors] == [
            Finding.NOT_MET, Finding.MET, Finding.NOT_MET, Finding.MET, Finding.JUDGE, Finding.NOT_MET, Finding.NOT_MET,
        ]  # fmt: skip
        assert factors[1].facts[0] == "November 2025: 81.8 percent, 900 g of 1,100 g."
        assert factors[4].facts == ("Permit", "The plan needs 1 acre-foot.")

    def test_name_months_without_a_report_since_the_issue(self) -> None:
        factors = increase_factors(IncreaseFacts(DAY, since=NOV, minimum_medical={NOV: Decimal(10)}))
        assert [it.facts[0] for it in factors[:2]] == ["November 2025: no report."] * 2
