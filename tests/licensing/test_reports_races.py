"""Several people and one report at the same instant: one of them sends it. Real threads, real transactions."""

from functools import partial

import pytest
from django.test import Client

from casefile.actions import Refused
from licensing.actions.reports import send_report
from licensing.models import License, MonthlyReport
from tests.inspections.test_races import at_once
from tests.licensing import report_files
from tests.licensing.test_reports import AUGUST, NOW, numbers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]  # several threads, each with its connection
SESSIONS = 8


@pytest.fixture
def mesa(place, tomas) -> License:
    return place.license


def send(license: License, by, stock: int, **how) -> MonthlyReport:
    return send_report(license, AUGUST, numbers(stock_g=stock), by=by, at=NOW, **how)


def test_one_of_many_first_reports_is_taken(mesa, tomas):
    told = at_once(*(partial(send, mesa, tomas, 9_000 + n, seen=0) for n in range(SESSIONS)))
    assert sum(isinstance(it, MonthlyReport) for it in told) == 1
    assert sum(isinstance(it, Refused) for it in told) == SESSIONS - 1
    assert MonthlyReport.objects.count() == 1


def test_one_of_many_corrections_of_what_was_seen_is_taken(mesa, tomas):
    send(mesa, tomas, 8_000)
    told = at_once(*(partial(send, mesa, tomas, 9_000 + n, seen=1, reason="Again.") for n in range(SESSIONS)))
    assert sum(isinstance(it, MonthlyReport) for it in told) == 1
    assert list(MonthlyReport.objects.order_by("revision").values_list("revision", flat=True)) == [1, 2]
    assert MonthlyReport.objects.current().count() == 1


def test_the_same_form_pressed_many_times_is_one_report(mesa, tomas, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    here = f"/my-licenses/{mesa.number}/reports/2026-08/"
    browsers = [Client() for _ in range(SESSIONS)]
    for browser in browsers:
        browser.force_login(tomas)
    page = browsers[0].post(here, report_files.NUMBERS | {"notes": "", "save": "check"}, follow=True)
    body = {name: page.context[name] for name in ("once", "seen", "revision")}
    replies = at_once(*(partial(browser.post, f"{here}check/", body) for browser in browsers))
    assert {reply.status_code for reply in replies} == {302}, [reply.content.decode() for reply in replies]
    assert [(reply.status_code, reply["Location"]) for reply in replies] == [(302, here)] * SESSIONS
    assert MonthlyReport.objects.count() == 1
