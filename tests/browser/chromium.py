"""Chromium for the browser tests: where it is, how it starts, and what axe says about a page."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).parent / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ERROR = re.compile("^Error: ")  # how the title of a page with errors begins
RUN = """(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})
    .then((result) => result.violations)"""
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb"]


def program() -> str:
    """Where Chromium is. Raises FileNotFoundError when the system has none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise FileNotFoundError("Chromium is missing; install the system package `chromium`.")
    return found


@contextmanager
def running() -> Iterator[Browser]:
    """A headless Chromium; ends with the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong, one line each: rule, place, why. A page that did not bring axe along must bypass the CSP."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    found = page.evaluate(RUN, TAGS)
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def faults_at(page: Page, address: str, *widths: int) -> list[str]:
    """What is too wide at each width in pixels, and what axe finds at those of a phone and more."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        if wide := sideways(page):
            found.append(f"{address} is {wide} px too wide at {width}")
        if width > 320:
            found += [f"{address} at {width}: {line}" for line in axe_violations(page)]
    return found
