"""The matrix of rights: every address x GET and POST x everybody x own and other x assigned and not x several states.

What is expected is read from the table of rights, not from the code that asks it. A page without a row fails; so does an
address whose arguments tests/world.py cannot fill. Forbidden and absent are the same bytes to a licensee.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from accounts.permissions import TABLE, Reach
from accounts.rights import OPEN, SIGNED_IN
from tests import world as worlds
from tests.world import LICENSEES, OURS, OUTSIDE, STAFF, VIEWPOINTS, Place, World

# Pages of other packages have no row of ours
ROWS = {
    "account_login": OPEN,
    "account_logout": OPEN,
    "account_inactive": OPEN,
    "account_reset_password": OPEN,
    "account_reset_password_done": OPEN,
    "account_reset_password_from_key": OPEN,
    "account_reset_password_from_key_done": OPEN,
    "account_change_password": SIGNED_IN,
    "live": OPEN,
}
ADMIN = "accounts.see_records"
NOBODY = re.compile(r"admin:\w+_\w+_(add|delete)")  # the admin is a window

# The state in which a page has most to show, besides those of STATES
NATURAL = {
    "inspection_record": "in_progress",
    "inspection_begin": "planned",
    "inspection_plants": "in_progress",
    "inspection_finish": "in_progress",
    "inspection_reopen": "findings_recorded",
    "violation_record": "in_progress",
    "violation_draft": "in_progress",
    "violation_change": "in_progress",
    "violation_remove": "in_progress",
    "notice_draft": "findings_recorded",
    "notice_preview": "findings_recorded",
    "notice_send": "findings_recorded",
    "plan_review": "cap_in_review",
    "notice_plan_sent": "cap_in_review",
    "proof_review": "corrections_in_review",
    "notice_proof_sent": "corrections_in_review",
    "close_out": "ready_to_close",
    "outcome": "discipline",
}
# Where a page has nothing to show, not even to those who may see it
NOTHING = {
    ("violation_record", "planned"),
    ("violation_draft", "planned"),
    ("violation_change", "planned"),
    ("violation_remove", "planned"),
    ("deadline_calendar", "planned"),
    ("notice_proof", "planned"),
    ("notice_proof_save", "planned"),
    ("notice_calendar", "closed"),
    ("my_request_piece", "denied"),
    ("my_request_piece_save", "denied"),
}
STATES = ("planned", "cap_due", "corrections_due")
METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Page:
    """One address pattern."""

    name: str
    route: str
    callback: Any

    def rows(self, method: str) -> str:
        """The row of rights that speaks of a request."""
        if self.name.startswith("admin:"):
            return ADMIN
        view = getattr(self.callback, "view_class", self.callback)
        given = getattr(self.callback, "view_initkwargs", {})
        row = given.get("rights") or getattr(view, "rights", "") or ROWS.get(self.name, "")
        return (getattr(view, "rights_to_post", "") or row) if method == "POST" else row

    @property
    def lists(self) -> bool:
        return getattr(getattr(self.callback, "view_class", None), "lists", False)

    @property
    def states(self) -> tuple[str, ...]:
        return (*STATES, NATURAL.get(self.name.split(":")[-1], "closed"))


def walk(patterns: list[Any], before: str = "", space: str = "") -> Iterator[Page]:
    for pattern in patterns:
        route = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern):
            yield Page(f"{space}{pattern.name or ''}", route, pattern.callback)


PAGES = [page for page in walk(get_resolver().url_patterns) if page.name != "admin:"]  # the old addresses of the admin
COUNT = {"cells": 0}
NOTHING_HERE: dict[str, bytes] = {}


@pytest.fixture(scope="module")
def world(request, django_db_setup, django_db_blocker) -> Iterator[World]:
    """One world for all pages; every request is undone."""
    logging.disable(logging.CRITICAL)  # thousands of refusals, each with its traceback
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
    words = f"{COUNT['cells']} cells, {len(PAGES)} addresses, {len(VIEWPOINTS)} viewpoints"
    with request.config.pluginmanager.get_plugin("capturemanager").global_and_fixture_disabled():
        print(f"\nmatrix of rights: {words}")


def ask(world: World, viewpoint: str, method: str, url: str) -> Any:
    """One request, undone."""
    COUNT["cells"] += 1
    with transaction.atomic():
        browser = world.browser(viewpoint)
        reply = browser.generic(method, url, content_type="application/x-www-form-urlencoded")
        for chunk in reply if reply.streaming else ():
            assert chunk is not None
        transaction.set_rollback(True)
    return reply


def outcome(reply: Any) -> str:
    """allowed, forbidden (403), absent (404) or sign in; anything that broke is a failure by its own name."""
    if reply.status_code == 302 and reply["Location"].startswith(("/sign-in/", "/admin/login/")):
        return "sign in"
    if reply.status_code >= 500:
        return f"broken: {reply.status_code}"
    return {403: "forbidden", 404: "absent"}.get(reply.status_code, "allowed")


def expected(page: Page, method: str, viewpoint: str, place: Place) -> str:
    """What the table says."""
    row = page.rows(method)
    if row == OPEN:
        return "allowed"
    if viewpoint in OUTSIDE:
        return "sign in"
    if row == SIGNED_IN:
        return "allowed"
    if viewpoint in LICENSEES:
        return "allowed" if open_to_licensee(page, row, viewpoint, place) else "absent"
    cell = TABLE[row].get(STAFF[viewpoint])
    mine = cell == Reach.ANY or (cell == Reach.ASSIGNED and viewpoint == "officer") or (page.lists and cell)
    writes = page.name.startswith("admin:") and (
        NOBODY.fullmatch(page.name) or (method == "POST" and re.fullmatch(r"admin:\w+_\w+_change", page.name))
    )
    return "allowed" if mine and not writes else "forbidden"


def open_to_licensee(page: Page, row: str, viewpoint: str, place: Place) -> bool:
    if page.lists:
        return any(TABLE[row].get(standing) == Reach.OWN for standing in OURS)
    return viewpoint in OURS and TABLE[row].get(viewpoint) == Reach.OWN and place.shown


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name or page.route)
def test_page(page: Page, world: World):
    """A hundred requests to every address; ten thousand in all."""
    assert page.name and not page.name.endswith(":"), f"{page.route} has no name"
    wrong = []
    for place in worlds.places(world, page.name, page.route, page.states):
        url = address(page, place)
        for method in METHODS:
            for viewpoint in VIEWPOINTS:
                want = expected(page, method, viewpoint, place)
                got = outcome(reply := ask(world, viewpoint, method, url))
                if not same(got, want, page, place) or (want == "absent" and bare(reply) != nothing(world, viewpoint)):
                    wrong.append(f"{method} {url} as {viewpoint}: {want} expected, {got} ({reply.status_code})")
    assert not wrong, "\n".join(wrong)


def same(got: str, want: str, page: Page, place: Place) -> bool:
    if page.rows("GET") == OPEN:
        return got in ("allowed", "sign in")
    nowhere = (page.name.split(":")[-1], place.state) in NOTHING or NOBODY.fullmatch(page.name)
    return got == want or (got == "absent" and bool(nowhere) and want != "sign in")


def address(page: Page, place: Place) -> str:
    names = re.findall(r"<(?:\w+:)?(\w+)>", page.route)
    url = reverse(page.name, kwargs={name: place.arguments[name] for name in names})
    assert resolve(url).view_name == page.name, f"{url} is answered by {resolve(url).view_name}"
    return url


def nothing(world: World, viewpoint: str) -> bytes:
    """What this person gets where there is nothing at all."""
    if viewpoint not in NOTHING_HERE:
        NOTHING_HERE[viewpoint] = bare(ask(world, viewpoint, "GET", "/there/is/nothing/here/"))
    return NOTHING_HERE[viewpoint]


def bare(reply: Any) -> bytes:
    """The body without what differs from one request to the next."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", reply.content)


def test_every_page_has_a_row():
    without = [page.name or page.route for page in PAGES for method in METHODS if not page.rows(method)]
    assert not without


def test_every_row_named_by_a_page_stands_in_the_table():
    named = {page.rows(method) for page in PAGES for method in METHODS} - {OPEN, SIGNED_IN}
    assert {row for row in named if "{" not in row} <= set(TABLE)


def test_open_pages_are_few():
    """Who adds one says so here."""
    ours = sorted(page.name for page in PAGES if page.rows("GET") == OPEN and not page.name.startswith("account_"))
    of_help = [f"help_center:{name}" for name in ("article", "ask", "help", "odor", "sent")]
    assert ours == ["accounts:invitation", *of_help, "licensing:limits", "live", "schedules:feed"]
