"""Who met a measure month by month: what the database counts is what the law says of each report."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from licensing.models import License, MonthlyReport
from licensing.queries.standing import Standing, asked_in, duty_of, efforts, month_by_month
from tests import factories
from tests.licensing.shortages import EXCLUSION, QUOTA, SET_ASIDE, exhausted, found, ordered, report

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
ORDERED = factories.at("2026-07-15 09:00")


@pytest.fixture
def ground(marco):
    return found(marco, at=ORDERED, period_from=date(2026, 1, 1))


@pytest.fixture
def licensed():
    def one(kind="retailer", **facts) -> License:
        return factories.license(type=kind, issued_on=date(2025, 1, 5), **facts)

    return one


def stands(duty, license, month=AUGUST) -> str:
    """How a license stands, as the lists say it."""
    found = [standing for standing in Standing if license in asked_in(duty, month, standing)]
    assert len(found) <= 1 and (license in asked_in(duty, month)) is bool(found)
    return found[0] if found else ""


class TestSetAside:
    @pytest.mark.parametrize(
        ("stock", "medical", "standing"),
        [("1000", "100", "met"), ("1000", "99.999", "not_met"), ("0", "0", "met"), ("999.99", "99.999", "met")],
    )
    def test_is_a_tenth_of_the_stock_of_the_month(self, marco, ground, licensed, stock, medical, standing):
        measure, shop = ordered(marco, at=ORDERED), licensed()
        report(shop, AUGUST, marco, stock_g=Decimal(stock), stock_medical_g=Decimal(medical))
        assert stands(duty_of(measure, date(2026, 9, 2)), shop) == standing

    def test_asks_only_of_months_on_whose_first_day_it_was_in_force(self, marco, ground):
        measure = ordered(marco, at=ORDERED, ends_on=date(2026, 9, 1))
        assert duty_of(measure, date(2026, 7, 31)).months == ()
        assert duty_of(measure, date(2026, 8, 31)).months == ()
        assert duty_of(measure, date(2026, 9, 1)).months == (AUGUST,)
        assert duty_of(measure, date(2027, 1, 1)).months == (AUGUST, SEPTEMBER)

    def test_looks_at_the_last_twelve_months(self, marco, ground):
        months = duty_of(ordered(marco, at=ORDERED), date(2028, 2, 10)).months
        assert (months[0], months[-1], len(months)) == (date(2027, 2, 1), date(2028, 1, 1), 12)

    def test_is_not_asked_of_those_who_grow_only_or_are_not_licensed_yet(self, marco, ground, licensed):
        duty = duty_of(ordered(marco, at=ORDERED), date(2026, 9, 2))
        assert stands(duty, licensed("producer")) == ""
        assert stands(duty, factories.license(type="retailer", issued_on=date(2026, 9, 1))) == ""
        assert stands(duty, licensed(status="applied")) == ""
        assert stands(duty, licensed()) == "missing"

    def test_counts_the_report_that_stands(self, marco, ground, licensed):
        measure, shop = ordered(marco, at=ORDERED), licensed()
        first = report(shop, AUGUST, marco, stock_g=1000, stock_medical_g=0)
        MonthlyReport.objects.filter(pk=first.pk).update(replaced_at=ORDERED)
        report(shop, AUGUST, marco, stock_g=1000, stock_medical_g=100, revision=2, reason="A slip")
        assert stands(duty_of(measure, date(2026, 9, 2)), shop) == "met"


class TestQuota:
    @pytest.mark.parametrize(
        ("mature", "medical", "standing"),
        [
            (100, 20, "met"),
            (100, 19, "not_met"),
            (104, 20, "met"),
            (105, 20, "not_met"),
            (4, 0, "met"),
            (5, 0, "not_met"),
        ],
    )
    def test_is_a_percent_of_the_mature_plants_in_whole_plants(
        self, marco, ground, licensed, mature, medical, standing
    ):
        measure, farm = ordered(marco, QUOTA, at=ORDERED), licensed("producer")
        report(farm, AUGUST, marco, flowering_female=mature, medical_plants=medical, vegetative=900)
        assert stands(duty_of(measure, date(2026, 9, 2)), farm) == standing


class TestEfforts:
    def test_were_for_the_months_from_april_to_december_2022(self):
        months = efforts().months
        assert (months[0], months[-1], len(months)) == (date(2022, 4, 1), date(2022, 12, 1), 9)

    @pytest.mark.parametrize(("medical", "standing"), [("25", "met"), ("24.999", "not_met")])
    def test_are_a_quarter_of_the_sales(self, marco, medical, standing):
        shop = factories.license(type="retailer", issued_on=date(2022, 1, 5))
        part = Decimal(medical)
        report(shop, date(2022, 6, 1), marco, sold_g=100, sold_medical_g=part, sold_commercial_g=100 - part)
        assert stands(efforts(), shop, date(2022, 6, 1)) == standing


def test_other_measures_ask_nothing_of_reports(marco, ground):
    assert duty_of(exhausted(marco, at=ORDERED), date(2026, 12, 1)) is None
    assert duty_of(ordered(marco, EXCLUSION, at=ORDERED), date(2026, 12, 1)) is None


def test_the_database_says_of_each_report_what_the_law_says(marco, ground, licensed):
    """Two hundred reports near the edges, by both measures."""
    dice = Random(8)
    measures = [ordered(marco, SET_ASIDE, at=ORDERED), ordered(marco, QUOTA, at=ORDERED, percent="12.5")]
    for n in range(50):
        license = licensed(("vertically_integrated", "retailer", "producer")[n % 3])
        for month in (AUGUST, SEPTEMBER):
            stock, mature = Decimal(dice.randrange(0, 40_000)) / 1000, dice.randrange(0, 60)
            near = (stock / 10 + Decimal(dice.randrange(-2, 3)) / 1000).quantize(Decimal("0.001"))
            report(
                license, month, marco, stock_g=stock, stock_medical_g=min(stock, max(Decimal(0), near)),
                flowering_female=mature, medical_plants=max(0, mature // 8 + dice.randrange(-1, 2)),
            )  # fmt: skip
    for measure in measures:
        duty = duty_of(measure, date(2026, 10, 2))
        for row in month_by_month(duty):
            reports = list(duty.reports([row.month]))
            assert row.met == sum(map(duty.is_met, reports)) and row.not_met == len(reports) - row.met
            assert 0 < row.met < len(reports)
            for it in reports:
                assert stands(duty, it.license, row.month) == duty.standing(it)


def test_the_table_of_months_takes_two_queries(marco, ground, licensed):
    duty = duty_of(ordered(marco, at=ORDERED), date(2027, 2, 2))
    shop, _silent = licensed(), licensed()
    report(shop, AUGUST, marco, stock_g=10, stock_medical_g=1)
    with CaptureQueriesContext(connection) as asked:
        rows = month_by_month(duty)
    assert len(asked) == 2
    assert [(it.month.month, it.met, it.not_met, it.missing) for it in rows] == [
        (1, 0, 0, 2), (12, 0, 0, 2), (11, 0, 0, 2), (10, 0, 0, 2), (9, 0, 0, 2), (8, 1, 0, 1),
    ]  # fmt: skip
