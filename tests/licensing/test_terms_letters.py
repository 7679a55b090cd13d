"""Every letter about a license's year, written by a story and read as a licensee would: no gap, plain, one link."""

import re
from datetime import date

import pytest

from casefile import letters as declared
from casefile.models import Delivery, Notice
from inspections.receipts import letter_settled
from licensing import letters as ours
from licensing.actions import terms
from licensing.actions.keep_terms import keep_terms
from licensing.models import License, LicenseTerm
from tests import factories
from tests.factories import at
from tests.inspections import plain
from tests.letters import GAP, LEGAL_WORDS, written_by
from tests.licensing.test_terms import NOON, applied, cleared, in_force
from tests.licensing.test_terms_sweep import sweep

LETTERS = [
    ours.LICENSE_APPROVED, ours.LICENSE_DENIED, ours.LICENSE_RENEWED, ours.LICENSE_ENDED, ours.TERM_REMINDER,
    ours.LICENSE_EXPIRED,
]  # fmt: skip
KEYS = [letter.key for letter in LETTERS]
ISSUED = date(2026, 1, 5)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """Every letter of the stories, by key; what a template does not find says so."""
    return written_by(tell, django_db_blocker, on_paper=(ours.LICENSE_DENIED.key, ours.LICENSE_APPROVED.key))


def tell() -> None:
    factories.holidays()
    dana = factories.user(name="Dana Ortiz", email="dana@example.test", phone="505-555-0119")
    factories.user("supervisor", name="Marco Baca", email="marco@example.test")
    renewed = cleared(in_force(dana, issued_on=ISSUED), dana, date(2026, 11, 2))
    suspended = in_force(dana, issued_on=ISSUED)
    in_force(dana, issued_on=ISSUED)
    License.objects.filter(pk=suspended.license_id).update(status="suspended")
    sweep("2026-11-06 08:00")
    terms.renew_license(renewed, by=dana, at=at("2026-12-20 09:00"))
    terms.deny_license(applied(dana, "retailer"), reason="No water right.", by=dana, at=NOON)
    said = {"issued_on": date(2026, 11, 17), "biotrack_account": "", "biotrack_email": ""}
    shop = terms.approve_license(applied(dana, "retailer"), by=dana, at=NOON, **said)
    terms.end_license(shop, reason="The shop was sold.", by=dana, at=NOON)
    keep_terms(at=at("2027-01-06 00:00"))
    sweep("2027-01-06 08:00")
    sweep("2027-03-06 08:00")


@pytest.mark.parametrize("key", KEYS)
class TestEveryLetter:
    def test_is_plain_and_whole(self, written, key) -> None:
        for it in written[0][key]:
            assert GAP not in it.subject + it.text + it.html + it.page and "None" not in it.text
            assert len(it.subject) <= 60 and not LEGAL_WORDS.search(it.subject)
            assert len(re.findall(r"https?://", it.text)) == 1
            assert len(plain.words_in(plain.longest(it.text))) <= 20, plain.longest(it.text)
            assert plain.grade(it.text) <= 6, f"{plain.grade(it.text):.1f}\n{it.text}"

    def test_is_plain_on_paper(self, written, key) -> None:
        for it in written[0][key]:
            assert bool(it.page) == declared.LETTERS[key].pdf
            if it.page:
                assert plain.grade(plain.without_tags(it.page)) <= 8, plain.grade(plain.without_tags(it.page))


def test_papers_are_printed(written) -> None:
    assert all(pdf.startswith(b"%PDF") for pdf in written[1].values())


def test_reminders_know_the_license(written) -> None:
    cleared_one, suspended, plain_one = (it.text for it in written[0][ours.TERM_REMINDER.key][:3])
    assert "we have the word" in cleared_one
    assert "Your license is suspended" in suspended and "tax clearance" not in suspended
    assert "ask Taxation and Revenue for a tax clearance" in plain_one


def test_one_that_comes_back_is_told_to_the_office(dana, marco, holidays) -> None:
    term = in_force(dana, issued_on=ISSUED)
    copy_ = Delivery.objects.get(notice__file=term.file)
    copy_.state, copy_.detail = Delivery.State.BOUNCED, "550 no such mailbox"
    copy_.save()
    letter_settled(copy_, at=NOON)
    told = Notice.objects.get(once=f"delivery:{copy_.pk}:bounced")
    assert told.deliveries.get().email == marco.email
    assert f"/licenses/{term.license.number}/" in told.text and "/cases/" not in told.text
    assert LicenseTerm.objects.get().state == "in_force"
