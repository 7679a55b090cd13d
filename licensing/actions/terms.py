"""The years of a license: applied for, approved or denied, renewed, over, ended. The license follows at once."""

from datetime import date, datetime, timedelta
from typing import Any, NotRequired, TypedDict, Unpack

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.permissions import allows
from casefile import deadlines
from casefile.actions import Refused, act, journal, locked
from casefile.calendar import local_day
from casefile.models import CaseFile
from licensing import clocks, rules
from licensing.actions.plants import authorize, demand_room, held
from licensing.models import License, LicenseTerm, PlantAuthorization
from licensing.queries.shortage import excludes_commercial
from licensing.stages import TermState

A_DAY = timedelta(days=1)
BY_THE_ACT = "The Act allows a microbusiness this many mature plants (NMSA 26-2C-2)."


class Approval(TypedDict):
    """What the Division says when it approves a license; the BioTrack facts stand in the mail."""

    issued_on: date
    biotrack_account: str
    biotrack_email: str
    market: NotRequired[str]  # where it is not the one that was applied for


def demand(user: User, action: str, thing: LicenseTerm | License | None = None) -> None:
    """Raise PermissionDenied unless the table of rights gives `user` the `action`."""
    if not allows(user, action, thing):
        raise PermissionDenied(f"{user} may not {action}")


@transaction.atomic
def approve_license(
    term: LicenseTerm, *, by: User, at: datetime, version: int | None = None, **said: Unpack[Approval]
) -> LicenseTerm:
    """Issue a license that was applied for, and tell whoever has asked to be told (`settings.LICENSE_APPROVED`)."""
    demand(by, "licensing.approve_license", term)
    license = held(term.license)
    if reasons := against_approval(license, said, on=local_day(at)):
        raise Refused(reasons)
    _microbusiness(license, said["issued_on"], by=by, at=at)
    _set(
        license, market=said.get("market", license.market), biotrack_account=said["biotrack_account"].strip(),
        biotrack_email=said["biotrack_email"].strip(),
    )  # fmt: skip
    term = act(term, "approve_license", by=by, at=at, version=version, issued_on=said["issued_on"])
    license = _set(term.license, status=License.Status.ACTIVE, issued_on=term.begins_on, expires_on=term.ends_on)
    for path in settings.LICENSE_APPROVED:
        import_string(path)(license=license, at=at)
    return term


def against_approval(license: License, said: Approval, *, on: date) -> list[str]:
    """What the facts of an approval have against it."""
    if license.status != License.Status.APPLIED:
        return [f"The license is {license.get_status_display().lower()}. Only one that is applied for is approved."]
    reasons = rules.reasons_not_to_approve_license(
        license_type=license.type, issued_on=said["issued_on"], on=on, biotrack=said["biotrack_account"],
        level=license.level, mature_plants=license.mature_plants,
    )  # fmt: skip
    excluded = excludes_commercial(license.type, said["issued_on"]) is not None
    return reasons + rules.reasons_against_market(said.get("market", license.market), commercial_excluded=excluded)


def _microbusiness(license: License, issued_on: date, *, by: User, at: datetime) -> None:
    """The count of a microbusiness comes from the Act and is asked of nobody."""
    if rules.TYPES[license.type].microbusiness and license.mature_plants is None:
        authorize(
            license, level=None, mature_plants=rules.MICROBUSINESS_PLANTS.on(issued_on), since=issued_on,
            source=PlantAuthorization.Source.DESIGNATION, reason=BY_THE_ACT, by=by, at=at,
        )  # fmt: skip


@transaction.atomic
def deny_license(term: LicenseTerm, *, reason: str, by: User, at: datetime, version: int | None = None) -> LicenseTerm:
    """Deny a license that was applied for; the letter gives the reasons and the right to a hearing."""
    if not reason.strip():
        raise Refused(["Say why the license is denied. The letter gives your words."])
    license = held(term.license)
    term = act(term, "deny_license", by=by, at=at, reason=reason, version=version)
    _set(license, status=License.Status.DENIED)
    return term


