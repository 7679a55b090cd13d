"""`./run manage deadlines`: the same count for anyone who asks."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from casefile.calendar import read_holidays
from casefile.models import Holiday, HolidayQuerySet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_holidays_on_record() -> None:
    Holiday.objects.all().delete()


def ask(*received: str, **options: str) -> list[dict]:
    """What --json prints for these times."""
    out = StringIO()
    words = [f"--received={text}" for text in received] + [f"--{name}={value}" for name, value in options.items()]
    call_command("deadlines", *words, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


class TestJson:
    def test_has_an_object_for_each_time_in_the_order_asked(self) -> None:
        assert ask("2025-11-21T15:00", "2026-01-31T23:59:59") == [
            {
                "received": "2025-11-21T15:00:00-07:00",
                "cap_due": "2025-12-02T23:59:59-07:00",
                "cap_skipped": [
                    {"date": "2025-11-22", "reason": "weekend"},
                    {"date": "2025-11-23", "reason": "weekend"},
                    {"date": "2025-11-27", "reason": "Thanksgiving Day"},
                    {"date": "2025-11-28", "reason": "Presidents' Day"},
                    {"date": "2025-11-29", "reason": "weekend"},
                    {"date": "2025-11-30", "reason": "weekend"},
                ],
                "corrections_due": "2025-12-22T23:59:59-07:00",
                "corrections_rolled": [{"date": "2025-12-21", "reason": "weekend"}],
            },
            {
                "received": "2026-01-31T23:59:59-07:00",
                "cap_due": "2026-02-06T23:59:59-07:00",
                "cap_skipped": [{"date": "2026-02-01", "reason": "weekend"}],
                "corrections_due": "2026-03-02T23:59:59-07:00",
                "corrections_rolled": [
                    {"date": "2026-02-28", "reason": "weekend"},
                    {"date": "2026-03-01", "reason": "weekend"},
                ],
            },
        ]

    def test_has_the_offset_of_the_day_it_is_due(self) -> None:
        [answer] = ask("2026-10-30T12:00")
        assert answer["received"].endswith("-06:00")
        assert answer["cap_due"] == "2026-11-06T23:59:59-07:00"

    def test_counts_denver_days_wherever_the_time_was_written(self) -> None:
        [east] = ask("2026-11-19T01:30", tz="America/New_York")
        assert east["received"] == "2026-11-19T01:30:00-05:00"
        assert east["cap_due"] == "2026-11-25T23:59:59-07:00"  # in Denver it was still the 18th
        assert ask("2026-11-19T06:30Z")[0]["cap_due"] == east["cap_due"]

    def test_answers_for_the_last_day_of_the_seeded_years(self) -> None:
        [answer] = ask("2028-12-29T12:00")
        assert answer["cap_due"] == "2029-01-08T23:59:59-07:00"
        assert answer["cap_skipped"][2] == {"date": "2029-01-01", "reason": "New Year's Day"}


class TestHolidays:
    def test_come_from_the_record(self) -> None:
        Holiday.objects.bulk_create(Holiday(date=it.date, name=it.name, source=it.source) for it in read_holidays())
        Holiday.objects.create(date=date(2026, 11, 24), name="Snow", source="Governor")
        [answer] = ask("2026-11-18T12:00")
        assert answer["cap_due"] == "2026-11-30T23:59:59-07:00"
        assert {"date": "2026-11-24", "reason": "Snow"} in answer["cap_skipped"]

    def test_come_with_the_program_when_no_database_answers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def unreachable(_: HolidayQuerySet) -> None:
            raise OperationalError("connection refused")

        monkeypatch.setattr(HolidayQuerySet, "calendar", unreachable)
        assert ask("2025-11-21T15:00")[0]["cap_due"] == "2025-12-02T23:59:59-07:00"


class TestWords:
    def test_explain_the_count(self) -> None:
        out = StringIO()
        call_command("deadlines", "--received", "2026-11-20T15:00", stdout=out)
        assert out.getvalue() == (
            "Received Friday, November 20, 2026, at 3:00 p.m. in Denver\n"
            "  Corrective action plan due Tuesday, December 1, 2026, at 11:59 p.m.\n"
            "    You got the notice on Friday, November 20, 2026. Day 1 is Monday, November 23. We skip weekends and "
            "state holidays (Thanksgiving Day, Thu, Nov 26; Presidents' Day, Fri, Nov 27). Day 5 is Tuesday, December "
            "1. You can send your plan until 11:59 p.m. that day.\n"
            "  Corrections due Monday, December 21, 2026, at 11:59 p.m.\n"
            "    You got the notice on Friday, November 20, 2026. One month later is Sunday, December 20. That is a "
            "weekend, so the last day moves to Monday, December 21. You can send your proof until 11:59 p.m. that "
            "day.\n"
        )


class TestInput:
    @pytest.mark.parametrize(
        ("received", "message"),
        [
            ("2025-11-21", "has no time of day. Write it as 2025-11-21T15:00."),
            ("2025-02-29T10:00", "there is no such day"),
            ("2025-13-01T10:00", "there is no such day"),
            ("2025-11-21T25:00", "there is no such day or time"),
            ("yesterday", "is not a date and time"),
            ("", "is not a date and time"),
            ("11/21/2025 3 pm", "is not a date and time"),
            ("2025-W47-5T10:00", "is not a date and time"),
            ("2026-03-08T02:30", "the clocks went forward"),
            ("2023-12-31T23:59", "The holidays of 2023 are not on record"),
            ("2024-01-01T06:59Z", "The holidays of 2023 are not on record"),
            ("2029-12-15T12:00", "The holidays of 2030 are not on record"),
            ("2031-01-01T12:00", "They are known from 2024 to 2029."),
            ("9999-12-31T23:59", "too far away"),
            ("0001-01-01T00:00", "too far away"),
        ],
    )
    def test_that_is_wrong_is_refused_with_a_reason(self, received: str, message: str) -> None:
        with pytest.raises(CommandError, match=message) as refused:
            ask("2025-11-21T15:00", received)
        assert refused.value.returncode == 2

    @pytest.mark.parametrize("tz", ["Denver", "", "../etc/passwd", "America/Nowhere", "America"])
    def test_names_a_zone_that_exists(self, tz: str) -> None:
        with pytest.raises(CommandError, match="no time zone") as refused:
            ask("2025-11-21T15:00", tz=tz)
        assert refused.value.returncode == 2

    @pytest.mark.parametrize(
        ("options", "received"),
        [
            ({}, "2026-11-01T01:30:00-06:00"),
            ({"fold": "later"}, "2026-11-01T01:30:00-07:00"),
        ],
    )
    def test_of_the_hour_that_comes_twice_is_the_earlier_unless_said(
        self, options: dict[str, str], received: str
    ) -> None:
        assert ask("2026-11-01T01:30", **options)[0]["received"] == received

    def test_of_the_hour_that_comes_twice_is_remarked_on(self) -> None:
        err = StringIO()
        call_command("deadlines", "--received", "2026-11-01T01:30", "--json", stdout=StringIO(), stderr=err)
        assert err.getvalue().startswith("2026-11-01T01:30 comes twice in America/Denver; taken as the earlier one.")
