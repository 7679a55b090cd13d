"""What the sweep does for the years of licenses: those on record get theirs, those that are over are marked."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from casefile import deadlines
from casefile.actions import act, locked
from casefile.calendar import local_day
from casefile.models import CaseFile, Event
from licensing import clocks, rules
from licensing.actions.new_license import open_application
from licensing.actions.plants import held
from licensing.actions.terms import end_license, expire_license
from licensing.models import License, LicenseTerm
from licensing.stages import TermState

logger = logging.getLogger(__name__)

MOST = 500  # years that are moved in one sweep; what is left over waits a minute
MOST_TAKEN_UP = 3_000  # licenses on record that get their year in one sweep, in bulk
Status = License.Status
GONE = (Status.REVOKED, Status.CLOSED, Status.DENIED)
LIVING = (Status.ACTIVE, Status.SUSPENDED)
OTHER_DAY = Q(license__expires_on__gt=F("begins_on")) & ~Q(license__expires_on=F("ends_on"))


def keep_terms(*, at: datetime) -> None:
    """Bring the years of licenses up to date. May run at any time and any number of times; finds its work in tables."""
    today = local_day(at)
    for term in to_move(today):
        try:
            keep(term, at=at)
        except Exception:  # one that breaks does not hold up the rest
            logger.exception("the year %s of license %s could not be kept", term.pk, term.license_id)
    if without_year(today).exists():
        take_up(at=at)


def to_move(today: date) -> QuerySet[LicenseTerm]:
    """Years in force of licenses that are gone, that the register ends on another day, or that are over."""
    rows = LicenseTerm.objects.filter(state=TermState.IN_FORCE).select_related("file", "license__licensee")
    return rows.filter(Q(license__status__in=GONE) | OTHER_DAY | Q(ends_on__lt=today)).order_by("pk")[:MOST]


def keep(term: LicenseTerm, *, at: datetime) -> None:
    """Move one year in force to where it now belongs."""
    license, clockwork = term.license, User.objects.clockwork()
    if license.status in GONE:
        why = f"The license is {license.get_status_display().lower()}."
        end_license(term, reason=why, by=clockwork, at=at)
        return
    if license.expires_on and term.begins_on and term.begins_on < license.expires_on != term.ends_on:
        term = follow_register(term, by=clockwork, at=at)
    if term.state == TermState.IN_FORCE and term.ends_on and term.ends_on < local_day(at):
        expire_license(term, by=clockwork, at=at)


@transaction.atomic
def follow_register(term: LicenseTerm, *, by: User, at: datetime) -> LicenseTerm:
    """Let a year end as the state's register says; its clock is counted again."""
    license, term = held(term.license), locked(term)
    if license.expires_on == term.ends_on:
        return term
    return act(term, "follow_register", by=by, at=at, reason="The register gives this day.", ends_on=license.expires_on)


def without_year(today: date) -> QuerySet[License]:
    """Licenses that want a year: in force and not past their last day, or applied for and not yet decided."""
    years = LicenseTerm.objects.filter(license=OuterRef("pk"))
    running = Q(status__in=LIVING, expires_on__gte=today) & ~Exists(
        years.filter(state__in=[TermState.APPLIED, TermState.IN_FORCE])
    )
    return License.objects.filter(running | (Q(status=Status.APPLIED) & ~Exists(years)))


@transaction.atomic
def take_up(*, at: datetime) -> int:
    """Licenses on record that want a year get it, with its clock or to be decided; says how many did."""
    today, clockwork = local_day(at), User.objects.clockwork()
    chosen = without_year(today).order_by("pk").values_list("pk", flat=True)
    taken = list(chosen.select_for_update(skip_locked=True)[:MOST_TAKEN_UP])
    licenses = list(without_year(today).filter(pk__in=taken).order_by("pk")) if taken else []
    for license in licenses:
        if license.status == Status.APPLIED:
            open_application(license, by=clockwork, at=at)
    if begun := [license for license in licenses if license.status != Status.APPLIED]:
        _write(begun, _lapsed(begun, at=at), by=clockwork, at=at)
    return len(licenses)


def _lapsed(licenses: Sequence[License], *, at: datetime) -> dict[int, LicenseTerm]:
    """The latest year of each license that had one; nobody is told any more that it is over."""
    latest = {it.license_id: it for it in LicenseTerm.objects.filter(license__in=licenses).order_by("pk")}
    for term in latest.values():
        deadlines.cancel(clocks.TERM_ENDS, term, at=at)
    return latest


def _write(licenses: Sequence[License], before: dict[int, LicenseTerm], *, by: User, at: datetime) -> None:
    files = CaseFile.objects.bulk_create([CaseFile(opened_at=at) for _ in licenses])
    pairs = zip(licenses, files, strict=True)
    terms = LicenseTerm.objects.bulk_create([_year(it, file, before.get(it.pk)) for it, file in pairs])
    Event.objects.bulk_create([_line(term, by=by, at=at) for term in terms])
    deadlines.start_all(clocks.TERM_ENDS, terms, at=at)


def _year(license: License, file: CaseFile, before: LicenseTerm | None) -> LicenseTerm:
    last = license.expires_on
    assert last is not None
    began = rules.year_began(last, issued_on=license.issued_on)
    if before and before.ends_on and before.ends_on < last:
        began = max(began, min(before.ends_on, last - timedelta(days=2)) + timedelta(days=1))
    return LicenseTerm(
        file=file, license=license, state=TermState.IN_FORCE, begins_on=began, ends_on=last, follows=before
    )


def _line(term: LicenseTerm, *, by: User, at: datetime) -> Event:
    return Event(
        file=term.file, step="take_up_license", title="License year on record", by=by, at=at, was=term.state,
        now=term.state, shown=True, facts={"begins_on": term.begins_on, "ends_on": term.ends_on},
    )  # fmt: skip
