"""A license that is applied for: the Division enters it, gives it its number, and decides on it later."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models.functions import Length

from accounts.models import User
from casefile.actions import Refused, journal
from casefile.calendar import local_day
from casefile.models import CaseFile
from licensing import rules
from licensing.actions.terms import demand
from licensing.models import License, Licensee, LicenseTerm, Premises
from licensing.queries.record import licensees_named

FIRST_PREMISES = "001"


@transaction.atomic
def apply_license(
    licensee: Licensee, facts: Mapping[str, str], *, place: Mapping[str, str], by: User, at: datetime
) -> LicenseTerm:
    """Enter a license that `licensee` applied for. `facts` are type, market and, where it has one, number.

    `place` are name, street, city, zip_code and county of its premises; without a name there is none yet. Raises
    Refused for a number that is wrong or taken.
    """
    demand(by, "licensing.apply_license")
    number = read(facts.get("number", "")) or next_number(local_day(at).year)
    license = License(
        number=number, licensee=licensee, type=facts["type"], market=facts["market"], status=License.Status.APPLIED
    )
    try:
        with transaction.atomic():
            license.save(force_insert=True)
    except IntegrityError:
        raise Refused([f"There is already a license {number}."]) from None
    if place.get("name"):
        Premises.objects.create(number=f"{number}-{FIRST_PREMISES}", license=license, **place)
    return open_application(license, by=by, at=at)


@transaction.atomic
def add_licensee(facts: Mapping[str, str], *, by: User, at: datetime) -> Licensee:
    """Put somebody on record who applies and never held a license. `facts` are the names, and who is written to.

    Raises Refused where somebody of that name is on record.
    """
    demand(by, "licensing.apply_license")
    if known := licensees_named([facts["name"]]):
        raise Refused([f"{known[0].name} is on record. Search for the name and choose it."])
    licensee = Licensee.objects.create(name=facts["name"].strip(), trade_name=facts["trade_name"].strip())
    licensee.contacts.create(
        name=facts["contact_name"], email=facts["contact_email"].strip().lower(), changed_at=at, changed_by=by
    )
    return licensee


def open_application(license: License, *, by: User, at: datetime) -> LicenseTerm:
    """The folder of a license that is applied for. Call it inside a transaction."""
    term = LicenseTerm.objects.create(file=CaseFile.objects.create(opened_at=at), license=license)
    journal(term, "apply_license", "License applied for", by=by, at=at, shown=True)
    return term


def read(text: str) -> str:
    """A license number as it is kept; empty for none. Raises Refused for one that is wrong."""
    if not text.strip():
        return ""
    try:
        number = rules.read_number(text)
    except ValueError as wrong:
        raise Refused([str(wrong)]) from None
    if number.suffix:
        raise Refused([f"{number} is the number of a premises. Enter the license's own number, {number.license}."])
    return number.license


def next_number(year: int) -> str:
    """The number after the highest that was given in a year."""
    given = License.objects.filter(number__startswith=f"CCD-{year}-").order_by(Length("number").desc(), "-number")
    last = given.values_list("number", flat=True).first()
    return rules.LicenseNumber(year, rules.read_number(last).serial + 1 if last else 1).license
