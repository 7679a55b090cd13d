"""How many mature plants a license has on a day, and a licensee on all licenses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, DateField, Exists, F, Func, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate

from casefile.calendar import DENVER
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


def histories(licenses: Iterable[License]) -> Histories:
    """The histories of these licenses, in one query."""
    rows: dict[int, list[PlantAuthorization]] = {}
    for row in PlantAuthorization.objects.filter(license__in=[it.pk for it in licenses]).order_by("since", "pk"):
        rows.setdefault(row.license_id, []).append(row)
    return Histories(rows)


def as_of(license: License, day: date) -> PlantAuthorization | None:
    """What one license was authorized for on `day`, as `Histories.on` says it."""
    return histories([license]).on(license, day)


class MonthEnd(Func):
    """The last day of the month that begins on a day."""

    template = "(%(expressions)s + INTERVAL '1 month' - INTERVAL '1 day')::date"
    output_field = DateField()


def denver_day(instant: str) -> TruncDate:
    """The day of an instant by the Division's clock."""
    return TruncDate(instant, tzinfo=DENVER)


def with_authorized(rows: QuerySet[Any], *, license: str, on: Combinable) -> QuerySet[Any]:
    """Rows with the count that was `authorized` for the license at the path `license` on the day `on`; as `as_of`."""
    history = PlantAuthorization.objects.filter(license=OuterRef(license))
    then = history.filter(since__lte=OuterRef("counted_on")).order_by("-since", "-pk").values("mature_plants")[:1]
    standing = Case(When(Exists(history), then=Subquery(then)), default=F(f"{license}__mature_plants"))
    return rows.annotate(counted_on=on).annotate(authorized=standing)


def licensee_total(licensee: Licensee) -> int:
    """The mature plants of all licenses of one licensee that count for the cap of 16.8.8.9(F) NMAC."""
    found = licensee.licenses.filter(status__in=COUNTING).aggregate(total=Sum("mature_plants"))
    return found["total"] or 0


def others_total(license: License) -> int:
    """The mature plants of the licensee's other licenses that count."""
    others = License.objects.filter(licensee=license.licensee_id, status__in=COUNTING).exclude(pk=license.pk)
    return others.aggregate(total=Sum("mature_plants"))["total"] or 0


def total_of(licensee: str) -> Subquery:
    """`licensee_total` of the licensee at this path, for a page that asks for it with its rows."""
    counting = License.objects.filter(licensee=OuterRef(licensee), status__in=COUNTING).order_by().values("licensee")
    return Subquery(counting.annotate(total=Sum("mature_plants")).values("total"))
