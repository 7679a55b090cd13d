"""Renewal (NMSA 26-2C-6 E, F) and what a new license needs, with the edge days on both sides."""

from datetime import date

import pytest

from licensing.rules.renewal import (
    LATE_RENEWAL_DAYS,
    reasons_against_operations,
    reasons_not_to_approve_license,
    reasons_not_to_renew,
    reminders_on,
    renewed_until,
    year_began,
)

LAST, DAY = date(2027, 2, 24), date(2027, 1, 15)


def day(text: str) -> date:
    return date.fromisoformat(text)


class TestReminders:
    def test_go_ninety_sixty_and_thirty_days_before(self) -> None:
        assert reminders_on(LAST) == [day("2026-11-26"), day("2026-12-26"), day("2027-01-25")]
        assert reminders_on(day("2020-12-31"))[0] == day("2020-10-02")


class TestRenew:
    def against(self, status: str = "active", cleared: date | None = DAY, on: date = DAY) -> list[str]:
        return reasons_not_to_renew(status=status, tax_cleared_on=cleared, expires_on=LAST, on=on)

    def test_with_a_clearance_at_the_time_of_renewal(self) -> None:
        assert self.against() == []
        assert self.against("expired", on=LAST) == []

    @pytest.mark.parametrize("status", ["suspended", "revoked", "closed"])
    def test_only_an_active_or_expired_license(self, status: str) -> None:
        assert self.against(status) == [f"The license is {status}. Only an active or an expired license is renewed."]

    def test_not_without_its_last_day(self) -> None:
        assert reasons_not_to_renew(status="active", tax_cleared_on=DAY, expires_on=None, on=DAY) == [
            "The last day of the license is not on record."
        ]

    @pytest.mark.parametrize(
        ("on", "text"),
        [
            ("2026-11-25", "The license can be renewed from Thursday, November 26, 2026 on."),
            ("2026-11-26", ""),
            ("2027-03-26", ""),
            ("2027-03-27", "The license ended on Wednesday, February 24, 2027 and could be renewed until Friday, "
             "March 26, 2027."),
        ],
    )  # fmt: skip
    def test_from_ninety_days_before_to_thirty_after(self, on: str, text: str) -> None:
        assert self.against(cleared=day(on), on=day(on))[:1] == ([text] if text else [])
        assert LATE_RENEWAL_DAYS.on(DAY) == 30

    @pytest.mark.parametrize(
        ("cleared", "text"),
        [
            (None, "Taxation and Revenue has not yet confirmed that no tax is owed."),
            ("2027-01-16", "The day on which Taxation and Revenue confirmed it is still to come."),
            ("2027-01-15", ""),
            ("2026-11-26", ""),
            ("2026-11-25", "Taxation and Revenue confirmed it for an earlier year. A new confirmation is needed."),
        ],
    )
    def test_not_before_taxation_and_revenue_confirms(self, cleared: str | None, text: str) -> None:
        assert self.against(cleared=day(cleared) if cleared else None) == ([text] if text else [])


class TestRenewedUntil:
    @pytest.mark.parametrize(
        ("expires", "issued", "until"),
        [
            ("2027-02-24", None, "2028-02-24"),
            ("2027-02-24", "2022-02-24", "2028-02-24"),
            ("2027-02-28", "2024-02-29", "2028-02-29"),  # the leap day comes back
            ("2028-02-29", "2024-02-29", "2029-02-28"),
            ("2028-02-29", None, "2029-02-28"),
            ("2025-03-31", "2022-01-18", "2026-03-31"),  # another last day than the anniversary stays
            ("2027-02-24", "2022-02-20", "2028-02-24"),
            ("2020-03-31", None, "2021-03-31"),
        ],
    )
    def test_is_the_next_anniversary(self, expires: str, issued: str | None, until: str) -> None:
        assert renewed_until(day(expires), issued_on=day(issued) if issued else None) == day(until)


