"""`./run` from its first line to its last process. Slow because every test starts web, worker, beat and two servers."""

import json
import os
import signal
import time
import urllib.request
from pathlib import Path

import pytest
import redis

from tests.launch.processes import Running, all_gone, left, run

pytestmark = pytest.mark.slow


def status(url: str) -> int:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status


def child(word: str, *, of: int) -> int:
    """The process that the launcher started with this word."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes()
            started_by = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if word.encode() in words and started_by == of:
            return int(entry.name)
    raise LookupError(word)


def listens(wire: Path) -> bool:
    """Whether a worker waits on the wire; it may take a moment longer than the first page."""
    server = redis.Redis(unix_socket_path=str(wire))
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if any(client["cmd"].startswith("brpop") for client in server.client_list()):
            return True
        time.sleep(0.1)
    return False


def test_it_answers_joins_and_ends_on_term(data):
    with Running(data) as first:
        assert status(first.url + "/-/live/") == 200
        assert status(first.url + "/") == 200  # sent on to the page where one signs in

        assert listens(data / "valkey" / "valkey.sock"), "no worker waits for the doorbell"

        second = run(data, "--no-demo")
        assert (second.returncode, first.url in second.stdout) == (0, True)

        joined = run(data, "manage", "check", "--database", "default")
        assert (joined.returncode, "no issues" in joined.stdout) == (0, True), joined.stderr

        assert first.end(signal.SIGTERM) == 0
    assert left(data) == []
    assert not (data / "run.json").exists()


def test_kill_9_leaves_nothing_and_the_next_command_starts_clean(data):
    with Running(data) as killed:
        killed.end(signal.SIGKILL)
    assert all_gone(data, within=40) == []
    alone = run(data, "manage", "showmigrations", "--plan")
    assert (alone.returncode, "[X]" in alone.stdout, "[ ]" in alone.stdout) == (0, True, False), alone.stderr
    assert left(data) == []


def test_a_child_that_dies_ends_the_rest_and_is_named(data):
    with Running(data) as running:
        os.kill(child("gunicorn", of=running.process.pid), signal.SIGKILL)
        assert running.wait() == 1
        assert "web ended by itself" in running.said
    assert all_gone(data, within=5) == []


def test_standard_output_belongs_to_the_command(data):
    done = run(data, "manage", "shell", "-v0", "-c", "import json; print(json.dumps({'a': 1}))")
    assert json.loads(done.stdout) == {"a": 1}, done.stderr
