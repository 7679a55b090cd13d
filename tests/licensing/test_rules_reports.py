"""Monthly reports: months and their days, what can not be sent, what looks doubtful, what operating is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from licensing.rules.growth import GrowthStage
from licensing.rules.reports import (
    REPORT_DAY,
    MonthlyReportFacts,
    doubts_about_report,
    grams,
    has_operated,
    month_before,
    month_bounds,
    month_of,
    month_words,
    months_between,
    read_month,
    reasons_against_report,
    report_due_on,
)

AUGUST, DAY = date(2026, 8, 1), date(2026, 9, 1)
REPORT = MonthlyReportFacts(
    month=AUGUST,
    counts=dict.fromkeys(GrowthStage, 0) | {GrowthStage.FLOWERING_FEMALE: 2_000},
    medical_plants=500,
    harvested_plants=300,
    produced_g=Decimal(9_000),
    sold_g=Decimal(8_000),
    sold_medical_g=Decimal(2_000),
    sold_commercial_g=Decimal(6_000),
    stock_g=Decimal(2_000),
    stock_medical_g=Decimal(200),
    stock_before_g=Decimal(1_000),
    authorized=2_000,
)

WEIGHTS = ("produced_g", "sold_g", "sold_medical_g", "sold_commercial_g", "stock_g", "stock_medical_g")


def against(**changes) -> dict[str, list[str]]:
    return reasons_against_report(replace(REPORT, **changes), on=DAY)


class TestMonths:
    @pytest.mark.parametrize(
        ("day", "first", "last"),
        [("2026-08-15", "2026-08-01", "2026-08-31"), ("2026-02-28", "2026-02-01", "2026-02-28"),
         ("2028-02-01", "2028-02-01", "2028-02-29"), ("2026-12-31", "2026-12-01", "2026-12-31")],
    )  # fmt: skip
    def test_have_a_first_and_a_last_day(self, day: str, first: str, last: str) -> None:
        assert month_bounds(date.fromisoformat(day)) == (date.fromisoformat(first), date.fromisoformat(last))
        assert month_of(date.fromisoformat(day)) == date.fromisoformat(first)

    def test_follow_each_other_over_the_end_of_the_year(self) -> None:
        assert month_before(date(2026, 1, 31)) == date(2025, 12, 1)
        assert months_between(date(2025, 11, 30), date(2026, 2, 1)) == [
            date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1),
        ]  # fmt: skip
        assert months_between(date(2026, 2, 1), date(2026, 1, 31)) == []

    def test_are_read_and_said(self) -> None:
        assert read_month(" 2026-08 ") == AUGUST
        assert month_words(AUGUST) == "August 2026"

    @pytest.mark.parametrize("text", ["", "2026-13", "August", "2026-8", "2026-08-01"])
    def test_of_another_form_are_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=f"^“{text}” is not a month such as 2026-08.$"):
            read_month(text)


class TestDue:
    @pytest.mark.parametrize(("month", "due"), [("2026-08-01", "2026-09-15"), ("2026-12-31", "2027-01-15")])
    def test_on_the_fifteenth_of_the_month_after(self, month: str, due: str) -> None:
        assert report_due_on(date.fromisoformat(month)) == date.fromisoformat(due)
        assert REPORT_DAY.on(DAY) == 15


class TestReport:
    def test_that_adds_up_can_be_sent(self) -> None:
        assert against() == {}

    def test_of_an_idle_month_can_be_sent(self) -> None:
        none = {name: Decimal(0) for name in WEIGHTS}
        idle = {"counts": dict.fromkeys(GrowthStage, 0), "medical_plants": 0, "harvested_plants": 0}
        assert against(**idle, **none) == {}

    def test_is_of_a_month_that_has_ended(self) -> None:
        assert reasons_against_report(REPORT, on=date(2026, 8, 31)) == {"month": ["August 2026 has not ended yet."]}
        assert reasons_against_report(REPORT, on=date(2026, 9, 1)) == {}

    @pytest.mark.parametrize(
        ("changes", "field", "reason"),
        [
            ({"harvested_plants": None}, "harvested_plants", "Harvested plants: enter a number, 0 if there were none."),
            ({"harvested_plants": -1}, "harvested_plants", "Harvested plants: enter a number from 0 on."),
            ({"harvested_plants": Decimal("1.5")}, "harvested_plants", "Harvested plants: enter a whole number."),
            ({"medical_plants": Decimal("0.5")}, "medical_plants",
             "Mature plants for the medical program: enter a whole number."),
            ({"produced_g": Decimal("-0.001")}, "produced_g", "Production: enter a number from 0 on."),
            ({"sold_g": None}, "sold_g", "Total sales: enter a number, 0 if there were none."),
            ({"sold_medical_g": Decimal(-1)}, "sold_medical_g", "Medical sales: enter a number from 0 on."),
            ({"sold_commercial_g": None}, "sold_commercial_g", "Commercial sales: enter a number, 0 if there were none."),
            ({"stock_g": None}, "stock_g", "Stock: enter a number, 0 if there were none."),
            ({"stock_medical_g": None}, "stock_medical_g", "Stock for medical sale: enter a number, 0 if there were none."),
            ({"stock_medical_g": Decimal(2_001)}, "stock_medical_g",
             "More is set apart for the medical program than there is in all."),
            ({"medical_plants": 2_001}, "medical_plants",
             "More is set apart for the medical program than there is in all."),
        ],
    )  # fmt: skip
    def test_is_of_numbers_from_zero(self, changes: dict, field: str, reason: str) -> None:
        assert against(**changes) == {field: [reason]}

    def test_counts_every_stage(self) -> None:
        assert against(counts={}, medical_plants=0) == {
            "germination": ["Germination: enter a number, 0 if there were none."],
            "seedling": ["Seedling: enter a number, 0 if there were none."],
            "vegetative": ["Vegetative, clones too: enter a number, 0 if there were none."],
            "flowering_female": ["Flowering, female (mature): enter a number, 0 if there were none."],
            "flowering_male": ["Flowering, male: enter a number, 0 if there were none."],
        }

    def test_a_stage_that_is_not_entered_has_no_plants(self) -> None:
        assert MonthlyReportFacts(AUGUST, counts={GrowthStage.FLOWERING_FEMALE: None}).flowering == 0

    @pytest.mark.parametrize(("part", "whole", "fits"), [(0, 0, True), (1, 0, False), (1, 1, True)])
    def test_sets_no_more_apart_than_there_is(self, part: int, whole: int, fits: bool) -> None:
        assert ("stock_medical_g" in against(stock_medical_g=Decimal(part), stock_g=Decimal(whole))) is not fits

    def test_weights_need_not_be_whole(self) -> None:
        assert against(produced_g=Decimal("9000.125")) == {}

    @pytest.mark.parametrize("part", [Decimal("5999.999"), Decimal("6000.001")])
    def test_has_a_total_of_medical_and_commercial_sales(self, part: Decimal) -> None:
        said = f"Medical and commercial sales together are {part + 2_000:,} g. The total has to be the same."
        assert against(sold_commercial_g=part) == {"sold_g": [said]}

    def test_that_lacks_a_number_is_not_added_up(self) -> None:
        assert set(against(sold_medical_g=None, stock_medical_g=Decimal(9_999))) == {"sold_medical_g"}


class TestDoubts:
    def doubts(self, **changes) -> list[str]:
        return doubts_about_report(replace(REPORT, **changes))

    def test_none_when_it_adds_up(self) -> None:
        assert self.doubts() == []

    def test_more_sold_than_there_was(self) -> None:
        assert self.doubts(sold_g=Decimal(10_000), stock_g=Decimal(0)) == []
        assert self.doubts(sold_g=Decimal("10000.5"), stock_g=Decimal(0)) == [
            "More was sold (10,000.5 g) than was in stock and produced (10,000 g)."
        ]

    def test_more_stock_than_was_left(self) -> None:
        assert self.doubts(stock_g=Decimal(1_999)) == []  # some of it may be waste
        assert self.doubts(stock_g=Decimal(2_001)) == ["The stock (2,001 g) is more than was left (2,000 g)."]

    def test_more_mature_plants_than_authorized(self) -> None:
        assert self.doubts(authorized=1_999) == ["2,000 mature plants are more than the 1,999 that the license allows."]

    @pytest.mark.parametrize(
        "unknown",
        [{"authorized": None}, {"stock_before_g": None}, {"produced_g": None}, {"sold_g": None}, {"stock_g": None}],
    )
    def test_none_about_what_is_not_known(self, unknown: dict) -> None:
        assert self.doubts(**unknown) == []
        assert self.doubts(stock_g=Decimal(5_000), sold_g=Decimal(99_999), **{"stock_before_g": None}) == []


class TestOperated:
    NOTHING = MonthlyReportFacts(AUGUST)

    def test_not_when_there_is_nothing_but_stock(self) -> None:
        assert not has_operated(self.NOTHING)
        zeros = dict.fromkeys(GrowthStage, 0)
        idle = replace(self.NOTHING, counts=zeros, harvested_plants=0, produced_g=Decimal(0), sold_g=Decimal(0))
        assert not has_operated(replace(idle, stock_g=Decimal(500)))

    @pytest.mark.parametrize(
        "done",
        [
            {"counts": {GrowthStage.SEEDLING: 1}},
            {"harvested_plants": 1},
            {"produced_g": Decimal(1)},
            {"sold_g": Decimal(1)},
        ],
    )
    def test_with_plants_harvest_production_or_sales(self, done: dict) -> None:
        assert has_operated(replace(self.NOTHING, **done))


@pytest.mark.parametrize(
    ("weight", "words"),
    [("0", "0 g"), ("1250.500", "1,250.5 g"), ("100", "100 g"), ("0.001", "0.001 g"), ("1000000", "1,000,000 g")],
)
def test_weights_are_said_without_needless_digits(weight: str, words: str) -> None:
    assert grams(Decimal(weight)) == words
