"""`./run manage COMMAND ...`: one of Django's commands against our data, whether the servers are up or not."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack

from launch.children import tethered
from launch.claim import State, Taken, claimed, joined, read, write
from launch.places import CannotStart, Places
from launch.surroundings import Servers, environment, kind, manage, say, start

WITHOUT_TABLES = {"check", "help", "makemigrations", "migrate", "showmigrations", "sqlmigrate"}
PATIENCE = 300  # seconds to wait for a first start that is under way


def run(places: Places, arguments: list[str]) -> int:
    """Run the command and return its exit code. Servers that we had to start end with it."""
    with ExitStack() as stack:
        try:
            servers = _own(places, stack, arguments)
        except Taken:
            servers = _of_another(places, stack)
        demo = os.environ.get("DEMO", "0" if kind(places) == "plain" else "1") == "1"
        env = environment(places, database_url=servers.database_url, redis_url=servers.redis_url, demo=demo)
        if servers.is_new and arguments[0] not in WITHOUT_TABLES:
            say("Making the tables of a new data folder ...")
            if code := _call([sys.executable, "-m", "launch.prepare"], env):
                return code
        return _call(manage(*arguments), env)


def _own(places: Places, stack: ExitStack, arguments: list[str]) -> Servers:
    """Servers for the time of the command; with DATABASE_URL given there is nothing to hold."""
    if os.environ.get("DATABASE_URL"):
        places.data.mkdir(parents=True, exist_ok=True)
        return start(places, stack, redis=False)
    purpose = f"manage {' '.join(arguments[:1])}"
    stack.enter_context(claimed(places, purpose))
    servers = start(places, stack, redis=False)
    write(places, State(os.getpid(), purpose, database_url=servers.embedded(servers.database_url)))
    return servers


def _of_another(places: Places, stack: ExitStack) -> Servers:
    """The servers of a runner or of another command, as soon as it says where they are."""
    until = time.monotonic() + PATIENCE
    while not ((state := read(places)) and state.database_url):
        if time.monotonic() > until:
            raise CannotStart(f"Another process holds {places.data} and does not say where its database is.")
        time.sleep(0.2)
    stack.enter_context(joined(places))
    return Servers(state.database_url, os.environ.get("REDIS_URL") or state.redis_url)


def _call(command: list[str], env: dict[str, str]) -> int:
    """Run in the foreground with our terminal; signals that reach us go to the command, and we wait for it to end."""
    child = subprocess.Popen(command, env=env, preexec_fn=tethered(signal.SIGTERM))
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda number, frame: child.send_signal(number))
    was = signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends Ctrl-C to the command as well
    try:
        return child.wait()
    finally:
        signal.signal(signal.SIGINT, was)
