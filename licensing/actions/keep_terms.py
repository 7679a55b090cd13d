"""What the sweep does for the years of licenses: those on record get theirs, those that are over are marked."""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from accounts.models import User
from casefile import deadlines
from casefile.actions import act, locked
from casefile.calendar import local_day
from casefile.models import CaseFile, Event
from licensing import clocks, rules
from licensing.actions.new_license import open_application
from licensing.actions.terms import end_license, expire_license
from licensing.models import License, LicenseTerm
from licensing.stages import TermState

logger = logging.getLogger(__name__)

MOST = 500  # of each kind in one sweep; what is left over waits a minute
MOST_TAKEN_UP = 3_000  # licenses on record that get their year in one sweep, in bulk
Status = License.Status
GONE = (Status.REVOKED, Status.CLOSED, Status.DENIED)
LIVING = (Status.ACTIVE, Status.SUSPENDED)


def keep_terms(*, at: datetime) -> None:
    """Bring the years of licenses up to date. May run at any time and any number of times; finds its work in tables."""
    today, clockwork = local_day(at), User.objects.clockwork()
    each(rows_that_differ(), lambda term: follow_register(term, at=at))
    each(in_force().filter(license__status__in=GONE), lambda term: _end(term, by=clockwork, at=at))
    each(LicenseTerm.objects.over(today), lambda term: expire_license(term, by=clockwork, at=at))
    take_up_applications(at=at)
    take_up(at=at)


def in_force() -> QuerySet[LicenseTerm]:
    return LicenseTerm.objects.filter(state=TermState.IN_FORCE)


def rows_that_differ() -> QuerySet[LicenseTerm]:
    """Years whose last day is another than the register now gives for the license."""
    known = in_force().filter(license__expires_on__isnull=False).exclude(license__expires_on=F("ends_on"))
    return known.filter(license__expires_on__gt=F("begins_on"))


def each(terms: QuerySet[LicenseTerm], do: Callable[[LicenseTerm], object]) -> None:
    """Do every one, oldest first; one that breaks is logged and does not hold up the rest."""
    for term in terms.select_related("file", "license__licensee").order_by("pk")[:MOST]:
        try:
            do(term)
        except Exception:
            logger.exception("the year %s of license %s could not be kept", term.pk, term.license_id)


@transaction.atomic
def follow_register(term: LicenseTerm, *, at: datetime) -> LicenseTerm:
    """Let a year end as the state's register says; its clock is counted again."""
    term = locked(term)
    last, clockwork = term.license.expires_on, User.objects.clockwork()
    if term.state != TermState.IN_FORCE or last is None or last == term.ends_on:
        return term
    reason = "The register gives this day."
    term = act(term, "follow_register", by=clockwork, at=at, reason=reason, ends_on=last)
    deadlines.set_due(clocks.TERM_ENDS, term, due_on=last, at=at, by=clockwork, reason=reason)
    return term


def _end(term: LicenseTerm, *, by: User, at: datetime) -> LicenseTerm:
    return end_license(term, reason=f"The license is {term.license.get_status_display().lower()}.", by=by, at=at)


def take_up_applications(*, at: datetime) -> None:
    """Licenses that came with the register as applied for get the folder in which they are decided."""
    waiting = License.objects.filter(status=Status.APPLIED).exclude(
        Exists(LicenseTerm.objects.filter(license=OuterRef("pk")))
    )
    for pk in waiting.order_by("pk").values_list("pk", flat=True)[:MOST]:
        with transaction.atomic():
            license = License.objects.select_for_update().get(pk=pk)
            if not license.terms.exists():
                open_application(license, by=User.objects.clockwork(), at=at)


@transaction.atomic
def take_up(*, at: datetime) -> int:
    """Licenses on record that are not past their last day get their year with its clock; says how many did."""
    today = local_day(at)
    chosen = without_year(today).order_by("pk").values_list("pk", flat=True)
    held = list(chosen.select_for_update(skip_locked=True)[:MOST_TAKEN_UP])
    licenses = list(without_year(today).filter(pk__in=held).order_by("pk")) if held else []
    if licenses:
        _write(licenses, _lapsed(licenses, at=at), at=at)
    return len(licenses)


def without_year(today: date) -> QuerySet[License]:
    """Licenses whose last day is not past and of which no year is open."""
    still_open = LicenseTerm.objects.filter(license=OuterRef("pk"), state__in=[TermState.APPLIED, TermState.IN_FORCE])
    return License.objects.filter(status__in=LIVING, expires_on__gte=today).exclude(Exists(still_open))


def _lapsed(licenses: Sequence[License], *, at: datetime) -> dict[int, LicenseTerm]:
    """The latest year of each license that had one; nobody is told any more that it is over."""
    latest = {it.license_id: it for it in LicenseTerm.objects.filter(license__in=licenses).order_by("pk")}
    for term in latest.values():
        deadlines.cancel(clocks.TERM_ENDS, term, at=at)
    return latest


def _write(licenses: Sequence[License], before: dict[int, LicenseTerm], *, at: datetime) -> None:
    files = CaseFile.objects.bulk_create([CaseFile(opened_at=at) for _ in licenses])
    terms = [_year(license, file, before.get(license.pk)) for license, file in zip(licenses, files, strict=True)]
    LicenseTerm.objects.bulk_create(terms)
    clockwork = User.objects.clockwork()
    Event.objects.bulk_create(
        Event(
            file=term.file, step="take_up_license", title="License year on record", by=clockwork, at=at,
            was=term.state, now=term.state, shown=True,
            facts={"begins_on": term.begins_on, "ends_on": term.ends_on},
        )
        for term in terms
    )  # fmt: skip
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
