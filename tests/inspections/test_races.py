"""Many people, one case, the same instant: one acts, the others are told. Real threads, real transactions."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from threading import Barrier, Thread
from time import sleep
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from casefile import delivery, notices
from casefile.actions import Refused, Stale, act
from casefile.models import Delivery, Event, Notice, Submission
from inspections import clocks, rules
from inspections.actions import correction, discipline, notice
from inspections.actions.correction import Answer
from inspections.models import Inspection, PlanItem
from inspections.stages import State
from tests import factories
from tests.factories import at
from tests.inspections import told
from tests.inspections.told import accept, form, fresh

SESSIONS, POSTS, ROUNDS = 16, 20, 8
NOW = at("2026-11-18 10:00")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("holidays", "frozen")]


@pytest.fixture
def frozen(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run every job in a thread of its own, all let go together; each gives its result or the error it met."""
    gate, results = Barrier(len(jobs)), [None] * len(jobs)

    def run(place: int) -> None:
        try:
            gate.wait(timeout=30)
            results[place] = jobs[place]()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return results


def tally(what: str, results: list[Any]) -> Counter:
    """How often each thing happened; printed, for these are figures."""
    counted: Counter = Counter(type(it).__name__ if isinstance(it, Exception) else str(it) for it in results)
    print(f"{what}: {dict(counted)}")
    return counted


def after(milliseconds: int, do: Callable[[], Any]) -> Callable[[], Any]:
    """The job, begun a little later than the others."""

    def job() -> Any:
        sleep(milliseconds / 1000)
        return do()

    return job


def won(do: Callable[[], Any]) -> Callable[[], str]:
    def job() -> str:
        do()
        return "won"

    return job


def refused_with(results: list[Any]) -> set[str]:
    return {reason for it in results if isinstance(it, Refused) for reason in it.reasons}


def events(case: Inspection, step: str) -> int:
    return Event.objects.filter(file=case.file, step=step).count()


def letters(case: Inspection, key: str) -> int:
    return Notice.objects.filter(file=case.file, letter=key).count()


