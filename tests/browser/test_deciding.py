"""The pages on which the division decides: the notice, the reviews, the close-out, the outcomes; wide and narrow."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from casefile import documents
from casefile.models import Delivery
from inspections.actions import correction, notice
from inspections.actions.correction import Verdict
from inspections.models import Decision, Evidence, Inspection
from tests import factories
from tests.inspections import told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("holidays")]

SEEN = "2,118 mature plants were counted in room 4. The license allows 2,000."


def picture(color: str) -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", (640, 480), color).save(data, "JPEG")
    return SimpleUploadedFile("IMG_0001.jpg", data.getvalue(), "image/jpeg")


def attach(case: Inspection, of: str, color: str, by) -> None:
    """A real photo for every violation."""
    for violation in case.violations.all():
        document = documents.take_in(case, picture(color), by=by, at=timezone.now())
        Evidence.objects.create(violation=violation, of=of, document=document)


@pytest.fixture
def draft(dana, place) -> Inspection:
    case = factories.with_findings(dana, premises=place)
    case.violations.update(seen=SEEN)
    attach(case, "finding", "seagreen", dana)
    return case


def served(case: Inspection, at) -> Inspection:
    return notice.serve_nolv(case, by=case.officer, at=at)


def to_proof(case: Inspection, tomas) -> Inspection:
    """On to where proof waits; the second plan went around twice, the first proof too."""
    dana, long_ago = case.officer, timezone.now() - timedelta(days=1)
    case = served(case, long_ago)
    at = long_ago + timedelta(minutes=30)
    notice.record_receipt(case, kind="by_hand", received_at=at, proof="Tomás Lucero took it.", by=dana, at=at)
    case = told.send_plan(told.fresh(case), at=at)
    returned = told.accept([1, 3]) | {2: Verdict(Decision.RETURNED, "Say who checks it.")}
    correction.review_cap(case, returned, by=dana, at=at)
    return told.send_plan(told.fresh(case), at=at)


def with_proof(case: Inspection, tomas) -> Inspection:
    case = to_proof(case, tomas)
    at = timezone.now()
    correction.review_cap(case, told.accept([2]), by=case.officer, at=at)
    attach(case, "correction", "steelblue", tomas)
    return correction.send_evidence(told.fresh(case), dict.fromkeys((1, 2, 3), "Done on Friday."), by=tomas, at=at)


def address(case: Inspection, rest: str) -> str:
    return f"/cases/{case.file.ref}/{rest}"


class TestLooks:
    def test_before_sending(self, faults, dana, marco, draft):
        for rest in ("notice/draft/", "notice/preview/", "notice/send/"):
            assert faults(dana, address(draft, rest)) == []
        for rest in ("notice/preview/?without_plan=1", "notice/send/?without_plan=1"):
            assert faults(marco, address(draft, rest)) == []

    def test_after_sending(self, faults, dana, marco, draft):
        case = served(draft, timezone.now())
        assert faults(dana, address(case, "notice/stop/")) == []
        Delivery.objects.filter(notice__file=case.file).update(state="bounced", detail="550 no such user")
        Inspection.objects.filter(pk=case.pk).update(open_to_licensee_at=timezone.now() - timedelta(minutes=1))
        for rest in ("receipt/", "notice/redirect/"):
            assert faults(dana, address(case, rest)) == []
        for rest in ("notice/rescind/", "refer/"):
            assert faults(marco, address(case, rest)) == []

    def test_plan(self, faults, dana, tomas, draft):
        assert faults(dana, address(to_proof(draft, tomas), "plan/review/")) == []

    def test_proof_and_close_out(self, faults, dana, tomas, draft):
        case = with_proof(draft, tomas)
        assert faults(dana, address(case, "proof/review/")) == []
        assert faults(dana, address(case, "close/")) == []
        correction.review_evidence(case, told.accept([1, 2, 3]), by=dana, at=timezone.now())
        assert faults(dana, address(case, "close/")) == []

    def test_outcomes(self, faults, dana, marco):
        case = told.referred(dana, marco)
        for rest in ("", "penalty/", "suspension/", "revocation/", "return/", "dismiss/"):
            assert faults(marco, address(case, f"outcome/{rest}")) == []


class Clicks:
    """Counts what a person presses; typing is not counted."""

    def __init__(self, page) -> None:
        self.page, self.count = page, 0

    def press(self, words: str) -> None:
        button = self.page.get_by_role("button", name=words, exact=True)
        with self.page.expect_navigation():
            button.or_(self.page.get_by_role("link", name=words, exact=True)).first.click()
        self.count += 1

    def choose(self, label: str, place: int) -> None:
        self.page.get_by_text(label, exact=True).nth(place).click()
        self.count += 1


class TestClicks:
    """Goals 2, 3, 4, 7 and 8, without JavaScript; the first click opens the page from the case."""

    @pytest.fixture
    def office(self, signed_in, dana):
        return lambda case: _at_case(signed_in(dana, javascript=False), case)

    def test_from_the_finished_visit_to_the_notice_in_four(self, office, draft):
        clicks = office(draft)
        for words in ("Open the draft", "Preview the notice", "Send the notice", "Send notice"):
            clicks.press(words)
        assert clicks.count == 4
        assert "You can stop it until" in clicks.page.content()

    def test_accept_a_plan_of_five_in_three(self, office, dana):
        case = told.with_plan(dana, findings=5)
        clicks = office(case)
        for words in ("Review the plan (5)", "Accept all 5", "Finish the review"):
            clicks.press(words)
        assert clicks.count == 3
        assert told.fresh(case).state == "corrections_due"

    def test_return_one_of_five_in_at_most_eight(self, office, dana):
        case = told.with_plan(dana, findings=5)
        clicks = office(case)
        clicks.press("Review the plan (5)")
        clicks.press("Accept all 5")
        clicks.choose("Something is missing", 1)
        clicks.page.fill("[name=v2-remark]", "Tell us who will check it.")
        clicks.press("Finish the review")
        assert clicks.count <= 8
        assert told.fresh(case).state == "cap_due"

    def test_close_a_case_in_three(self, office, dana):
        case = told.all_fixed(dana)
        clicks = office(case)
        for words in ("Close the case", "Send close-out letter"):
            clicks.press(words)
        assert clicks.count <= 3
        assert told.fresh(case).state == "closed"


def _at_case(page, case: Inspection) -> Clicks:
    page.set_default_timeout(60_000)  # the first letter on paper takes its time
    page.goto(address(case, ""))
    return Clicks(page)
