"""The licensee's part in a real browser, with scripts off: from the letter to the proof; then axe, widths and the keyboard."""

import pytest
from playwright.sync_api import expect

from casefile.models import Draft
from inspections.actions import correction
from inspections.actions.correction import Verdict
from inspections.models import Evidence, PlanItem, Receipt
from inspections.stages import State
from tests import factories
from tests.browser import chromium
from tests.casefile.test_documents import pdf, photo
from tests.inspections import licensee_stories as stories
from tests.inspections.licensee_stories import Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def without_paper(settings):
    settings.PDF_AT_ONCE = False


@pytest.fixture
def story(site, dana, marco, tomas, place, holidays) -> Story:
    return Story(dana, marco, tomas, place)


def answer(page, number: int, who: str = "Tomás Lucero") -> None:
    page.fill(f"#id_v{number}-how", f"I will print label {number} again.")
    page.fill(f"#id_v{number}-who", who)
    for part, value in zip(("0", "1", "2"), ("12", "4", "2026"), strict=True):
        page.fill(f"#id_v{number}-by_on_{part}", value)


def test_the_whole_part_of_the_licensee_without_scripts(story, signed_in, tomas, dana):
    """Letter, plan, one part returned and changed, proof with a file that fails, and the end."""
    story.serve()
    page = signed_in(tomas, width=390, javascript=False)
    page.goto("/")
    page.click("text=Send your plan by")
    page.click("text=I got this notice. Start my plan")
    expect(page.locator("#id_v1-how")).to_be_visible()
    assert Receipt.objects.get().kind == "acknowledged"

    answer(page, 1)
    page.click("text=Save and go to violation 2")
    page.fill("#id_v2-how", "I will check it.")
    page.click("text=Check your answers and send")
    expect(page).to_have_title(chromium.ERROR)
    page.click("text=Violation 2: Say who will fix it.")
    assert page.evaluate("document.activeElement.id") in ("id_v2-who", "")
    answer(page, 2)
    answer(page, 3)
    page.click("text=Check your answers and send")
    expect(page.locator("h1")).to_have_text("Check your answers")
    page.click("text=Send your plan")
    expect(page.locator("h1")).to_have_text("We got your plan")
    assert PlanItem.objects.count() == 3 and not Draft.objects.exists()

    story.again()
    said = {1: Verdict("accepted"), 2: Verdict("returned", "Say who checks it."), 3: Verdict("accepted")}
    correction.review_cap(story.case, said, by=dana, at=PlanItem.objects.latest("sent_at").sent_at)
    page.goto(f"/notices/{story.key}/")
    page.click("a.usa-button:has-text('Change your plan')")
    expect(page.locator("main")).to_contain_text("Say who checks it.")
    page.fill("#id_v2-who", "Ana Ruiz, each Monday")
    page.click("text=Check your answers and send")
    page.click("text=Send your plan")
    story.again()
    correction.review_cap(story.case, {2: Verdict("accepted")}, by=dana, at=PlanItem.objects.latest("sent_at").sent_at)

    for number in (1, 2, 3):
        page.goto(f"/notices/{story.key}/proof/{number}/")
        good = {"name": f"IMG_{number}.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        files = [good, {"name": "words.jpg", "mimeType": "image/jpeg", "buffer": b"words"}] if number == 1 else [good]
        page.set_input_files("#files", files)
        page.fill("#id_note", f"Label {number} is new.")
        page.click("text=Save and go to send")
        if number == 1:
            expect(page.locator(".errsum")).to_contain_text(
                "words.jpg: We can not open this file. Send a photo or a PDF."
            )
            expect(page.locator(".files:not(.picked)")).to_contain_text("IMG_1.jpg")
            page.click("text=Save and go to send")
    page.click("button:has-text('Send your proof')")
    expect(page.locator("h1")).to_have_text("We got your proof")
    assert Evidence.objects.filter(of="correction", proof__isnull=False).count() == 3
    assert story.again().case.state == State.CORRECTIONS_IN_REVIEW


def test_a_paper_and_a_photo_come_in_with_scripts_and_a_bar(story, signed_in, tomas):
    stories.received(story)
    page = signed_in(tomas, width=390)
    page.goto(f"/notices/{story.key}/proof/1/")
    page.set_input_files(
        "#files",
        [
            {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": pdf()},
            {"name": "IMG_2231.HEIC", "mimeType": "", "buffer": photo("HEIF")},
            {"name": "words.txt", "mimeType": "text/plain", "buffer": b"words"},
        ],
    )
    expect(page.locator(".picked")).to_contain_text("IMG_2231.HEIC")
    page.click("text=Save these files")
    page.wait_for_selector(".errsum")
    expect(page.locator(".errsum")).to_contain_text("words.txt: We can not open this file.")
    for name in ("IMG_2231.HEIC", "plan.pdf"):
        expect(page.locator(".files:not(.picked)")).to_contain_text(name)
    page.click("button:has-text('Remove') >> nth=0")
    page.wait_for_function("document.querySelectorAll('.files:not(.picked) li').length === 1")


def test_words_are_saved_while_they_are_typed(story, signed_in, tomas):
    stories.received(story)
    page = signed_in(tomas)
    page.goto(f"/notices/{story.key}/plan/")
    page.fill("#id_v1-how", "Half a sent")
    with page.expect_response("**/plan/save/") as saved:
        page.press("#id_v1-how", "Tab")
    assert saved.value.status == 204
    assert Draft.objects.get().typed["1"]["typed"]["how"] == "Half a sent"
    page.wait_for_function("document.querySelector('[data-saved]').textContent.startsWith('Saved at')")


def test_the_plan_can_be_filled_in_by_keyboard(story, signed_in, tomas):
    stories.received(story)
    page = signed_in(tomas)
    page.goto(f"/notices/{story.key}/plan/")
    page.focus("#part-2 > summary")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('#part-2').open")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_v2-how"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


WAYS = {
    "sent": [""],
    "received": ["", "plan/", "plan/check/", "proof/", "proof/1/"],
    "reading": ["plan/sent/"],
    "changing": ["", "plan/", "plan/check/"],
    "more_proof": ["", "proof/", "proof/2/", "proof/sent/"],
    "closed": [""],
    "grave": [""],
    "taken_back": [""],
}


@pytest.mark.parametrize("state", WAYS)
def test_every_page_is_sound(story, faults, tomas, state):
    stories.STATES[state](story)
    if state == "received":
        story.add_file(1)
    pages = ["/notices/", "/notices/record/"] if state == "changing" else []
    pages += [f"/notices/{story.key}/{page}" for page in WAYS[state]]
    assert [fault for page in pages for fault in faults(tomas, page)] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_with_errors_or_for_a_viewer_is_sound(story, signed_in, tomas, place, width):
    stories.received(story)
    page = signed_in(tomas, width=width, bypass_csp=True)
    page.goto(f"/notices/{story.key}/plan/")
    page.fill("#id_v1-how", "x")
    page.click("text=Check your answers and send")
    page.wait_for_function("document.activeElement.className === 'errsum'")
    assert chromium.axe_violations(page) == [] and chromium.sideways(page) == 0
    page.goto(f"/notices/{story.key}/proof/1/")
    page.set_input_files("#files", [{"name": "w" * 60 + ".txt", "mimeType": "text/plain", "buffer": b"words"}])
    page.click("text=Save these files")
    page.wait_for_selector(".errsum")
    assert chromium.axe_violations(page) == [] and chromium.sideways(page) == 0
    viewer = factories.representative(place.licensee, "viewer", name="Vera Sol")
    page = signed_in(viewer, width=width, bypass_csp=True)
    for path in ("", "plan/", "proof/1/"):
        page.goto(f"/notices/{story.key}/{path}")
        assert chromium.axe_violations(page) == [] and chromium.sideways(page) == 0
