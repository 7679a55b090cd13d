"""Who uses a data folder: one process starts its servers, others may join them."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO

from launch.places import CannotStart, Places


@dataclass(frozen=True)
class State:
    """What the process that holds the folder says of itself; addresses are empty until they can be used."""

    pid: int
    purpose: str
    url: str = ""
    database_url: str = ""
    redis_url: str = ""


class Taken(Exception):
    """Another process holds the folder. `state` is what it has written, if it has got that far."""

    def __init__(self, state: State | None) -> None:
        self.state = state
        super().__init__("the data folder is in use")


@contextmanager
def claimed(places: Places, purpose: str) -> Iterator[None]:
    """Hold the folder for the block, or raise Taken. The kernel lets go when we end, however we end."""
    _make(places)
    with places.lock.open("a") as lock:
        if not _locked(lock, fcntl.LOCK_EX | fcntl.LOCK_NB):
            raise Taken(read(places))
        write(places, State(os.getpid(), purpose))
        try:
            yield
        finally:
            _wait_for_guests(places)
            places.state.unlink(missing_ok=True)


@contextmanager
def joined(places: Places) -> Iterator[None]:
    """Use servers that another process has started: a command that started them waits for us before it stops them."""
    with places.users_lock.open("a") as guests:
        fcntl.flock(guests, fcntl.LOCK_SH)
        yield


def write(places: Places, state: State) -> None:
    """Replace the state at one stroke; it may hold an address, so it is for our eyes only."""
    draft = places.state.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(state)))
    draft.replace(places.state)


def read(places: Places) -> State | None:
    """The state as written, or None while there is none."""
    try:
        return State(**json.loads(places.state.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _make(places: Places) -> None:
    try:
        places.data.mkdir(parents=True, exist_ok=True)
        places.lock.touch()
    except OSError as error:
        raise CannotStart(f"The data folder cannot be used: {error}. Choose another with --data.") from None


def _wait_for_guests(places: Places) -> None:
    """Only a command waits for its guests; the runner ends when it is told to."""
    state = read(places)
    if state and state.purpose != "run":
        with places.users_lock.open("a") as guests:
            fcntl.flock(guests, fcntl.LOCK_EX)


def _locked(lock: IO[str], how: int) -> bool:
    try:
        fcntl.flock(lock, how)
    except BlockingIOError:
        return False
    return True
