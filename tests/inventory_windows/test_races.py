"""Sixty-four people, one license, the same instant: one window. Real threads, real transactions."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from casefile.models import Event, Notice
from inventory_windows.actions import asking, openings, review
from inventory_windows.endings import shut_what_is_over
from inventory_windows.models import FirstWindow, Opening, WindowRequest
from tests import factories
from tests.inspections.test_races import at_once, frozen, tally, won
from tests.inventory_windows import told
from tests.inventory_windows.told import ASKED, OPENS

__all__ = ["frozen"]

MANY = 64

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("holidays", "frozen")]


def all_at_once(what: str, do: Callable[[], object]) -> dict[str, int]:
    return dict(tally(what, at_once(*[won(do)] * MANY)))


def test_64_begin_a_request_and_there_is_one():
    license = factories.license()
    owner = told.owner_of(license)
    all_at_once("begin", lambda: asking.begin_request(license, by=owner, at=ASKED))
    assert WindowRequest.objects.filter(license=license).count() == 1


def test_64_send_it_and_it_is_sent_once():
    case = told.drafted()
    owner = told.owner_of(case.license)
    send = lambda: asking.submit_window_request(case, told.asked(), company="X", by=owner, at=ASKED)  # noqa: E731
    assert all_at_once("send", send) == {"won": 1, "Refused": MANY - 1}
    assert case.items.count() == 2 and Notice.objects.filter(file=case.file).count() == 1


def test_64_approve_and_one_grants(dana):
    case = told.in_review(dana)
    approve = lambda: review.approve_window(case, OPENS, by=dana, at=ASKED + told.HOUR)  # noqa: E731
    assert all_at_once("approve", approve) == {"won": 1, "Refused": MANY - 1}
    assert Notice.objects.filter(letter="inventory_windows.approved").count() == 1


def test_64_confirm_and_one_window_opens(dana):
    case = told.approved(dana)
    confirm = lambda: openings.confirm_opened(case, OPENS, by=dana, at=OPENS)  # noqa: E731
    assert all_at_once("confirm", confirm) == {"won": 1, "Refused": MANY - 1}
    assert Opening.objects.filter(license=case.license).count() == 1


def test_a_first_window_and_one_that_was_asked_for_never_both(dana):
    """Half of them record the first window of the license, half confirm the one that was approved."""
    case = told.approved(dana)
    jobs = [
        won(lambda: openings.confirm_opened(case, OPENS, by=dana, at=OPENS)),
        won(lambda: openings.open_first_window(case.license, OPENS, by=dana, at=OPENS)),
    ]
    results = at_once(*jobs * (MANY // 2))
    assert tally("first or again", results) == {"won": 1, "Refused": MANY - 1}
    assert Opening.objects.count() == 1


def test_the_constraint_holds_where_nobody_locks(dana, monkeypatch):
    """Without the lock on the license the database alone keeps the openings apart."""
    case = told.approved(dana)
    monkeypatch.setattr(openings, "hold", lambda license: license)
    monkeypatch.setattr(openings.rules, "reasons_not_to_open", lambda *_: [])
    jobs = [
        won(lambda: openings.confirm_opened(case, OPENS, by=dana, at=OPENS)),
        won(lambda: openings.open_first_window(case.license, OPENS - timedelta(days=3), by=dana, at=OPENS)),
    ]
    results = at_once(*jobs * 8)
    tally("no lock", results)
    assert Opening.objects.count() == 1
    assert all(it == "won" or isinstance(it, Exception) for it in results)


def test_64_sweeps_shut_it_once(dana):
    case = told.opened(dana)
    ended = case.opening.closes_at
    all_at_once("sweep", lambda: shut_what_is_over(at=ended))
    assert Event.objects.filter(file=case.file, step="shut_window").count() == 1
    assert Notice.objects.filter(file=case.file, letter="inventory_windows.shut").count() == 1


def test_64_confirm_that_it_is_shut_and_one_is_on_record(dana):
    case = told.shut(dana)
    ended = case.opening.closes_at
    confirm = lambda: openings.confirm_shut(case, ended, by=dana, at=ended)  # noqa: E731
    assert all_at_once("confirm shut", confirm) == {"won": 1, "Refused": MANY - 1}


def test_64_approvals_of_one_license_give_one_first_window():
    license = factories.license()
    assert all_at_once("approved", lambda: openings.license_approved(license=license, at=ASKED)) == {"won": MANY}
    assert FirstWindow.objects.filter(license=license).count() == 1
