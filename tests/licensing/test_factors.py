"""The facts behind the factors: from reports, inspections, findings on shortage, pieces; of the right months and license."""

from datetime import date
from decimal import Decimal

import pytest

from casefile.models import Policy
from inspections.actions import visit
from licensing.actions import requests
from licensing.actions.plants import authorize
from licensing.actions.requests import Asked
from licensing.models import License, PlantRequest
from licensing.queries.factors import factors_of
from licensing.rules import Factor, Finding
from tests import factories
from tests.factories import at
from tests.inspections import told
from tests.licensing import asked, shortages
from tests.licensing.asked import SENT, grower, owner_of

ON = date(2026, 6, 15)
SPRING = [date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)]

pytestmark = pytest.mark.django_db


def report(license: License, month: date, *, produced=1_000, sold=900, medical=0, **facts) -> None:
    grams = {"produced_g": produced, "sold_g": sold, "sold_medical_g": medical, "sold_commercial_g": sold - medical}
    numbers = {name: Decimal(value) for name, value in grams.items()} | {"flowering_female": 2_000} | facts
    shortages.report(license, month, owner_of(license), **numbers)


def factor(case: PlantRequest, key: str, user, *, on: date = ON) -> Factor:
    return next(it for it in factors_of(case, user, on=on) if it.key == key)


class TestMonths:
    def test_the_last_three_in_which_it_operated_before_the_request(self, dana):
        license = grower()
        report(license, date(2026, 2, 1), sold=100)
        report(license, date(2026, 3, 1), produced=0, sold=0, flowering_female=0)
        for month in (date(2026, 4, 1), date(2026, 5, 1)):
            report(license, month, sold=800)
        report(license, date(2026, 6, 1), sold=0)
        found = factor(asked.sent(license), "sold_share", dana)
        assert found.finding == Finding.NOT_MET
        assert [fact.split(":")[0] for fact in found.facts] == ["February 2026", "April 2026", "May 2026"]

    def test_what_lies_before_the_start_of_operation_does_not_count(self, dana):
        license = grower(operations_began_on=date(2026, 5, 10))
        report(license, date(2026, 5, 1), sold=900)
        found = factor(asked.sent(license), "sold_share", dana)
        assert found.finding == Finding.JUDGE and len(found.facts) == 2
        assert found.facts[1].startswith("It has operated fewer months")

    def test_a_month_without_a_report_is_left_to_a_person(self, dana):
        license = grower()
        for month in (SPRING[0], SPRING[2]):
            report(license, month)
        found = factor(asked.sent(license), "sold_share", dana)
        assert found.finding == Finding.JUDGE and "April 2026: no report." in found.facts

    @pytest.mark.parametrize(("basis", "finding"), [("produced", Finding.MET), ("available", Finding.NOT_MET)])
    def test_eighty_percent_of_what_is_an_open_point(self, dana, basis, finding):
        Policy.objects.create(name="sold_of", value=[basis], since=date(2026, 6, 1), source="Counsel")
        license = grower()
        for month in (date(2026, 2, 1), *SPRING):
            report(license, month, sold=900, stock_g=Decimal(500))
        assert factor(asked.sent(license), "sold_share", dana).finding == finding


class TestShortage:
    def test_a_finding_of_the_time_before_the_request_speaks_for_it(self, dana, marco):
        case = asked.sent()
        assert factor(case, "shortage", dana).finding == Finding.JUDGE
        shortages.found(marco, at=at("2026-05-15 09:00"), period_from=date(2025, 11, 1))
        found = factor(case, "shortage", dana)
        assert found.finding == Finding.MET and "statewide" in found.facts[0]

    @pytest.mark.parametrize(("medical", "finding"), [(89, Finding.NOT_MET), (90, Finding.MET)])
    def test_a_set_aside_makes_a_minimum_of_medical_sales(self, dana, marco, medical, finding):
        shortages.ordered(marco, at=at("2026-02-20 09:00"), finding=shortages.found(
            marco, at=at("2026-02-20 09:00"), period_from=date(2025, 8, 1)
        ))  # fmt: skip
        license = grower(type="vertically_integrated")
        for month in SPRING:
            report(license, month, sold=900, medical=medical)
        found = factor(asked.sent(license), "medical_sales", dana)
        assert found.finding == finding and "March 2026" in found.facts[0]


