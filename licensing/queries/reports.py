"""What licenses reported, month by month: for the factors of a decision, for a form, for the licensee's own pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from casefile.calendar import end_of, months_before
from licensing import rules
from licensing.models import License, MonthlyReport, ReportDraft
from licensing.queries.plants import as_of
from licensing.rules.reporting import Reporter, ReportState, owes_report, report_state

MONTHS_SHOWN = 8  # the six that the law looks back on, and two for those who are late
COUNTS = tuple(rules.GrowthStage)
Numbers = Mapping[str, int | Decimal | None]


# Facts of a month


def months_of(license: License, *, until: date, n: int) -> list[rules.MonthFacts]:
    """The n calendar months that ended before the day `until`, oldest first; a month without a report is marked so."""
    return months_of_each([license.pk], until=until, n=n)[license.pk]


def months_of_each(licenses: Iterable[int], *, until: date, n: int) -> dict[int, list[rules.MonthFacts]]:
    """The same for many licenses, by primary key, in one query."""
    keys = list(licenses)
    last = rules.month_before(until)
    months = rules.months_between(months_before(last, n - 1), last) if n > 0 else []
    if not months:
        return {key: [] for key in keys}
    rows = MonthlyReport.objects.current().filter(license__in=keys, month__lte=last)
    found = {(row.license_id, row.month): row for row in rows.filter(month__gte=rules.month_before(months[0]))}
    return {
        key: [_facts(month, found.get((key, month)), found.get((key, rules.month_before(month)))) for month in months]
        for key in keys
    }


def _facts(month: date, row: MonthlyReport | None, before: MonthlyReport | None) -> rules.MonthFacts:
    stock_before = before.stock_g if before else None
    if row is None:
        return rules.MonthFacts(month, reported=False, stock_before_g=stock_before)
    return rules.MonthFacts(
        month, operated=rules.has_operated(law_facts(month, row.numbers)), harvested=row.harvested_plants,
        produced_g=row.produced_g, sold_g=row.sold_g, sold_medical_g=row.sold_medical_g,
        sold_commercial_g=row.sold_commercial_g, stock_g=row.stock_g, stock_before_g=stock_before,
        flowering=row.flowering_female,
    )  # fmt: skip


def law_facts(
    month: date, numbers: Numbers, *, stock_before: Decimal | None = None, authorized: int | None = None
) -> rules.MonthlyReportFacts:
    """A report as the law reads it; a number that is not given is None."""
    counts = {stage: _whole(numbers.get(str(stage))) for stage in COUNTS}
    return rules.MonthlyReportFacts(
        month=month, counts=counts, medical_plants=_whole(numbers.get("medical_plants")),
        harvested_plants=_whole(numbers.get("harvested_plants")), stock_before_g=stock_before, authorized=authorized,
        **{name: _weight(numbers.get(name)) for name in WEIGHTS},
    )  # fmt: skip


WEIGHTS = ("produced_g", "sold_g", "sold_medical_g", "sold_commercial_g", "stock_g", "stock_medical_g")


def _whole(value: int | Decimal | None) -> int | None:
    return None if value is None else int(value)


def _weight(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def doubts_about(license: License, month: date, numbers: Numbers) -> list[str]:
    """What looks odd in a report of this license: against the month before, and against its authorized count."""
    last = rules.month_bounds(month)[1]
    grows = rules.TYPES[license.type].cultivates
    in_force = as_of(license, last) if grows else None
    facts = law_facts(
        month, numbers, stock_before=stock_before(license, month) if grows else None,
        authorized=in_force.mature_plants if in_force else None,
    )  # fmt: skip
    return rules.doubts_about_report(facts)


def stock_before(license: License, month: date) -> Decimal | None:
    """The stock at the end of the month before, as reported; None when that was not reported."""
    rows = MonthlyReport.objects.current().filter(license=license, month=rules.month_before(month))
    return rows.values_list("stock_g", flat=True).first()


# How the months of a license stand


@dataclass(frozen=True)
class Month:
    """One month of one license: its report, if one was sent, and how that stands."""

    month: date
    state: ReportState
    report: MonthlyReport | None = None
    typed: bool = False

    @property
    def due_on(self) -> date:
        return rules.report_due_on(self.month)

    @property
    def due_at(self) -> datetime:
        """The last second of the day on which it is due."""
        return end_of(self.due_on)

    @property
    def name(self) -> str:
        """August 2026."""
        return rules.month_words(self.month)

    @property
    def is_asked(self) -> bool:
        """The licensee has to send it."""
        return self.state in (ReportState.DUE, ReportState.MISSING)

    @property
    def is_missing(self) -> bool:
        return self.state == ReportState.MISSING


def reporter_of(license: License) -> Reporter:
    """What of the license decides for which months it reports."""
    return Reporter(
        license.type, license.status, license.issued_on, license.expires_on, license.operations_began_on,
        license.operations_ended_on,
    )  # fmt: skip


def months_standing(licenses: Sequence[License], *, on: date, n: int = MONTHS_SHOWN) -> dict[int, list[Month]]:
    """By license, the month that runs and the n before it, newest first: those owed and those reported anyway."""
    this = rules.month_of(on)
    months = rules.months_between(months_before(this, n), this)
    rows = MonthlyReport.objects.current().filter(license__in=licenses, month__gte=months[0]).select_related("sent_by")
    sent = {(row.license_id, row.month): row for row in rows}
    drafts = ReportDraft.objects.filter(license__in=licenses, month__gte=months[0])
    typed = set(drafts.values_list("license", "month"))
    return {
        license.pk: [
            standing(month, sent.get((license.pk, month)), on=on, typed=(license.pk, month) in typed)
            for month in reversed(months)
            if owes_report(reporter_of(license), month) or (license.pk, month) in sent
        ]
        for license in licenses
    }


def standing(month: date, report: MonthlyReport | None, *, on: date, typed: bool = False) -> Month:
    """How one month stands; a report whose day of sending nobody said counts as sent in time."""
    sent_on = None if report is None else report.sent_on or rules.report_due_on(month)
    return Month(month, report_state(month, sent_on=sent_on, on=on), report, typed)


def next_asked(months: Iterable[Month]) -> Month | None:
    """What is to be sent first: the oldest that is missing or due."""
    return min((month for month in months if month.is_asked), key=lambda month: month.month, default=None)
