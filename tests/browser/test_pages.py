"""Every page of the URLconf in a real browser: axe, widths, CSP, console, headings, titles, and without scripts.

Each page is shown to the reader who may do most there, in the state in which it has most to show; what others read of it
without doing anything (auditor, viewer) is looked at narrow. One browser and one session for each reader.
"""

import logging
import re
from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from tests import world
from tests.addresses import Addresses
from tests.browser import chromium
from tests.test_rights import PAGES
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

READERS = ("owner", "officer", "supervisor", "administrator", "anonymous")  # the first who gets a page looks at it
ONLY_READ = ("viewer", "auditor")
TITLE = re.compile(r".+ \| Cannabis Control Division$")
WATCH = """
window.breaches = [];
addEventListener('securitypolicyviolation', (event) => breaches.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
FAULTS_OF_THE_HTML = r"""() => {
    const all = (what) => [...document.querySelectorAll(what)], found = [];
    const ids = all('[id]').map((it) => it.id), twice = ids.filter((id, n) => ids.indexOf(id) !== n);
    if (twice.length) found.push('has an id twice: ' + twice);
    if (all('[style], style, script:not([src])').length) found.push('has a style or a script in the page');
    if (all('*').some((it) => [...it.attributes].some((one) => one.name.startsWith('on')))) found.push('has a handler in the page');
    if (all('form form, a a, a button, button a, label label').length) found.push('has one thing inside another that may not be');
    const first = document.querySelector('a[href], button');
    if (document.querySelector('nav') && !first.matches('.usa-skipnav[href="#main"]')) found.push('does not begin with the skip link');
    return found;
}"""
OUTSIDE = re.compile(r"^admin:|^live$")  # the admin is Django's own; /-/live/ is for machines

Address = tuple[str, str]  # who reads it, and where it is


@pytest.fixture
def house(site, transactional_db) -> Iterator[World]:
    logging.disable(logging.CRITICAL)
    yield world.build()
    logging.disable(logging.NOTSET)


@pytest.fixture
def context(house, site, browser) -> Iterator[Callable[..., BrowserContext]]:
    """A browser of a reader, made once for each of its ways. It brings axe along, which no CSP forbids."""
    made: dict[tuple, BrowserContext] = {}

    def of(viewpoint: str, **options: object) -> BrowserContext:
        key = (viewpoint, *sorted(options.items()))
        if key not in made:
            made[key] = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900}, **options)  # type: ignore[arg-type]
            made[key].add_init_script(WATCH)
            made[key].add_init_script(path=chromium.AXE)
            if cookie := house.browser(viewpoint).cookies.get(settings.SESSION_COOKIE_NAME):
                made[key].add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": site}])
            made[key].new_page()
        return made[key]

    yield of
    for one in made.values():
        one.close()


def is_page(house: World, viewpoint: str, address: str) -> bool:
    reply = house.browser(viewpoint).get(address)
    return reply.status_code == 200 and reply.headers["Content-Type"].startswith("text/html")


@pytest.fixture
def pages(house) -> dict[str, list[Address]]:
    """Every page with whom to show it to; those who only read it come last."""
    found: dict[str, list[Address]] = {}
    where = Addresses(house)
    for route in (route for route in PAGES if route.name and not OUTSIDE.match(route.name)):
        for address in where.of(route):
            doer = next((who for who in READERS if is_page(house, who, address)), None)
            readers = [
                who for who in ONLY_READ if doer and doer not in ("anonymous", who) and is_page(house, who, address)
            ]
            found.setdefault(route.name, []).extend((who, address) for who in ([doer] if doer else []) + readers)
    return found


def faults(page: Page, address: str, *widths: int) -> list[str]:
    """What the browser complains of under our CSP; then what axe and the eye find at each width."""
    said: list[str] = []
    hear = lambda message: said.append(f"{address}: {message.text}") if message.type in ("error", "warning") else None  # noqa: E731
    page.on("console", hear)
    answer = page.goto(address)
    page.remove_listener("console", hear)
    if answer is None or answer.status != 200:
        return [f"{address} answers {answer and answer.status}"]
    found = said + [f"{address} breaks the CSP: {breach}" for breach in page.evaluate("window.breaches")]
    return found + chromium.faults_at(page, address, *widths)


def words(page: Page, address: str) -> list[str]:
    """One h1, one main, a language, a title in its form."""
    against = {
        f"has {page.locator('h1').count()} h1": page.locator("h1").count() != 1,
        f"has {page.locator('main').count()} main": page.locator("main").count() != 1,
        f"is called {page.title()!r}": not TITLE.match(page.title()),
        "has no language": page.locator("html[lang]").count() != 1,
    }
    return [f"{address} {what}" for what, stands in against.items() if stands]


def plainly(page: Page, address: str) -> list[str]:
    """Without scripts the page is there, with its content, in HTML that says what it means."""
    answer = page.goto(address)
    seen = page.locator("main").inner_text().strip() if answer and answer.status == 200 else ""
    if len(seen) < 20:
        return [f"{address} shows nothing without scripts"]
    return [f"{address} {what}" for what in dict.fromkeys(page.evaluate(FAULTS_OF_THE_HTML))]


def test_every_page_is_well(pages, context, capsys):
    """And every address shows a page to somebody."""
    assert {name for name, readers in pages.items() if not readers} == NO_PAGES
    found: list[str] = []
    began, looked = monotonic(), 0
    for who, address in dict.fromkeys(pair for pairs in pages.values() for pair in pairs):
        looked += 1
        page = context(who).pages[0]
        if who in ONLY_READ:
            found += faults(page, address, 390)
            continue
        found += faults(page, address, 1280, 390, 320) + words(page, address)
        found += plainly(context(who, java_script_enabled=False).pages[0], address)
    with capsys.disabled():
        print(f"\n{len(pages)} addresses, {looked} pages by reader, {len(found)} faults, {monotonic() - began:.0f} s")
    assert not found, "\n".join(found)


PLANT = """
document.querySelector('main').insertAdjacentHTML('beforeend',
    '<p style="color: red">Red</p><img src="/static/img/favicon.svg"><pre>' + 'wide '.repeat(400) + '</pre>')
"""


def test_what_is_planted_is_found(context):
    page = context("anonymous").pages[0]
    page.goto("/sign-in/")
    page.evaluate(PLANT)
    assert chromium.sideways(page) > 0
    assert any(line.startswith("image-alt") for line in chromium.axe_violations(page))
    assert page.evaluate("window.breaches") == ["style-src-attr inline"]


NO_PAGES = {
    "accounts:home", "casefile:settings", "inspections:notice_acknowledge",  # lead on to another page
    "casefile:deadline_calendar", "casefile:notice_calendar", "casefile:document", "casefile:letter_pdf",  # files
    "inspections:cases_file", "inspections:work_file", "licensing:plant_file",
    "licensing:shortage_efforts_file", "licensing:shortage_measure_file",
    "licensing:ask_answer", "licensing:my_request_piece_save",
    "inventory_windows:ask_answer", "inventory_windows:ask_save", "inventory_windows:correction_ask_save",
    "inventory_windows:figures_file", "reports:file", "reports:planned_file", "schedules:feed",
    "inspections:notice_plan_save", "inspections:notice_proof_save", "licensing:my_report_save", "inspections:violation_draft",  # answer a POST only
}  # fmt: skip
