"""Nobody does anything: beat ticks, a worker sweeps, the notice leaves by SMTP, its receipt starts both clocks."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.utils import timezone

from casefile.models import Delivery
from inspections.models import Inspection
from tests import factories, invariants
from tests.casefile.sink import sink
from tests.inspections import told

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).parents[2]
CELERY = [sys.executable, "-m", "celery", "--app=config", "--quiet"]
WORKER = ["worker", "--concurrency=1", "--loglevel=warning", "--without-gossip", "--without-mingle"]


def environment(data: Path, mail: str) -> dict[str, str]:
    """What a deployment would say; the database is the one of this test."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    ours = {"DATABASE_URL": urlunsplit(database), "EMAIL_URL": mail, "DATA_DIR": str(data), "DEMO": "0", "DEBUG": "0"}
    return os.environ | ours | {"DJANGO_SETTINGS_MODULE": "tests.journeys.quick", "SECRET_KEY": "x" * 60}


@contextmanager
def running(words: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """A process of the house; it is gone at the end of the block."""
    with (
        log.open("wb") as said,
        subprocess.Popen([*CELERY, *words], cwd=ROOT, env=env, stdout=said, stderr=said) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


def until(happens: Callable[[], bool], *, seconds: float, logs: list[Path]) -> None:
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "\n".join(log.read_text()[-3000:] for log in logs)
        time.sleep(0.3)


def test_a_notice_whose_hold_is_over_leaves_and_its_clocks_start(tmp_path, holidays, capsys):
    case = factories.with_findings(when=timezone.now() - timedelta(hours=2))
    case = told.notice.serve_nolv(case, by=case.officer, at=timezone.now() - timedelta(minutes=6))
    logs = [tmp_path / "worker.log", tmp_path / "beat.log"]
    began = time.monotonic()
    with ExitStack() as stack:
        post = stack.enter_context(sink())
        env = environment(tmp_path, f"smtp://127.0.0.1:{post.port}/?final=1")
        stack.enter_context(running(WORKER, env, logs[0]))
        stack.enter_context(running(["beat", "--pidfile=", f"--schedule={tmp_path / 'beat'}"], env, logs[1]))
        until(lambda: Inspection.objects.get().received_at is not None, seconds=120, logs=logs)
        took = time.monotonic() - began
        time.sleep(6)  # beat ticks three times more
    (recipients, message), *more = post.got
    assert not more and recipients == [case.licensee.contacts.get().email]
    assert case.file.number in message["Subject"]
    assert [part.get_content_type() for part in message.iter_attachments()] == ["application/pdf"]

    copy = Delivery.objects.get()
    assert (copy.state, copy.attempts, copy.message_id) == ("accepted", 1, message["Message-ID"])
    receipt = Inspection.objects.get().receipts.get()
    assert (receipt.kind, receipt.counts) == ("mail_accepted", True) and "250 OK" in receipt.proof
    clocks = case.file.deadlines.running().values_list("clock", "started_at")
    assert dict(clocks) == dict.fromkeys(["inspections.cap_due", "inspections.corrections_due"], receipt.received_at)
    invariants.assert_kept()
    with capsys.disabled():
        print(
            f"\nbeat, worker and SMTP: the notice left and its clocks ran {took:.1f} s after the processes were started"
        )
