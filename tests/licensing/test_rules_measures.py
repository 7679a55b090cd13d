"""Whom a measure binds, and whether it was met (16.8.8.11)."""

from datetime import date
from decimal import Decimal

import pytest

from licensing.rules import TYPES
from licensing.rules.measures import (
    MEASURE_CITES,
    MEASURE_LABELS,
    MeasureFacts,
    MeasureKind,
    binds,
    efforts_asked,
    efforts_met,
    minimum_medical,
    quota_met,
    quota_of,
    set_aside_met,
)

GROWERS = {"producer", "producer_microbusiness", "vertically_integrated", "integrated_microbusiness"}
START, END = date(2026, 7, 1), date(2026, 12, 31)


class TestBinds:
    @pytest.mark.parametrize(
        ("kind", "types"),
        [
            (MeasureKind.SET_ASIDE, {"retailer", "vertically_integrated", "integrated_microbusiness"}),
            (MeasureKind.FEE_REDUCTION, GROWERS),
            (MeasureKind.COMMERCIAL_EXCLUSION, GROWERS | {"manufacturer"}),
            (MeasureKind.PLANT_QUOTA, GROWERS),
        ],
    )
    def test_the_types_that_the_rule_names(self, kind: MeasureKind, types: set[str]) -> None:
        assert {key for key in TYPES if binds(kind, key, issued_on=START, measure_starts_on=START)} == types

    @pytest.mark.parametrize(
        ("issued", "bound"),
        [("2026-06-30", False), ("2026-07-01", True), ("2026-12-31", True), ("2027-01-01", False)],
    )
    def test_new_licenses_only_with_an_exclusion(self, issued: str, bound: bool) -> None:
        found = binds(
            "commercial_exclusion", "producer",
            issued_on=date.fromisoformat(issued), measure_starts_on=START, measure_ends_on=END,
        )  # fmt: skip
        assert found is bound

    def test_a_license_of_unknown_issue_with_all_but_an_exclusion(self) -> None:
        assert binds("plant_quota", "producer", issued_on=None, measure_starts_on=START)
        assert not binds("commercial_exclusion", "producer", issued_on=None, measure_starts_on=START)
        assert binds("commercial_exclusion", "producer", issued_on=date(2030, 1, 1), measure_starts_on=START)

    def test_every_measure_has_its_words_and_citation(self) -> None:
        assert list(MEASURE_LABELS) == list(MeasureKind)
        assert list(MEASURE_CITES.values()) == [f"16.8.8.11(C)({n}) NMAC" for n in (1, 2, 3, 4)]


class TestMet:
    @pytest.mark.parametrize(
        ("cultivated", "percent", "quota"),
        [(2_000, 25, 500), (1_999, 25, 499), (3, 25, 0), (4, 25, 1), (0, 25, 0), (1_000, Decimal("12.5"), 125)],
    )
    def test_a_quota_never_passes_its_percent(self, cultivated: int, percent: Decimal, quota: int) -> None:
        assert quota_of(cultivated, percent) == quota
        assert quota_met(cultivated, quota, percent)
        assert not quota_met(cultivated, quota - 1, percent)

    @pytest.mark.parametrize(
        ("stock", "medical", "met"),
        [("1000", "100", True), ("1000", "99.999", False), ("0", "0", True), ("1000", "1000", True)],
    )
    def test_a_tenth_of_the_stock(self, stock: str, medical: str, met: bool) -> None:
        assert set_aside_met(Decimal(stock), Decimal(medical)) is met

    def test_another_percent_of_the_stock(self) -> None:
        assert set_aside_met(Decimal(100), Decimal(12), 12) and not set_aside_met(Decimal(100), Decimal(12), 13)

    @pytest.mark.parametrize(("medical", "met"), [("249.9", False), ("250", True)])
    def test_a_quarter_of_the_sales(self, medical: str, met: bool) -> None:
        assert efforts_met(Decimal(1000), Decimal(medical)) is met
        assert efforts_met(Decimal(1000), Decimal(100), 10)

    @pytest.mark.parametrize(
        ("month", "percent"),
        [("2022-03-31", None), ("2022-04-15", 25), ("2022-12-31", 25), ("2023-01-01", None), ("2026-08-01", None)],
    )
    def test_efforts_were_asked_for_until_2022(self, month: str, percent: int | None) -> None:
        assert efforts_asked(date.fromisoformat(month)) == percent


class TestMinimum:
    def test_none_without_a_measure(self) -> None:
        assert minimum_medical(date(2026, 8, 1), []) is None
        assert minimum_medical(date(2022, 8, 1), []) is None
        quota = MeasureFacts(MeasureKind.PLANT_QUOTA, START, END, 25)
        assert minimum_medical(date(2026, 8, 1), [quota]) is None

    @pytest.mark.parametrize(
        ("month", "bound"),
        [("2026-06-01", False), ("2026-07-31", True), ("2026-12-01", True), ("2027-01-01", False)],
    )
    def test_is_that_of_a_set_aside_in_force(self, month: str, bound: bool) -> None:
        aside = MeasureFacts(MeasureKind.SET_ASIDE, START, END, Decimal("10.00"))
        assert minimum_medical(date.fromisoformat(month), [aside]) == (Decimal(10) if bound else None)

    def test_is_asked_for_whole_months_only(self) -> None:
        assert minimum_medical(START, [MeasureFacts(MeasureKind.SET_ASIDE, date(2026, 7, 2))]) is None
        assert minimum_medical(START, [MeasureFacts(MeasureKind.SET_ASIDE, START, START)]) == 10

    def test_is_the_largest_and_that_of_the_rule_where_none_is_named(self) -> None:
        both = [MeasureFacts(MeasureKind.SET_ASIDE, START), MeasureFacts(MeasureKind.SET_ASIDE, START, None, 12)]
        assert minimum_medical(START, both) == 12
        assert minimum_medical(START, both[:1]) == 10
