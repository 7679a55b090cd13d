"""An embedded Valkey in the foreground: the doorbell's wire. Nothing is lost with it."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import redis

from launch import binaries
from launch.children import Child, clear, spawn
from launch.places import CannotStart, Places, private


class Valkey:
    """One server on a socket under the data folder. As a context manager it runs for the time of the block."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.child: Child | None = None

    @property
    def socket(self) -> Path:
        return self.places.short("valkey") / "valkey.sock"

    @property
    def url(self) -> str:
        return f"redis+socket://{quote(str(self.socket), safe='/')}"

    def __enter__(self) -> "Valkey":
        private(self.places.valkey, os.geteuid())
        private(self.socket.parent, os.geteuid())
        clear("valkey-server", self.places.valkey)
        command: list[str | Path] = [
            binaries.valkey(),
            "--port",
            "0",
            "--unixsocket",
            self.socket,
            "--unixsocketperm",
            "700",
        ]
        command += ["--dir", self.places.valkey, "--save", "", "--appendonly", "yes"]
        command += ["--maxmemory-policy", "noeviction", "--logfile", self.places.valkey / "valkey.log"]
        process = spawn(
            command, death=signal.SIGTERM, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.child = Child("Valkey", process)
        self._await()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.child:
            self.child.stop()
        if self.socket.parent != self.places.valkey:
            shutil.rmtree(self.socket.parent, ignore_errors=True)

    def _await(self) -> None:
        assert self.child
        until = time.monotonic() + 20
        while True:
            try:
                redis.Redis(unix_socket_path=str(self.socket)).ping()
                return
            except redis.RedisError:
                if not self.child.alive() or time.monotonic() > until:
                    self.child.stop()
                    raise CannotStart(f"Valkey did not start; see {self.places.valkey / 'valkey.log'}.") from None
                time.sleep(0.01)
