"""What can be perceived of a run: the whole of a reply, the mails, the cache, the files, the lines of the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from accounts.models import Role, User
from casefile import mail
from casefile.models import Delivery
from config.logs import JsonLines


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that leaves nothing; what waits for a commit never happens."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything(reply: Any) -> bytes:
    """Status, headers, cookies and body, as they go over the wire."""
    body = b"".join(reply.streaming_content) if reply.streaming else reply.content
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(reply.items()))
    return f"{reply.status_code}\n{headers}\n{reply.cookies.output()}\n\n".encode() + body


class Lines(logging.Handler):
    """What is written to the log while a licensee or a stranger is served, as an operator reads it."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(JsonLines())
        self.kept: list[str] = []
        self.hears = True

    def emit(self, record: logging.LogRecord) -> None:
        if self.hears:
            self.kept.append(self.format(record))

    @property
    def count(self) -> int:
        return len(self.kept)

    def since(self, count: int) -> bytes:
        return "\n".join(self.kept[count:]).encode()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Instead of every other handler: a thousand refusals are no news to whoever runs the test."""
        root = logging.getLogger()
        others, root.handlers = root.handlers, [self]
        try:
            yield
        finally:
            root.handlers = others

    @contextmanager
    def deaf(self) -> Iterator[None]:
        """While the office works: what it writes down is read by the office."""
        self.hears = False
        yield
        self.hears = True


def last_letter() -> int:
    return Delivery.objects.aggregate(last=Max("pk"))["last"] or 0


def letters(*, since: int) -> bytes:
    """Every mail that was written since to somebody who is not of the Division, whole."""
    office = User.objects.exclude(role=Role.REPRESENTATIVE).values("email")
    rows = Delivery.objects.filter(pk__gt=since).exclude(email__in=office).with_letter().order_by("pk")
    return b"\n".join(f"{row.notice.key} ".encode() + mail.compose(row, None).as_bytes() for row in rows)


def cached() -> bytes:
    """The table of the cache, keys and values and ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value, expires FROM cache ORDER BY cache_key")
        return repr(cursor.fetchall()).encode()


class Files:
    """The papers that come in during a run; their names are seen, and they are put away."""

    def __init__(self) -> None:
        self.root = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
        self.before = set(self.root.rglob("*"))

    def taken(self) -> bytes:
        new = sorted(it for it in set(self.root.rglob("*")) - self.before if it.is_file())
        for paper in new:
            paper.unlink()
        return "\n".join(str(it.relative_to(self.root)) for it in new).encode()


class Found:
    """All that is perceived from here on."""

    def __init__(self) -> None:
        self.seen: dict[str, bytes] = {}
        self.lines, self.files, self.last = Lines(), Files(), last_letter()

    def left(self) -> dict[str, bytes]:
        """What the run left behind: lines of the log, mails, cached values, files."""
        traces = {"log": self.lines.since(0), "mail": letters(since=self.last), "cache": cached()}
        return traces | {"files": self.files.taken()}