@transaction.atomic
def renew_license(term: LicenseTerm, *, by: User, at: datetime, version: int | None = None) -> LicenseTerm:
    """Renew a license and open its next year, which is returned. Refused without tax clearance (NMSA 26-2C-6(F))."""
    demand(by, "licensing.renew_license", term)
    license, term = held(term.license), locked(term)
    if term.state in (TermState.IN_FORCE, TermState.EXPIRED) and (reasons := term.against_renewal(local_day(at))):
        raise Refused(reasons)
    if license.status == License.Status.EXPIRED:
        demand_room(license, license.mature_plants or 0, before=0, on=local_day(at))
    term = act(term, "renew_license", by=by, at=at, version=version)
    assert term.ends_on and term.renewed_until
    following = open_term(
        term.license, begins_on=max(term.ends_on + A_DAY, local_day(at)), ends_on=term.renewed_until, follows=term,
        by=by, at=at,
    )  # fmt: skip
    _set(license, status=License.Status.ACTIVE, expires_on=following.ends_on)
    return following


def open_term(
    license: License, *, begins_on: date, ends_on: date, by: User, at: datetime, follows: LicenseTerm | None = None
) -> LicenseTerm:
    """Open a year that is in force, with its clock. Call it inside a transaction."""
    file = CaseFile.objects.create(opened_at=at)
    term = LicenseTerm.objects.create(
        file=file, license=license, state=TermState.IN_FORCE, begins_on=begins_on, ends_on=ends_on, follows=follows
    )
    journal(
        term, "open_term", "License year begun", by=by, at=at, shown=True,
        facts={"begins_on": begins_on, "ends_on": ends_on},
    )  # fmt: skip
    deadlines.start(clocks.TERM_ENDS, term, at=at)
    return term


@transaction.atomic
def expire_license(term: LicenseTerm, *, by: User, at: datetime) -> LicenseTerm:
    """Mark a license whose last day is over. A suspended or revoked license keeps that word."""
    license, term = held(term.license), locked(term)
    if term.ends_on is None or local_day(at) <= term.ends_on:
        raise Refused(["The last day of the license is not over."])
    term = act(term, "expire_license", by=by, at=at)
    if license.status == License.Status.ACTIVE:
        _set(license, status=License.Status.EXPIRED)
    return term


@transaction.atomic
def end_license(term: LicenseTerm, *, reason: str, by: User, at: datetime, version: int | None = None) -> LicenseTerm:
    """Close a license for good: it was given up or its business has closed. A revoked one stays revoked."""
    if not reason.strip():
        raise Refused(["Say why the license ends."])
    license = held(term.license)
    stays = license.status in (License.Status.REVOKED, License.Status.CLOSED, License.Status.DENIED)
    term = act(term, "end_license", by=by, at=at, reason=reason, version=version, quietly=stays)
    if not stays:
        _set(license, status=License.Status.CLOSED)
    return term


@transaction.atomic
def record_tax_clearance(term: LicenseTerm, *, cleared_on: date, evidence: str, by: User, at: datetime) -> LicenseTerm:
    """Put on record that Taxation and Revenue confirmed that no tax is owed, and what says so."""
    demand(by, "licensing.record_tax_clearance", term)
    term = locked(term)
    against = {
        "Only a license in force, or one that has expired, can be renewed.": term.state
        not in (TermState.IN_FORCE, TermState.EXPIRED),
        "The day of the confirmation is still to come.": cleared_on > local_day(at),
        "Name the letter or number that says so.": not evidence.strip(),
    }
    if reasons := [text for text, stands in against.items() if stands]:
        raise Refused(reasons)
    term.tax_cleared_on, term.tax_clearance, term.tax_recorded_by = cleared_on, evidence.strip(), by
    term.save(update_fields=["tax_cleared_on", "tax_clearance", "tax_recorded_by"])
    journal(
        term, "record_tax_clearance", "Tax clearance recorded", by=by, at=at, shown=True,
        facts={"cleared_on": cleared_on, "evidence": evidence.strip()},
    )  # fmt: skip
    return term


def _set(license: License, **facts: Any) -> License:
    """Write facts of a license that is held."""
    for name, value in facts.items():
        setattr(license, name, value)
    License.objects.filter(pk=license.pk).update(**facts)
    return license
