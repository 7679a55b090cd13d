"""How many mature plants a license has on a day, and a licensee on all licenses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from licensing.models import License, Licensee, PlantAuthorization

COUNTING = (License.Status.APPLIED, License.Status.ACTIVE, License.Status.SUSPENDED)  # a designated count is promised


@dataclass(frozen=True)
class Histories:
    """What some licenses were authorized for, by license, the oldest row first."""

    rows: Mapping[int, Sequence[PlantAuthorization]]

    def on(self, license: License, day: date) -> PlantAuthorization | None:
        """What was in force on `day`: a row of the history, else what stands on the license; None before its issue.

        A license without history has had its level and count since it was issued, as far as anybody knows.
        """
        rows = self.rows.get(license.pk, ())
        if rows:
            return next((row for row in reversed(rows) if row.since <= day), None)
        if license.issued_on is not None and day < license.issued_on:
            return None
        return PlantAuthorization(
            license=license, since=license.issued_on or day, level=license.level, mature_plants=license.mature_plants,
            source=PlantAuthorization.Source.RECORD,
        )  # fmt: skip

    def count_of(self, license: License, day: date) -> int | None:
        """The authorized count of a license on `day`; None where it is not known."""
        found = self.on(license, day)
        return found.mature_plants if found else None


def histories(licenses: Iterable[License]) -> Histories:
    """The histories of these licenses, in one query."""
    rows: dict[int, list[PlantAuthorization]] = {}
    for row in PlantAuthorization.objects.filter(license__in=[it.pk for it in licenses]).order_by("since", "pk"):
        rows.setdefault(row.license_id, []).append(row)
    return Histories(rows)


def as_of(license: License, day: date) -> PlantAuthorization | None:
    """What one license was authorized for on `day`, as `Histories.on` says it."""
    return histories([license]).on(license, day)


def licensee_total(licensee: Licensee) -> int:
    """The mature plants of all licenses of one licensee that count for the cap of 16.8.8.9(F) NMAC."""
    found = licensee.licenses.filter(status__in=COUNTING).aggregate(total=Sum("mature_plants"))
    return found["total"] or 0


def others_total(license: License) -> int:
    """The mature plants of the licensee's other licenses that count."""
    others = License.objects.filter(licensee=license.licensee_id, status__in=COUNTING).exclude(pk=license.pk)
    return others.aggregate(total=Sum("mature_plants"))["total"] or 0
