"""What is put on record of a license beside its years: work begun and ended, a suspension that is over, an old end."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from casefile.actions import Refused, act, journal
from casefile.calendar import local_day
from licensing import rules
from licensing.actions.plants import held
from licensing.actions.terms import demand, open_term
from licensing.models import License, LicenseTerm
from licensing.stages import TermState


@transaction.atomic
def record_operations(
    license: License, *, began_on: date | None, ended_on: date | None, by: User, at: datetime
) -> License:
    """Put on record when the licensee began and ended operations (NMSA 26-2C-6(E)); its premises follow."""
    demand(by, "licensing.record_operations", license)
    license = held(license)
    if reasons := rules.reasons_against_operations(began_on=began_on, ended_on=ended_on, on=local_day(at)):
        raise Refused(reasons)
    license.operations_began_on, license.operations_ended_on = began_on, ended_on
    license.save(update_fields=["operations_began_on", "operations_ended_on"])
    if began_on or ended_on:
        license.premises.update(operating=ended_on is None)
    if (term := last_term(license)) is not None:
        journal(
            term, "record_operations", "Operations recorded", by=by, at=at, shown=True,
            facts={"began_on": began_on, "ended_on": ended_on},
        )  # fmt: skip
    return license


@transaction.atomic
def record_expiry(license: License, *, reason: str, by: User, at: datetime) -> LicenseTerm:
    """Say of a license whose last day had passed before its years were kept here that it has expired."""
    demand(by, "licensing.record_expiry", license)
    license = held(license)
    last = license.expires_on
    against = {
        "The license is not past its last day.": last is None or last >= local_day(at),
        "Its years are on record. The clockwork marks it.": license.terms.exists(),
        f"The license is {license.get_status_display().lower()}.": license.status != License.Status.ACTIVE,
        "Say how you know that it was not renewed.": not reason.strip(),
    }
    if reasons := [text for text, stands in against.items() if stands]:
        raise Refused(reasons)
    assert last is not None
    term = open_term(license, begins_on=rules.year_began(last, issued_on=license.issued_on), ends_on=last, by=by, at=at)
    journal(term, "record_expiry", "Found to have expired", by=by, at=at, reason=reason)
    term = act(term, "expire_license", by=User.objects.clockwork(), at=at)
    License.objects.filter(pk=license.pk).update(status=License.Status.EXPIRED)
    return term


@transaction.atomic
def lift_suspension(license: License, *, reason: str, by: User, at: datetime) -> License:
    """End a suspension; the license is active again, or expired where its last day is over meanwhile."""
    demand(by, "licensing.lift_suspension", license)
    license = held(license)
    if license.status != License.Status.SUSPENDED:
        raise Refused([f"The license is {license.get_status_display().lower()}, not suspended."])
    if not reason.strip():
        raise Refused(["Say why the suspension is over."])
    over = license.expires_on is not None and license.expires_on < local_day(at)
    license.status = License.Status.EXPIRED if over else License.Status.ACTIVE
    license.save(update_fields=["status"])
    if (term := last_term(license)) is not None:
        journal(term, "lift_suspension", "Suspension lifted", by=by, at=at, reason=reason, shown=True)
    return license


def last_term(license: License) -> LicenseTerm | None:
    """The license year that is open, else the latest."""
    rows = license.terms.select_related("file").order_by("-pk")
    return next((it for it in rows if it.state in (TermState.APPLIED, TermState.IN_FORCE)), rows.first())
