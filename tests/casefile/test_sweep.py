"""The sweep: everything that time asks for, in any number of sweeps, at once or late, and whatever breaks."""

import signal
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from casefile import deadlines, notices, tasks
from casefile.models import CaseFile, Deadline, Delivery, Notice
from inspections import clocks, letters
from inspections.actions import notice as acts
from inspections.models import Inspection
from tests import factories
from tests.casefile.sink import Sink, free_port, sink
from tests.inspections import stories
from tests.inspections.stories import on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch) -> None:
    monkeypatch.setattr(notices, "as_pdf", lambda page: b"%PDF-1.7")


@pytest.fixture
def post(settings):
    with sink() as running:
        settings.MAIL = running.server()
        yield running


def sweep_at(text: str, **options) -> None:
    with time_machine.travel(on(text), tick=False):
        tasks.sweep(**options)


class TestOnce:
    def test_sends_what_waits_and_starts_the_clocks(self, post: Sink, dana, place, holidays) -> None:
        case = stories.served(dana, place)
        sweep_at("11-17 10:04")
        assert post.got == []
        sweep_at("11-17 10:05")
        assert len(post.got) == 1
        assert case.file.deadlines.running().filter(clock=clocks.CAP_DUE.key).exists()

    def test_twice_is_the_same(self, post: Sink, dana, place, holidays) -> None:
        stories.served(dana, place)
        for _ in range(5):
            sweep_at("11-17 10:05")
            sweep_at("11-20 08:00")
        assert [message["Subject"] for _, message in post.got] == [
            "Action needed by Tue, Nov 24: your notice, case 26-0001",
            "2 business days left: send your plan by Tue, Nov 24",
        ]

    def test_writes_the_mail_of_the_morning(self, post: Sink, dana, place, holidays) -> None:
        stories.received(dana, place)
        sweep_at("11-24 07:00")
        assert Notice.objects.filter(letter=letters.DIGEST.key).count() == 1

    def test_asks_few_queries_when_nothing_is_to_do(self, holidays, django_assert_max_num_queries) -> None:
        """One each for deadlines and letters, and at most one for a chore."""
        with django_assert_max_num_queries(8):
            sweep_at("11-21 03:00")


class TestBroken:
    def test_row_holds_up_no_other(self, dana, holidays, monkeypatch, caplog) -> None:
        """Five hundred rows, in pages of fifty, the third of which cannot be told."""
        case = stories.received(dana, factories.premises())
        pattern = case.file.deadlines.get(clock=clocks.CAP_DUE.key)
        others = CaseFile.objects.bulk_create(CaseFile(opened_at=stories.SERVED) for _ in range(499))
        Inspection.objects.bulk_create(
            Inspection(file=file, premises=case.premises, officer=dana, kind="routine") for file in others
        )
        Deadline.objects.bulk_create(
            Deadline(
                file=file, clock=pattern.clock, started_at=pattern.started_at, due_at=pattern.due_at, due_on=pattern.due_on,
                counted=pattern.counted, next_at=pattern.next_at,
            )
            for file in others
        )  # fmt: skip
        broken, queue, told = others[2], notices.queue, []

        def fail(letter, case, **context):
            if case.file == broken:
                raise RuntimeError("this one can not be told")
            told.append(case.file.pk)

        monkeypatch.setattr(deadlines.notices, "queue", fail)
        sweep_at("11-20 08:00", batch=50)
        assert len(told) == 499
        assert Deadline.objects.awake(on("11-20 08:00")).get().file == broken
        assert "the sweep failed" in caplog.text
        monkeypatch.setattr(deadlines.notices, "queue", queue)
        sweep_at("11-20 08:01", batch=50)
        assert not Deadline.objects.awake(on("11-20 08:01")).exists()

    def test_chore_holds_up_nothing(self, settings, caplog) -> None:
        settings.CHORES = ["tests.casefile.test_sweep.broken_chore", "tests.casefile.test_sweep.chore"]
        DONE.clear()
        sweep_at("11-20 08:00")
        [done] = DONE
        assert done == on("11-20 08:00")

    def test_time_that_is_up_leaves_the_rest_for_the_next(self, post: Sink, dana, holidays, monkeypatch) -> None:
        for _ in range(3):
            stories.served(dana, factories.premises())
        monkeypatch.setattr(tasks, "BUDGET", -1)
        sweep_at("11-17 10:05")
        assert post.got == []
        monkeypatch.undo()
        sweep_at("11-17 10:06")
        assert len(post.got) == 3

    def test_mail_server_is_asked_once_in_a_sweep(self, dana, holidays, settings) -> None:
        port = free_port()
        settings.MAIL = Sink(port).server()
        for _ in range(5):
            stories.served(dana, factories.premises())
        sweep_at("11-17 10:05")
        assert sum(Delivery.objects.values_list("attempts", flat=True)) == 1
        with sink(port) as back:
            sweep_at("11-17 11:05")
            assert len(back.got) == 5
        assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.ACCEPTED}


DONE: list = []


def chore(*, at) -> None:
    DONE.append(at)


def broken_chore(*, at) -> None:
    raise RuntimeError("a chore that fails")


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_eight_sweeps_send_each_letter_once(self, post: Sink, dana, holidays) -> None:
        from concurrent.futures import ThreadPoolExecutor

        from django.db import connection

        for _ in range(10):
            stories.served(dana, factories.premises())

        def sweep(_: int) -> None:
            tasks.sweep()
            connection.close()

        with time_machine.travel(on("11-17 10:05"), tick=False), ThreadPoolExecutor(8) as pool:
            list(pool.map(sweep, range(8)))
        assert len(post.ids) == len(set(post.ids)) == 10
        assert Delivery.objects.filter(state=Delivery.State.ACCEPTED).count() == 10


class TestCommand:
    def test_sweeps_once(self, post: Sink, dana, place, holidays) -> None:
        stories.served(dana, place)
        with time_machine.travel(on("11-17 10:05"), tick=False):
            call_command("sweep")
        assert len(post.got) == 1

    def test_goes_on_until_it_is_told_to_stop(self, monkeypatch) -> None:
        rounds, kept = [], {sign: signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}

        def sweep() -> None:
            rounds.append(len(rounds))
            if len(rounds) == 1:
                raise RuntimeError("the database is away")
            threading.Timer(0.05, signal.raise_signal, [signal.SIGTERM]).start()

        monkeypatch.setattr("casefile.management.commands.sweep.sweep", sweep)
        monkeypatch.setattr("casefile.management.commands.sweep.close_old_connections", lambda: None)
        try:
            call_command("sweep", every=1)
        finally:
            for sign, handler in kept.items():
                signal.signal(sign, handler)
        assert rounds == [0, 1]

    @pytest.mark.parametrize("words", ["0", "-1", "often"])
    def test_wants_a_number_of_seconds(self, words) -> None:
        with pytest.raises(CommandError, match="number of seconds"):
            call_command("sweep", f"--every={words}")


def test_hold_is_a_matter_of_time_alone(post: Sink, dana, place, holidays) -> None:
    """Without a bell: the sweep of the minute after its release sends it."""
    case = stories.served(dana, place)
    assert Delivery.objects.get().next_at == stories.SERVED + timedelta(minutes=5)
    acts.stop_nolv(case, by=dana, at=on("11-17 10:04"))
    sweep_at("11-17 10:06")
    assert post.got == []
