"""What is on record of everything that an extract names, however long it is."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.db.models.expressions import RawSQL

from licensing.models import HeldRow, License, Licensee, Premises

BATCH = 5_000
Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """The items in lists of at most `size`, so that no statement grows with a file."""
    every = list(items)
    for start in range(0, len(every), size):
        yield every[start : start + size]


def licenses_by_number(numbers: Iterable[str]) -> dict[str, License]:
    """The licenses on record among these numbers, each with its holder."""
    found = (License.objects.select_related("licensee").filter(number__in=some) for some in batches(numbers))
    return {license.number: license for some in found for license in some}


def premises_by_number(numbers: Iterable[str]) -> dict[str, Premises]:
    """The premises on record among these numbers, each with its license."""
    found = (Premises.objects.select_related("license").filter(number__in=some) for some in batches(numbers))
    return {place.number: place for some in found for place in some}


def licensees_named(names: Iterable[str]) -> list[Licensee]:
    """The licensees whose names differ from one of these in no more than case and accents."""
    found = (
        Licensee.objects.filter(plain_name__in=RawSQL("SELECT ccd_plain(unnest(%s::text[]))", [some]))
        for some in batches(names)
    )
    return [licensee for some in found for licensee in some]


def held_by_fingerprint(fingerprints: Iterable[str]) -> dict[tuple[str, int], HeldRow]:
    """The rows that were ever held among these, by their print and their place among equal rows."""
    found = (HeldRow.objects.filter(fingerprint__in=some) for some in batches(fingerprints))
    return {(row.fingerprint, row.nth): row for some in found for row in some}
