"""Monthly reports: sent once, corrected with a reason, late by their dates, and looked back on month by month."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError

from casefile.actions import Part, Refused
from casefile.models import Notice
from licensing.actions import late_reports
from licensing.actions.reports import draft_of, save_report_draft, send_report
from licensing.models import License, MonthlyReport, ReportDraft
from licensing.models.reports import NUMBERS
from licensing.queries.report_lists import owing
from licensing.queries.reports import doubts_about, months_of, months_standing, next_asked, reporter_of
from licensing.rules.reporting import ReportState, owes_report, reported_month
from tests import factories
from tests.inspections import plain
from tests.licensing import report_files
from tests.licensing.test_rules_reporting import OWED

AUGUST = date(2026, 8, 1)
NOW = factories.at("2026-09-10 10:00")


def numbers(**facts) -> dict[str, Decimal]:
    """Numbers that fit together, with these instead."""
    return {name: Decimal(value) for name, value in report_files.NUMBERS.items()} | {
        name: Decimal(value) for name, value in facts.items()
    }


NOTHING = dict.fromkeys(NUMBERS, Decimal(0))


@pytest.fixture
def mesa(place) -> License:
    return place.license


@pytest.mark.django_db
class TestSending:
    def test_puts_the_numbers_on_record(self, mesa, tomas):
        report = send_report(mesa, AUGUST, numbers(sold_medical_g="20000.000"), by=tomas, at=NOW)
        assert (report.revision, report.source, report.sent_by, report.sent_on) == (
            1,
            "online",
            tomas,
            date(2026, 9, 10),
        )
        assert MonthlyReport.objects.get().numbers == numbers()

    def test_corrects_with_a_reason_and_keeps_the_row_before(self, mesa, tomas):
        send_report(mesa, AUGUST, numbers(), by=tomas, at=NOW)
        later = factories.at("2026-10-01 09:00")
        send_report(mesa, AUGUST, numbers(stock_g=1, stock_medical_g=0), by=tomas, at=later, reason="Counted again.")
        now, before = MonthlyReport.objects.order_by("-revision")
        assert (now.stock_g, now.reason, now.revision, now.replaced_at) == (1, "Counted again.", 2, None)
        assert (before.numbers, before.replaced_at) == (numbers(), later)
        assert now.sent_on == date(2026, 9, 10), "when the first one came decides whether it was late"

    REFUSED = {
        "of a month that has not ended": ({"month": date(2026, 9, 1)}, "September 2026 has not ended yet"),
        "of a month to come": ({"month": date(2027, 1, 1)}, "has not ended yet"),
        "of a month before the license": ({"month": date(2025, 12, 1)}, "issued on Monday, January 5, 2026"),
        "without a number": ({"facts": numbers() | {"seedling": None}}, "enter a number, 0 if there were none"),
        "with less than nothing": ({"facts": numbers(stock_g=-1)}, "from 0 on"),
        "with sales that do not add up": ({"facts": numbers(sold_g=80001)}, "has to be the same"),
        "with more medical stock than stock": ({"facts": numbers(stock_medical_g=30001)}, "set apart"),
        "with more medical plants than mature ones": ({"facts": numbers(medical_plants=1501)}, "set apart"),
    }  # fmt: skip

    @pytest.mark.parametrize("what", REFUSED)
    def test_is_refused(self, what, mesa, tomas):
        asked, words = self.REFUSED[what]
        with pytest.raises(Refused, match=words):
            send_report(mesa, asked.get("month", AUGUST), asked.get("facts", numbers()), by=tomas, at=NOW)
        assert not MonthlyReport.objects.exists()

    def test_of_a_courier_is_refused(self, tomas, mesa):
        courier = factories.license(type="courier", licensee=mesa.licensee, mature_plants=None)
        with pytest.raises(Refused, match="courier sends no monthly report"):
            send_report(courier, AUGUST, NOTHING, by=tomas, at=NOW)

    def test_a_correction_says_why_and_changes_something(self, mesa, tomas):
        send_report(mesa, AUGUST, numbers(), by=tomas, at=NOW)
        with pytest.raises(Refused, match="Say why"):
            send_report(mesa, AUGUST, numbers(stock_g=6000), by=tomas, at=NOW, reason=" ")
        with pytest.raises(Refused, match="Nothing here differs"):
            send_report(mesa, AUGUST, numbers(), by=tomas, at=NOW, reason="Again.")

    def test_over_a_report_that_was_not_seen_is_refused(self, mesa, tomas):
        send_report(mesa, AUGUST, numbers(), by=tomas, at=NOW, seen=0)
        with pytest.raises(Refused, match="was sent while you worked"):
            send_report(mesa, AUGUST, numbers(stock_g=6000), by=tomas, at=NOW, seen=0, reason="Mine.")
        send_report(mesa, AUGUST, numbers(stock_g=6000), by=tomas, at=NOW, seen=1, reason="Mine.")

    def test_is_for_its_owners_and_managers(self, mesa, stranger, dana):
        viewer = factories.representative(mesa.licensee, "viewer")
        for person in (stranger, dana, viewer):
            with pytest.raises(PermissionDenied):
                send_report(mesa, AUGUST, numbers(), by=person, at=NOW)
        send_report(mesa, AUGUST, numbers(), by=factories.representative(mesa.licensee, "manager"), at=NOW)

    def test_what_was_reported_can_not_be_changed_or_deleted(self, mesa, tomas):
        report = send_report(mesa, AUGUST, numbers(), by=tomas, at=NOW)
        for change in (lambda rows: rows.update(stock_g=1), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change(MonthlyReport.objects.filter(pk=report.pk))


@pytest.mark.django_db
class TestWhatIsTyped:
    def save(self, mesa, by, seen, **typed: str) -> Part | None:
        return save_report_draft(mesa, AUGUST, typed, seen=seen, by=by, at=NOW)

    def test_is_kept_as_typed_until_it_is_sent(self, mesa, tomas):
        assert self.save(mesa, tomas, "", sold_g="about 12\0") is None
        assert draft_of(mesa, AUGUST).typed == {"sold_g": "about 12"}
        send_report(mesa, AUGUST, numbers(), by=tomas, at=NOW)
        assert not ReportDraft.objects.exists()

    def test_of_a_colleague_is_not_overwritten_unseen(self, mesa, tomas):
        ana = factories.representative(mesa.licensee, "manager", name="Ana")
        self.save(mesa, tomas, "", sold_g="1")
        clash = self.save(mesa, ana, Part({"sold_g": ""}).digest, sold_g="2")
        assert (clash.typed, clash.by) == ({"sold_g": "1"}, tomas.pk)
        assert draft_of(mesa, AUGUST).typed == {"sold_g": "1"}
        assert self.save(mesa, ana, clash.digest, sold_g="2") is None
        assert draft_of(mesa, AUGUST).name == "Ana"

    def test_and_not_touched_leaves_the_words_of_a_colleague(self, mesa, tomas):
        ana, empty = factories.representative(mesa.licensee, "manager"), {"sold_g": ""}
        self.save(mesa, tomas, "", sold_g="1")
        assert self.save(mesa, ana, Part(empty).digest, **empty) is None
        assert draft_of(mesa, AUGUST).typed == {"sold_g": "1"}

    def test_is_for_those_who_may_send(self, mesa, stranger):
        with pytest.raises(PermissionDenied):
            self.save(mesa, stranger, "", sold_g="1")


# Who owes, and how a month stands


@pytest.mark.django_db
def test_who_owes_a_report_is_the_same_in_the_rule_and_in_the_database():
    columns = {"began_on": "operations_began_on", "ended_on": "operations_ended_on", "license_type": "type"}
    for facts, text, owed in OWED:
        on_record = {columns.get(name, name): value for name, value in facts.items()}
        license, month = factories.license(**on_record), reported_month(text)
        assert owes_report(reporter_of(license), month) == owed, (facts, text)
        assert owing(License.objects.filter(pk=license.pk), month).exists() == owed, (facts, text)


@pytest.mark.django_db
class TestLookingBack:
    def test_over_the_year_end_fills_gaps_and_joins_the_stock_before(self, mesa, tomas):
        at = factories.at("2027-03-01 10:00")
        License.objects.filter(pk=mesa.pk).update(issued_on=date(2026, 1, 5))
        for month, stock in ((date(2026, 11, 1), 7000), (date(2026, 12, 1), 8000), (date(2027, 2, 1), 9000)):
            send_report(mesa, month, numbers(stock_g=stock), by=tomas, at=at)
        found = months_of(mesa, until=date(2027, 3, 31), n=3)
        assert [(it.month, it.reported) for it in found] == [
            (date(2026, 12, 1), True), (date(2027, 1, 1), False), (date(2027, 2, 1), True),
        ]  # fmt: skip
        assert [it.stock_before_g for it in found] == [7000, 8000, None]
        december = found[0]
        assert (december.operated, december.harvested, december.flowering) == (True, 400, 1500)
        assert (december.produced_g, december.sold_g, december.sold_medical_g, december.stock_g) == (
            90000,
            80000,
            20000,
            8000,
        )
        assert not found[1].operated and found[1].flowering is None

    def test_a_month_of_stock_alone_is_idle(self, mesa, tomas):
        send_report(mesa, AUGUST, NOTHING | {"stock_g": Decimal(5)}, by=tomas, at=NOW)
        (august,) = months_of(mesa, until=date(2026, 9, 1), n=1)
        assert august.reported and not august.operated

    def test_takes_the_correction_and_two_queries(self, mesa, tomas, django_assert_num_queries):
        send_report(mesa, AUGUST, numbers(), by=tomas, at=NOW)
        send_report(mesa, AUGUST, numbers(stock_g=6000), by=tomas, at=NOW, reason="Again.")
        with django_assert_num_queries(1):
            assert months_of(mesa, until=date(2026, 9, 1), n=24)[-1].stock_g == 6000
        assert months_of(mesa, until=date(2026, 9, 1), n=0) == []

    def test_the_month_that_runs_is_left_out(self, mesa):
        assert months_of(mesa, until=date(2026, 8, 31), n=1)[0].month == date(2026, 7, 1)

    def test_says_what_is_to_be_sent_first(self, mesa, tomas):
        send_report(mesa, date(2026, 6, 1), numbers(), by=tomas, at=NOW)
        months = months_standing([mesa], on=date(2026, 9, 10))[mesa.pk]
        assert [(f"{it.month:%Y-%m}", it.state.value) for it in months[:4]] == [
            ("2026-09", "not_yet"), ("2026-08", "due"), ("2026-07", "missing"), ("2026-06", "late"),
        ]  # fmt: skip
        assert len(months) == 9, "the month that runs and eight before it"
        assert next_asked(months).month == date(2026, 1, 1)
        assert next_asked(months[:1]) is None

    def test_a_report_that_nobody_dated_is_not_called_late(self, mesa, tomas):
        facts = {"sent_at": NOW + timedelta(days=90), "sent_by": tomas, "source": "import"}
        MonthlyReport.objects.create(license=mesa, month=AUGUST, **NOTHING, **facts)
        months = months_standing([mesa], on=date(2026, 12, 1))[mesa.pk]
        assert {it.month: it.state for it in months}[AUGUST] == ReportState.SENT


@pytest.mark.django_db
class TestDoubts:
    def test_are_more_plants_than_allowed_and_more_sold_than_there_was(self, mesa, tomas):
        send_report(mesa, date(2026, 7, 1), NOTHING, by=tomas, at=NOW)
        words = doubts_about(mesa, AUGUST, numbers(flowering_female=2001, sold_g=100000, sold_commercial_g=80000))
        assert "2,001 mature plants are more than the 2,000" in words[0] and "More was sold" in words[1]
        assert doubts_about(mesa, AUGUST, numbers(flowering_female=2000, stock_g=10000)) == []

    def test_are_none_of_those_who_buy_what_they_sell(self):
        shop = factories.license(type="retailer", mature_plants=None)
        assert doubts_about(shop, AUGUST, numbers()) == []


# Who is late gets one mail


@pytest.mark.django_db
class TestTheMail:
    LATE = factories.at("2026-09-16 08:00")

    def write(self, at: datetime, **how: int) -> list[str]:
        late_reports.write_late_reports(at=at, **how)
        rows = Notice.objects.filter(letter="licensing.report_late").order_by("pk")
        return [email for notice in rows for email in notice.deliveries.values_list("email", flat=True)]

    @pytest.fixture
    def others(self, mesa, tomas) -> License:
        """Somebody else's license that has reported, so that the Division takes reports."""
        other = factories.license()
        send_report(other, AUGUST, numbers(), by=factories.representative(other.licensee), at=NOW)
        return other

    def test_comes_the_morning_after_once(self, mesa, others):
        assert self.write(factories.at("2026-09-15 23:59")) == []
        assert self.write(factories.at("2026-09-16 07:59")) == []
        assert self.write(self.LATE) == [mesa.licensee.contacts.get().email]
        assert len(self.write(self.LATE + timedelta(hours=1))) == 1
        notice = Notice.objects.get(letter="licensing.report_late")
        assert notice.subject == "Your August 2026 report is late. Send it today" and len(notice.subject) <= 60
        assert plain.grade(notice.text) <= 6 and notice.text.count("http") == 1
        assert "Tuesday, September 15, 2026" in notice.text and f"/my-licenses/{mesa.number}/reports/" in notice.text

    def test_names_every_license_of_the_licensee(self, mesa, others):
        second = factories.license(licensee=mesa.licensee)
        self.write(self.LATE)
        text = Notice.objects.get(letter="licensing.report_late").text
        assert mesa.number in text and second.number in text and others.number not in text

    def test_comes_after_nights_without_a_sweep_and_not_after_a_month(self, mesa, others):
        assert late_reports.late_months(date(2026, 10, 15)) == [AUGUST]
        assert late_reports.late_months(date(2026, 10, 16)) == [date(2026, 9, 1)]
        assert late_reports.late_months(date(2027, 1, 16)) == [date(2026, 12, 1)]
        assert len(self.write(factories.at("2026-10-15 09:00"))) == 1

    def test_goes_to_nobody_before_the_division_takes_reports(self, mesa):
        assert self.write(self.LATE) == []

    def test_goes_to_some_at_a_time(self, mesa, others):
        factories.license()
        assert len(self.write(self.LATE, batch=1)) == 1
        assert len(self.write(self.LATE, batch=1)) == 2
