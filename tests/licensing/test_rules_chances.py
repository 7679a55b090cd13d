"""When an increase may be asked for: license years, the time of renewal, the next chance (16.8.8.9 C, 16.8.8.10 A)."""

from datetime import date, timedelta

import pytest

from licensing.rules.chances import (
    RENEWAL_DAYS,
    is_at_renewal,
    license_year,
    next_chance,
    renewal_opens_on,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


class TestLicenseYear:
    @pytest.mark.parametrize(
        ("issued", "on", "first", "last"),
        [
            ("2022-02-24", "2022-02-24", "2022-02-24", "2023-02-23"),
            ("2022-02-24", "2022-12-31", "2022-02-24", "2023-02-23"),
            ("2022-02-24", "2023-01-01", "2022-02-24", "2023-02-23"),
            ("2022-02-24", "2023-02-23", "2022-02-24", "2023-02-23"),
            ("2022-02-24", "2023-02-24", "2023-02-24", "2024-02-23"),
            ("2022-02-24", "2026-11-21", "2026-02-24", "2027-02-23"),
            ("2022-01-01", "2026-12-31", "2026-01-01", "2026-12-31"),
            ("2024-02-29", "2025-02-27", "2024-02-29", "2025-02-27"),
            ("2024-02-29", "2025-02-28", "2025-02-28", "2026-02-27"),
            ("2024-02-29", "2028-02-28", "2027-02-28", "2028-02-28"),
            ("2024-02-29", "2028-02-29", "2028-02-29", "2029-02-27"),
        ],
    )
    def test_runs_from_anniversary_to_anniversary(self, issued: str, on: str, first: str, last: str) -> None:
        assert license_year(day(issued), day(on)) == (day(first), day(last))

    def test_does_not_begin_before_the_license(self) -> None:
        with pytest.raises(ValueError, match="^The license was issued on 2022-02-24, after 2022-02-23.$"):
            license_year(day("2022-02-24"), day("2022-02-23"))


class TestRenewal:
    @pytest.mark.parametrize(
        ("on", "at"),
        [
            ("2026-11-26", False),
            ("2026-11-27", True),
            ("2027-01-01", True),
            ("2027-02-25", True),
            ("2027-02-26", False),
        ],
    )
    def test_is_the_last_ninety_days(self, on: str, at: bool) -> None:
        assert RENEWAL_DAYS.on(day(on)) == 90
        assert is_at_renewal(day("2027-02-25"), day(on)) is at

    def test_opens_for_a_license_that_ended_before_the_rule(self) -> None:
        assert renewal_opens_on(day("2020-03-31")) == day("2020-01-01")


class TestNextChance:
    def chance(self, on: str, others: int, renewals: int = 0, issued: str = "2024-02-24", expires: str = "2027-02-24"):
        return next_chance(
            issued_on=day(issued) if issued else None,
            expires_on=day(expires) if expires else None,
            on=day(on),
            other_requests_this_year=others,
            renewal_requests=renewals,
        )

    @pytest.mark.parametrize(
        ("on", "others", "renewals", "next_on"),
        [
            ("2026-05-01", 0, 0, "2026-05-01"),  # the other time is left
            ("2026-05-01", 1, 0, "2026-11-26"),  # so the time of renewal is next
            ("2026-11-25", 1, 0, "2026-11-26"),
            ("2026-12-01", 1, 0, "2026-12-01"),
            ("2027-02-23", 1, 0, "2027-02-23"),
            ("2026-12-01", 1, 1, "2027-02-24"),  # both used: the next license year
            ("2026-12-01", 0, 1, "2026-12-01"),
            ("2027-02-24", 1, 0, "2027-02-24"),  # the last day is still the time of renewal
            ("2027-02-25", 1, 0, "2028-02-24"),  # expired: no renewal, next year's other time
        ],
    )
    def test_is_the_first_day_that_is_left(self, on: str, others: int, renewals: int, next_on: str) -> None:
        assert self.chance(on, others, renewals) == day(next_on)

    def test_does_with_the_days_that_are_known(self) -> None:
        assert self.chance("2026-05-01", 1, issued="") == day("2026-11-26")
        assert self.chance("2026-05-01", 1, expires="") == day("2027-02-24")
        assert self.chance("2026-05-01", 0, issued="", expires="") is None
        assert self.chance("2027-03-01", 0, issued="") is None

    def test_takes_the_renewal_as_unused_unless_told(self) -> None:
        last = day("2027-02-24")
        assert next_chance(issued_on=None, expires_on=last, on=last, other_requests_this_year=1) == last

    def test_waits_for_a_license_that_is_still_to_be_issued(self) -> None:
        assert self.chance("2026-05-01", 0, issued="2026-06-01", expires="") == day("2026-06-01")
        assert self.chance("2026-05-01", 1, issued="2026-06-01", expires="") == day("2027-06-01")

    def test_is_a_day_on_which_one_may_be_asked_for(self) -> None:
        """Whatever day it is asked on, the day it names is at renewal or in a year without another request."""
        for n in range(0, 800, 7):
            on = day("2024-02-24") + timedelta(days=n)
            found = next_chance(
                issued_on=day("2024-02-24"), expires_on=day("2026-02-24"), on=on, other_requests_this_year=1
            )
            assert found is not None and found >= on
            assert is_at_renewal(day("2026-02-24"), found) or found > license_year(day("2024-02-24"), on)[1]
