"""Bringing the catalog on record up to the project's file. A version that was in force is ended, never rewritten."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from inspections.catalog import Version
from inspections.models import CatalogEntry

DAY = timedelta(days=1)
FACTS = ("title", "citation", "description", "severity", "license_types")


@transaction.atomic
def load_catalog(versions: Iterable[Version], *, on: date) -> Counter[str]:
    """Record new versions; where the file changed a version that is in force, end it and begin another on `on`.

    Returns how many were added, changed, ended and unchanged. What a violation was recorded under stays as it was.
    """
    known: dict[str, list[CatalogEntry]] = defaultdict(list)
    for entry in CatalogEntry.objects.select_for_update().order_by("code", "since"):
        known[entry.code].append(entry)
    return Counter(_load(version, known[version.code], on) for version in versions)


def _load(version: Version, entries: list[CatalogEntry], on: date) -> str:
    last = version.until or date.max
    standing = [entry for entry in entries if version.since <= entry.since <= last]
    if not standing:
        CatalogEntry.objects.create(**version._asdict())
        return "added"
    current = standing[-1]
    if all(getattr(current, name) == getattr(version, name) for name in FACTS):
        return _end(current, version.until)
    since = max(on, current.since + DAY)
    if since > last:
        return "unchanged"  # its time is over, so what it said then stays said
    _end(current, since - DAY)
    CatalogEntry.objects.create(**version._asdict() | {"since": since})
    return "changed"


def _end(entry: CatalogEntry, until: date | None) -> str:
    if entry.until == until:
        return "unchanged"
    entry.until = until
    entry.save(update_fields=["until"])
    return "ended"
