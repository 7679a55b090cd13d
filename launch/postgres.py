"""An embedded PostgreSQL in the foreground: no daemon, no system user, no port, one folder."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psycopg

from launch import binaries
from launch.children import Child, clear, spawn, unprivileged
from launch.places import CannotStart, Places, private, temporary

NAME = "app"  # of the database and of its owner
SETTINGS = ["listen_addresses=", "max_connections=100", "shared_buffers=128MB", "unix_socket_permissions=0700"]
FOR_TESTS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"]
BUILTIN_LOCALE_SINCE = 17


class Postgres:
    """One cluster under a data folder. As a context manager it runs for the time of the block."""

    def __init__(self, places: Places, *, fast: bool = False) -> None:
        self.places = places
        self.fast = fast
        self.account = unprivileged()
        self.env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        found = binaries.postgres()
        self.major = binaries.major(found)
        self.bindir = binaries.for_account(found, self.account)
        self.data = places.data / f"pg{self.major}"
        self.child: Child | None = None

    @property
    def sockets(self) -> Path:
        """A folder that only the cluster's user may open: whoever reaches the socket is trusted."""
        short = self.places.short("sockets")
        if binaries.reachable(self.places.data, self.account):
            return short
        return temporary(self.places.data, "sockets")

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}@/{NAME}?host={quote(str(self.sockets), safe='/')}"

    def __enter__(self) -> "Postgres":
        self.places.data.mkdir(parents=True, exist_ok=True)
        private(self.sockets, self.account.uid)
        private(self.data, self.account.uid)
        with self.door() as (folder, options):
            if not (self.data / "PG_VERSION").exists():
                self._initdb(folder, options)
            self._start(folder, options)
        self._create_database()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.child:
            self.child.stop()
        if self.sockets.parent != self.places.data:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def door(self) -> "Door":
        """The data folder as the cluster's user can open it."""
        return Door(self.data, open_by_path=binaries.reachable(self.places.data, self.account))

    def _initdb(self, folder: str, options: dict[str, tuple[int, ...]]) -> None:
        command: list[str | Path] = [
            self.bindir / "initdb",
            "-D",
            folder,
            "-U",
            NAME,
            "-E",
            "UTF8",
            "--auth-local=trust",
        ]
        command += ["--auth-host=reject", "--locale=C.UTF-8"]
        if self.major >= BUILTIN_LOCALE_SINCE:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self.fast:
            command.append("--no-sync")
        made = spawn(
            command, death=signal.SIGKILL, env=self.env, account=self.account, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, cwd="/", **options,
        )  # fmt: skip
        said, _ = made.communicate()
        if made.returncode:
            raise CannotStart(f"PostgreSQL could not make its folder {self.data}:\n{said[-1500:]}")

    def _start(self, folder: str, options: dict[str, tuple[int, ...]]) -> None:
        clear("postgres", self.data)
        settings = SETTINGS + (FOR_TESTS if self.fast else [])
        command: list[str | Path] = [self.bindir / "postgres", "-D", folder, "-k", self.sockets]
        command += [part for setting in settings for part in ("-c", setting)]
        self.places.postgres_log.touch(mode=0o600)
        with self.places.postgres_log.open("ab") as log:
            process = spawn(
                command, death=signal.SIGINT, env=self.env, account=self.account, stdout=log, stderr=log, cwd="/",
                **options,
            )  # fmt: skip
        self.child = Child("PostgreSQL", process, stop_by=signal.SIGINT, patience=30, orphans_by=signal.SIGQUIT)
        self._await()

    def _await(self) -> None:
        assert self.child
        until = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(host=str(self.sockets), user=NAME, dbname="postgres", connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                if not self.child.alive() or time.monotonic() > until:
                    self.child.stop()
                    raise CannotStart(f"PostgreSQL did not start:\n{_end_of(self.places.postgres_log)}") from None
                time.sleep(0.02)

    def _create_database(self) -> None:
        with psycopg.connect(host=str(self.sockets), user=NAME, dbname="postgres", autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(f"CREATE DATABASE {NAME}")


class Door:
    """How another user opens a folder under one that is closed to it: through a descriptor that we opened for it."""

    def __init__(self, folder: Path, *, open_by_path: bool) -> None:
        self.folder = folder
        self.descriptor = None if open_by_path else os.open(folder, os.O_RDONLY | os.O_DIRECTORY)

    def __enter__(self) -> tuple[str, dict[str, tuple[int, ...]]]:
        if self.descriptor is None:
            return str(self.folder), {}
        return f"/proc/self/fd/{self.descriptor}", {"pass_fds": (self.descriptor,)}

    def __exit__(self, *_: object) -> None:
        if self.descriptor is not None:
            os.close(self.descriptor)


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-1500:]
