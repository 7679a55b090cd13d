"""What the URLs in the environment mean: where the database is, where mail goes, under which address we are reached."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote

from config.environment import NO, YES, Misconfigured, address, text

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed over.

    `transport` is "smtp" or "mailbox" (a Maildir at `folder`). `tls` is "" (none), "starttls" or "implicit". `final`
    says that this server is the recipients' own, so that its acceptance is delivery. `archive` gets a copy of every
    letter.
    """

    transport: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = ""
    final: bool = False
    sender: str = ""
    archive: str = ""
    folder: Path | None = None

    @property
    def address(self) -> str:
        """The sender without the name: no-reply@ccd.example."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        """Whose letters these are; it ends every Message-ID."""
        return self.address.rpartition("@")[2] or "localhost"


def database(name: str) -> dict[str, Any]:
    """Django's settings for postgresql://user:password@host:port/name?sslmode=require; ?host=/folder is a socket."""
    url = address(name, schemes=("postgresql", "postgres"))
    query = _query(name, url, {"host", "sslmode", "sslrootcert", "target_session_attrs"})
    if not (database_name := unquote(url.path.lstrip("/"))):
        raise Misconfigured(f"{name} names no database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.pop("host", url.hostname or ""),
        "PORT": str(url.port or ""),
        "OPTIONS": query,
    }


def redis(name: str) -> str:
    """The address as it was given: redis://host:port/0, rediss:// or redis+socket:///path."""
    url = address(name, schemes=("redis", "rediss", "redis+socket"))
    if not (url.path if url.scheme == "redis+socket" else url.hostname):
        raise Misconfigured(f"{name} names no server.")
    return text(name)


def mail(name: str, *, default: str | None, mailbox: Path, sender: str, archive: str) -> MailServer:
    """The server of smtp://user:password@host:port/?tls=1&final=1, or of `mailbox:`, the local folder."""
    url = address(name, schemes=("smtp", "smtps", "mailbox"), default=default)
    query = _query(name, url, {"tls", "final"})
    if url.scheme == "mailbox":
        if url.netloc or url.path:
            raise Misconfigured(f"{name}: `mailbox:` takes nothing more; its folder is DATA_DIR/mail.")
        return MailServer("mailbox", final=True, sender=sender, archive=archive, folder=mailbox)
    if not url.hostname:
        raise Misconfigured(f"{name} names no mail server.")
    tls = "implicit" if url.scheme == "smtps" else "starttls" if _yes(name, query, "tls") else ""
    return MailServer(
        "smtp",
        host=url.hostname,
        port=url.port or {"implicit": 465, "starttls": 587, "": 25}[tls],
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        tls=tls,
        final=_yes(name, query, "final"),
        sender=sender,
        archive=archive,
    )


def base(name: str, *, default: str) -> SplitResult:
    """The address people type. Outside this machine it must be https."""
    url = address(name, schemes=("http", "https"), default=default)
    if not url.hostname or url.path.strip("/") or url.query or url.username:
        raise Misconfigured(f"{name} should be scheme and host only, such as https://cases.example.gov.")
    if url.scheme == "http" and url.hostname not in LOOPBACK:
        raise Misconfigured(f"{name}: http is for this machine only; {url.hostname} needs https.")
    return url


def _query(name: str, url: SplitResult, known: set[str]) -> dict[str, str]:
    query = {key: values[-1] for key, values in parse_qs(url.query, keep_blank_values=True).items()}
    if unknown := sorted(set(query) - known):
        raise Misconfigured(f"{name} has the unknown option {unknown[0]!r}; known are {', '.join(sorted(known))}.")
    return query


def _yes(name: str, query: dict[str, str], option: str) -> bool:
    value = query.get(option, "0").lower()
    if value not in YES | NO:
        raise Misconfigured(f"{name}: {option}={value!r} is neither yes nor no.")
    return value in YES