class TestEnforcement:
    def test_a_notice_that_stands_and_a_count_above_the_license_are_found(self, dana):
        license = grower(mature_plants=2_000)
        case = factories.in_progress(dana, premises=factories.premises(license=license), when=at("2026-05-20 10:00"))
        visit.count_plants(case, {"flowering_female": 2_001}, by=dana, at=at("2026-05-20 11:00"))
        request = asked.sent(license)
        found = factor(request, "over_count", dana)
        assert found.finding == Finding.NOT_MET and "2,001 mature plants, 1 above 2,000" in found.facts[0]
        assert factor(request, "enforcement", dana).finding == Finding.MET
        told.received(dana, premises=factories.premises(license=license, number=f"{license.number}-002"))
        found = factor(request, "enforcement", dana)
        assert found.finding == Finding.NOT_MET and "pending" in found.facts[0]

    def test_reports_of_every_license_count_with_the_authorized_number_of_that_day(self, dana, marco):
        license = grower(mature_plants=2_000)
        other = grower(licensee=license.licensee, mature_plants=1_000, level=1)
        facts = {"level": 1, "source": "increase", "by": marco, "at": SENT}
        authorize(other, mature_plants=1_500, since=date(2026, 5, 1), **facts)
        for month, mature in zip(SPRING, (900, 1_001, 1_500), strict=True):
            report(other, month, flowering_female=mature)
        found = factor(asked.sent(license), "over_count", dana)
        assert found.finding == Finding.NOT_MET
        assert [fact.split(": ")[1] for fact in found.facts] == [
            "900 mature plants of 1,000.", "1,001 mature plants, 1 above 1,000.", "1,500 mature plants of 1,500.",
        ]  # fmt: skip

    @pytest.mark.parametrize(("mature", "finding"), [(3_000, Finding.MET), (3_001, Finding.NOT_MET)])
    def test_counts_older_than_three_months_are_left_out(self, dana, mature, finding):
        license = grower()
        report(license, date(2026, 1, 1), flowering_female=9_000)
        report(license, date(2026, 5, 1), flowering_female=mature)
        assert factor(asked.sent(license), "over_count", dana).finding == finding


class TestPieces:
    def test_papers_on_water_are_for_a_person_and_what_lacks_is_named(self, dana):
        case = asked.begun()
        owner = owner_of(case.license)
        requests.attach_document(case, "water", asked.paper("permit.pdf"), by=owner, at=SENT)
        words = asked.pieces("increase", without=("sales",))
        case = asked.fresh(requests.submit_request(case, Asked(plants=500, pieces=words), by=owner, at=SENT))
        water = factor(case, "water", dana)
        assert water.finding == Finding.JUDGE
        assert water.facts == ("permit.pdf", "The plan needs 3 acre-feet a year.")
        assert factor(case, "completeness", dana).facts == (
            "Missing: Medical and commercial sales of the last three months.",
        )


class TestDesignation:
    def test_six_months_of_harvest_and_sales_where_there_was_a_count(self, dana):
        license = grower(level=None, mature_plants=1_000, issued_on=date(2025, 6, 1))
        for n in range(12, 18):
            report(license, date(2025 + (n - 1) // 12, (n - 1) % 12 + 1, 1), sold=749, harvested_plants=133)
        case = asked.sent(license, "designation", plants=3_000)
        found = {it.key: it.finding for it in factors_of(case, dana, on=ON)}
        assert found == {
            "requested_level": Finding.MET, "water": Finding.NOT_MET, "harvested": Finding.NOT_MET,
            "sales": Finding.NOT_MET, "social_equity": Finding.JUDGE,
        }  # fmt: skip
        assert "798 harvested, 79.8 percent of 1,000." in factor(case, "harvested", dana).facts

    def test_a_new_license_has_nothing_to_show_yet(self, dana):
        found = {it.key: it.finding for it in factors_of(asked.sent(kind="designation"), dana, on=ON)}
        assert found["harvested"] == found["sales"] == Finding.NOT_APPLICABLE

    def test_fewer_plants_are_weighed_by_nothing(self, dana):
        assert factors_of(asked.sent(kind="decrease"), dana, on=ON) == []
