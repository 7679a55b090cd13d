"""How many mature plants licenses have: on a day, in all of a licensee's licenses, and under the cap of one licensee."""

from datetime import date

from django.db.models import Sum

from licensing.models import License, Licensee, PlantAuthorization

COUNTING = (License.Status.APPLIED, License.Status.ACTIVE, License.Status.SUSPENDED)  # a designated count is promised


def as_of(license: License, day: date) -> PlantAuthorization | None:
    """What was in force on `day`: a row of the history, else what stands on the license; None before its issue.

    A license without history has had its level and count since it was issued, as far as anybody knows.
    """
    found = license.authorizations.on(day)
    if found is not None or license.authorizations.exists():
        return found
    if license.issued_on is not None and day < license.issued_on:
        return None
    return PlantAuthorization(
        license=license, since=license.issued_on or day, level=license.level, mature_plants=license.mature_plants,
        source=PlantAuthorization.Source.RECORD,
    )  # fmt: skip


def licensee_total(licensee: Licensee) -> int:
    """The mature plants of all licenses of one licensee that count for the cap of 16.8.8.9(F) NMAC."""
    found = licensee.licenses.filter(status__in=COUNTING).aggregate(total=Sum("mature_plants"))
    return found["total"] or 0


def others_total(license: License) -> int:
    """The mature plants of the licensee's other licenses that count."""
    others = License.objects.filter(licensee=license.licensee_id, status__in=COUNTING).exclude(pk=license.pk)
    return others.aggregate(total=Sum("mature_plants"))["total"] or 0
