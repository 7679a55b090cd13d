"""The one place that changes what a license is authorized for, each change with its line of history."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from casefile.actions import Refused
from casefile.calendar import local_day, long_day
from licensing.models import License, Licensee, PlantAuthorization, PlantRequest
from licensing.queries.plants import others_total
from licensing.rules import decision

Source = PlantAuthorization.Source
GRANTS = (Source.DESIGNATION, Source.INCREASE)


def held(license: License) -> License:
    """The license as it stands, held with its licensee until the transaction ends; always in this order."""
    Licensee.objects.select_for_update(no_key=True).get(pk=license.licensee_id)
    rows = License.objects.select_for_update(no_key=True, of=("self",)).select_related("licensee")
    return rows.get(pk=license.pk)


@transaction.atomic
def authorize(
    license: License, *, level: int | None, mature_plants: int | None, since: date, source: str, by: User,
    at: datetime, request: PlantRequest | None = None, reason: str = "",
) -> PlantAuthorization:  # fmt: skip
    """Give the license this level and count from the day `since` on, and keep what it had before.

    Raises Refused where a grant would take the licensee above the cap, or the history goes on later than `since`; what
    came with the register is only shown.
    """
    standing = held(license)
    if standing.authorizations.filter(since__gt=since).exists():
        raise Refused([f"The license has a later line of history than {long_day(since)}."])
    if source in GRANTS:
        demand_room(standing, mature_plants or 0, before=standing.mature_plants or 0, on=local_day(at))
    _keep_what_stood(standing, by=by, at=at)
    License.objects.filter(pk=standing.pk).update(level=level, mature_plants=mature_plants)
    license.level, license.mature_plants = level, mature_plants
    return standing.authorizations.create(
        since=since, level=level, mature_plants=mature_plants, source=source, request=request, reason=reason, by=by,
        at=at,
    )  # fmt: skip


def demand_room(license: License, count: int, *, before: int, on: date) -> None:
    """Raise Refused where a license that counted for `before` plants does not fit below the cap with `count`."""
    reasons = decision.reasons_against_total(count=count, before=before, other_licenses=others_total(license), on=on)
    if reasons:
        raise Refused(reasons)


def _keep_what_stood(license: License, *, by: User, at: datetime) -> None:
    """The first line of a license's history is what stood on record since its issue."""
    if license.authorizations.exists() or (license.level is None and license.mature_plants is None):
        return
    license.authorizations.create(
        since=license.issued_on or local_day(at), level=license.level, mature_plants=license.mature_plants,
        source=Source.RECORD, reason="On record when the history began.", by=by, at=at,
    )  # fmt: skip
