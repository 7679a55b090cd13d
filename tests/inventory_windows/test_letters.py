"""Every letter, written by a story and read as a licensee would: no gap in it, plain, one link, and its facts right."""

import re
from datetime import timedelta

import pytest

from casefile import deadlines
from casefile import letters as declared
from inventory_windows.actions import asking, corrections
from inventory_windows.endings import shut_what_is_over
from tests import factories
from tests.inspections import plain
from tests.inventory_windows import told
from tests.inventory_windows.told import ASKED, HOUR
from tests.letters import GAP, LEGAL_WORDS, written_by

OURS = sorted(key for key in declared.LETTERS if key.startswith("inventory_windows."))
TO_LICENSEES = [key for key in OURS if declared.LETTERS[key].to == "licensee"]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def letters(django_db_setup, django_db_blocker):
    """Every letter of the stories, by key; what a template does not find says so."""
    return written_by(tell, django_db_blocker, on_paper=())[0]


def tell() -> None:
    factories.holidays()
    dana = factories.user(name="Dana Ortiz", email="dana@example.test", phone="505-555-0119")
    factories.user("supervisor", name="Marco Baca")
    first = told.first(factories.license(biotrack_account="highmesa"))
    wake(first, ASKED + timedelta(days=10), ASKED + timedelta(days=14))
    shut_what_is_over(at=first.opening.closes_at)
    told.withdrawn()
    told.refused(dana)
    asked = told.documents_asked(dana)
    asking.send_documents(asked, "There is none.", by=told.owner_of(asked.license), at=ASKED + 4 * HOUR)
    wake(told.approved(dana), factories.at("2026-11-20 08:00"))
    shut = told.opened(dana)
    wake(shut, shut.opening.closes_at - 2 * HOUR)
    shut_what_is_over(at=shut.opening.closes_at)
    wake(shut, factories.at("2026-11-23 08:00"))
    asked = corrections.ask_about_correction(told.correction(), "Which room?", by=dana, at=ASKED)
    corrections.approve_correction(asked, note="Room B only.", by=dana, at=ASKED + HOUR)
    corrections.refuse_correction(told.correction(), reason="They can do it alone.", by=dana, at=ASKED + HOUR)


def wake(case, *instants) -> None:
    for at in instants:
        for row in case.file.deadlines.running():
            deadlines.wake(row.pk, at=at)


def test_every_letter_is_in_a_story(letters) -> None:
    assert sorted(key for key in letters if key.startswith("inventory_windows.")) == OURS


@pytest.mark.parametrize("key", OURS)
class TestEveryLetter:
    def test_says_all_it_means_to_say(self, letters, key) -> None:
        for it in letters[key]:
            assert GAP not in it.subject + it.text + it.html + it.page
            assert "None" not in it.text and "{" not in it.text and ".." not in it.text

    def test_has_a_subject_that_fits_and_gives_nothing_away(self, letters, key) -> None:
        for it in letters[key]:
            assert len(it.subject) <= 60, it.subject
            assert not LEGAL_WORDS.search(it.subject), it.subject

    def test_has_one_link(self, letters, key) -> None:
        for it in letters[key]:
            assert len(re.findall(r"https?://", it.text)) == 1
            assert len(re.findall('<a href="http', it.html)) == 1

    def test_is_plain(self, letters, key) -> None:
        for it in letters[key]:
            assert len(plain.words_in(plain.longest(it.text))) <= 20, plain.longest(it.text)
            if key in TO_LICENSEES:
                assert plain.grade(it.text) <= 6, f"{plain.grade(it.text):.1f}\n{it.text}"
                assert "inspect" not in it.subject.lower() + it.text.lower()


class TestFacts:
    def text(self, letters, key) -> str:
        return " ".join(letters[f"inventory_windows.{key}"][-1].text.split())

    def test_the_first_window_says_its_end_and_the_account(self, letters) -> None:
        said = self.text(letters, "first_opened")
        assert "open until Wednesday, December 2, 2026, at 10:00 a.m. Mountain Time." in said
        assert "Your BioTrack account: highmesa" in said

    def test_the_end_says_when_the_next_can_open(self, letters) -> None:
        assert "on Friday, February 19, 2027, at 9:00 a.m., or later" in self.text(letters, "shut")

    def test_a_refusal_has_its_reason_and_no_flag(self, letters) -> None:
        assert "The invoice is missing." in self.text(letters, "refused")

    def test_the_approval_on_paper_has_its_number(self, letters) -> None:
        page = letters["inventory_windows.correction_approved"][-1].page
        assert "State approval B26-0001" in page and "884213" in page and "Move 12 plants" in page

    def test_no_letter_to_a_licensee_speaks_of_a_flag_or_a_visit(self, letters) -> None:
        for key in TO_LICENSEES:
            for it in letters[key]:
                assert not re.search(r"flag|inspect|visit", it.text, re.IGNORECASE), it.text
