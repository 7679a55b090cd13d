"""The year of a license: when its holder is reminded, when it is renewed, and what a new license needs."""

from datetime import date, timedelta

from casefile.calendar import long_day, months_after, months_before
from casefile.law import Dated, cites
from licensing.rules.chances import renewal_opens_on
from licensing.rules.levels import has_levels, level_of
from licensing.rules.types import ACT_BEGAN, LICENSE_MONTHS, TYPES, reasons_against_plants

REMINDER_DAYS: Dated[tuple[int, ...]] = Dated(
    ((ACT_BEGAN, (90, 60, 30)),),
    verify="Office practice: the law asks for no reminder.",
    name="Days before a license's last day on which its holder is reminded",
    source="NMSA 26-2C-6(E)",
)
LATE_RENEWAL_DAYS: Dated[int] = Dated(
    ((ACT_BEGAN, 30),),
    verify="Verify with counsel: nothing was found on renewing a license after its last day.",
    name="Days after its last day on which a license can still be renewed",
    source="NMSA 26-2C-6(E)",
)


@cites("NMSA 26-2C-6(E); office practice for the days")
def reminders_on(expires_on: date) -> list[date]:
    """A licensee is reminded of the renewal some days before the license's last day, the earliest first."""
    return [expires_on - timedelta(days=count) for count in REMINDER_DAYS.on(max(expires_on, ACT_BEGAN))]


@cites("NMSA 26-2C-6(E), (F); renewal after the last day, verify with counsel")
def reasons_not_to_renew(*, status: str, tax_cleared_on: date | None, expires_on: date | None, on: date) -> list[str]:
    """A license is renewed at the time of renewal, when Taxation and Revenue has confirmed that no tax is owed."""
    if status not in ("active", "expired"):
        return [f"The license is {status}. Only an active or an expired license is renewed."]
    if expires_on is None:
        return ["The last day of the license is not on record."]
    return [*_against_the_day(expires_on, on), *_against_the_clearance(tax_cleared_on, expires_on, on)]


@cites("NMSA 26-2C-6(E)")
def renewed_until(expires_on: date, *, issued_on: date | None = None) -> date:
    """A renewed license is valid twelve months on, to the anniversary of its issue where that day is known."""
    term = LICENSE_MONTHS.on(max(expires_on, ACT_BEGAN))
    if issued_on:
        months = 12 * (expires_on.year - issued_on.year)
        if months_after(issued_on, months) == expires_on:
            return months_after(issued_on, months + term)
    return months_after(expires_on, term)


@cites("NMSA 26-2C-6(E)")
def year_began(last: date, *, issued_on: date | None = None) -> date:
    """The license year that ends with `last` began twelve months before, or with the issue where that is later."""
    began = months_before(last, LICENSE_MONTHS.on(max(last, ACT_BEGAN)))
    return min(max(began, issued_on or began), last - timedelta(days=1))


@cites("NMSA 26-2C-6(E)")
def reasons_against_operations(*, began_on: date | None, ended_on: date | None, on: date) -> list[str]:
    """A licensee tells when it began and when it ended operations: days that have come, one after the other."""
    reasons = [
        f"The day on which work {what}, {long_day(day)}, is still to come."
        for what, day in (("began", began_on), ("ended", ended_on))
        if day and day > on
    ]
    if ended_on and began_on is None:
        reasons.append("Say on what day work began.")
    if ended_on and began_on and ended_on < began_on:
        reasons.append("Work cannot end before it began.")
    return reasons


@cites(
    "NMSA 26-2C-2, 26-2C-6(E); CCD Compliance FAQs: the BioTrack account comes with the approval; verify with counsel"
)
def reasons_not_to_approve_license(
    *, license_type: str, issued_on: date | None, on: date, biotrack: str = "", level: int | None = None,
    mature_plants: int | None = None,
) -> list[str]:  # fmt: skip
    """A new license has its day of issue and, where plants are grown, its BioTrack account and a lawful count."""
    kind = TYPES[license_type]
    reasons = []
    if issued_on is None:
        reasons.append("Say on what day the license is issued.")
    elif issued_on > on:
        reasons.append(f"The day of issue, {long_day(issued_on)}, is still to come.")
    if kind.cultivates and not biotrack.strip():
        reasons.append("Enter the BioTrack account. It is named in the mail that says the license is approved.")
    if mature_plants is not None:
        reasons += reasons_against_plants(license_type, mature_plants, on=on)
    if has_levels(license_type) and mature_plants is not None:
        reasons += _against_the_level(level, mature_plants, on)
    return reasons


def _against_the_level(level: int | None, mature_plants: int, on: date) -> list[str]:
    found = level_of(mature_plants, on=on)
    if found and found.number == level:
        return []
    return [f"{mature_plants:,} mature plants are not in the level that is designated."]


def _against_the_day(expires_on: date, on: date) -> list[str]:
    if on < renewal_opens_on(expires_on):
        return [f"The license can be renewed from {long_day(renewal_opens_on(expires_on))} on."]
    last = expires_on + timedelta(days=LATE_RENEWAL_DAYS.on(on))
    if on > last:
        return [f"The license ended on {long_day(expires_on)} and could be renewed until {long_day(last)}."]
    return []


def _against_the_clearance(cleared_on: date | None, expires_on: date, on: date) -> list[str]:
    if cleared_on is None:
        return ["Taxation and Revenue has not yet confirmed that no tax is owed."]
    if cleared_on > on:
        return ["The day on which Taxation and Revenue confirmed it is still to come."]
    if cleared_on < renewal_opens_on(expires_on):
        return ["Taxation and Revenue confirmed it for an earlier year. A new confirmation is needed."]
    return []
