"""Who reports, for which months, by what day, as tables; the edge day on both sides."""

from datetime import date

import pytest

from licensing.rules import TYPES
from licensing.rules.reporting import (
    Reporter,
    ReportState,
    owes_report,
    reasons_not_to_report,
    report_state,
    reported_month,
    reports_monthly,
)

AUGUST = date(2026, 8, 1)
REPORT = {
    "producer", "producer_microbusiness", "integrated_microbusiness", "vertically_integrated", "research_laboratory",
    "manufacturer", "retailer",
}  # fmt: skip
OWED = [  # facts of a producer's license of January 5, 2026; month; whether it owes a report
    ({}, "2026-08", True),
    ({}, "2026-01", True),
    ({}, "2025-12", False),
    ({}, "2027-01", True),
    ({}, "2027-02", False),
    ({"expires_on": None}, "2027-02", True),
    ({"issued_on": date(2026, 8, 31)}, "2026-08", True),
    ({"issued_on": date(2026, 9, 1)}, "2026-08", False),
    ({"issued_on": None}, "2026-08", False),
    ({"began_on": date(2026, 9, 1)}, "2026-08", False),
    ({"began_on": date(2026, 8, 31)}, "2026-08", True),
    ({"ended_on": date(2026, 8, 1)}, "2026-08", True),
    ({"ended_on": date(2026, 7, 31)}, "2026-08", False),
    ({"status": "suspended"}, "2026-08", True),
    ({"status": "expired", "expires_on": date(2026, 7, 31)}, "2026-08", False),
    ({"status": "expired", "expires_on": date(2026, 8, 1)}, "2026-08", True),
    ({"status": "revoked"}, "2026-08", False),
    ({"status": "revoked", "ended_on": date(2026, 8, 9)}, "2026-08", True),
    ({"status": "closed", "ended_on": date(2026, 8, 9)}, "2026-08", True),
    ({"status": "closed", "ended_on": date(2026, 8, 9)}, "2026-09", False),
    ({"status": "applied"}, "2026-08", False),
    ({"status": "applied", "ended_on": date(2026, 8, 9)}, "2026-08", False),
    ({"status": "denied"}, "2026-08", False),
    ({"license_type": "retailer"}, "2026-08", True),
    ({"license_type": "courier"}, "2026-08", False),
]  # fmt: skip
BASE = {"license_type": "producer", "status": "active", "issued_on": date(2026, 1, 5), "expires_on": date(2027, 1, 5)}


def test_those_who_grow_or_sell_report():
    assert {key for key in TYPES if reports_monthly(key)} == REPORT


@pytest.mark.parametrize(("facts", "month", "owed"), OWED)
def test_owed_while_in_force_and_operating(facts, month, owed):
    assert owes_report(Reporter(**(BASE | facts)), reported_month(month)) == owed


@pytest.mark.parametrize(
    ("month", "sent_on", "on", "state"),
    [
        (AUGUST, None, date(2026, 8, 31), ReportState.NOT_YET),
        (AUGUST, None, date(2026, 9, 1), ReportState.DUE),
        (AUGUST, None, date(2026, 9, 15), ReportState.DUE),
        (AUGUST, None, date(2026, 9, 16), ReportState.MISSING),
        (AUGUST, date(2026, 9, 15), date(2026, 12, 1), ReportState.SENT),
        (AUGUST, date(2026, 9, 16), date(2026, 12, 1), ReportState.LATE),
        (date(2026, 12, 1), None, date(2027, 1, 15), ReportState.DUE),
        (date(2026, 12, 1), date(2027, 1, 16), date(2027, 2, 1), ReportState.LATE),
    ],
)
def test_how_a_month_stands_is_read_from_dates(month, sent_on, on, state):
    assert report_state(month, sent_on=sent_on, on=on) == state


@pytest.mark.parametrize("text", ["2021-07", "1999-01", "0001-01", "2200-01", "9999-12", "2026-8", "august", ""])
def test_months_without_reports_are_none(text):
    with pytest.raises(ValueError, match="There are no reports for|is not a month such as"):
        reported_month(text)


@pytest.mark.parametrize("text", ["2021-08", "2026-02", "2199-12"])
def test_months_with_reports_begin_with_the_rule(text):
    assert f"{reported_month(text):%Y-%m-%d}" == f"{text}-01"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, []),
        ({"on": date(2026, 8, 31)}, ["August 2026 has not ended yet."]),
        ({"on": date(2026, 9, 1)}, []),
        ({"issued_on": date(2026, 8, 31)}, []),
        ({"issued_on": date(2026, 9, 1)}, ["The license was issued on Tuesday, September 1, 2026, after August 2026."]),
        ({"issued_on": None}, []),
        ({"license_type": "courier"}, ["A license of the type courier sends no monthly report."]),
    ],
)
def test_what_keeps_a_report_from_being_sent(facts, said):
    asked = {"license_type": "producer", "issued_on": date(2026, 1, 5), "month": AUGUST, "on": date(2026, 9, 10)}
    assert reasons_not_to_report(**(asked | facts)) == said
