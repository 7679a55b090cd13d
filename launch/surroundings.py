"""What our child processes find in their environment, and the servers behind the addresses in it."""

import os
import secrets
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field

from launch.children import Child
from launch.places import PROJECT, Places
from launch.postgres import Postgres
from launch.valkey import Valkey

NO_REDIS = "redis+socket:///nonexistent"  # for commands: they ring no doorbell, the sweep finds what they wrote


@dataclass
class Servers:
    """Addresses of PostgreSQL and Redis; the children are those we started, in the order of their start."""

    database_url: str
    redis_url: str
    children: list[Child] = field(default_factory=list)
    is_new: bool = False

    def embedded(self, url: str) -> str:
        """The address if it is of our own server; others may hold passwords and are not passed on."""
        return "" if url in (os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")) else url


def start(places: Places, stack: ExitStack, *, redis: bool) -> Servers:
    """Start what the environment does not give; the stack stops it."""
    servers = Servers(os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", ""))
    if not servers.database_url:
        postgres = Postgres(places)
        servers.is_new = not (postgres.data / "PG_VERSION").exists()
        stack.enter_context(postgres)
        servers.database_url = postgres.url
        servers.children += [postgres.child] if postgres.child else []
    if redis and not servers.redis_url:
        valkey = stack.enter_context(Valkey(places))
        servers.redis_url = valkey.url
        servers.children += [valkey.child] if valkey.child else []
    return servers


def environment(places: Places, *, database_url: str, redis_url: str, demo: bool, url: str = "") -> dict[str, str]:
    """Our own environment with what is missing in it for the settings."""
    given = {name: value for name, value in os.environ.items() if value}
    ours = {
        "DATA_DIR": str(places.data),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url or NO_REDIS,
        "DEMO": "1" if demo else "0",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
    }
    defaults = {"BASE_URL": url or "http://127.0.0.1:8000", "EMAIL_URL": "mailbox:"}
    if "SECRET_KEY" not in given:
        defaults["SECRET_KEY"] = secret_key(places)
    return {**defaults, **given, **ours}


def secret_key(places: Places) -> str:
    """The key of this data folder, made once."""
    try:
        descriptor = os.open(places.secret_key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return places.secret_key.read_text().strip()
    with os.fdopen(descriptor, "w") as key:
        key.write(secrets.token_urlsafe(64))
    return places.secret_key.read_text().strip()


def kind(places: Places) -> str:
    """`demo` or `plain` as the first start decided, or nothing yet."""
    return places.kind.read_text().strip() if places.kind.exists() else ""


def manage(*arguments: str) -> list[str]:
    """The command line of one of Django's commands."""
    return [sys.executable, str(PROJECT / "manage.py"), *arguments]


def say(words: str) -> None:
    """Tell the person at the terminal; standard output belongs to the command that they asked for."""
    print(words, file=sys.stderr, flush=True)
