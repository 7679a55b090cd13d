"""Where everything of one data folder lies."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LONGEST_SOCKET_FOLDER = 85  # bytes: the kernel takes 107 for the whole path of a socket


class CannotStart(Exception):
    """Said to the person who started us; no traceback is needed to understand it."""


@dataclass(frozen=True)
class Places:
    """The files of a data folder. Nothing is made by asking."""

    data: Path

    @property
    def state(self) -> Path:
        """Who is using this folder, as JSON."""
        return self.data / "run.json"

    @property
    def lock(self) -> Path:
        return self.data / "run.lock"

    @property
    def users_lock(self) -> Path:
        """Held shared by every command that uses servers started by another process."""
        return self.data / "users.lock"

    @property
    def secret_key(self) -> Path:
        return self.data / "secret-key"

    @property
    def kind(self) -> Path:
        """`demo` or `plain`, decided at the first start."""
        return self.data / "kind"

    @property
    def demo_loaded(self) -> Path:
        return self.data / "demo-loaded"

    @property
    def static(self) -> Path:
        return self.data / "static"

    @property
    def static_stamp(self) -> Path:
        return self.data / "static.stamp"

    @property
    def valkey(self) -> Path:
        return self.data / "valkey"

    @property
    def postgres_log(self) -> Path:
        return self.data / "postgres.log"

    @property
    def made_by_us(self) -> list[Path]:
        """What a reset removes: everything that holds facts, nothing that holds secrets or locks."""
        return [*self.data.glob("pg[0-9]*"), self.valkey, self.data / "documents", self.data / "mail", self.demo_loaded]

    def short(self, name: str) -> Path:
        """A folder for sockets: in the data folder when its path is short enough, else under the temporary folder."""
        folder = self.data / name
        if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        return temporary(self.data, name)


def temporary(data: Path, name: str) -> Path:
    """The folder under the temporary one that belongs to this data folder."""
    return Path(tempfile.gettempdir()) / f"ccd-{hashlib.sha256(os.fsencode(data)).hexdigest()[:10]}-{name}"


def private(folder: Path, owner: int) -> Path:
    """Make a folder that only `owner` may open, and refuse one that somebody else has put there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
        raise CannotStart(f"{folder} belongs to somebody else. Remove it, or use --data with another folder.")
    if found.st_uid != owner:
        os.chown(folder, owner, -1)
    folder.chmod(0o700)
    return folder
