"""Who reports each month, for which months, and how a month's report stands; the edge day on both sides."""

from dataclasses import replace
from datetime import date

import pytest

from licensing.rules import TYPES
from licensing.rules.reporting import (
    STATE_LABELS,
    Reporter,
    ReportState,
    owes_report,
    reasons_not_to_report,
    report_state,
    reported_month,
    reports_monthly,
)

AUGUST = date(2026, 8, 1)
FARM = Reporter("producer", "active", date(2024, 2, 24))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def test_those_who_grow_or_sell_report() -> None:
    assert {key for key in TYPES if reports_monthly(key)} == {
        "producer", "producer_microbusiness", "integrated_microbusiness", "vertically_integrated",
        "research_laboratory", "manufacturer", "retailer",
    }  # fmt: skip


class TestMonth:
    @pytest.mark.parametrize("text", ["2021-08", "2026-08", "2199-12"])
    def test_is_one_since_the_rule(self, text: str) -> None:
        assert reported_month(text) == day(f"{text}-01")

    @pytest.mark.parametrize(("text", "words"), [("2021-07", "July 2021"), ("2200-01", "January 2200")])
    def test_is_no_other(self, text: str, words: str) -> None:
        with pytest.raises(ValueError, match=f"^There are no reports for {words}. The first are for August 2021.$"):
            reported_month(text)


class TestOwed:
    @pytest.mark.parametrize(
        ("changes", "owed"),
        [
            ({}, True),
            ({"license_type": "courier"}, False),
            ({"status": "suspended"}, True),
            ({"status": "expired"}, True),
            ({"status": "revoked"}, False),
            ({"status": "applied"}, False),
            ({"status": "applied", "ended_on": date(2026, 8, 15)}, False),
            ({"issued_on": None}, False),
            ({"issued_on": date(2026, 8, 31)}, True),
            ({"issued_on": date(2026, 9, 1)}, False),
            ({"began_on": date(2026, 8, 31)}, True),
            ({"began_on": date(2026, 9, 1)}, False),
            ({"expires_on": date(2026, 8, 1)}, True),
            ({"expires_on": date(2026, 7, 31)}, False),
            ({"ended_on": date(2026, 8, 1)}, True),
            ({"ended_on": date(2026, 7, 31)}, False),
            ({"status": "revoked", "ended_on": date(2026, 8, 1)}, True),
            ({"status": "closed", "ended_on": date(2026, 7, 31)}, False),
        ],
    )
    def test_for_each_month_with_a_day_of_work(self, changes: dict, owed: bool) -> None:
        assert owes_report(replace(FARM, **changes), AUGUST) is owed


class TestState:
    @pytest.mark.parametrize(
        ("sent", "on", "state"),
        [
            (None, "2026-08-31", ReportState.NOT_YET), (None, "2026-09-01", ReportState.DUE),
            (None, "2026-09-15", ReportState.DUE), (None, "2026-09-16", ReportState.MISSING),
            ("2026-09-15", "2026-12-01", ReportState.SENT), ("2026-09-16", "2026-12-01", ReportState.LATE),
        ],
    )  # fmt: skip
    def test_follows_from_the_day_it_was_due(self, sent: str | None, on: str, state: ReportState) -> None:
        assert report_state(AUGUST, sent_on=day(sent), on=date.fromisoformat(on)) is state

    def test_has_its_words(self) -> None:
        assert list(STATE_LABELS) == list(ReportState)


class TestReport:
    @pytest.mark.parametrize(
        ("kind", "issued", "on", "reasons"),
        [
            ("producer", "2024-02-24", "2026-09-01", []),
            ("producer", None, "2026-09-01", []),
            ("producer", "2026-08-31", "2026-09-01", []),
            ("courier", "2024-02-24", "2026-09-01", ["A license of the type courier sends no monthly report."]),
            ("producer", "2026-09-01", "2026-09-01",
             ["The license was issued on Tuesday, September 1, 2026, after August 2026."]),
            ("producer", "2024-02-24", "2026-08-31", ["August 2026 has not ended yet."]),
        ],
    )  # fmt: skip
    def test_is_of_a_month_that_ended_since_the_issue(
        self, kind: str, issued: str | None, on: str, reasons: list[str]
    ) -> None:
        found = reasons_not_to_report(
            license_type=kind, issued_on=day(issued), month=date(2026, 8, 15), on=date.fromisoformat(on)
        )
        assert found == reasons
