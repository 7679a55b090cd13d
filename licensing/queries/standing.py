"""Who did what was asked month by month, read from the reports: the set-aside, the quota, the efforts of 2022."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, DecimalField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.expressions import Combinable

from licensing import rules
from licensing.models import License, LicenseQuerySet, MonthlyReport, ShortageMeasure
from licensing.models.reports import MonthlyReportQuerySet
from licensing.queries.report_lists import owing
from licensing.rules import MeasureKind

MOST_MONTHS = 12


class Standing(StrEnum):
    """How a license stands in a month."""

    MET = "met"
    NOT_MET = "not_met"
    MISSING = "missing"


LABELS = {Standing.MET: "Met", Standing.NOT_MET: "Not met", Standing.MISSING: "No report"}


@dataclass(frozen=True)
class Duty:
    """What licenses of some types were asked in some months: a percent of `whole` that is `part`."""

    types: frozenset[str]
    months: tuple[date, ...]  # oldest first
    percent: Decimal
    part: str  # a field of MonthlyReport
    whole: str
    unit: str
    is_met: Callable[[MonthlyReport], bool]
    spare: int = 0  # a quota is of whole plants, so less than one may be wanting

    @property
    def met(self) -> Q:
        """`is_met` for the database; tests hold the two to one another."""
        share: Combinable = F(self.whole) * Value(self.percent / 100) - Value(self.spare)
        asked = ExpressionWrapper(share, output_field=DecimalField(max_digits=24, decimal_places=8))
        return Q(**{f"{self.part}__{'gt' if self.spare else 'gte'}": asked})

    def reports(self, months: Iterable[date]) -> MonthlyReportQuerySet:
        """The reports that say it."""
        return MonthlyReport.objects.current().filter(license__type__in=self.types, month__in=list(months))

    def standing(self, report: MonthlyReport | None) -> Standing:
        """What a report says, or that there is none."""
        if report is None:
            return Standing.MISSING
        return Standing.MET if self.is_met(report) else Standing.NOT_MET

    def shares(self, report: MonthlyReport) -> tuple[Decimal, Decimal]:
        """The part and the whole of a report."""
        return Decimal(getattr(report, self.part)), Decimal(getattr(report, self.whole))


def duty_of(measure: ShortageMeasure, today: date) -> Duty | None:
    """What a measure asks of reports, in the months on whose first day it was in force; None where it asks nothing."""
    if measure.percent is None:
        return None
    types, percent = rules.BINDS[MeasureKind(measure.kind)], measure.percent
    months = _months(measure, today)
    if measure.kind == MeasureKind.SET_ASIDE:
        return Duty(
            types, months, percent, "stock_medical_g", "stock_g", "g",
            lambda it: rules.set_aside_met(it.stock_g, it.stock_medical_g, percent),
        )  # fmt: skip
    if measure.kind == MeasureKind.PLANT_QUOTA:
        return Duty(
            types, months, percent, "medical_plants", "flowering_female", "plants",
            lambda it: rules.quota_met(it.flowering_female, it.medical_plants, percent), spare=1,
        )  # fmt: skip
    return None


def efforts() -> Duty:
    """The reasonable efforts of retailers to sell a quarter to the medical program, until December 31, 2022."""
    (began, asked), (over, _) = rules.REASONABLE_EFFORTS.versions
    months = tuple(month for month in rules.months_between(began, over) if rules.efforts_asked(month))
    return Duty(
        rules.BINDS[MeasureKind.SET_ASIDE], months, Decimal(asked or 0), "sold_medical_g", "sold_g", "g",
        lambda it: rules.efforts_met(it.sold_g, it.sold_medical_g),
    )  # fmt: skip


def _months(measure: ShortageMeasure, today: date) -> tuple[date, ...]:
    last = min(filter(None, [measure.ends_on, rules.month_before(today)]))
    found = [month for month in rules.months_between(measure.starts_on, last) if measure.is_in_force(month)]
    return tuple(found[-MOST_MONTHS:])


@dataclass(frozen=True)
class MonthStanding:
    """How many licenses met a duty in a month, did not, or did not report."""

    month: date
    met: int
    not_met: int
    missing: int


def month_by_month(duty: Duty) -> list[MonthStanding]:
    """The newest month first; two queries, however many licenses and months."""
    if not duty.months:
        return []
    counted = duty.reports(duty.months).order_by().values("month")
    found = {
        row["month"]: (row["good"], row["every"] - row["good"])
        for row in counted.annotate(every=Count("pk"), good=Count("pk", filter=duty.met))
    }
    missing = _missing(duty)
    return [MonthStanding(month, *found.get(month, (0, 0)), missing[month]) for month in reversed(duty.months)]


def _missing(duty: Duty) -> dict[date, int]:
    """How many licenses owed a report each month and sent none."""
    counts = {f"m{month:%Y%m}": Count("pk", filter=_owes(month) & ~_reported(duty, month)) for month in duty.months}
    found = License.objects.filter(type__in=duty.types).order_by().aggregate(**counts)
    return {month: found[f"m{month:%Y%m}"] for month in duty.months}


def _owes(month: date) -> Q:
    return Q(pk__in=owing(License.objects.order_by(), month).values("pk"))


def _reported(duty: Duty, month: date) -> Q:
    return Q(Exists(duty.reports([month]).filter(license=OuterRef("pk"))))


def asked_in(duty: Duty, month: date, standing: str = "") -> LicenseQuerySet:
    """The licenses that owe a report of a month, or sent one; with a standing those that stand so."""
    reports = duty.reports([month]).filter(license=OuterRef("pk"))
    chosen = {
        Standing.MET: Q(Exists(reports.filter(duty.met))),
        Standing.NOT_MET: Q(Exists(reports.exclude(duty.met))),
        Standing.MISSING: ~_reported(duty, month),
    }
    rows = License.objects.filter(_reported(duty, month) | _owes(month), type__in=duty.types)
    return rows.filter(chosen[Standing(standing)]) if standing in chosen else rows


def reports_of(duty: Duty, licenses: Sequence[License], month: date) -> dict[int, MonthlyReport]:
    """The report of each of some licenses for a month, where there is one."""
    return {it.license_id: it for it in duty.reports([month]).filter(license__in=licenses)}