class TestSixteenActions:
    def test_serve_the_same_draft(self, dana):
        case = factories.with_findings(dana)
        results = at_once(*[won(lambda: notice.serve_nolv(case, by=dana, at=NOW))] * SESSIONS)
        assert tally("serve", results) == {"won": 1, "Refused": SESSIONS - 1}
        assert refused_with(results) == {"Not possible while this case is: waiting for plan."}
        assert (letters(case, "inspections.nolv"), events(case, "serve_nolv")) == (1, 1)
        assert Delivery.objects.filter(notice__file=case.file).count() == 1

    def test_submit_the_plan(self, dana):
        case = told.received(dana)
        owner = told.owner_of(case)
        answers = {n: Answer("Fix it.", "Luz", date(2026, 12, 1)) for n in (1, 2, 3)}
        results = at_once(*[won(lambda: correction.submit_cap(case, answers, by=owner, at=NOW))] * SESSIONS)
        assert tally("submit", results) == {"won": 1, "Refused": SESSIONS - 1}
        assert PlanItem.objects.filter(violation__inspection=case).count() == 3
        assert (letters(case, "inspections.cap_receipt"), events(case, "submit_cap")) == (1, 1)

    def test_close_out(self, dana):
        case = told.all_fixed(dana)
        results = at_once(*[won(lambda: act(case, "close_out", by=dana, at=NOW))] * SESSIONS)
        assert tally("close out", results) == {"won": 1, "Refused": SESSIONS - 1}
        assert (letters(case, "inspections.close_out"), events(case, "close_out")) == (1, 1)

    @pytest.mark.parametrize("version", [None, "seen"])
    def test_extend_a_deadline(self, dana, marco, version):
        case = told.received(dana)
        seen = case.version if version else None

        def extend() -> None:
            discipline.extend_deadline(
                case, clocks.CAP_DUE, due_on=date(2026, 12, 2), reason="Snow.", by=marco, at=NOW, version=seen
            )

        results = at_once(*[won(extend)] * SESSIONS)
        counted = tally("extend", results)
        assert counted["won"] == 1 and counted["Refused"] + counted["Stale"] == SESSIONS - 1
        rows = case.file.deadlines.filter(clock=clocks.CAP_DUE.key)
        assert sorted(row.end for row in rows) == ["", "extended"]
        assert letters(case, "inspections.date_moved") == 1

    def test_decide_the_outcome(self, dana, marco):
        case = told.referred(dana, marco)
        penalize = won(lambda: discipline.impose_penalty(case, {1: (1, 500)}, reason="So.", by=marco, at=NOW))
        revoke = won(lambda: discipline.revoke_license(case, reason="So.", by=marco, at=NOW))
        results = at_once(*[penalize, revoke] * (SESSIONS // 2))
        assert tally("outcome", results) == {"won": 1, "Refused": SESSIONS - 1}
        case = fresh(case)
        revoked = case.premises.license.status == "revoked"
        assert (case.outcome == "revocation") == revoked and case.penalties.exists() != revoked

    def test_review_the_proof(self, dana):
        case = told.with_proof(dana)
        review = won(lambda: correction.review_evidence(case, accept([1, 2, 3]), by=dana, at=NOW))
        results = at_once(*[review] * SESSIONS)
        assert tally("review proof", results) == {"won": 1, "Refused": SESSIONS - 1}
        assert letters(case, "inspections.proof_accepted") == 1


def signed_in(person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def address(name: str, case: Inspection) -> str:
    return reverse(f"inspections:{name}", kwargs={"ref": case.file.ref})


def posts(name: str, case: Inspection, people: list, **typed: str) -> list[Callable[[], int]]:
    """One browser for each person, each with the page open; what they send, ready to go."""
    ready = []
    for person in people:
        browser, url = signed_in(person), address(name, case)
        said = form(browser.get(url), **typed)
        ready.append(lambda browser=browser, said=said, url=url: browser.post(url, said).status_code)
    return ready


class TestSixteenBrowsers:
    def people(self, dana, marco) -> list:
        return [dana, marco] + [factories.user(Role.SUPERVISOR) for _ in range(SESSIONS - 2)]

    def test_send_the_same_notice(self, dana, marco):
        case = factories.with_findings(dana)
        results = at_once(*posts("notice_send", case, self.people(dana, marco)))
        assert tally("serve over HTTP", results) == {"302": 1, "409": SESSIONS - 1}
        assert (letters(case, "inspections.nolv"), fresh(case).state) == (1, State.CAP_DUE)

    def test_close_the_same_case(self, dana, marco):
        case = told.all_fixed(dana)
        results = at_once(*posts("close_out", case, self.people(dana, marco)))
        assert tally("close out over HTTP", results) == {"302": 1, "409": SESSIONS - 1}
        assert letters(case, "inspections.close_out") == 1

    def test_accept_the_same_plan(self, dana, marco):
        case = told.with_plan(dana)
        typed = {f"v{n}-decision": "accepted" for n in (1, 2, 3)}
        results = at_once(*posts("plan_review", case, self.people(dana, marco), **typed))
        assert tally("accept the plan over HTTP", results) == {"302": 1, "409": SESSIONS - 1}
        assert letters(case, "inspections.cap_accepted") == 1


class TestOneFormTwentyTimes:
    @pytest.mark.parametrize(
        ("name", "tell", "typed"),
        [
            ("notice_send", factories.with_findings, {}),
            ("plan_review", told.with_plan, {f"v{n}-decision": "accepted" for n in (1, 2, 3)}),
            ("close_out", told.all_fixed, {}),
        ],
    )
    def test_has_one_effect_and_one_answer(self, dana, name, tell, typed):
        case = tell(dana)
        lines = case.file.events.count()
        browsers = [signed_in(dana) for _ in range(POSTS)]
        said = form(browsers[0].get(address(name, case)), **typed)

        def send(browser: Client) -> str:
            answer = browser.post(address(name, case), said)
            return f"{answer.status_code} {answer.headers.get('Location')}"

        results = at_once(*[lambda browser=browser: send(browser) for browser in browsers])
        assert tally(f"{name}, one form {POSTS} times", results) == {f"302 {address('case', case)}": POSTS}
        assert case.file.events.count() == lines + 1
        assert Submission.objects.filter(key=said["once"]).count() == 1


class TestReceiptAtOnce:
    def test_acknowledged_while_the_mail_server_takes_it(self, dana, place, tomas):
        place.licensee.contacts.create(name="Tomás Lucero", email=tomas.email)
        kinds: Counter = Counter()
        for n in range(ROUNDS):
            case = told.served(dana, premises=place, when=NOW - timedelta(minutes=10))
            notices.pdf_of(case.last_nolv())
            jobs = [partial(delivery.deliver, copy.pk, at=NOW) for copy in case.last_nolv().deliveries.all()]
            instant = NOW + timedelta(seconds=20) * (n % 2)
            jobs += [after(8 * n, partial(notice.acknowledge_nolv, case, by=tomas, at=instant))] * 2
            results = at_once(*jobs)
            assert not [it for it in results if isinstance(it, Exception)]
            receipts = list(case.receipts.filter(counts=True))
            case = fresh(case)
            kinds[case.received_by_way_of] += 1
            assert case.received_at == min(it.received_at for it in receipts)
            assert case.file.deadlines.running().count() == 2
            assert sum(it.kind == "acknowledged" for it in receipts) == 1
            due = case.file.deadlines.running().values_list("started_at", flat=True)
            assert set(due) == {case.received_at}
        print(f"acknowledged and accepted at once, the clocks ran from: {dict(kinds)}")


class TestStopAtOnce:
    def test_stopped_or_sent_never_both(self, dana):
        """Two clocks that differ by a moment: for one the five minutes are over, for the other not yet."""
        over, almost = NOW + rules.HOLD, NOW + rules.HOLD - timedelta(milliseconds=1)
        ends: Counter = Counter()
        for n in range(ROUNDS):
            case = factories.with_findings(dana)
            case.licensee.contacts.create(name="Luz Sena", email=f"luz{case.pk}@example.test")
            case = notice.serve_nolv(case, by=dana, at=NOW)
            copies = case.last_nolv().deliveries.all()
            jobs = [after(4 * n, partial(delivery.deliver, copy.pk, at=over)) for copy in copies]
            jobs.append(partial(notice.stop_nolv, case, by=dana, at=almost))
            results = at_once(*jobs)
            assert not [it for it in results if isinstance(it, Exception) and not isinstance(it, Refused | Stale)]
            case = fresh(case)
            stopped = case.state == State.FINDINGS_RECORDED
            states = set(Delivery.objects.filter(notice__file=case.file).values_list("state", flat=True))
            assert states == {"stopped"} if stopped else "stopped" not in states
            assert isinstance(results[-1], Refused) != stopped
            ends["stopped" if stopped else "sent"] += 1
        print(f"stop and delivery at once: {dict(ends)}")
