"""When an increase may be asked for: at renewal, and at one other time in a license year."""

from datetime import date, timedelta

from casefile.calendar import months_after
from casefile.law import Dated, cites
from licensing.rules.types import RULE_BEGAN

CHANCES = "16.8.8.9(C), 16.8.8.10(A) NMAC"

OFF_RENEWAL_REQUESTS: Dated[int] = Dated(
    ((RULE_BEGAN, 1),), "Verify with counsel: the rule does not say what a year is; counted by license year.",
    name="Increases outside renewal in one license year", source=CHANCES,
)  # fmt: skip
RENEWAL_DAYS: Dated[int] = Dated(
    ((RULE_BEGAN, 90),), "Verify with counsel: the rule does not say how long the time of renewal is.",
    name="Days before a license's last day that are the time of renewal", source=CHANCES,
)  # fmt: skip


@cites("16.8.8.9(C), 16.8.8.10(A) NMAC; the year from the date of issue: NMSA 26-2C-6(E), verify with counsel")
def license_year(issued_on: date, day: date) -> tuple[date, date]:
    """A license year runs from the day of issue, or its anniversary, to the day before the next; ValueError before."""
    if day < issued_on:
        raise ValueError(f"The license was issued on {issued_on}, after {day}.")
    years = day.year - issued_on.year
    if day < months_after(issued_on, 12 * years):
        years -= 1
    return months_after(issued_on, 12 * years), months_after(issued_on, 12 * (years + 1)) - timedelta(days=1)


@cites(f"{CHANCES}; how long the time of renewal is, verify with counsel")
def renewal_opens_on(expires_on: date) -> date:
    """The time of renewal begins some days before the license's last day."""
    return expires_on - timedelta(days=RENEWAL_DAYS.on(max(expires_on, RULE_BEGAN)))


@cites(f"{CHANCES}; how long the time of renewal is, verify with counsel")
def is_at_renewal(expires_on: date, day: date) -> bool:
    """A request is made at renewal when it is made in the last days of the license, its last day included."""
    return renewal_opens_on(expires_on) <= day <= expires_on


@cites(f"{CHANCES}; the year and the time of renewal, verify with counsel")
def next_chance(
    *,
    issued_on: date | None,
    expires_on: date | None,
    on: date,
    other_requests_this_year: int,
    renewal_requests: int = 0,
) -> date | None:
    """The first day from `on` on which an increase may be asked for; None when the license's days are unknown.

    For the day after the next request, count that request in.
    """
    chances = []
    if issued_on:
        left = other_requests_this_year < OFF_RENEWAL_REQUESTS.on(on)
        chances.append(max(on, issued_on) if left else _day_after_the_year(issued_on, on))
    if expires_on and on <= expires_on and not renewal_requests:
        chances.append(max(on, renewal_opens_on(expires_on)))
    return min(chances, default=None)


def _day_after_the_year(issued_on: date, on: date) -> date:
    return license_year(issued_on, max(on, issued_on))[1] + timedelta(days=1)
