"""Findings of a shortage and the orders that answer it (16.8.8.10 B 4, 16.8.8.11 C)."""

from datetime import date
from decimal import Decimal

import pytest

from licensing.rules.shortage import (
    EXCLUSION_MONTHS,
    MEASURES_FROM,
    QUOTA_MOST_PERCENT,
    SET_ASIDE_PERCENT,
    SHORTAGE_MONTHS,
    MeasureKind,
    earliest_end,
    reasons_not_to_find,
    reasons_not_to_order,
    shortage_period_ends_on,
)

START = date(2026, 7, 1)
EVIDENCE = "Patients in six counties found no stock in June."


class TestFinding:
    @pytest.mark.parametrize(
        ("first", "last"),
        [("2026-01-01", "2026-06-30"), ("2025-09-01", "2026-02-28"), ("2025-10-15", "2026-04-14"),
         ("2020-01-01", "2020-06-30"), ("2025-08-31", "2026-02-27")],
    )  # fmt: skip
    def test_is_for_six_months(self, first: str, last: str) -> None:
        assert shortage_period_ends_on(date.fromisoformat(first)) == date.fromisoformat(last)
        assert reasons_not_to_find(date.fromisoformat(first), date.fromisoformat(last), True, [], EVIDENCE) == []

    @pytest.mark.parametrize("last", [date(2026, 6, 29), date(2026, 7, 1), date(2026, 1, 1)])
    def test_is_for_no_other_period(self, last: date) -> None:
        assert reasons_not_to_find(date(2026, 1, 1), last, True, [], EVIDENCE) == [
            "A period of 6 months from Thursday, January 1, 2026 on ends on Tuesday, June 30, 2026."
        ]

    @pytest.mark.parametrize(
        ("statewide", "areas", "against"),
        [(True, [], False), (False, ["Luna"], False), (True, ["Luna"], False), (False, [], True)],
    )
    def test_is_statewide_or_in_areas(self, statewide: bool, areas: list[str], against: bool) -> None:
        found = reasons_not_to_find(date(2026, 1, 1), date(2026, 6, 30), statewide, areas, EVIDENCE)
        assert found == (["Say whether the shortage is statewide, or name the areas."] if against else [])

    @pytest.mark.parametrize("evidence", ["", "  \n"])
    def test_needs_evidence(self, evidence: str) -> None:
        assert reasons_not_to_find(date(2026, 1, 1), date(2026, 6, 30), True, [], evidence) == [
            "Say what shows the shortage."
        ]

    @pytest.mark.parametrize(("year", "far"), [(2199, False), (2200, True), (9999, True)])
    def test_of_a_mistyped_year_is_refused(self, year: int, far: bool) -> None:
        too_far = ["Choose a day before Wednesday, January 1, 2200."]
        first = date(year, 12, 1) if year < 2200 else date(year, 1, 1)
        assert (reasons_not_to_find(first, date(year, 12, 31), True, [], EVIDENCE) == too_far) is far
        assert (order(MeasureKind.SET_ASIDE, 10, starts_on=first) == too_far) is far

    def test_says_everything_at_once(self) -> None:
        assert len(reasons_not_to_find(date(2026, 1, 1), date(2026, 6, 1), False, [], "")) == 3


def order(kind: MeasureKind | str, percent: float | Decimal | None = None, **more) -> list[str]:
    facts = {
        "starts_on": START,
        "ends_on": None,
        "percent": percent,
        "shortage_found": True,
        "production_measures": [],
        "reason": EVIDENCE,
    }
    return reasons_not_to_order(kind, **facts | more)


