"""Every letter, written by a story and read as a licensee would: no gap in it, plain, one link, and its facts right."""

import copy
import re
from io import BytesIO

import pytest
from django.conf import settings as house
from pypdf import PdfReader

from casefile import letters as declared
from casefile.models import Notice
from casefile.notices import pdf_of
from tests import factories
from tests.inspections import plain, stories

GAP = "WHAT-IS-MISSING"
OURS = sorted(key for key in declared.LETTERS if key.startswith("inspections."))
ON_PAPER = [key for key in OURS if declared.LETTERS[key].pdf]
TO_LICENSEES = [key for key in OURS if declared.LETTERS[key].to == "licensee"]
LEGAL_WORDS = re.compile(r"violation|penalt|revo|suspen|disciplin|fine\b", re.IGNORECASE)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """Every letter of the stories, by key; what a template does not find says so."""
    from django.db import transaction
    from django.test.utils import override_settings

    engines = copy.deepcopy(house.TEMPLATES)
    engines[0]["OPTIONS"]["string_if_invalid"] = GAP
    with django_db_blocker.unblock(), override_settings(TEMPLATES=engines), transaction.atomic():
        tell()
        found = list(Notice.objects.select_related("file"))
        papers = {it.letter: pdf_of(it) for it in found if it.page}
        transaction.set_rollback(True)
    by_key: dict[str, list[Notice]] = {}
    for it in found:
        by_key.setdefault(it.letter, []).append(it)
    return by_key, papers


def tell() -> None:
    factories.holidays()
    dana = factories.user(name="Dana Ortiz", email="dana@example.test", phone="505-555-0119")
    marco = factories.user("supervisor", name="Marco Baca", email="marco@example.test")
    place = factories.premises()
    tomas = factories.representative(place.licensee, name="Tomás Lucero", email="tomas@example.test")
    stories.corrected(dana, marco, tomas, place)
    stories.outcomes(dana, marco, [factories.premises() for _ in range(5)])
    stories.others(dana, marco, [factories.premises() for _ in range(5)])


@pytest.fixture
def letters(written) -> dict[str, list[Notice]]:
    return written[0]


@pytest.fixture
def papers(written) -> dict[str, str]:
    """The text of each PDF."""
    return {
        key: "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages) for key, pdf in written[1].items()
    }


def test_every_letter_is_in_a_story(letters) -> None:
    assert sorted(letters) == OURS


@pytest.mark.parametrize("key", OURS)
class TestEveryLetter:
    def test_says_all_it_means_to_say(self, letters, key) -> None:
        for it in letters[key]:
            said = it.subject + it.text + it.html + it.page
            assert GAP not in said and "None" not in it.text and "{" not in it.text

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

    def test_says_in_html_what_it_says_in_text(self, letters, key) -> None:
        for it in letters[key]:
            said = plain.words_in(plain.without_tags(it.html).split("</title>")[-1])
            for word in plain.words_in(re.sub(r"(?m)^\d+\. ", "", it.text)):
                assert word in said, word


@pytest.mark.parametrize("key", ON_PAPER)
class TestOnPaper:
    def test_is_plain(self, letters, key) -> None:
        for it in letters[key]:
            text = plain.without_tags(it.page)
            assert plain.grade(text) <= 8, f"{plain.grade(text):.1f}"
            assert len(plain.words_in(plain.longest(text))) <= 25, plain.longest(text)

    def test_names_the_case_and_the_division(self, papers, letters, key) -> None:
        assert letters[key][-1].file.number in papers[key]
        assert "Cannabis Control Division" in papers[key]


def test_is_a_pdf_for_everyone(written) -> None:
    reader = PdfReader(BytesIO(written[1]["inspections.nolv"]))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.trailer["/Root"]["/Lang"] == "en"
    assert "Notice of License Violation" in reader.metadata.title
    assert b"pdfuaid" in written[1]["inspections.nolv"] or "pdfuaid" in str(reader.xmp_metadata.stream.get_data())


class TestNolv:
    def test_says_both_dates_and_how_they_are_counted(self, letters) -> None:
        text = " ".join(letters["inspections.nolv"][-1].text.split())
        assert (
            "If you get this notice today, November 17, 2026, your plan is due by Tuesday, November 24, 2026. You have "
            "until 11:59 p.m. Mountain Time." in text
        )
        assert "We count from the day you get it." in text
        assert "You get the notice on Tuesday, November 17, 2026. Day 1 is Wednesday, November 18." in text
        assert "your proof is due by Thursday, December 17, 2026." in text

    def test_lists_on_paper_what_was_found(self, papers) -> None:
        paper = " ".join(papers["inspections.nolv"].split())
        for title in stories.TITLES:
            assert title in paper and f"We saw it in room 2: {title.lower()}." in paper
        assert paper.count("The rule: 16.8.3.9 NMAC") == 3 and paper.count("How many: 1") == 3
        assert "What would count as proof: A photo of the room." in paper
        assert "Your plan is due by Tuesday, November 24, 2026." in paper
        assert "Your proof is due by Thursday, December 17, 2026." in paper
        assert "One month later is Thursday, December 17." in paper
        assert "Dana Ortiz, your compliance officer, at 505-555-0119" in paper


class TestReminders:
    def test_say_how_much_time_is_left(self, letters) -> None:
        assert [it.subject for it in letters["inspections.cap_reminder"]] == [
            "2 business days left: send your plan by Tue, Nov 24"
        ]
        assert letters["inspections.proof_reminder"][0].subject == "10 days left: send your proof by Thu, Dec 17"


class TestReceipts:
    def test_repeat_the_answers_and_the_time(self, letters) -> None:
        first = letters["inspections.cap_receipt"][-1].text
        assert "Wednesday, November 25, 2026, at 4:12 p.m." in first
        assert "It came after the due date." in first
        assert first.count("How you will fix it: Take out 12 plants.") == 3
        again = letters["inspections.cap_receipt"][0].text
        assert again.count("How you will fix it") == 1 and "You were on time." in again

    def test_of_proof_says_what_still_lacks(self, letters) -> None:
        text = letters["inspections.proof_receipt"][-1].text
        assert "1. Too many mature plants: 1 file" in text
        assert "We still need proof for 1 violation." in text


class TestReviews:
    def test_say_what_is_missing(self, letters) -> None:
        plan = letters["inspections.cap_returned"][0]
        assert plan.subject.startswith("Change 1 part of your plan by Mon, Dec 7")
        assert "What is missing: Tell us who checks the floor plan." in plan.text
        proof = letters["inspections.proof_returned"][0]
        assert "What we need: One photo of a new label." in proof.text


class TestCloseOut:
    def test_lists_each_violation_with_its_proof(self, papers) -> None:
        paper = " ".join(papers["inspections.close_out"].split())
        for n, title in enumerate(stories.TITLES, 1):
            assert f"{n}. {title}" in paper
        assert paper.count("Photo, ") == 3 and paper.count("SHA-256") == 3 and "photo.jpg" not in paper
        assert "is in compliance." in paper
        assert "Accepted on Tuesday, December 22, 2026 by Dana Ortiz" in paper


class TestPenalty:
    def test_shows_the_sum_and_who_is_paid(self, papers) -> None:
        paper = " ".join(papers["inspections.penalty"].split())
        assert "Violation 1: 1 × $5,000 = $5,000" in paper and "Total: $5,250" in paper
        assert "Pay to the state treasurer, for the current school fund." in paper


class TestMoved:
    def test_says_the_new_date(self, letters) -> None:
        assert "Send your proof by Monday, December 21, 2026" in letters["inspections.date_moved"][0].text
