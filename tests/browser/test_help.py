"""Without scripts, from the search to the answer: a licensee finds no answer, asks, an officer answers, the licensee reads."""

import pytest
from playwright.sync_api import Page

from help_center.models import Question
from tests import factories
from tests.browser import chromium
from tests.help_center import told

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def press(page: Page, words: str) -> None:
    button = page.get_by_role("button", name=words, exact=True)
    with page.expect_navigation():
        button.or_(page.get_by_role("link", name=words, exact=True)).first.click()


def test_from_the_search_to_the_answer(signed_in, dana, tomas, place):
    factories.holidays()
    told.loaded()
    page = signed_in(tomas, width=390, javascript=False)
    page.goto("/profile/")
    page.get_by_role("contentinfo").get_by_role("link", name="Help").click()
    page.get_by_label("Find an answer").fill("my label")
    press(page, "Search")
    press(page, "Can we approve your packaging?")
    assert "We can not approve or deny packaging" in page.locator("article").inner_text()
    press(page, "Back to help")
    press(page, "Ask us a question")
    page.locator("[name=subject]").fill("Our label")
    page.locator("[name=text]").fill("Can you look at our new label before we order?")
    page.locator("[name=licensee]").select_option(place.licensee.key)
    press(page, "Send your question")
    assert "We got your question." in page.locator("main").inner_text()

    desk = signed_in(dana, javascript=False)
    desk.goto("/work/")
    press(desk, "Questions")
    press(desk, "Our label")
    press(desk, "Take the question")
    press(desk, "Take the question")
    press(desk, "Write the answer")
    with desk.expect_navigation():
        desk.locator("button[name=insert][value=packaging]").click()
    typed = desk.locator("[name=text]").input_value()
    desk.locator("[name=text]").fill(f"{typed}\n\nOur officer can look at it on Tuesday when she visits you.")
    press(desk, "Send the answer")
    assert "Look at this again" in desk.locator(".errsum").inner_text()
    assert chromium.sideways(desk) == 0
    desk.locator("[name=text]").fill(typed)
    press(desk, "Send the answer")
    assert "The answer is on its way." in desk.locator("main").inner_text()

    page.reload()
    assert "We can not approve or deny packaging" in page.locator("main").inner_text()
    assert "Tuesday" not in page.content() and dana.name not in page.content()
    assert Question.objects.get().file.events.first().facts == {"confirmed": []}
