"""The mail of a demonstration: a Maildir on this machine, which staff read in the browser."""

import os
import re
from contextlib import suppress
from email import message_from_binary_file, policy
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,_:=+-]{0,200}", re.ASCII)
CURSOR = re.compile(rf"(\d{{1,20}})-({NAME.pattern})", re.ASCII)


class Kept(NamedTuple):
    """Where one message is; the later of two sorts behind."""

    stamp: int  # nanoseconds since 1970
    name: str

    @property
    def cursor(self) -> str:
        """This place in the list, for the address of the next page."""
        return f"{self.stamp}-{self.name}"

    @classmethod
    def read(cls, cursor: str) -> "Kept | None":
        """What `cursor` wrote, or None."""
        found = CURSOR.fullmatch(cursor)
        return cls(int(found[1]), found[2]) if found else None


class Mailbox:
    """The Maildir at `folder`. It need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, message_id: str, message: bytes) -> None:
        """Keep a message, whole or not at all, and once: the same Message-ID again changes nothing. Raises OSError."""
        for part in ("tmp", "new", "cur"):
            (self.folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.folder / "tmp" / uuid4().hex
        try:
            with draft.open("xb") as file:
                file.write(message)
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(draft, self.folder / "new" / _name(message_id))
        finally:
            draft.unlink(missing_ok=True)

    def has(self, message_id: str) -> bool:
        """Whether a message with this Message-ID was kept."""
        return self._path(_name(message_id)) is not None

    def latest(self, count: int, before: Kept | None = None) -> list[Kept]:
        """The newest messages, or those that come after `before` in a list that begins with the newest."""
        found = sorted(self._all(), reverse=True)
        return [kept for kept in found if before is None or kept < before][:count]

    def read(self, name: str) -> EmailMessage | None:
        """The message called `name`."""
        path = self._path(name) if NAME.fullmatch(name) else None
        if path is None:
            return None
        with path.open("rb") as file:
            message = message_from_binary_file(file, policy=policy.default)
        return message

    def _all(self) -> list[Kept]:
        found = []
        for part in ("new", "cur"):
            with suppress(FileNotFoundError), os.scandir(self.folder / part) as entries:
                found += [Kept(entry.stat().st_mtime_ns, entry.name) for entry in entries if NAME.fullmatch(entry.name)]
        return found

    def _path(self, name: str) -> Path | None:
        """In `new`, or in `cur`, where a mail program adds flags to the name."""
        bare = name.split(":")[0]
        tried = [self.folder / "new" / name, self.folder / "cur" / name, *(self.folder / "cur").glob(f"{bare}:*")]
        return next((path for path in tried if path.is_file()), None)


def _name(message_id: str) -> str:
    """Made of the Message-ID alone, so that a message cannot be kept twice."""
    return sha256(message_id.encode()).hexdigest()[:40]
