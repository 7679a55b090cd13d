"""A shortage of medical cannabis on a day: what was found, which measures bind whom, and what they ask of a license."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from casefile.calendar import end_of, months_before
from licensing import rules
from licensing.models import License, LicenseQuerySet, ShortageFinding, ShortageMeasure
from licensing.policies import PRODUCTION_MEASURES
from licensing.queries.shortage_words import asks_of
from licensing.rules import MeasureKind

BOUND = (License.Status.ACTIVE, License.Status.SUSPENDED)


def findings_at(day: date) -> list[rules.ShortageFact]:
    """What stood found on `day` for periods that reach into the months that 16.8.8.10(B)(4) NMAC looks at."""
    first = months_before(day, rules.SHORTAGE_MONTHS.on(day))
    night = end_of(day)
    found = ShortageFinding.objects.filter(period_from__lte=day, period_to__gte=first, found_at__lte=night)
    standing = found.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=night))
    return [fact_of(finding) for finding in standing]


def fact_of(finding: ShortageFinding) -> rules.ShortageFact:
    """A finding as the rules take it."""
    words = "Underserved geographical regions" if finding.underserved else ""
    return rules.ShortageFact(
        finding.period_from, finding.period_to, finding.statewide, tuple(finding.areas), words, finding.is_shortage
    )


def measures_on(day: date, license: License | None = None) -> list[ShortageMeasure]:
    """The measures in force on `day`; with a license those of them that bind it."""
    found = ShortageMeasure.objects.in_force(day)
    return [it for it in found if license is None or concerns(it, license)]


def excludes_commercial(license_type: str, day: date) -> ShortageMeasure | None:
    """The measure for which a license of this type that is issued on `day` is for medical activity only, if any."""
    if license_type not in rules.BINDS[MeasureKind.COMMERCIAL_EXCLUSION]:
        return None
    return ShortageMeasure.objects.in_force(day).filter(kind=MeasureKind.COMMERCIAL_EXCLUSION).first()


def minimum_medical(license: License, months: Iterable[date]) -> dict[date, Decimal | None]:
    """For each month the percent of medical sales required of this license; None where nothing was."""
    kinds = [kind for kind in MeasureKind if license.type in rules.BINDS[kind]]
    facts = [facts_of(it) for it in ShortageMeasure.objects.filter(kind__in=kinds)]
    return {month: rules.minimum_medical(month, facts) for month in months}


def effects_on_license(license: License, day: date) -> list[str]:
    """What the measures in force or ordered ask of this license, in sentences for its licensee."""
    coming = ShortageMeasure.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day)).order_by("starts_on", "pk")
    return [" ".join(asks_of(it, day)) for it in coming if not it.is_called_off and concerns(it, license)]


def fee_per_plant(plants: str, day: date) -> Decimal | None:
    """Dollars for each added plant on `day`; `plants` is medical or commercial. None while that is not known."""
    usual = rules.fee_due(1, on=day)
    if plants != License.Market.MEDICAL:
        return usual
    reduced = [
        rules.lower_fee(usual, percent=it.percent, fee=it.fee)
        for it in ShortageMeasure.objects.in_force(day).filter(kind=MeasureKind.FEE_REDUCTION)
    ]
    return min((fee for fee in [usual, *reduced] if fee is not None), default=None)


# Whom a measure binds


def facts_of(measure: ShortageMeasure) -> rules.MeasureFacts:
    """A measure as the rules take it."""
    return rules.MeasureFacts(MeasureKind(measure.kind), measure.starts_on, measure.ends_on, measure.percent)


def concerns(measure: ShortageMeasure, license: License) -> bool:
    """Whether the measure binds this license, or will: an exclusion also those that are applied for."""
    if license.status == License.Status.APPLIED:
        exclusion = measure.kind == MeasureKind.COMMERCIAL_EXCLUSION
        return exclusion and license.type in rules.BINDS[MeasureKind.COMMERCIAL_EXCLUSION]
    return license.status in BOUND and rules.binds(
        measure.kind,
        license.type,
        issued_on=license.issued_on,
        measure_starts_on=measure.starts_on,
        measure_ends_on=measure.ends_on,
    )


def bound_by(measure: ShortageMeasure, day: date) -> LicenseQuerySet:
    """The licenses of `concerns`, as a queryset: those applied for only until the measure is over."""
    kinds = License.objects.filter(type__in=rules.BINDS[MeasureKind(measure.kind)])
    if measure.kind != MeasureKind.COMMERCIAL_EXCLUSION:
        return kinds.filter(status__in=BOUND)
    last = measure.ends_on or date.max
    issued = Q(status__in=BOUND, issued_on__gte=measure.starts_on, issued_on__lte=last)
    return kinds.filter(issued | Q(status=License.Status.APPLIED) if day <= last else issued)


# What may be done now


def exhausted_days(day: date) -> list[date]:
    """Since when measures of production that stand were exhausted, of the kinds that count for an exclusion."""
    found = ShortageMeasure.objects.filter(
        kind__in=PRODUCTION_MEASURES.on(day), exhausted_on__isnull=False, finding__withdrawn_at=None
    )
    return [it.exhausted_on for it in found if it.exhausted_on]


def ground_of(finding: ShortageFinding, order: rules.Order, day: date) -> rules.Ground:
    """What an order would stand on."""
    others = ShortageMeasure.objects.filter(Q(ends_on=None) | Q(ends_on__gte=order.starts_on), kind=order.kind)
    if order.ends_on:
        others = others.filter(starts_on__lte=order.ends_on)
    overlapping = [str(it) for it in others if not it.is_called_off]
    return rules.Ground(is_ground(finding), exhausted_days(day), overlapping, rules.fee_due(1, on=order.starts_on))


def stands_against(finding: ShortageFinding, day: date) -> dict[MeasureKind, list[str]]:
    """For each kind why no measure of it can begin today on this finding, whatever the order says."""
    open_ended = {it.kind: str(it) for it in _not_over(ShortageMeasure.objects.all(), day)}
    exhausted = exhausted_days(day)
    found = {}
    for kind in MeasureKind:
        others = [open_ended[kind]] if kind in open_ended else []
        order = rules.Order(kind, day, kind, percent=_percent_of(kind, day))
        ground = rules.Ground(is_ground(finding), exhausted, others)
        found[kind] = rules.reasons_against_order(order, ground, on=day)
    return found


def _percent_of(kind: MeasureKind, day: date) -> Decimal:
    """A percent that no rule stands against."""
    dated = {MeasureKind.SET_ASIDE: rules.SET_ASIDE_PERCENT, MeasureKind.PLANT_QUOTA: rules.QUOTA_MOST_PERCENT}.get(
        kind
    )
    return Decimal(dated.on(day) if dated else 1)


def is_ground(finding: ShortageFinding) -> bool:
    """Measures can rest on a finding of a shortage that was not withdrawn."""
    return finding.is_shortage and finding.withdrawn_at is None


def not_over(finding: ShortageFinding, day: date) -> list[ShortageMeasure]:
    """The measures on this finding that bind, or will."""
    return _not_over(finding.measures.all(), day)


def _not_over(measures: QuerySet[ShortageMeasure], day: date) -> list[ShortageMeasure]:
    return [it for it in measures.filter(Q(ends_on=None) | Q(ends_on__gte=day)) if not it.is_called_off]


def called_off_on(measure: ShortageMeasure) -> date:
    """The last day of a measure that is ended before it begins."""
    return measure.starts_on - timedelta(days=1)
