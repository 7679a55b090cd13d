"""Child processes that never outlive us, not even when we are killed with -9."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from launch.places import CannotStart

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Account:
    """The user a child runs as; `dropped` when it is not the one we run as."""

    uid: int
    gid: int
    dropped: bool

    def options(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.dropped else {}


def unprivileged() -> Account:
    """PostgreSQL refuses root, so under root it runs as `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), dropped=False)
    name = os.environ.get("EMBEDDED_PG_USER", "nobody")
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        raise CannotStart(f"This machine has no user {name!r}; name one in EMBEDDED_PG_USER.") from None
    return Account(found.pw_uid, found.pw_gid, dropped=True)


def tethered(death: signal.Signals) -> Callable[[], None]:
    """What a child does before it starts: ask the kernel for `death` when we die. On Linux only."""
    parent = os.getpid()

    def tether() -> None:
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, death)
        if os.getppid() != parent:  # we died before the child had asked
            os._exit(1)

    return tether


@dataclass
class Child:
    """One running process and how it is asked to end: `stop_by`, after `patience` seconds `harder`, then SIGKILL.

    What it started and left in its session gets `orphans_by`.
    """

    name: str
    process: subprocess.Popen[str]
    stop_by: signal.Signals = signal.SIGTERM
    harder: signal.Signals = signal.SIGQUIT
    patience: float = 15
    orphans_by: signal.Signals = signal.SIGKILL

    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Return when it has ended."""
        steps = ((self.stop_by, self.patience), (self.harder, 6.0), (signal.SIGKILL, 6.0))
        any(self._ends_by(sign, seconds) for sign, seconds in steps)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, self.orphans_by)

    def _ends_by(self, sign: signal.Signals, seconds: float) -> bool:
        if not self.alive():
            return True
        self.process.send_signal(sign)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True


def spawn(
    command: Sequence[str | Path],
    *,
    death: signal.Signals,
    env: Mapping[str, str],
    account: Account | None = None,
    **options: Any,
) -> "subprocess.Popen[str]":
    """Start a process in a session of its own, tethered to us: to the main thread, so call it from there."""
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        env=dict(env),
        text=True,
        start_new_session=True,
        preexec_fn=tethered(death),
        **(account.options() if account else {}),
        **options,
    )


def relay(name: str, lines: IO[str]) -> None:
    """Print a child's lines with its name in front, in a thread of its own."""

    def pump() -> None:
        for line in lines:
            print(f"{name:7}| {line}", end="", flush=True)

    threading.Thread(target=pump, name=f"lines of {name}", daemon=True).start()


def leftovers(program: str, folder: Path) -> list[int]:
    """The processes of this program that work in this folder. On Linux only."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").samefile(folder) and program in (entry / "comm").read_text():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def clear(program: str, folder: Path, *, patience: float = 3) -> None:
    """Wait for what an earlier, killed run left behind; then end it with SIGQUIT, and after 2 s with SIGKILL."""
    for sign, seconds in ((None, patience), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 2.0)):
        for pid in leftovers(program, folder) if sign else []:
            os.kill(pid, sign)  # type: ignore[arg-type]
        until = time.monotonic() + seconds
        while leftovers(program, folder):
            if time.monotonic() > until:
                break
            time.sleep(0.05)
        else:
            return
