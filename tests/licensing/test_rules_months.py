"""Looking back: which months count over year ends, idle months and gaps, and what part a weight is of another."""

from datetime import date
from decimal import Decimal

import pytest

from licensing.rules.facts import Finding, MonthFacts
from licensing.rules.months import (
    Judged,
    judge_each,
    judge_month,
    last_months_operated,
    preceding_months,
    share,
)

MET, NOT_MET, JUDGE = Judged(Finding.MET, ""), Judged(Finding.NOT_MET, ""), Judged(Finding.JUDGE, "")


def month(text: str, **facts) -> MonthFacts:
    return MonthFacts(date.fromisoformat(f"{text}-01"), **{"operated": True} | facts)


def said(months: list[MonthFacts]) -> list[str]:
    """2026-08 for a month, in brackets one without a report."""
    return [f"{it.month:%Y-%m}" if it.reported else f"({it.month:%Y-%m})" for it in months]


WINTER = [month(text) for text in ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01")]


class TestPreceding:
    @pytest.mark.parametrize(
        ("before", "months"),
        [
            ("2026-02-01", ["2025-11", "2025-12", "2026-01"]),
            ("2026-02-28", ["2025-11", "2025-12", "2026-01"]),
            ("2026-01-31", ["2025-10", "2025-11", "2025-12"]),  # January has not ended
            ("2026-01-01", ["2025-10", "2025-11", "2025-12"]),
            ("2025-10-31", ["2025-09"]),
            ("2025-09-30", []),
            ("2026-03-01", ["2025-12", "2026-01", "(2026-02)"]),
        ],
    )
    def test_are_the_calendar_months_that_ended(self, before: str, months: list[str]) -> None:
        assert said(preceding_months(WINTER, 3, date.fromisoformat(before))) == months

    def test_do_not_depend_on_the_order_given(self) -> None:
        assert said(preceding_months(WINTER[::-1], 2, date(2026, 2, 1))) == ["2025-12", "2026-01"]

    def test_keep_idle_months_and_name_gaps(self) -> None:
        months = [month("2025-10"), month("2025-11", operated=False), month("2026-01")]
        assert said(preceding_months(months, 4, date(2026, 2, 1))) == ["2025-10", "2025-11", "(2025-12)", "2026-01"]

    def test_a_gap_is_a_month_without_a_report(self) -> None:
        gap = MonthFacts(date(2025, 12, 1), operated=False, reported=False)
        assert preceding_months([], 1, date(2026, 1, 1), since=date(2025, 12, 1)) == [gap]

    def test_begin_with_the_month_of_issue_where_it_is_known(self) -> None:
        assert preceding_months([], 6, date(2026, 2, 1)) == []
        assert said(preceding_months([], 6, date(2026, 2, 1), since=date(2025, 12, 15))) == ["(2025-12)", "(2026-01)"]
        late = preceding_months(WINTER[-1:], 6, date(2026, 2, 1), since=date(2025, 12, 15))
        assert said(late) == ["(2025-12)", "2026-01"]
        assert said(preceding_months(WINTER, 9, date(2025, 11, 1), since=date(2025, 10, 1))) == ["2025-09", "2025-10"]


class TestOperated:
    def test_skip_idle_months_over_the_year_end(self) -> None:
        months = [*WINTER[:2], month("2025-11", operated=False), *WINTER[3:]]
        assert said(last_months_operated(months, 3, date(2026, 2, 5))) == ["2025-10", "2025-12", "2026-01"]

    def test_do_not_skip_months_without_a_report(self) -> None:
        months = [*WINTER[:3], month("2025-12", operated=False, reported=False)]
        assert said(last_months_operated(months, 3, date(2026, 2, 5))) == ["2025-11", "(2025-12)", "(2026-01)"]

    def test_are_fewer_in_the_first_months(self) -> None:
        assert said(last_months_operated(WINTER[-1:], 3, date(2026, 2, 5))) == ["2026-01"]
        assert last_months_operated([], 3, date(2026, 2, 5)) == []
        since = last_months_operated([], 3, date(2026, 2, 5), since=date(2026, 1, 31))
        assert said(since) == ["(2026-01)"]


class TestJudgeMonth:
    @pytest.mark.parametrize(
        ("part", "whole", "finding", "fact"),
        [
            ("799", "1000", Finding.NOT_MET, "79.9 percent, 799 g of 1,000 g."),
            ("799.999", "1000", Finding.NOT_MET, "79.9 percent, 799.999 g of 1,000 g."),
            ("800", "1000", Finding.MET, "80.0 percent, 800 g of 1,000 g."),
            ("1200", "1000", Finding.MET, "120.0 percent, 1,200 g of 1,000 g."),
            ("0", "0.001", Finding.NOT_MET, "0.0 percent, 0 g of 0.001 g."),
            ("50", "0", Finding.MET, "50 g of 0 g."),
            ("0", "0", Finding.JUDGE, "0 g of 0 g."),
        ],
    )
    def test_is_met_from_the_percent_on(self, part: str, whole: str, finding: Finding, fact: str) -> None:
        judged = judge_month(month("2026-08"), Decimal(part), Decimal(whole), 80)
        assert judged == Judged(finding, f"August 2026: {fact}")

    def test_is_for_a_person_where_something_is_not_on_record(self) -> None:
        silent = judge_month(month("2026-08", reported=False), Decimal(9), Decimal(1), 80)
        assert silent == Judged(Finding.JUDGE, "August 2026: no report.")
        unknown = judge_month(month("2026-08"), Decimal(9), None, 80)
        assert unknown == Judged(Finding.JUDGE, "August 2026: the stock of the month before is not on record.")


@pytest.mark.parametrize(
    ("judged", "finding"),
    [
        ([MET, MET, MET], Finding.MET), ([MET, JUDGE], Finding.JUDGE), ([JUDGE, NOT_MET, MET], Finding.NOT_MET),
        ([], Finding.MET),
    ],
)  # fmt: skip
def test_each_month_has_to_be_met(judged: list[Judged], finding: Finding) -> None:
    assert judge_each(judged) is finding


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(7_996, 10_000, "79.9"), (8_000, 10_000, "80.0"), (1, 3, "33.3"), (2, 3, "66.6")]
)
def test_a_share_is_never_rounded_up(part: int, whole: int, percent: str) -> None:
    assert str(share(part, whole)) == percent
