"""What the script adds: drafts that save themselves, one sending, a list that narrows, a warning before signing out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

HEAD = '<!doctype html><html lang="en"><head><title>Try</title><script src="/static/js/ccd.js" defer></script></head>'


@pytest.fixture
def page(browser, gallery_url):
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.clock.install()
    yield page
    context.close()


def show(page: Page, gallery_url: str, body: str) -> None:
    page.route("**/try/", lambda route: route.fulfill(body=f"{HEAD}{body}</html>", content_type="text/html"))
    page.goto(gallery_url.replace("/-/components/", "/try/"))


def answers(page: Page, address: str, status: int = 204) -> list[str]:
    """Answer posts to `address` and keep what was posted."""
    got: list[str] = []

    def answer(route: Route) -> None:
        got.append(route.request.post_data or "")
        route.fulfill(status=status, body="")

    page.route(address, answer)
    return got


def wait_until(page: Page, happens: Callable[[], bool]) -> None:
    """Let the page go on, up to ten seconds, until something has happened."""
    for _ in range(100):
        if happens():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not happen")


DRAFT = """<body><form method="post" action="/send/" data-autosave="/draft/">
<input type="hidden" name="csrfmiddlewaretoken" value="token"><label>Plan <textarea name="how"></textarea></label>
<p role="status" data-saved></p><button>Send</button></form></body>"""


class TestAutosave:
    def test_saves_what_was_typed_after_20_seconds_and_says_when(self, page, gallery_url):
        show(page, gallery_url, DRAFT)
        saved = answers(page, "**/draft/")
        page.fill("textarea", "Move 130 plants")
        page.clock.run_for(21_000)
        page.wait_for_selector("text=Saved at")
        assert saved == ["how=Move+130+plants"]
        assert page.inner_text("[data-saved]").endswith((" a.m.", " p.m."))

    def test_saves_when_a_field_is_left_and_not_again_without_change(self, page, gallery_url):
        show(page, gallery_url, DRAFT)
        saved = answers(page, "**/draft/")
        page.fill("textarea", "Move")
        page.focus("button")
        page.wait_for_selector("text=Saved at")
        page.clock.run_for(60_000)
        assert len(saved) == 1

    def test_says_so_when_nothing_was_saved_and_tries_again(self, page, gallery_url):
        show(page, gallery_url, DRAFT)
        saved = answers(page, "**/draft/", status=503)
        page.fill("textarea", "Move")
        page.clock.run_for(21_000)
        page.wait_for_selector("text=Not saved. Check your signal.")
        page.clock.run_for(20_000)
        wait_until(page, lambda: len(saved) == 2)

    def test_says_so_when_the_person_is_signed_out(self, page, gallery_url):
        show(page, gallery_url, DRAFT)
        page.route("**/draft/", lambda route: route.fulfill(status=302, headers={"Location": "/accounts/login/"}))
        page.fill("textarea", "Move")
        page.focus("button")
        page.wait_for_selector("text=You are signed out. Copy your words")


def test_a_form_is_sent_once_however_often_it_is_pressed(page, gallery_url):
    show(page, gallery_url, DRAFT.replace(' data-autosave="/draft/"', ""))
    sent = answers(page, "**/send/")
    page.evaluate("""() => { const f = document.querySelector('form'); const b = f.querySelector('button');
        b.click(); b.click(); f.requestSubmit(); }""")
    page.clock.run_for(1_000)
    page.wait_for_timeout(300)
    assert len(sent) == 1
    assert page.is_disabled("button")


def test_a_list_narrows_to_rows_with_all_words(page, gallery_url):
    rows = "".join(f"<li>{text}</li>" for text in ("Too many mature plants", "Labels missing", "Plants not tagged"))
    show(
        page,
        gallery_url,
        f'<body><label>Find <input type="search" data-filter="list"></label><p role="status" data-filter-count></p><ul id="list">{rows}</ul></body>',
    )
    page.fill("input", "PLANTS many")
    assert page.locator("li:visible").all_inner_texts() == ["Too many mature plants"]
    assert page.inner_text("[data-filter-count]") == "1 of 3 shown"


class TestTimeout:
    BODY = '<body data-session-seconds="1200"><div role="alert" data-timeout hidden></div></body>'

    def test_warns_five_minutes_before_and_one_press_extends(self, page, gallery_url):
        show(page, gallery_url, self.BODY)
        page.clock.run_for(890_000)
        assert page.is_hidden("[data-timeout]")
        page.clock.run_for(20_000)
        assert "5 minutes" in page.inner_text("[data-timeout]")
        page.click("text=Stay signed in")
        page.wait_for_selector("[data-timeout]", state="hidden")

    def test_says_when_it_is_over(self, page, gallery_url):
        show(page, gallery_url, self.BODY)
        page.clock.run_for(1_210_000)
        assert page.inner_text("[data-timeout]") == "You are signed out. Sign in again to go on."


class TestUpload:
    FORM = """<body><h1>Old page</h1><form method="post" enctype="multipart/form-data" action="/send/"><div class="up">
    <input type="file" name="proof" multiple data-upload aria-label="Proof"></div><button>Send</button></form></body>"""

    def test_lists_what_was_picked_and_shows_the_answer_of_the_post(self, page, gallery_url):
        show(page, gallery_url, self.FORM)
        page.set_input_files("input", [{"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 2_100_000}])
        assert page.inner_text(".files li") == "photo.jpg Ready to send. 2.1 MB"
        methods = []

        def answer(route: Route) -> None:
            methods.append(route.request.method)
            route.fulfill(body="<html><body><h1>One thing to fix</h1></body></html>", content_type="text/html")

        page.route("**/send/", answer)
        page.click("button")
        page.wait_for_selector("h1:has-text('One thing to fix')")
        assert (methods, page.url.endswith("/send/")) == (["POST"], True)

    def test_a_lost_signal_keeps_the_page_and_says_so(self, page, gallery_url):
        show(page, gallery_url, self.FORM)
        page.set_input_files("input", [{"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"x"}])
        page.route("**/send/", lambda route: route.abort())
        page.click("button")
        page.wait_for_selector("text=The upload stopped because the signal dropped.")
        assert page.is_enabled("button")
