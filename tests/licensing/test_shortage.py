"""Findings and measures against a shortage: what a supervisor may do, what it does to licenses and requests."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from casefile.actions import Refused
from casefile.models import Policy
from licensing import rules
from licensing.actions import shortage
from licensing.models import License, ShortageEvent
from licensing.queries import shortage as queries
from licensing.rules import Finding
from tests import factories
from tests.licensing.shortages import EXCLUSION, FEE, NOW, QUOTA, SET_ASIDE, TODAY, exhausted, found, ordered

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class TestFinding:
    def test_is_on_record_with_who_when_and_why(self, marco):
        finding = found(marco, statewide=False, areas=["Mora", "Taos"], underserved=True)
        line = ShortageEvent.objects.get()
        assert (finding.found_by, finding.where) == (marco, "Mora, Taos counties")
        assert (line.step, line.by, line.at, line.reason) == (
            "find_shortage",
            marco,
            NOW,
            "Patients waited eleven days.",
        )

    @pytest.mark.parametrize(
        "facts",
        [
            {"period_to": date(2026, 10, 30)}, {"period_to": date(2026, 11, 1)}, {"statewide": False},
            {"evidence": " "}, {"period_from": date(2026, 5, 18)},
        ],
    )  # fmt: skip
    def test_is_of_six_months_that_have_ended_somewhere_on_evidence(self, marco, facts):
        with pytest.raises(Refused):
            found(marco, **facts)

    def test_of_a_period_that_ended_yesterday_can_be_made_today(self, marco):
        assert found(marco, period_from=date(2026, 5, 17)).period_to == TODAY - DAY

    def test_is_for_supervisors(self, dana, tomas):
        for person in (dana, tomas):
            with pytest.raises(PermissionDenied):
                found(person)

    def test_can_not_be_changed_or_deleted(self, marco):
        finding = found(marco)
        for change in (lambda: finding.delete(), lambda: type(finding).objects.update(statewide=False)):
            with pytest.raises(Error), transaction.atomic():
                change()
        with pytest.raises(Error), transaction.atomic():
            ShortageEvent.objects.update(reason="Another")


class TestWithdrawing:
    def test_leaves_the_finding_on_record_and_out_of_decisions(self, marco):
        finding = found(marco)
        assert len(queries.findings_at(TODAY)) == 1
        shortage.withdraw_finding(finding, reason="The numbers were wrong.", by=marco, at=NOW + DAY)
        assert queries.findings_at(TODAY + DAY) == []
        assert len(queries.findings_at(TODAY)) == 1, "what stood on a day stays so"
        assert [it.step for it in finding.events.all()] == ["withdraw_finding", "find_shortage"]

    def test_waits_for_the_measures_that_rest_on_it(self, marco):
        measure = ordered(marco)
        with pytest.raises(Refused, match="End this measure first"):
            shortage.withdraw_finding(measure.finding, reason="Wrong", by=marco, at=NOW)
        shortage.end_measure(measure, last_day=TODAY, reason="Enough", by=marco, at=NOW)
        with pytest.raises(Refused):
            shortage.withdraw_finding(measure.finding, reason="Wrong", by=marco, at=NOW)
        withdrawn = shortage.withdraw_finding(measure.finding, reason="Wrong", by=marco, at=NOW + DAY)
        with pytest.raises(Refused, match="It was withdrawn"):
            shortage.withdraw_finding(withdrawn, reason="Wrong", by=marco, at=NOW + DAY)

    def test_leaves_no_ground_for_a_measure(self, marco):
        finding = found(marco)
        shortage.withdraw_finding(finding, reason="Wrong", by=marco, at=NOW)
        with pytest.raises(Refused, match="needs a finding"):
            ordered(marco, finding=finding)


class TestOrder:
    def test_none_begins_before_2023(self, marco):
        at = factories.at("2022-12-15 09:00")
        finding = found(marco, at=at, period_from=date(2022, 6, 1))
        with pytest.raises(Refused, match="January 1, 2023"):
            ordered(marco, at=at, finding=finding, starts_on=date(2022, 12, 31))
        assert ordered(marco, at=at, finding=finding, starts_on=date(2023, 1, 1)).pk

    def test_rests_on_a_shortage_not_on_its_absence(self, marco):
        with pytest.raises(Refused, match="needs a finding"):
            ordered(marco, finding=found(marco, is_shortage=False))

    @pytest.mark.parametrize(
        ("kind", "facts", "open_"),
        [
            (SET_ASIDE, {"percent": 10}, True), (SET_ASIDE, {"percent": "9.99"}, False),
            (QUOTA, {"percent": 25}, True), (QUOTA, {"percent": "25.01"}, False), (QUOTA, {"percent": 0}, False),
            (FEE, {"percent": 100}, True), (FEE, {"percent": "100.01"}, False),
            (FEE, {"percent": None, "fee": Decimal("2.50")}, True), (FEE, {"percent": None}, False),
            (EXCLUSION, {}, False), (SET_ASIDE, {"starts_on": TODAY - DAY}, False), (SET_ASIDE, {"words": " "}, False),
        ],
    )  # fmt: skip
    def test_keeps_the_bounds_of_its_kind(self, marco, kind, facts, open_):
        if open_:
            assert ordered(marco, kind, **facts).events.get().step == "order_measure"
            return
        with pytest.raises(Refused):
            ordered(marco, kind, **facts)

    def test_of_a_kind_there_is_one_at_a_time(self, marco):
        first = ordered(marco, QUOTA, ends_on=date(2027, 2, 28))
        with pytest.raises(Refused, match="overlaps"):
            ordered(marco, QUOTA, starts_on=date(2027, 2, 28))
        assert ordered(marco, QUOTA, starts_on=date(2027, 3, 1)).starts_on > first.ends_on

    def test_is_for_supervisors(self, marco, dana):
        finding = found(marco)
        with pytest.raises(PermissionDenied):
            ordered(dana, finding=finding)

    def test_stands_as_it_was_given(self, marco):
        measure = ordered(marco)
        with pytest.raises(Error), transaction.atomic():
            type(measure).objects.update(percent=20)


class TestExclusion:
    def test_follows_a_measure_of_production_that_is_recorded_as_exhausted(self, marco):
        measure = ordered(marco, FEE)
        with pytest.raises(Refused, match="exhausted and recorded"):
            ordered(marco, EXCLUSION)
        shortage.record_exhausted(measure, exhausted_on=TODAY, reason="Nobody grew more.", by=marco, at=NOW)
        exclusion = ordered(marco, EXCLUSION)
        assert exclusion.ends_on is None
        assert measure.events.first().facts == {"exhausted_on": "2026-11-17"}

    def test_does_not_follow_a_quota_unless_the_division_says_that_it_counts(self, marco):
        exhausted(marco, QUOTA)
        with pytest.raises(Refused):
            ordered(marco, EXCLUSION)
        Policy.objects.create(name="production_measures", value=["plant_quota"], since=TODAY, source="Counsel")
        assert ordered(marco, EXCLUSION).pk

    def test_does_not_follow_what_rested_on_a_finding_that_was_withdrawn(self, marco):
        measure = exhausted(marco)
        shortage.end_measure(measure, last_day=TODAY, reason="Exhausted", by=marco, at=NOW)
        shortage.withdraw_finding(measure.finding, reason="Wrong", by=marco, at=NOW + DAY)
        with pytest.raises(Refused):
            ordered(marco, EXCLUSION, at=NOW + DAY, finding=found(marco))

    @pytest.mark.parametrize(
        ("last_day", "open_"), [(date(2027, 5, 15), False), (date(2027, 5, 16), True), (date(2027, 5, 17), True)]
    )
    def test_lasts_six_months_over_the_end_of_the_year(self, marco, last_day, open_):
        exhausted(marco)
        exclusion = ordered(marco, EXCLUSION)
        if open_:
            assert shortage.end_measure(exclusion, last_day=last_day, reason="Enough", by=marco, at=NOW).ended_at == NOW
            return
        with pytest.raises(Refused, match="6 months"):
            shortage.end_measure(exclusion, last_day=last_day, reason="Enough", by=marco, at=NOW)

    def test_makes_new_licenses_of_its_types_medical_from_its_first_to_its_last_day(self, marco):
        exhausted(marco)
        exclusion = ordered(marco, EXCLUSION, starts_on=TODAY + DAY, ends_on=date(2027, 5, 17))
        for kind, bound in (("producer", True), ("manufacturer", True), ("retailer", False)):
            found = queries.excludes_commercial(kind, TODAY + DAY)
            assert (found == exclusion) is bound
        days = {TODAY: False, TODAY + DAY: True, date(2027, 5, 17): True, date(2027, 5, 18): False}
        assert {day: queries.excludes_commercial("producer", day) is not None for day in days} == days

    def test_can_be_called_off_before_it_begins(self, marco):
        exhausted(marco)
        exclusion = ordered(marco, EXCLUSION, starts_on=TODAY + 30 * DAY)
        ended = shortage.end_measure(exclusion, last_day=TODAY + 29 * DAY, reason="No need", by=marco, at=NOW)
        assert ended.is_called_off
        assert queries.excludes_commercial("producer", TODAY + 30 * DAY) is None
        assert queries.not_over(ended.finding, TODAY) == [it for it in ended.finding.measures.all() if it.kind == FEE]


class TestEnd:
    def test_lies_ahead_and_not_after_the_day_ordered(self, marco):
        measure = ordered(marco, ends_on=date(2027, 3, 31))
        for day in (TODAY - 2 * DAY, date(2027, 4, 1)):
            with pytest.raises(Refused):
                shortage.end_measure(measure, last_day=day, reason="Enough", by=marco, at=NOW)
        ended = shortage.end_measure(measure, last_day=TODAY, reason="Enough", by=marco, at=NOW)
        assert ended.is_in_force(TODAY) and not ended.is_in_force(TODAY + DAY)
        assert ended.events.first().facts == {"ends_on": "2026-11-17", "ended_before": "2027-03-31"}

    def test_is_for_supervisors_as_is_exhaustion(self, marco, dana):
        measure = ordered(marco, FEE)
        with pytest.raises(PermissionDenied):
            shortage.end_measure(measure, last_day=TODAY, reason="Enough", by=dana, at=NOW)
        with pytest.raises(PermissionDenied):
            shortage.record_exhausted(measure, exhausted_on=TODAY, reason="Why", by=dana, at=NOW)


class TestEffects:
    def test_of_a_set_aside_on_the_first_factor_of_an_increase(self, marco):
        """The same months are without a minimum before the order and not enough after it."""
        license = factories.license(type="vertically_integrated")
        at = factories.at("2026-06-01 09:00")
        months = [date(2026, month, 1) for month in (8, 9, 10)]
        facts = [
            rules.MonthFacts(month, operated=True, sold_g=Decimal(1000), sold_medical_g=Decimal(99)) for month in months
        ]

        def finding(minimum):
            return rules.medical_sales_factor(facts, minimum, on=TODAY).finding

        assert finding(queries.minimum_medical(license, months)) == Finding.NOT_APPLICABLE
        ordered(marco, at=at, finding=found(marco, at=at, period_from=date(2025, 12, 1)))
        assert queries.minimum_medical(license, months) == dict.fromkeys(months, Decimal(10))
        assert finding(queries.minimum_medical(license, months)) == Finding.NOT_MET
        producer = factories.license(type="producer")
        assert queries.minimum_medical(producer, months) == dict.fromkeys(months)

    def test_of_findings_on_the_fourth_factor(self, marco):
        day = date(2027, 4, 30)
        found(marco, statewide=False, areas=["Mora"])
        (fact,) = queries.findings_at(day)
        assert rules.shortage_factor([fact], on=day).finding == Finding.MET
        assert queries.findings_at(date(2027, 5, 1)) == []
        assert queries.findings_at(TODAY - DAY) == [], "not found yet"

    def test_of_a_finding_that_there_was_none(self, marco):
        found(marco, is_shortage=False)
        assert rules.shortage_factor(queries.findings_at(TODAY), on=TODAY).finding == Finding.NOT_MET

    def test_on_the_fee_for_medical_plants(self, marco, monkeypatch):
        assert queries.fee_per_plant("medical", TODAY) is None
        measure = ordered(marco, FEE, percent=None, fee=Decimal("2.50"), starts_on=TODAY + DAY, ends_on=TODAY + 9 * DAY)
        fees = [queries.fee_per_plant("medical", TODAY + n * DAY) for n in (0, 1, 9, 10)]
        assert fees == [None, Decimal("2.50"), Decimal("2.50"), None]
        monkeypatch.setattr(rules, "fee_due", lambda added, *, on: Decimal(5) * added)
        assert queries.fee_per_plant("medical", TODAY) == 5
        assert queries.fee_per_plant("medical", measure.starts_on) == Decimal("2.50")
        assert queries.fee_per_plant("commercial", measure.starts_on) == 5

    def test_on_the_page_of_a_license_name_what_and_from_when(self, marco):
        retailer, grower = factories.license(type="retailer"), factories.license(type="producer")
        ordered(marco, starts_on=date(2027, 3, 1), ends_on=date(2027, 8, 31))
        (words,) = queries.effects_on_license(retailer, TODAY)
        assert words.startswith("From March 1, 2027 you must keep at least 10 percent of your stock for medical sale.")
        assert words.endswith("The last day is August 31, 2027.")
        assert queries.effects_on_license(grower, TODAY) == []
        assert queries.effects_on_license(retailer, date(2027, 8, 31))[0].startswith("Since March 1, 2027")
        assert queries.effects_on_license(retailer, date(2027, 9, 1)) == []


ISSUED = [None, TODAY - DAY, TODAY, TODAY + 5 * DAY, TODAY + 6 * DAY]


def test_whom_a_measure_binds_is_the_same_in_the_law_the_database_and_for_one_license(marco):
    exhausted(marco, ends_on=TODAY + 5 * DAY)
    for kind in (SET_ASIDE, EXCLUSION, QUOTA):
        ordered(marco, kind, ends_on=date(2027, 5, 20) if kind == EXCLUSION else TODAY + 5 * DAY)
    for n, kind in enumerate(("producer", "manufacturer", "retailer", "courier", "vertically_integrated")):
        for status in License.Status.values:
            factories.license(type=kind, status=status, issued_on=ISSUED[n], expires_on=None)
            factories.license(type=kind, status=status, issued_on=ISSUED[-n - 1], expires_on=None)
    for measure in queries.measures_on(TODAY):
        listed = set(queries.bound_by(measure, TODAY))
        assert listed == {it for it in License.objects.all() if queries.concerns(measure, it)}
        assert listed and all(it.type in rules.BINDS[measure.kind] for it in listed)
        for license in License.objects.all():
            assert (measure in queries.measures_on(TODAY, license)) is (license in listed)


def test_what_stands_against_each_kind_is_said_before_anything_is_typed(marco):
    finding = found(marco)
    against = queries.stands_against(finding, TODAY)
    assert [bool(against[kind]) for kind in (SET_ASIDE, FEE, EXCLUSION, QUOTA)] == [False, False, True, False]
    exhausted(marco)
    against = queries.stands_against(finding, TODAY)
    assert [bool(against[kind]) for kind in (SET_ASIDE, FEE, EXCLUSION, QUOTA)] == [False, True, False, False]
    withdrawn = found(marco, is_shortage=False)
    assert all(queries.stands_against(withdrawn, TODAY).values())
