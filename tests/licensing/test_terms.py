"""The years of a license: each step, what follows from it, and what stands against it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from casefile.actions import Refused
from casefile.calendar import end_of, local_day
from casefile.models import Deadline
from licensing import clocks, letters
from licensing.actions import terms
from licensing.actions.keep_terms import keep_terms
from licensing.actions.new_license import apply_license, next_number
from licensing.models import License, LicenseTerm
from licensing.stages import TermState
from tests import factories, invariants
from tests.factories import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]

PLACE = {"name": "Mesa Farm", "street": "1 Mesa Road", "city": "Estancia", "zip_code": "87016", "county": "Torrance"}
SAID = {"issued_on": date(2026, 11, 17), "biotrack_account": "MESA-01", "biotrack_email": "mesa@example.test"}
NOON = at("2026-11-17 12:00")
told: list[tuple[str, object]] = []


def tell(*, license: License, at) -> None:
    told.append((license.number, at))


def applied(by: User, type: str = "producer", **facts) -> LicenseTerm:
    holder = factories.licensee()
    return apply_license(holder, {"type": type, "market": "both", **facts}, place=PLACE, by=by, at=NOON)


def designated(term: LicenseTerm, level: int | None = 2, plants: int | None = 4_000) -> LicenseTerm:
    License.objects.filter(pk=term.license_id).update(level=level, mature_plants=plants)
    term.license.level, term.license.mature_plants = level, plants
    return term


def in_force(by: User, *, issued_on: date, when=None) -> LicenseTerm:
    term = designated(applied(by))
    return terms.approve_license(term, by=by, at=when or at(f"{issued_on} 12:00"), **(SAID | {"issued_on": issued_on}))


def test_the_machine_is_this_table() -> None:
    """Every step with the states it leads from, and where to; no other is possible."""
    table = {
        "approve_license": ({"applied"}, "in_force"),
        "deny_license": ({"applied"}, "denied"),
        "renew_license": ({"in_force", "expired"}, "renewed"),
        "expire_license": ({"in_force"}, "expired"),
        "end_license": ({"in_force", "expired"}, "ended"),
        "follow_register": ({"in_force"}, None),
    }
    found: dict[str, tuple[set[str], str | None]] = {}
    for move in LicenseTerm._meta.get_field("state").get_all_transitions(LicenseTerm):
        found.setdefault(move.name, (set(), move.target))[0].add(move.source)
    assert found == table


class TestApply:
    def test_gives_the_next_number_and_opens_a_folder(self, dana) -> None:
        factories.license(number="CCD-2026-0931")
        term = applied(dana)
        assert term.license.number == "CCD-2026-0932" and term.license.status == License.Status.APPLIED
        assert term.license.premises.get().number == "CCD-2026-0932-001"
        assert (term.state, term.begins_on) == (TermState.APPLIED, None)
        assert term.file.events.get().title == "License applied for"

    def test_numbers_go_on_after_9999(self, db) -> None:
        for number in ("CCD-2026-9999", "CCD-2026-10000", "CCD-2025-12345"):
            factories.license(number=number)
        assert next_number(2026) == "CCD-2026-10001"
        assert next_number(2027) == "CCD-2027-0001"

    @pytest.mark.parametrize(
        ("number", "reason"),
        [
            ("CCD-26-1", "is not a license number"),
            ("CCD-2026-0400-001", "is the number of a premises"),
            ("ccd-2026-0300", "There is already a license CCD-2026-0300."),
        ],
    )
    def test_refuses_a_number(self, dana, number, reason) -> None:
        factories.license(number="CCD-2026-0300")
        with pytest.raises(Refused, match=reason):
            applied(dana, number=number)

    def test_is_for_officers_and_supervisors(self, db) -> None:
        with pytest.raises(PermissionDenied):
            applied(factories.user("auditor"))


class TestApprove:
    def test_issues_for_twelve_months_and_writes_once(self, dana, settings) -> None:
        settings.LICENSE_APPROVED, told[:] = ["tests.licensing.test_terms.tell"], []
        term = terms.approve_license(designated(applied(dana)), by=dana, at=NOON, **SAID)
        license = License.objects.get(pk=term.license_id)
        assert (term.state, term.begins_on, term.ends_on) == ("in_force", date(2026, 11, 17), date(2027, 11, 17))
        assert (license.status, license.issued_on, license.expires_on) == ("active", term.begins_on, term.ends_on)
        clock = term.file.deadlines.get()
        assert (clock.clock, clock.due_at) == (clocks.TERM_ENDS.key, end_of(term.ends_on))
        letter = term.file.notices.get(letter=letters.LICENSE_APPROVED.key)
        assert "MESA-01" in letter.text and "mesa@example.test" in letter.page and "4,000" in letter.text
        assert told == [(license.number, NOON)]
        with pytest.raises(Refused, match="Only one that is applied for"):
            terms.approve_license(term, by=dana, at=NOON, **SAID)
        assert term.file.notices.count() == 1 and len(told) == 1

    def test_without_a_level_is_refused_and_leaves_nothing(self, dana, settings) -> None:
        settings.LICENSE_APPROVED, told[:] = ["tests.licensing.test_terms.tell"], []
        term = applied(dana)
        with pytest.raises(Refused, match="Decide its request for a level first"):
            terms.approve_license(term, by=dana, at=NOON, **SAID)
        found = License.objects.get(pk=term.license_id)
        assert (found.status, found.biotrack_account, told) == ("applied", "", [])

    def test_a_hook_that_breaks_undoes_all(self, dana, settings) -> None:
        settings.LICENSE_APPROVED = ["tests.licensing.test_terms.no_such_thing"]
        term = designated(applied(dana))
        with pytest.raises(ImportError):
            terms.approve_license(term, by=dana, at=NOON, **SAID)
        assert LicenseTerm.objects.get(pk=term.pk).state == "applied" and not term.file.notices.exists()

    def test_a_microbusiness_gets_the_count_of_the_act(self, dana) -> None:
        term = terms.approve_license(applied(dana, "producer_microbusiness"), by=dana, at=NOON, **SAID)
        license = License.objects.get(pk=term.license_id)
        assert (license.level, license.mature_plants) == (None, 200)
        assert "26-2C-2" in license.authorizations.get().reason

    def test_a_retailer_needs_no_level_and_no_account(self, dana) -> None:
        said = SAID | {"biotrack_account": "", "biotrack_email": ""}
        term = terms.approve_license(applied(dana, "retailer"), by=dana, at=NOON, **said)
        assert term.state == "in_force" and "BioTrack" not in term.file.notices.get().text

    @pytest.mark.parametrize(
        ("facts", "reason"),
        [({"biotrack_account": " "}, "BioTrack"), ({"issued_on": date(2026, 11, 18)}, "is still to come")],
    )
    def test_says_what_is_missing(self, dana, facts, reason) -> None:
        with pytest.raises(Refused, match=reason):
            terms.approve_license(designated(applied(dana)), by=dana, at=NOON, **(SAID | facts))


class TestDeny:
    def test_says_why_and_how_to_be_heard(self, dana) -> None:
        term = terms.deny_license(applied(dana), reason="No water right.", by=dana, at=NOON)
        page = term.file.notices.get(letter=letters.LICENSE_DENIED.key).page
        assert "No water right." in page and "right to a hearing" in page
        assert License.objects.get(pk=term.license_id).status == "denied"

    def test_needs_a_reason(self, dana) -> None:
        with pytest.raises(Refused):
            terms.deny_license(applied(dana), reason=" ", by=dana, at=NOON)


def cleared(term: LicenseTerm, by: User, day: date) -> LicenseTerm:
    return terms.record_tax_clearance(term, cleared_on=day, evidence="Letter 12", by=by, at=at(f"{day} 10:00"))


class TestRenew:
    ISSUED = date(2026, 1, 5)

    def test_without_clearance_is_refused(self, dana) -> None:
        term = in_force(dana, issued_on=self.ISSUED)
        with pytest.raises(Refused, match="no tax is owed"):
            terms.renew_license(term, by=dana, at=at("2026-12-20 09:00"))
        assert LicenseTerm.objects.count() == 1

    def test_opens_the_next_year_in_the_same_moment(self, dana) -> None:
        term = cleared(in_force(dana, issued_on=self.ISSUED), dana, date(2026, 12, 18))
        following = terms.renew_license(term, by=dana, at=at("2026-12-20 09:00"))
        assert (following.begins_on, following.ends_on) == (date(2027, 1, 6), date(2028, 1, 5))
        assert (following.state, following.follows_id) == ("in_force", term.pk)
        assert License.objects.get(pk=term.license_id).expires_on == date(2028, 1, 5)
        assert term.file.deadlines.get().end == Deadline.End.MET
        assert following.file.deadlines.get().due_at == end_of(date(2028, 1, 5))
        assert "January 5, 2028" in term.file.notices.get(letter=letters.LICENSE_RENEWED.key).text

    def test_late_keeps_the_anniversary_and_shows_the_gap(self, dana) -> None:
        term = in_force(dana, issued_on=self.ISSUED)
        keep_terms(at=at("2027-01-06 00:01"))
        term = cleared(LicenseTerm.objects.get(pk=term.pk), dana, date(2027, 1, 20))
        following = terms.renew_license(term, by=dana, at=at("2027-01-20 11:00"))
        assert (following.begins_on, following.ends_on) == (date(2027, 1, 20), date(2028, 1, 5))
        assert License.objects.get(pk=term.license_id).status == "active"
        assert term.file.deadlines.get().end == Deadline.End.LATE

    @pytest.mark.parametrize(("elsewhere", "refused"), [(16_000, False), (16_001, True)])
    def test_an_expired_license_comes_back_only_below_the_cap(self, dana, elsewhere, refused) -> None:
        term = in_force(dana, issued_on=self.ISSUED)
        keep_terms(at=at("2027-01-06 00:01"))
        factories.license(licensee=term.license.licensee, mature_plants=elsewhere)
        term = cleared(LicenseTerm.objects.get(pk=term.pk), dana, date(2027, 1, 20))
        if refused:
            with pytest.raises(Refused, match="at most 20,000"):
                terms.renew_license(term, by=dana, at=at("2027-01-20 11:00"))
        else:
            terms.renew_license(term, by=dana, at=at("2027-01-20 11:00"))
        assert License.objects.get(pk=term.license_id).status == ("expired" if refused else "active")

    def test_too_early_and_too_late_are_refused(self, dana) -> None:
        term = cleared(in_force(dana, issued_on=self.ISSUED), dana, date(2026, 9, 1))
        with pytest.raises(Refused, match="can be renewed from"):
            terms.renew_license(term, by=dana, at=at("2026-09-02 09:00"))
        with pytest.raises(Refused, match="could be renewed until"):
            terms.renew_license(term, by=dana, at=at("2027-02-05 09:00"))

    @pytest.mark.parametrize("status", ["suspended", "revoked"])
    def test_a_sanctioned_license_is_not_renewed(self, dana, status) -> None:
        term = cleared(in_force(dana, issued_on=self.ISSUED), dana, date(2026, 12, 18))
        License.objects.filter(pk=term.license_id).update(status=status)
        with pytest.raises(Refused, match=f"The license is {status}"):
            terms.renew_license(term, by=dana, at=at("2026-12-20 09:00"))

    def test_from_a_leap_day_comes_back_to_it(self, dana) -> None:
        term = in_force(dana, issued_on=date(2024, 2, 29))
        ends = [term.ends_on]
        for _ in range(4):
            term = terms.renew_license(cleared(term, dana, term.ends_on), by=dana, at=at(f"{term.ends_on} 12:00"))
            ends.append(term.ends_on)
        assert ends == [date(y, 2, 28) for y in (2025, 2026, 2027)] + [date(2028, 2, 29), date(2029, 2, 28)]
        assert [row.due_on for row in Deadline.objects.filter(clock=clocks.TERM_ENDS.key).order_by("pk")] == ends


class TestClearance:
    @pytest.mark.parametrize(
        ("facts", "reason"),
        [({"cleared_on": date(2026, 11, 18)}, "still to come"), ({"evidence": " "}, "Name the letter")],
    )
    def test_is_a_fact_with_its_source(self, dana, facts, reason) -> None:
        term = in_force(dana, issued_on=date(2026, 1, 5))
        said = {"cleared_on": date(2026, 11, 17), "evidence": "Letter 12"} | facts
        with pytest.raises(Refused, match=reason):
            terms.record_tax_clearance(term, by=dana, at=NOON, **said)

    def test_is_not_asked_of_an_application(self, dana) -> None:
        with pytest.raises(Refused, match="can be renewed"):
            terms.record_tax_clearance(applied(dana), cleared_on=local_day(NOON), evidence="1", by=dana, at=NOON)


class TestExpire:
    """November 1, 2026 is the night on which clocks go back in Denver; March 14, 2027 the one on which they go on."""

    @pytest.mark.parametrize("last", [date(2026, 10, 31), date(2026, 11, 1), date(2027, 3, 14), date(2026, 11, 26)])
    def test_to_the_minute(self, dana, last) -> None:
        term = in_force(dana, issued_on=date(last.year - 1, last.month, last.day))
        keep_terms(at=end_of(last))
        assert LicenseTerm.objects.get().state == "in_force"
        keep_terms(at=end_of(last) + timedelta(seconds=1))
        assert LicenseTerm.objects.get().state == "expired"
        assert License.objects.get(pk=term.license_id).status == "expired"

    def test_before_its_day_is_refused(self, dana) -> None:
        term = in_force(dana, issued_on=date(2026, 1, 5))
        with pytest.raises(Refused, match="is not over"):
            terms.expire_license(term, by=User.objects.clockwork(), at=at("2027-01-05 23:59"))

    def test_is_done_by_the_clockwork_alone(self, marco) -> None:
        term = in_force(marco, issued_on=date(2026, 1, 5))
        with pytest.raises(PermissionDenied):
            terms.expire_license(term, by=marco, at=at("2027-02-05 12:00"))

    def test_a_suspension_keeps_its_word(self, dana) -> None:
        term = in_force(dana, issued_on=date(2026, 1, 5))
        License.objects.filter(pk=term.license_id).update(status="suspended")
        keep_terms(at=at("2027-01-06 00:00"))
        assert LicenseTerm.objects.get().state == "expired"
        assert License.objects.get(pk=term.license_id).status == "suspended"


class TestEnd:
    def test_closes_the_license_and_tells(self, dana) -> None:
        term = terms.end_license(
            in_force(dana, issued_on=date(2026, 1, 5)), reason="Given up.", by=dana, at=NOON
        )  # fmt: skip
        assert License.objects.get(pk=term.license_id).status == "closed"
        assert "Given up." in term.file.notices.get(letter=letters.LICENSE_ENDED.key).text
        assert not term.file.deadlines.running().exists()

    def test_after_a_revocation_says_nothing_more(self, dana) -> None:
        term = in_force(dana, issued_on=date(2026, 1, 5))
        License.objects.filter(pk=term.license_id).update(status="revoked")
        keep_terms(at=NOON)
        assert LicenseTerm.objects.get().state == "ended"
        assert License.objects.get(pk=term.license_id).status == "revoked"
        assert not term.file.notices.filter(letter=letters.LICENSE_ENDED.key).exists()


def test_the_record_keeps_its_promises(dana) -> None:
    """A license through all its years; every promise of the record is asked."""
    term = cleared(in_force(dana, issued_on=date(2026, 1, 5)), dana, date(2026, 12, 18))
    following = terms.renew_license(term, by=dana, at=at("2026-12-20 09:00"))
    keep_terms(at=at("2028-01-06 00:00"))
    late = cleared(LicenseTerm.objects.get(pk=following.pk), dana, date(2028, 1, 10))
    last = terms.renew_license(late, by=dana, at=at("2028-01-10 09:00"))
    terms.end_license(last, reason="Given up.", by=dana, at=at("2028-02-01 09:00"))
    terms.deny_license(applied(dana), reason="No water right.", by=dana, at=NOON)
    invariants.assert_kept()
