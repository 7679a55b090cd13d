"""The gallery in a real browser: no axe violation, nothing wider than the window, no breach of the CSP."""

import pytest

from tests.browser import chromium

WIDTHS = [320, 390, 1280]


@pytest.fixture
def gallery(browser, gallery_url):
    def open_at(width: int, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(gallery_url)
        return page

    return open_at


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(gallery, width):
    page = gallery(width, bypass_csp=True)
    assert chromium.axe_violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_window(gallery, width):
    assert chromium.sideways(gallery(width)) == 0


def test_every_rule_of_the_csp_is_kept(browser, gallery_url):
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("response", lambda answer: told.append(answer.url) if answer.status >= 400 else None)
    page.goto(gallery_url)
    page.wait_for_load_state("networkidle")
    assert told == []


def test_the_first_tab_is_the_skip_link_without_errors_on_the_page(browser, gallery_url):
    page = browser.new_page(java_script_enabled=True)
    page.goto(gallery_url.replace("/-/components/", "/no-such-page/"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_error_summary_takes_the_focus_and_its_links_reach_the_fields(gallery):
    page = gallery(1280)
    assert page.evaluate("document.activeElement.className") == "errsum"
    page.click("text=Note: Add the month of the date.")
    assert page.evaluate("document.activeElement.id") == "id_finish_0"


def test_every_tap_target_is_large_enough(gallery):
    page = gallery(390)
    small = page.evaluate("""() => Array.from(document.querySelectorAll('main button, main .usa-button, main summary, main select'))
        .filter((e) => e.checkVisibility())
        .map((e) => [e.textContent.trim(), e.getBoundingClientRect()]).filter(([, r]) => r.width < 24 || r.height < 24)
        .map(([text, r]) => `${text} ${r.width}x${r.height}`)""")
    assert small == []


def test_due_shapes_differ_without_color(gallery):
    page = gallery(1280)
    shapes = page.evaluate("""async () => {
        const text = await (await fetch('/static/img/icons.svg')).text();
        const sprite = new DOMParser().parseFromString(text, 'image/svg+xml');
        return ['over', 'soon', 'later', 'met'].map((id) => sprite.getElementById(id).innerHTML);
    }""")
    assert len(set(shapes)) == 4


def test_paper_shows_no_button_and_opens_what_is_closed(gallery):
    page = gallery(800)
    page.emulate_media(media="print")
    visible = "(e) => e.checkVisibility() && e.getBoundingClientRect().height > 0"
    assert page.eval_on_selector_all(".usa-button, .gov, .fbar", f"(all) => all.filter({visible}).length") == 0
    assert page.eval_on_selector_all("details.how p", f"(all) => all.filter({visible}).length") == 1


def test_a_current_tab_is_told_apart_in_forced_colors(gallery):
    page = gallery(800)
    page.emulate_media(forced_colors="active")
    lines = page.eval_on_selector_all(".subnav a", "(all) => all.map((e) => getComputedStyle(e).borderBottomColor)")
    assert lines[0] != lines[1]
