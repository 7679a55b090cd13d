"""Local times as people write them: which instant is meant, and what to say when there is none or there are two."""

import re
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY_AND_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
YEARS = range(1900, 2200)
ONLY_A_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def read_zone(name: str) -> ZoneInfo:
    """The time zone called `name`; ValueError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"There is no time zone “{name}”. Write it as America/Denver.") from None


def read_instant(text: str, zone: tzinfo, *, later: bool = False) -> datetime:
    """The instant written as 2025-11-21T15:00, in `zone` unless it has an offset of its own; ValueError says why not.

    An hour that an autumn night has twice is the earlier one, unless `later`.
    """
    if ONLY_A_DAY.fullmatch(text):
        raise ValueError(f"“{text}” has no time of day. Write it as {text}T15:00.")
    if not DAY_AND_TIME.fullmatch(text):
        raise ValueError(f"“{text}” is not a date and time. Write it as 2025-11-21T15:00.")
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” does not exist: there is no such day or time of day.") from None
    if read.year not in YEARS:
        raise ValueError(f"“{text}” is too far away.")
    if read.tzinfo is not None:
        return read
    local = read.replace(tzinfo=zone, fold=int(later))
    if not exists(local):
        raise ValueError(f"“{text}” does not exist in {zone}: that night the clocks went forward over it.")
    return local if is_ambiguous(local) else local.replace(fold=0)


def exists(local: datetime) -> bool:
    """Whether clocks in its zone ever show this time; false in the hour that a spring night leaves out."""
    shown = local.astimezone(UTC).astimezone(local.tzinfo)
    return shown.replace(tzinfo=None, fold=0) == local.replace(tzinfo=None, fold=0)


def is_ambiguous(local: datetime) -> bool:
    """Whether clocks in its zone show this time twice, as in one hour of an autumn night."""
    return exists(local) and local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
