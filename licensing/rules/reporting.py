"""Who reports each month, for which months, and how the report of one month stands."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casefile.calendar import long_day
from casefile.law import cites
from licensing.rules.reports import REPORT_DAY, month_bounds, month_of, month_words, read_month, report_due_on
from licensing.rules.types import TYPES

SELLERS = ("manufacturer", "retailer")  # besides those who grow, who may all sell what they grow
REPORTING_TYPES = tuple(key for key, kind in TYPES.items() if kind.cultivates or key in SELLERS)
IN_FORCE = ("active", "suspended", "expired")
FIRST_MONTH, LAST_MONTH = month_of(REPORT_DAY.versions[0][0]), date(2200, 1, 1)
OVER = ("revoked", "closed")  # in force until the day on which operations ended; when that is unknown, nothing is owed


class ReportState(StrEnum):
    """How the report of one month stands."""

    NOT_YET = "not_yet"
    DUE = "due"
    MISSING = "missing"
    SENT = "sent"
    LATE = "late"


STATE_LABELS: dict[ReportState, str] = {
    ReportState.NOT_YET: "Not due yet",
    ReportState.DUE: "Due",
    ReportState.MISSING: "Missing",
    ReportState.SENT: "Sent",
    ReportState.LATE: "Sent late",
}


@dataclass(frozen=True)
class Reporter:
    """What of a license decides for which months it reports; None where a day is not on record."""

    license_type: str
    status: str
    issued_on: date | None
    expires_on: date | None = None
    began_on: date | None = None
    ended_on: date | None = None


def reported_month(text: str) -> date:
    """The first day of a month such as 2026-08 for which there can be a report; ValueError says what is wrong."""
    month = read_month(text)
    if not FIRST_MONTH <= month < LAST_MONTH:
        raise ValueError(
            f"There are no reports for {month_words(month)}. The first are for {month_words(FIRST_MONTH)}."
        )
    return month


@cites("16.8.8.9(A)(3), (4), 16.8.8.10(A)(3) to (5), (B)(1), (2) NMAC; who reports, verify with counsel")
def reports_monthly(license_type: str) -> bool:
    """Those who grow or sell cannabis report each month; couriers, laboratories, lounges, servers, schools do not."""
    return license_type in REPORTING_TYPES


@cites("16.8.8.9(A)(3), (4), 16.8.8.10(B)(1), (2) NMAC; for which months, verify with counsel")
def owes_report(reporter: Reporter, month: date) -> bool:
    """A report is owed for each month in which the license was in force and operating on at least one day."""
    over = reporter.status in OVER and reporter.ended_on is not None
    if not reports_monthly(reporter.license_type) or not (reporter.status in IN_FORCE or over):
        return False
    if reporter.issued_on is None:
        return False
    first, last = month_bounds(month)
    starts = [day for day in (reporter.issued_on, reporter.began_on) if day]
    ends = [day for day in (reporter.expires_on, reporter.ended_on) if day]
    return all(day <= last for day in starts) and all(day >= first for day in ends)


@cites("16.8.8.9(A)(3), (4), 16.8.8.10(A)(3) to (5) NMAC; the day is not in the rule, verify with counsel")
def report_state(month: date, *, sent_on: date | None, on: date) -> ReportState:
    """A report is late when it was first sent after its day, and missing when its day has passed and none was sent.

    `sent_on` is the day of the first report of the month; None when none was sent.
    """
    due = report_due_on(month)
    if sent_on is not None:
        return ReportState.LATE if sent_on > due else ReportState.SENT
    if on > due:
        return ReportState.MISSING
    return ReportState.DUE if on > month_bounds(month)[1] else ReportState.NOT_YET


@cites("16.8.8.9(A)(3), (4), 16.8.8.10(A) NMAC: the numbers that a licensee reports")
def reasons_not_to_report(*, license_type: str, issued_on: date | None, month: date, on: date) -> list[str]:
    """A report is of a month that has ended, of a license that grows or sells and was issued by then."""
    if not reports_monthly(license_type):
        return [f"A license of the type {TYPES[license_type].label.lower()} sends no monthly report."]
    if issued_on and month_of(month) < month_of(issued_on):
        return [f"The license was issued on {long_day(issued_on)}, after {month_words(month)}."]
    if month_bounds(month)[1] >= on:
        return [f"{month_words(month)} has not ended yet."]
    return []
