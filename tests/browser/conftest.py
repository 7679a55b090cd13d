"""The whole house on a loopback port, a Chromium, and people who are signed in."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from tests.browser import chromium

expect.set_options(timeout=15_000)  # milliseconds; two cores may be busy with another file


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each module: a second Playwright cannot start while a first one runs."""
    with chromium.running() as running:
        yield running


@pytest.fixture
def site(live_server, transactional_db) -> str:
    """The address of the house; what a test writes, the pages show."""
    return live_server.url


@pytest.fixture
def signed_in(site: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page of somebody who is signed in: `signed_in(dana, width=390, javascript=False)`; relative addresses work."""
    contexts: list[BrowserContext] = []

    def open_for(user: User, *, width: int = 1280, javascript: bool = True, **options) -> Page:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        contexts.append(
            browser.new_context(
                base_url=site, viewport={"width": width, "height": 900}, java_script_enabled=javascript, **options
            )
        )
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        contexts[-1].add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        return page

    yield open_for
    for context in contexts:
        context.close()


@pytest.fixture
def faults(signed_in) -> Callable[..., list[str]]:
    """What is wrong with a page on a phone and on a desk: what axe finds, anything too wide, no answer; empty is well."""

    pages: dict[int, Page] = {}

    def look(user: User, address: str) -> list[str]:
        if user.pk not in pages:
            pages[user.pk] = signed_in(user)
            pages[user.pk].add_init_script(path=chromium.AXE)
        page = pages[user.pk]
        answer = page.goto(address)
        found = [f"{address} answers {answer.status}"] if answer and answer.status >= 400 else []
        return found + chromium.faults_at(page, address, 320, 390, 1280)

    return look
