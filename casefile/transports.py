"""The ways a mail leaves the house, each with one promise: it says what became of it, and never more than it knows."""

import logging
import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Protocol

from casefile.mailbox import Mailbox
from casefile.models import Delivery

logger = logging.getLogger(__name__)

State = Delivery.State
PATIENCE = 30  # seconds for one answer; a whole sending stays well inside the lease of a delivery
TAKEN = (250, 251)
UNAUTHENTICATED = (530, 534, 535, 538)


@dataclass(frozen=True)
class Answer:
    """What an attempt came to: queued means "try again"; `away` says that the next letter would fare no better."""

    state: str
    detail: str
    away: bool = False


class Transport(Protocol):
    """What `casefile.delivery` asks of a way to send."""

    def send(self, message: EmailMessage, to: str) -> Answer: ...

    def evidence(self, message_id: str) -> Answer:
        """What is known of an attempt whose outcome was not put on record."""
        ...


def transport_of(server: Any) -> Transport:
    """The way of `settings.MAIL`."""
    return MailboxTransport(server) if server.transport == "mailbox" else SmtpTransport(server)


class MailboxTransport:
    """Into the Maildir of a demonstration. A message is there or it is not, so nothing stays in doubt."""

    def __init__(self, server: Any) -> None:
        self.box = Mailbox(server.folder)

    def send(self, message: EmailMessage, to: str) -> Answer:
        try:
            self.box.put(message["Message-ID"], bytes(message))
        except OSError as error:
            return Answer(State.QUEUED, f"The mailbox of this machine can not be written: {error}", away=True)
        return Answer(State.ACCEPTED, "Put into the mailbox of this machine.")

    def evidence(self, message_id: str) -> Answer:
        if self.box.has(message_id):
            return Answer(State.ACCEPTED, "Found in the mailbox of this machine.")
        return Answer(State.QUEUED, "Not found in the mailbox of this machine, so it never left.")


class SmtpTransport:
    """Over SMTP, one transaction for the recipient and the archive."""

    def __init__(self, server: Any) -> None:
        self.server = server

    def evidence(self, message_id: str) -> Answer:
        return Answer(State.UNKNOWN, "The sending was interrupted. Whether the letter left is not known.")

    def send(self, message: EmailMessage, to: str) -> Answer:
        body = on_the_wire(bytes(message))
        try:
            line = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            return Answer(State.QUEUED, f"The mail server could not be reached: {_words(error)}", away=True)
        try:
            return self._envelope(line, to) or self._hand_over(line, body)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                line.quit()
            line.close()

    def _connect(self) -> smtplib.SMTP:
        server, secure = self.server, ssl.create_default_context()
        line: smtplib.SMTP
        if server.tls == "implicit":
            line = smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=server.domain, timeout=PATIENCE, context=secure
            )
        else:
            line = smtplib.SMTP(server.host, server.port, local_hostname=server.domain, timeout=PATIENCE)
        try:
            line.ehlo_or_helo_if_needed()
            if server.tls == "starttls":
                line.starttls(context=secure)
            if server.user:
                line.login(server.user, server.password)
        except BaseException:
            line.close()
            raise
        return line

    def _envelope(self, line: smtplib.SMTP, to: str) -> Answer | None:
        """Say from whom and to whom; an answer when it ends here, which means that nothing was taken."""
        try:
            code, words = line.mail(self.server.address)
            if code != 250:
                return Answer(State.QUEUED, _said(code, words), away=True)
            code, words = line.rcpt(to)
            if code not in TAKEN:
                return _refused(code, words)
            if self.server.archive:
                self._archive(line)
            code, words = line.docmd("DATA")
            return None if code == 354 else _refused(code, words)
        except (OSError, smtplib.SMTPException) as error:
            return Answer(State.QUEUED, f"The line to the mail server broke: {_words(error)}", away=True)

    def _archive(self, line: smtplib.SMTP) -> None:
        code, words = line.rcpt(self.server.archive)
        if code not in TAKEN:
            logger.error("the archive mailbox refuses its copies: %s", _said(code, words))

    def _hand_over(self, line: smtplib.SMTP, body: bytes) -> Answer:
        """From here on, silence means that nobody knows (RFC 1047)."""
        try:
            line.send(body)
            code, words = line.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return Answer(State.UNKNOWN, f"The line broke while the letter was handed over: {_words(error)}")
        if code not in TAKEN:
            return _refused(code, words)
        return Answer(State.ACCEPTED if self.server.final else State.SENT, _said(code, words))


def on_the_wire(message: bytes) -> bytes:
    """A message for DATA (RFC 5321, 4.5.2): lines end in CRLF, a dot at their start is doubled, a dot ends it all."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    return re.sub(rb"(?m)^\.", b"..", lines.removesuffix(b"\r\n")) + b"\r\n.\r\n"


def _refused(code: int, words: bytes) -> Answer:
    """4xx: later. 5xx: never, unless it speaks of us and not of the recipient."""
    if 500 <= code < 600 and code not in UNAUTHENTICATED:
        return Answer(State.BOUNCED, _said(code, words))
    return Answer(State.QUEUED, _said(code, words), away=code == 421 or code in UNAUTHENTICATED)


def _said(code: int, words: bytes) -> str:
    return f"{code} {words.decode('utf-8', 'replace')}".replace("\n", " ")[:1000]


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return _said(error.smtp_code, words if isinstance(words, bytes) else str(words).encode())
    return str(error) or type(error).__name__
