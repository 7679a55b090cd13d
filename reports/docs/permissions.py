"""docs/permissions.md: the table of rights for the Division's director to sign."""

import re
from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isfunction
from pkgutil import iter_modules
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.permissions import COLUMNS, TABLE, Reach
from reports.docs.states import machines
from reports.docs.words import paper, sentence, table

CONVERTER = re.compile(r"(?<=<)\w+:")
REACHES = {Reach.ANY: "any", Reach.ASSIGNED: "own cases", Reach.OWN: "own licensee"}
LEAD = """Rows are steps of a case, what is more than a step, and pages. Columns are roles; owner, manager and viewer
are what a representative can be for a licensee; clockwork is the system itself. A cell says how far the right
reaches: *any*, *own cases* (those the officer is assigned), *own licensee*. An empty cell is no right. A
licensee gets the same answer for what is forbidden and for what is not there, and sees a case only when its
first letter to them was sent. A test walks every address with every role and compares the answers with this
table (`tests/test_rights.py`)."""
OTHERS = {
    "inspections.see": "Which cases a person may know of at all, in lists and counts",
    "inventory_windows.see": "Which windows and corrections a person may know of at all, in lists and counts",
    "accounts.see_records": "Pages: `/admin/`, to look only",
}


def permissions() -> str:
    """The whole paper."""
    said = described()
    head = ["right", "what it is", *COLUMNS]
    rows = [[f"`{row}`", said.get(row, ""), *(cell(TABLE[row].get(column)) for column in COLUMNS)] for row in TABLE]
    return paper("Who may do what", LEAD, table(head, rows))


def cell(reach: Reach | None) -> str:
    return REACHES[reach] if reach else ""


def described() -> dict[str, str]:
    """Each row in words: a step's line in the journal, an action's sentence, or the pages it opens."""
    pages: dict[str, list[str]] = {}
    for route, rows in routes():
        for row in rows:
            pages.setdefault(row, []).append(f"`/{CONVERTER.sub('', route)}`")
    said = OTHERS | {row: "Pages: " + ", ".join(dict.fromkeys(found)) for row, found in pages.items()}
    said |= {row: f"{words} Pages: {said[row][7:]}" if row in said else words for row, words in acts()}
    said |= {
        f"{model._meta.app_label}.{move.name}": f"Step: {move.custom['title']}"
        for model, moves in machines()
        for move in moves
    }
    return said


def acts() -> Iterator[tuple[str, str]]:
    """The functions of the apps' actions that have a row of their own."""
    for app in ("licensing", "help_center", "inspections", "inventory_windows", "schedules"):
        package = import_module(f"{app}.actions")
        for info in iter_modules(package.__path__):
            for name, function in getmembers(import_module(f"{app}.actions.{info.name}"), isfunction):
                if f"{app}.{name}" in TABLE:
                    yield f"{app}.{name}", sentence(function.__doc__)


def routes(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, set[str]]]:
    """Every address of ours with the rows that its page names."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield route, {getattr(view, "rights", ""), getattr(view, "rights_to_post", "")} & set(TABLE)