class TestYearBegan:
    @pytest.mark.parametrize(
        ("last", "issued", "began"),
        [
            ("2027-02-24", None, "2026-02-24"),
            ("2027-02-24", "2022-02-24", "2026-02-24"),
            ("2027-02-24", "2026-02-25", "2026-02-25"),  # issued later than twelve months before
            ("2027-02-24", "2027-02-23", "2027-02-23"),
            ("2027-02-24", "2027-02-24", "2027-02-23"),  # a year has a day at least
            ("2020-03-31", None, "2019-03-31"),
        ],
    )
    def test_is_twelve_months_before_or_the_issue(self, last: str, issued: str | None, began: str) -> None:
        assert year_began(day(last), issued_on=day(issued) if issued else None) == day(began)


class TestOperations:
    @pytest.mark.parametrize(
        ("began", "ended", "reasons"),
        [
            (None, None, []),
            ("2027-01-15", None, []),
            ("2027-01-16", None, ["The day on which work began, Saturday, January 16, 2027, is still to come."]),
            ("2026-01-01", "2027-01-15", []),
            (
                "2026-01-01",
                "2027-01-16",
                ["The day on which work ended, Saturday, January 16, 2027, is still to come."],
            ),
            (None, "2027-01-15", ["Say on what day work began."]),
            ("2026-01-01", "2026-01-01", []),
            ("2026-01-02", "2026-01-01", ["Work cannot end before it began."]),
        ],
    )
    def test_are_days_that_have_come_one_after_the_other(
        self, began: str | None, ended: str | None, reasons: list[str]
    ) -> None:
        days = {"began_on": day(began) if began else None, "ended_on": day(ended) if ended else None}
        assert reasons_against_operations(**days, on=DAY) == reasons


class TestApprove:
    def against(self, **changes) -> list[str]:
        facts = {
            "license_type": "producer",
            "issued_on": DAY,
            "on": DAY,
            "biotrack": "user ortega-farms",
            "level": 2,
            "mature_plants": 2_001,
        }
        return reasons_not_to_approve_license(**facts | changes)

    def test_with_every_fact(self) -> None:
        assert self.against() == []
        assert self.against(license_type="retailer", biotrack="", level=None, mature_plants=None) == []
        assert self.against(license_type="producer_microbusiness", level=None, mature_plants=200) == []

    def test_needs_its_day_of_issue(self) -> None:
        assert self.against(issued_on=None) == ["Say on what day the license is issued."]
        assert self.against(issued_on=day("2027-01-16")) == [
            "The day of issue, Saturday, January 16, 2027, is still to come."
        ]

    @pytest.mark.parametrize("biotrack", ["", "  "])
    def test_of_growers_needs_the_biotrack_account(self, biotrack: str) -> None:
        assert self.against(biotrack=biotrack) == [
            "Enter the BioTrack account. It is named in the mail that says the license is approved."
        ]

    def test_of_growers_lacks_the_account_unless_told(self) -> None:
        assert reasons_not_to_approve_license(license_type="producer_microbusiness", issued_on=DAY, on=DAY) == [
            "Enter the BioTrack account. It is named in the mail that says the license is approved."
        ]

    def test_needs_a_lawful_count(self) -> None:
        assert self.against(license_type="producer_microbusiness", level=None, mature_plants=201) == [
            "A microbusiness has at most 200 mature plants."
        ]
        assert self.against(license_type="retailer", level=None, mature_plants=1) == [
            "A license of the type retailer has no mature plants."
        ]

    @pytest.mark.parametrize(("level", "plants"), [(1, 2_001), (None, 2_001), (1, 200), (2, 2_000)])
    def test_needs_its_count_in_its_level(self, level: int | None, plants: int) -> None:
        assert self.against(level=level, mature_plants=plants) == [
            f"{plants:,} mature plants are not in the level that is designated."
        ]
        assert self.against(level=None, mature_plants=None) == []
