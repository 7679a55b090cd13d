"""A mail server on loopback that does as it is told: takes, refuses, puts off, or drops the line."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config.addresses import MailServer

TAKE = "250 OK"


@dataclass
class Sink:
    """What it got, and what it says: `rcpt` by address, `data` in turn, then `250 OK`. "cut" drops the line."""

    port: int = 0
    rcpt: dict[str, str] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    got: list[tuple[list[str], EmailMessage]] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.rcpt.get(address, TAKE)
        if said == TAKE:
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        said = self.data.pop(0) if self.data else TAKE
        if said in (TAKE, "cut"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.got.append((list(envelope.rcpt_tos), message_from_bytes(content, policy=policy.default)))  # type: ignore[arg-type]
        if said == "cut":
            assert server.transport is not None
            server.transport.abort()
        return said

    @property
    def ids(self) -> list[str]:
        """The Message-ID of every mail it took, in order."""
        return [message["Message-ID"] for _, message in self.got]

    def server(self, **facts: object) -> MailServer:
        """How the house reaches it."""
        known = {"final": True, "sender": "Cannabis Control Division <no-reply@ccd.example>"}
        return MailServer("smtp", host="127.0.0.1", port=self.port, **(known | facts))  # type: ignore[arg-type]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def sink(port: int = 0) -> Iterator[Sink]:
    """A running one; it is gone at the end of the block."""
    keeper = Sink(port or free_port())
    controller = Controller(keeper, hostname="127.0.0.1", port=keeper.port)
    controller.start()
    try:
        yield keeper
    finally:
        controller.stop()
