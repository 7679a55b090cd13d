"""What time does to the years of licenses: reminders, the mark of the end, and the years of licenses on record."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from casefile import tasks
from casefile.calendar import days_before, end_of
from casefile.models import CaseFile, Deadline, Notice
from licensing import clocks, letters, rules
from licensing.actions import keep_terms as chore
from licensing.actions import standing, terms
from licensing.actions.keep_terms import keep_terms
from licensing.models import License, LicenseTerm
from tests import factories, invariants
from tests.factories import at
from tests.inspections import plain
from tests.licensing.test_terms import NOON, cleared, in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]

ISSUED, LAST = date(2026, 1, 5), date(2027, 1, 5)
REMINDER, EXPIRED = letters.TERM_REMINDER.key, letters.LICENSE_EXPIRED.key


def sweep(text: str) -> None:
    with time_machine.travel(at(text), tick=False):
        tasks.sweep()


def written(letter: str) -> list[Notice]:
    return list(Notice.objects.filter(letter=letter).order_by("queued_at"))


class TestReminders:
    DAYS = ("2026-10-07", "2026-11-06", "2026-12-06")  # 90, 60, 30 days before January 5, 2027

    def test_go_ninety_sixty_and_thirty_days_before(self, dana) -> None:
        assert clocks.TERM_ENDS.warns == tuple(days_before(n) for n in (90, 60, 30))
        assert rules.reminders_on(LAST) == [date.fromisoformat(day) for day in self.DAYS]
        in_force(dana, issued_on=ISSUED)
        for n, day in enumerate(self.DAYS):
            sweep(f"{day} 07:59")
            assert len(written(REMINDER)) == n
            for _ in range(3):
                sweep(f"{day} 08:00")
            assert len(written(REMINDER)) == n + 1
        assert [it.subject.split(":")[0] for it in written(REMINDER)] == [
            "90 days left",
            "60 days left",
            "30 days left",
        ]

    def test_say_what_to_do_and_by_when(self, dana) -> None:
        in_force(dana, issued_on=ISSUED)
        sweep("2026-10-07 08:00")
        text = written(REMINDER)[0].text
        for said in ("Tuesday, January 5, 2027", "tax clearance", "began work", "ask for more plants now"):
            assert said in text
        assert plain.grade(text) <= 6 and len(plain.words_in(plain.longest(text))) <= 20

    def test_know_that_taxes_are_cleared(self, dana) -> None:
        cleared(in_force(dana, issued_on=ISSUED), dana, date(2026, 11, 3))
        sweep("2026-11-06 08:00")
        assert "we have the word of Taxation and Revenue" in written(REMINDER)[0].text

    def test_a_sleeping_sweep_writes_the_latest_only(self, dana) -> None:
        term = in_force(dana, issued_on=ISSUED)
        sweep("2026-12-20 03:00")
        assert [it.subject.split(":")[0] for it in written(REMINDER)] == ["16 days left"]
        assert term.file.events.filter(step="skip_reminder").count() == 2

    def test_stop_with_the_renewal(self, dana) -> None:
        term = cleared(in_force(dana, issued_on=ISSUED), dana, date(2026, 10, 9))
        terms.renew_license(term, by=dana, at=at("2026-10-10 09:00"))
        sweep("2026-12-31 08:00")
        assert written(REMINDER) == []


class TestTheEnd:
    def test_is_marked_at_midnight_and_told_on_the_next_business_morning(self, dana) -> None:
        """The last day, July 3, 2026, is a holiday; a weekend follows. None of them moves the end."""
        factories.user("supervisor")
        term = in_force(dana, issued_on=date(2025, 7, 3))
        sweep("2026-07-04 00:00")
        assert License.objects.get(pk=term.license_id).status == "expired"
        assert written(EXPIRED) == []
        for text in ("2026-07-06 07:59", "2026-07-06 08:00", "2026-07-06 08:01"):
            sweep(text)
        (letter,) = written(EXPIRED)
        assert "still renew it until Sunday, August 2, 2026" in letter.text
        invariants.assert_kept()

    def test_is_not_told_to_who_renewed_before_the_morning(self, dana) -> None:
        term = in_force(dana, issued_on=date(2025, 7, 3))
        sweep("2026-07-04 00:00")
        term = cleared(LicenseTerm.objects.get(pk=term.pk), dana, date(2026, 7, 4))
        terms.renew_license(term, by=dana, at=at("2026-07-05 10:00"))
        sweep("2026-07-06 08:00")
        assert written(EXPIRED) == []


class TestOnRecord:
    def test_licenses_get_their_year_once(self, dana) -> None:
        due = factories.license(issued_on=date(2022, 2, 24), expires_on=date(2027, 2, 24))
        odd = factories.license(issued_on=date(2022, 1, 18), expires_on=date(2027, 3, 31))
        today = factories.license(issued_on=date(2025, 11, 17), expires_on=date(2026, 11, 17), status="suspended")
        past = factories.license(issued_on=date(2021, 11, 16), expires_on=date(2026, 11, 16))
        factories.license(issued_on=None, expires_on=None)
        factories.license(status="revoked")
        for _ in range(2):
            keep_terms(at=NOON)
        found = {term.license_id: term for term in LicenseTerm.objects.all()}
        assert set(found) == {due.pk, odd.pk, today.pk}
        assert (found[due.pk].begins_on, found[odd.pk].begins_on) == (date(2026, 2, 24), date(2026, 3, 31))
        clock = found[due.pk].file.deadlines.get()
        assert (clock.due_at, clock.how_counted.rule) == (end_of(date(2027, 2, 24)), "valid_months(12)")
        assert clock.next_at == days_before(90)(clock.due_at, None)
        assert found[due.pk].file.events.get().step == "take_up_license"
        assert License.objects.get(pk=past.pk).status == "active"
        invariants.assert_kept()

    def test_many_take_few_statements_and_the_rest_waits(
        self, dana, django_assert_max_num_queries, monkeypatch
    ) -> None:
        monkeypatch.setattr(chore, "MOST_TAKEN_UP", 300)
        holder = factories.licensee()
        License.objects.bulk_create(
            License(number=f"CCD-2025-{n:04}", licensee=holder, type="retailer", issued_on=ISSUED, expires_on=LAST)
            for n in range(301)
        )
        with django_assert_max_num_queries(20):
            keep_terms(at=NOON)
        assert LicenseTerm.objects.count() == Deadline.objects.count() == 300
        assert CaseFile.objects.filter(due_at=end_of(LAST)).count() == 300
        keep_terms(at=NOON + timedelta(minutes=1))
        assert LicenseTerm.objects.count() == 301

    def test_one_that_the_register_renews_goes_on(self, dana) -> None:
        term = in_force(dana, issued_on=ISSUED)
        License.objects.filter(pk=term.license_id).update(expires_on=date(2028, 1, 5))
        keep_terms(at=at("2026-12-30 12:00"))
        term = LicenseTerm.objects.get()
        assert (term.state, term.ends_on) == ("in_force", date(2028, 1, 5))
        assert term.file.deadlines.running().get().due_on == date(2028, 1, 5)
        invariants.assert_kept()

    def test_one_that_the_register_renews_after_its_end_begins_anew(self, dana) -> None:
        term = in_force(dana, issued_on=ISSUED)
        keep_terms(at=at("2027-01-06 00:00"))
        License.objects.filter(pk=term.license_id).update(status="active", expires_on=date(2028, 1, 5))
        keep_terms(at=at("2027-01-06 07:00"))
        anew = LicenseTerm.objects.get(state="in_force")
        assert (anew.follows_id, anew.begins_on, anew.ends_on) == (term.pk, date(2027, 1, 6), date(2028, 1, 5))
        sweep("2027-01-06 08:00")
        assert written(EXPIRED) == []

    def test_one_that_the_register_closes_ends(self, dana) -> None:
        term = in_force(dana, issued_on=ISSUED)
        License.objects.filter(pk=term.license_id).update(status="closed")
        keep_terms(at=NOON)
        assert LicenseTerm.objects.get().state == "ended" and not written(letters.LICENSE_ENDED.key)

    def test_an_application_gets_its_folder_once(self, dana) -> None:
        license = factories.license(status="applied", issued_on=None, expires_on=None)
        for _ in range(2):
            keep_terms(at=NOON)
        assert license.terms.get().state == "applied"

    def test_one_that_breaks_holds_up_no_other(self, dana, monkeypatch, caplog) -> None:
        first, second = (in_force(dana, issued_on=ISSUED) for _ in range(2))
        real = chore.expire_license

        def fail(term, **facts):
            if term.pk == first.pk:
                raise RuntimeError("this one can not be marked")
            return real(term, **facts)

        monkeypatch.setattr(chore, "expire_license", fail)
        keep_terms(at=at("2027-01-06 00:00"))
        assert LicenseTerm.objects.get(pk=second.pk).state == "expired" and "could not be kept" in caplog.text


class TestStanding:
    def test_operations_are_days_that_the_premises_follow(self, dana) -> None:
        place = factories.premises()
        license = place.license
        with pytest.raises(standing.Refused, match="Say on what day work began"):
            standing.record_operations(license, began_on=None, ended_on=ISSUED, by=dana, at=NOON)
        standing.record_operations(license, began_on=ISSUED, ended_on=date(2026, 11, 1), by=dana, at=NOON)
        assert not license.premises.get().operating

    def test_an_old_end_is_said_by_a_person(self, dana) -> None:
        license = factories.license(issued_on=date(2022, 2, 24), expires_on=date(2025, 2, 24))
        with pytest.raises(standing.Refused, match="Say how you know"):
            standing.record_expiry(license, reason="", by=dana, at=NOON)
        term = standing.record_expiry(license, reason="Nobody is there.", by=dana, at=NOON)
        assert (term.state, License.objects.get(pk=license.pk).status) == ("expired", "expired")
        with pytest.raises(standing.Refused):
            standing.record_expiry(license, reason="Again.", by=dana, at=NOON)

    @pytest.mark.parametrize(("when", "status"), [("2027-01-05 12:00", "active"), ("2027-01-06 12:00", "expired")])
    def test_a_suspension_is_lifted_by_a_supervisor(self, dana, marco, when, status) -> None:
        term = in_force(dana, issued_on=ISSUED)
        License.objects.filter(pk=term.license_id).update(status="suspended")
        with pytest.raises(PermissionDenied):
            standing.lift_suspension(term.license, reason="Paid.", by=dana, at=at(when))
        standing.lift_suspension(term.license, reason="Paid.", by=marco, at=at(when))
        assert License.objects.get(pk=term.license_id).status == status
        assert term.file.events.first().title == "Suspension lifted"
