"""Every letter of a request, written by a story and read as a licensee would: no gap, plain, one link, its facts right."""

import re
from datetime import timedelta

import pytest

from casefile import deadlines
from casefile import letters as declared
from casefile.models import Deadline, Delivery, Notice
from inspections.receipts import letter_settled
from licensing import letters as ours
from licensing.actions import requests
from tests import factories
from tests.factories import at
from tests.inspections import plain
from tests.letters import GAP, LEGAL_WORDS, written_by
from tests.licensing import asked
from tests.licensing.asked import DECIDED

LETTERS = [
    ours.REQUEST_RECEIPT, ours.INFORMATION_WANTED, ours.INFORMATION_REMINDER, ours.INFORMATION_OVERDUE, ours.DESIGNATED,
    ours.INCREASED, ours.DECREASED, ours.REQUEST_DENIED, ours.REQUEST_WITHDRAWN, ours.DECISION_REMINDER,
    ours.DECISION_OVERDUE, ours.BOUNCED,
]  # fmt: skip
KEYS = [letter.key for letter in LETTERS]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """Every letter of the stories, by key; what a template does not find says so."""
    return written_by(tell, django_db_blocker, on_paper=("licensing.request_denied", "licensing.increased"))


def tell() -> None:
    factories.holidays()
    dana = factories.user(name="Dana Ortiz", email="dana@example.test", phone="505-555-0119")
    factories.user("supervisor", name="Marco Baca", email="marco@example.test")
    asked.approved(dana, grower(), kind="designation", level=2)
    asked.approved(dana, grower(level=2, mature_plants=3_000))
    asked.approved(dana, grower(level=2, mature_plants=3_000), granted=500, reasons="The water is enough for 500.")
    asked.approved(dana, grower(level=2, mature_plants=3_000), kind="decrease")
    asked.denied(dana, reasons="You had more plants than your license allows in May.")
    asked.withdrawn()
    late = asked.incomplete(dana)
    asked.in_review(dana)
    for day in ("2026-06-26", "2026-07-03", "2026-07-07", "2026-08-01", "2026-08-21", "2026-08-30", "2026-09-01"):
        sweep_at(f"{day} 08:30")
    requests.submit_request(
        late, asked.Asked(pieces={"inventory": asked.WORDS["inventory"]}), by=asked.owner_of(late.license),
        at=at("2026-09-02 09:00"),
    )  # fmt: skip
    for state in (Delivery.State.BOUNCED, Delivery.State.UNKNOWN):
        bounce(asked.sent() if state == Delivery.State.BOUNCED else asked.taken(dana), state)


def grower(**facts):
    place = factories.premises(license=asked.grower(**({"level": None, "mature_plants": None} | facts)))
    return place.license


def sweep_at(text: str) -> None:
    for row in Deadline.objects.awake(at(text)):
        deadlines.wake(row.pk, at=at(text))


def bounce(case, state: str) -> None:
    row = Delivery.objects.filter(notice__file=case.file).latest("pk")
    row.state, row.detail = state, "550 No such user here."
    row.save()
    letter_settled(row, at=DECIDED + timedelta(days=1))


@pytest.fixture
def letters(written) -> dict[str, list[Notice]]:
    return written[0]


def test_every_letter_is_in_a_story(letters):
    assert set(letters) == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
class TestEveryLetter:
    def test_says_all_it_means_to_say(self, letters, key):
        for it in letters[key]:
            said = it.subject + it.text + it.html + it.page
            assert GAP not in said and "None" not in it.text and "{" not in it.text

    def test_has_a_subject_that_fits_and_gives_nothing_away(self, letters, key):
        for it in letters[key]:
            assert len(it.subject) <= 60, it.subject
            assert not LEGAL_WORDS.search(it.subject), it.subject

    def test_has_one_link(self, letters, key):
        for it in letters[key]:
            assert len(re.findall(r"https?://", it.text)) == len(re.findall('<a href="http', it.html)) == 1

    def test_is_plain(self, letters, key):
        for it in letters[key]:
            assert len(plain.words_in(plain.longest(it.text))) <= 20, plain.longest(it.text)
            if declared.LETTERS[key].to == "licensee":
                assert plain.grade(it.text) <= 6, f"{plain.grade(it.text):.1f}\n{it.text}"
            if it.page:
                page = plain.without_tags(it.page)
                assert plain.grade(page) <= 8, f"{plain.grade(page):.1f}"
                assert len(plain.words_in(plain.longest(page))) <= 25, plain.longest(page)


def text(letters, key: str, n: int = 0) -> str:
    return " ".join(letters[f"licensing.{key}"][n].text.split())


def page(letters, key: str, n: int = 0) -> str:
    return " ".join(plain.without_tags(letters[f"licensing.{key}"][n].page).split())


class TestDecisions:
    def test_an_increase_says_the_new_limit(self, letters):
        assert "You can grow 1,000 more mature plants" in text(letters, "increased")
        assert "Your new limit is 4,000 mature plants." in text(letters, "increased")
        assert "at most 20,000 mature plants on all your licenses" in page(letters, "increased")
        assert "hearing" not in page(letters, "increased")

    def test_part_of_it_says_why_and_what_one_may_do(self, letters):
        assert "You asked for 1,000. Your letter says why it is less." in text(letters, "increased", 1)
        said = page(letters, "increased", 1)
        assert "We grant 500." in said and "The water is enough for 500." in said and "right to a hearing" in said

    def test_a_level_says_what_it_holds(self, letters):
        assert "at level 2. You may grow up to 3,000 mature plants." in text(letters, "designated")

    def test_a_denial_gives_reasons_what_was_not_met_and_the_hearing(self, letters, written):
        said = page(letters, "request_denied")
        for part in ("more plants than your license allows", "Cultivation plan and water", "within 20 days", "61-1-4"):
            assert part in said
        assert written[1]["licensing.request_denied"].startswith(b"%PDF")
        assert "denied" not in text(letters, "request_denied")


class TestTime:
    def test_what_is_missing_has_a_day_and_reminders(self, letters):
        assert "Send it by Monday, July 6, 2026." in text(letters, "information_wanted")
        subjects = [it.subject for it in letters["licensing.information_reminder"]]
        assert subjects == [
            "10 days left: send what is missing by Mon, Jul 6", "3 days left: send what is missing by Mon, Jul 6",
        ]  # fmt: skip
        assert "did not send what is missing" in text(letters, "information_overdue")

    def test_the_office_is_told_thirty_ten_and_one_day_before_and_supervisors_after(self, letters):
        subjects = [it.subject.split(" to decide")[0] for it in letters["licensing.decision_reminder"]]
        assert len(letters["licensing.decision_reminder"]) == 3 and subjects[-1] == "1 day left"
        (overdue,) = letters["licensing.decision_overdue"]
        assert "by Monday, August 31, 2026. It is not decided." in " ".join(overdue.text.split())
        assert overdue.text.startswith("Hello supervisors")

    def test_what_comes_late_is_taken_and_said(self, letters):
        assert "It came after the due date." in text(letters, "request_receipt", -3)


def test_a_letter_that_came_back_is_told_to_whoever_has_the_request(letters):
    first, second = letters["licensing.letter_bounced"]
    assert first.text.startswith("Hello supervisors") and "It came back." in first.text
    assert second.text.startswith("Hello Dana Ortiz") and "The sending was cut off." in second.text
    assert f"/requests/{first.file.number}/" in first.text
