"""Typed readers of the environment: every value is what its reader says, or the start stops with a sentence."""

import os
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


class Misconfigured(ImproperlyConfigured):
    """A value in the environment is missing or is not what it should be."""


def text(name: str, default: str | None = None) -> str:
    """The value as it stands; without a default an absent or empty value stops the start."""
    if value := os.environ.get(name, "").strip():
        return value
    if default is None:
        raise Misconfigured(f"{name} is not set. `./run` sets it; elsewhere put it into the environment.")
    return default


def secret(name: str, *, at_least: int) -> str:
    """A secret of at least so many characters; it is never printed, not even when it is wrong."""
    value = text(name)
    if len(value) < at_least:
        raise Misconfigured(f"{name} is too short: give at least {at_least} characters.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """1, true, yes, on or 0, false, no, off."""
    value = text(name, "1" if default else "0").lower()
    if value not in YES | NO:
        raise Misconfigured(f"{name}={value!r} is neither yes nor no: use 1 or 0.")
    return value in YES


def number(name: str, *, default: int, low: int = 0, high: int = 2**31 - 1) -> int:
    """A whole number from `low` to `high`."""
    value = text(name, str(default))
    if not value.isdecimal() or not low <= int(value) <= high:
        raise Misconfigured(f"{name}={value!r} is not a whole number from {low} to {high}.")
    return int(value)


def words(name: str, *, default: tuple[str, ...] = ()) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, ",".join(default)).split(",") if word.strip()]


def folder(name: str, *, default: Path) -> Path:
    """An absolute folder; it need not exist yet."""
    path = Path(text(name, str(default)))
    if not path.is_absolute():
        raise Misconfigured(f"{name}={str(path)!r} is not an absolute path.")
    return path


def address(name: str, *, schemes: tuple[str, ...], default: str | None = None) -> SplitResult:
    """A URL with one of the schemes; passwords in it are not repeated in the message."""
    try:
        url = urlsplit(text(name, default))
        url.port  # noqa: B018  (reading it is the check)
    except ValueError as error:
        raise Misconfigured(f"{name} is not a URL: {error}.") from None
    if url.scheme not in schemes:
        raise Misconfigured(f"{name} starts with {url.scheme!r}; it should be one of {', '.join(schemes)}.")
    return url
