"""What is on record of everything that a file of monthly reports names, however long it is."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from licensing.models import HeldReport, License, MonthlyReport
from licensing.queries.record import batches


def licenses_locked(numbers: Iterable[str]) -> dict[str, License]:
    """The licenses on record among these numbers, held until the transaction ends, always in the same order."""
    rows = License.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    return {license.number: license for some in batches(numbers) for license in rows.filter(number__in=some)}


def reports_on_record(licenses: Iterable[License], month: date) -> dict[int, MonthlyReport]:
    """By license, the report of the month that stands."""
    rows = MonthlyReport.objects.current().filter(month=month)
    keys = [license.pk for license in licenses]
    return {row.license_id: row for some in batches(keys) for row in rows.filter(license__in=some)}


def files_corrected_online(month: date) -> dict[int, list[MonthlyReport]]:
    """By license, what files said of the month before the licensee corrected it online."""
    online = MonthlyReport.objects.current().filter(month=month, source=MonthlyReport.Source.ONLINE, revision__gt=1)
    rows = MonthlyReport.objects.filter(
        month=month, source=MonthlyReport.Source.IMPORT, license__in=online.values("license")
    )
    found: dict[int, list[MonthlyReport]] = {}
    for row in rows.exclude(replaced_at=None).order_by("license", F("revision").desc()):
        found.setdefault(row.license_id, []).append(row)
    return found


def held_on_record(month: date, fingerprints: Iterable[str]) -> dict[str, HeldReport]:
    """The rows that were ever held for the month, by their print."""
    rows = HeldReport.objects.filter(month=month)
    return {row.fingerprint: row for some in batches(fingerprints) for row in rows.filter(fingerprint__in=some)}
