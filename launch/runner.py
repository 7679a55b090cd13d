"""`./run`: servers, tables, then web, worker and beat, until somebody says stop."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from launch import needs, static, surroundings
from launch.children import Child, relay, spawn
from launch.claim import State, Taken, claimed, write
from launch.page import HOST, answers, free_port
from launch.places import PROJECT, CannotStart, Places
from launch.surroundings import Servers, environment, kind, manage, say

FIRST_ANSWER = 60  # seconds
PATIENT = {"DB_STATEMENT_TIMEOUT_MS": "0", "DB_IDLE_TIMEOUT_MS": "0", "DB_LOCK_TIMEOUT_MS": "0"}


class Stopped(Exception):
    """Somebody asked us to stop."""


@dataclass
class Runner:
    """One start of everything. `stopping` is set by Ctrl-C, TERM and HUP."""

    places: Places
    port: int
    demo: bool
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> int:
        """Run until told to stop (0) or until a child ends by itself (1)."""
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, lambda number, frame: self.stopping.set())
        try:
            with ExitStack() as stack:
                stack.enter_context(claimed(self.places, "run"))
                return self._start_and_watch(stack)
        except Taken as taken:
            return _say_where(self.places, taken.state)
        except Stopped:
            return 0
        finally:
            if self.stopping.is_set():
                say("Everything has stopped.")

    def _start_and_watch(self, stack: ExitStack) -> int:
        if packages := needs.missing_packages():
            say(f"Letters as PDF need libraries that are not here: apt-get install {' '.join(packages)}")
        demo = self._settle_kind()
        port = free_port(self.port)
        url = f"http://{HOST}:{port}"
        servers = surroundings.start(self.places, stack, redis=True)
        env = environment(
            self.places, database_url=servers.database_url, redis_url=servers.redis_url, demo=demo, url=url
        )
        self._prepare(env, demo=demo)
        self._tell(servers, url="")
        children = servers.children + self._start(stack, env, port)
        self._await_page(env["BASE_URL"], port, children)
        self._tell(servers, url=url)
        print(f"READY {url}", flush=True)
        if demo:
            self._finish(spawn(manage("demo_signins"), death=signal.SIGTERM, env=env))
        return self._watch(children)

    def _settle_kind(self) -> bool:
        """Whether this is a demonstration: what the first start was, later starts stay."""
        was = kind(self.places)
        if not was:
            self.places.kind.write_text("demo" if self.demo else "plain")
        elif was == "plain" and self.demo:
            say(f"{self.places.data} was begun without demonstration data and stays so.")
        elif was == "demo" and not self.demo:
            say(f"Careful: {self.places.data} holds demonstration data and sign-ins. Use --data with another folder.")
        return self.demo and was != "plain"

    def _tell(self, servers: Servers, *, url: str) -> None:
        database, redis = servers.embedded(servers.database_url), servers.embedded(servers.redis_url)
        write(self.places, State(os.getpid(), "run", url, database, redis))

    def _prepare(self, env: dict[str, str], *, demo: bool) -> None:
        now = static.stamp()
        collect = not static.is_current(self.places, now)
        load = demo and not self.places.demo_loaded.exists()
        command = [sys.executable, "-m", "launch.prepare"]
        command += ["--collect-static"] * collect + ["--load-demo"] * load
        self._finish(
            spawn(command, death=signal.SIGTERM, env=env | PATIENT), else_say="The data could not be prepared."
        )
        if collect:
            static.remember(self.places, now)
        if load:
            self.places.demo_loaded.touch()

    def _finish(self, process: "subprocess.Popen[str]", *, else_say: str = "") -> None:
        """Wait for a process that ends by itself, or stop it when we are told to stop."""
        with ExitStack() as stack:
            stack.callback(Child("preparation", process, patience=10).stop)
            while process.poll() is None:
                if self.stopping.wait(0.05):
                    raise Stopped
        if process.returncode and else_say:
            raise CannotStart(else_say)

    def _start(self, stack: ExitStack, env: dict[str, str], port: int) -> list[Child]:
        """Web, worker and beat; the stack stops them in the opposite order, before the servers."""
        celery = [sys.executable, "-m", "celery", "--app=config", "--quiet"]
        web = [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind={HOST}:{port}", "--worker-class=gthread"]
        web += ["--workers=2", "--threads=4", "--graceful-timeout=10", "--log-level=warning"]
        worker = [
            *_quiet(celery),
            "worker",
            "--concurrency=2",
            "--loglevel=warning",
            "--without-gossip",
            "--without-mingle",
        ]
        beat = [*celery, "beat", "--loglevel=warning", "--pidfile=", f"--schedule={self.places.data / 'beat-schedule'}"]
        # A worker that looks for a broker which died with us hears no softer signal; its tasks may be killed anywhere.
        return [
            _serve(stack, "web", web, env | {"DB_POOL": "1"}, death=signal.SIGTERM),
            _serve(stack, "worker", worker, env, death=signal.SIGKILL),
            _serve(stack, "beat", beat, env, death=signal.SIGKILL),
        ]

    def _await_page(self, base_url: str, port: int, children: list[Child]) -> None:
        until = time.monotonic() + FIRST_ANSWER
        while not answers(port, host=urlsplit(base_url).netloc):
            if self.stopping.wait(0.1):
                raise Stopped
            if ended := _ended(children):
                raise CannotStart(f"{ended.name} ended at once ({ended.process.returncode}); its last lines are above.")
            if time.monotonic() > until:
                raise CannotStart(f"No page came within {FIRST_ANSWER} seconds.")

    def _watch(self, children: list[Child]) -> int:
        while not self.stopping.wait(0.3):
            if ended := _ended(children):
                say(f"{ended.name} ended by itself ({ended.process.returncode}). Stopping the rest.")
                return 1
        say("Stopping ...")
        return 0


def _quiet(python: list[str]) -> list[str]:
    """Without the warning that a worker should not run as root: on one's own machine one may."""
    return [python[0], "-W", "ignore:You're running the worker with superuser privileges", *python[1:]]


def _serve(stack: ExitStack, name: str, command: list[str], env: dict[str, str], *, death: signal.Signals) -> Child:
    process = spawn(command, death=death, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=PROJECT)
    assert process.stdout
    relay(name, process.stdout)
    child = Child(name, process)
    stack.callback(child.stop)
    return child


def _ended(children: list[Child]) -> Child | None:
    return next((child for child in children if not child.alive()), None)


def _say_where(places: Places, state: State | None) -> int:
    if state and state.purpose != "run":
        raise CannotStart(
            f"`./run {state.purpose}` (process {state.pid}) is using {places.data}. Start again when it ends."
        )
    where = f"at {state.url}" if state and state.url else "and is still starting"
    print(f"Already running {where} (process {state.pid if state else 'unknown'}, data in {places.data}).")
    return 0
