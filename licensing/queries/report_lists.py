"""Lists of what was reported for a month and what was not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from licensing import rules
from licensing.models import License, MonthlyReport, Premises
from licensing.queries.reports import Month, standing
from licensing.rules.reporting import IN_FORCE, OVER, REPORTING_TYPES

SENT, LATE, MISSING, CORRECTED = "sent", "late", "missing", "corrected"
STATES = [(SENT, "Sent"), (LATE, "Sent late"), (MISSING, "Not sent"), (CORRECTED, "Corrected")]


def owing(rows: QuerySet[License], month: date) -> QuerySet[License]:
    """Those of `rows` that owe a report for a month: `rules.reporting.owes_report` as a condition of the database."""
    first, last = rules.month_bounds(month)
    in_force = Q(status__in=IN_FORCE) | Q(status__in=OVER, operations_ended_on__isnull=False)
    found = rows.filter(in_force, type__in=REPORTING_TYPES, issued_on__lte=last)
    return found.exclude(operations_began_on__gt=last).exclude(
        Q(expires_on__lt=first) | Q(operations_ended_on__lt=first)
    )


def reporters(user: User, month: date, facts: Mapping[str, str]) -> QuerySet[License]:
    """The licenses that owe a report for a month or sent one, as far as `user` sees them and the filters leave them."""
    seen = License.objects.visible_to(user)
    rows = seen.filter(Q(pk__in=owing(seen, month).values("pk")) | Exists(_reports(month)))
    if "county" in facts:
        rows = rows.filter(Exists(Premises.objects.filter(license=OuterRef("pk"), county=facts["county"])))
    return rows.filter(type=facts["type"]) if "type" in facts else rows


def in_state(rows: QuerySet[License], month: date, state: str) -> QuerySet[License]:
    """Those of `rows` whose report of the month stands so; all of them for an empty state."""
    sent = _reports(month)
    conditions = {
        SENT: Exists(sent),
        LATE: Exists(sent.filter(sent_on__gt=rules.report_due_on(month))),
        CORRECTED: Exists(sent.filter(revision__gt=1)),
        MISSING: ~Exists(sent),
    }
    return rows.filter(conditions[state]) if state in conditions else rows


def counts(rows: QuerySet[License], month: date) -> dict[str, int]:
    """How many of `rows` stand in each state, in one query."""
    sent = _reports(month)
    return rows.order_by().aggregate(
        sent=Count("pk", filter=Exists(sent)),
        late=Count("pk", filter=Exists(sent.filter(sent_on__gt=rules.report_due_on(month)))),
        corrected=Count("pk", filter=Exists(sent.filter(revision__gt=1))),
        missing=Count("pk", filter=~Exists(sent)),
    )


def _reports(month: date) -> QuerySet[MonthlyReport]:
    return MonthlyReport.objects.current().filter(license=OuterRef("pk"), month=month)


@dataclass(frozen=True)
class Line:
    """One license in the list of a month."""

    license: License
    month: Month


def lines(licenses: Sequence[License], month: date, *, on: date) -> list[Line]:
    """The rows of a page, each with its report, in one query."""
    sent = MonthlyReport.objects.current().filter(month=month, license__in=licenses).select_related("sent_by")
    by_license = {report.license_id: report for report in sent}
    return [Line(license, standing(month, by_license.get(license.pk), on=on)) for license in licenses]


def history(license: License) -> dict[date, list[MonthlyReport]]:
    """Every report of a license with every correction, by month, the newest month and revision first."""
    found: dict[date, list[MonthlyReport]] = {}
    for row in license.reports.select_related("sent_by").order_by("-month", "-revision")[:MOST]:
        found.setdefault(row.month, []).append(row)
    return found


MOST = 240  # rows of one license on its page: more than ten years, each with corrections
