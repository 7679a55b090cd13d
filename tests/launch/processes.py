"""Starting `./run` as a person would, and seeing what it leaves."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

OURS = ("DATABASE_URL", "REDIS_URL", "DATA_DIR", "SECRET_KEY", "EMAIL_URL", "DEMO", "DEBUG", "DJANGO_SETTINGS_MODULE")


def command(data: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "launch", "--data", str(data), *words]


def environment() -> dict[str, str]:
    """Ours without the addresses that the tests themselves run on."""
    return {name: value for name, value in os.environ.items() if name not in OURS}


def run(data: Path, *words: str) -> subprocess.CompletedProcess:
    """Run to the end and keep what was said."""
    return subprocess.run(command(data, *words), env=environment(), capture_output=True, text=True, timeout=60)


class Running:
    """A `./run` that has said READY."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.process = subprocess.Popen(
            command(data, "--port", "0", "--no-demo"),
            env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if ready := re.match(r"READY (http://127\.0\.0\.1:\d+)$", line):
                self.url = ready[1]
                return
        raise AssertionError(f"never ready:\n{self.said}")

    def end(self, sign: signal.Signals) -> int:
        """Send the signal to the launcher alone; its exit code. What it said last is added to `said`."""
        self.process.send_signal(sign)
        return self.wait()

    def wait(self) -> int:
        rest, _ = self.process.communicate(timeout=60)
        self.said += rest
        return self.process.returncode

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGKILL)


def left(data: Path) -> list[str]:
    """The processes that have anything to do with this folder: in their words, their environment or where they stand."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (
                (entry / "cmdline").read_bytes()
                + (entry / "environ").read_bytes()
                + os.readlink(entry / "cwd").encode()
            )
        except OSError:
            continue
        if os.fsencode(data) in words and int(entry.name) != os.getpid():
            found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


def all_gone(data: Path, *, within: float) -> list[str]:
    """Wait for the last process to end; those that did not."""
    until = time.monotonic() + within
    while (still := left(data)) and time.monotonic() < until:
        time.sleep(0.1)
    return still
