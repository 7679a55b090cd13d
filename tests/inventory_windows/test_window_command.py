"""`./run manage window`: may a window be opened then, why not, and from when."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.inventory_windows import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]


def ask(number: str, at: str) -> dict:
    out = StringIO()
    call_command("window", "--license", number, "--at", at, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_license_that_never_had_one():
    license = factories.license()
    assert ask(license.number, "2026-11-24T10:00") == {
        "license": license.number, "at": "2026-11-24T10:00:00-07:00", "may_open": True, "reasons": [],
        "from": "2026-11-24T10:00:00-07:00", "open_until": None, "pending_request": None,
    }  # fmt: skip


def test_while_it_is_open_after_it_and_when_three_months_are_over(dana):
    case = told.opened(dana)
    number = f"{case.license.number}-001"
    during = ask(number, "2026-11-19T12:00")
    assert not during["may_open"] and during["open_until"] == "2026-11-20T09:00:00-07:00"
    before = ask(number, "2027-02-19T08:59")
    assert not before["may_open"] and before["from"] == "2027-02-19T09:00:00-07:00"
    assert "once" not in " ".join(before["reasons"]) and "every 3 months" in before["reasons"][1]
    assert ask(number, "2027-02-19T09:00")["may_open"]


def test_in_words_with_a_request_that_waits():
    case, out = told.requested(), StringIO()
    call_command("window", "--license", case.license.number, "--at", "2026-11-24T10:00", stdout=out)
    assert out.getvalue().splitlines()[1:] == ["  A window may be opened.", "  Request W26-0001 waits."]


def test_a_license_that_can_have_none():
    answer = ask(factories.license(type="retailer", status="suspended").number, "2026-11-24T10:00")
    assert not answer["may_open"] and answer["from"] is None and len(answer["reasons"]) == 2


@pytest.mark.parametrize(
    ("number", "at", "words"),
    [("X", "2026-11-24T10:00", "not a license number"), ("CCD-2020-9999", "2026-11-24T10:00", "not on record"),
     ("CCD-2020-9999", "yesterday", "not a date and time"), ("CCD-2020-9999", "2026-03-08T02:30", "clocks went forward")],
)  # fmt: skip
def test_what_can_not_be_read_is_refused(number, at, words):
    with pytest.raises(CommandError, match=words) as refused:
        ask(number, at)
    assert refused.value.returncode == 2