class TestOrder:
    def test_is_lawful_within_its_bounds(self) -> None:
        assert order(MeasureKind.SET_ASIDE, 10) == []
        assert order("set_aside", Decimal("10.00"), ends_on=START) == []

    def test_needs_a_finding_and_a_reason(self) -> None:
        assert order(MeasureKind.SET_ASIDE, 10, shortage_found=False) == ["A measure needs a finding of a shortage."]
        assert order(MeasureKind.SET_ASIDE, 10, reason=" ") == ["Say why this measure is ordered."]

    def test_does_not_end_before_it_begins(self) -> None:
        assert order(MeasureKind.SET_ASIDE, 10, ends_on=date(2026, 6, 30)) == ["The last day comes before the first."]

    @pytest.mark.parametrize(
        ("starts", "early"),
        [("2022-12-31", True), ("2023-01-01", False), ("2020-01-01", True)],
    )
    def test_begins_after_2022(self, starts: str, early: bool) -> None:
        found = order(MeasureKind.SET_ASIDE, 10, starts_on=date.fromisoformat(starts))
        assert found == (["Measures begin on Sunday, January 1, 2023 or later."] if early else [])
        assert MEASURES_FROM.on(START) == date(2023, 1, 1)

    @pytest.mark.parametrize("percent", [None, 9, Decimal("9.99"), 11])
    def test_sets_ten_percent_of_the_stock_aside(self, percent: Decimal | None) -> None:
        assert order(MeasureKind.SET_ASIDE, percent) == ["The rule sets 10 percent of the stock aside."]
        assert SET_ASIDE_PERCENT.on(START) == 10

    @pytest.mark.parametrize(("percent", "lawful"), [(None, True), (1, True), (100, True), (0, False), (101, False)])
    def test_lowers_a_fee_by_some_of_it(self, percent: int | None, lawful: bool) -> None:
        said = ["A fee is lowered by more than 0 and at most 100 percent."]
        assert order(MeasureKind.FEE_REDUCTION, percent) == ([] if lawful else said)

    @pytest.mark.parametrize(
        ("percent", "lawful"),
        [(25, True), (Decimal("0.01"), True), (Decimal("25.01"), False), (0, False), (None, False)],
    )
    def test_sets_a_quota_of_at_most_a_quarter(self, percent: Decimal | None, lawful: bool) -> None:
        said = ["A quota is more than 0 and at most 25 percent of a month's plants."]
        assert order(MeasureKind.PLANT_QUOTA, percent) == ([] if lawful else said)
        assert QUOTA_MOST_PERCENT.on(START) == 25

    @pytest.mark.parametrize(
        ("exhausted", "lawful"),
        [
            ([], False),
            ([date(2026, 7, 2)], False),
            ([date(2026, 7, 1)], True),
            ([date(2026, 8, 1), date(2026, 5, 1)], True),
        ],
    )
    def test_excludes_commerce_only_when_production_measures_are_exhausted(
        self, exhausted: list[date], lawful: bool
    ) -> None:
        said = "Commercial activity is excluded only after measures to increase production are exhausted and recorded."
        found = order(MeasureKind.COMMERCIAL_EXCLUSION, production_measures=exhausted)
        assert found == ([] if lawful else [said])

    @pytest.mark.parametrize(
        ("ends", "lawful"), [("2026-12-30", False), ("2026-12-31", True), ("2027-06-30", True), (None, True)]
    )
    def test_excludes_commerce_for_six_months_at_least(self, ends: str | None, lawful: bool) -> None:
        found = order(
            MeasureKind.COMMERCIAL_EXCLUSION,
            production_measures=[date(2026, 6, 1)],
            ends_on=date.fromisoformat(ends) if ends else None,
        )
        said = "An exclusion lasts at least 6 months, so until Thursday, December 31, 2026."
        assert found == ([] if lawful else [said])

    def test_only_an_exclusion_has_an_earliest_end(self) -> None:
        assert earliest_end("commercial_exclusion", START) == date(2026, 12, 31)
        assert earliest_end(MeasureKind.SET_ASIDE, START) == START
        assert earliest_end("commercial_exclusion", date(9999, 12, 1)) == date(2200, 6, 30)
        assert (EXCLUSION_MONTHS.on(START), SHORTAGE_MONTHS.on(START)) == (6, 6)
