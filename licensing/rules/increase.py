"""More mature plants, or fewer: when a licensee may ask, how many, what may be granted, and by when it is decided."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from casefile.calendar import Term, days, months_after
from casefile.law import Dated, cites
from licensing.rules.levels import INCREMENT, has_levels
from licensing.rules.types import MICROBUSINESS_PLANTS, PLANT_CAP, TYPES

RULE_BEGAN = date(2021, 8, 24)  # 16.8.8.5 NMAC
EARLIER_TEXT = "Verify with counsel: the text before March 22, 2022 was not seen."
CHANCES = "16.8.8.9(C), 16.8.8.10(A) NMAC"

MOST_INCREMENTS: Dated[int] = Dated(
    ((RULE_BEGAN, 8),), EARLIER_TEXT, name="Most increments in one increase", source="16.8.8.9(D) NMAC"
)  # fmt: skip
OFF_RENEWAL_REQUESTS: Dated[int] = Dated(
    ((RULE_BEGAN, 1),), "Verify with counsel: the rule does not say what a year is; counted by license year.",
    name="Increases outside renewal in one license year", source=CHANCES,
)  # fmt: skip
RENEWAL_DAYS: Dated[int] = Dated(
    ((RULE_BEGAN, 90),), "Verify with counsel: the rule does not say how long the time of renewal is.",
    name="Days before a license's last day that are the time of renewal", source=CHANCES,
)  # fmt: skip
DECISION_DAYS: Dated[int] = Dated(
    ((date(2021, 6, 29), 90),), name="Days to decide a complete request",
    source="16.8.2.23(C) NMAC; NMSA 26-2C-7(B)",
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """What stands against a step, and the text it comes from."""

    text: str
    cites: str

    def __str__(self) -> str:
        """The sentence with its citation."""
        return f"{self.text} ({self.cites})"


@dataclass(frozen=True)
class IncreaseAsked:
    """What the law wants to know of an increase.

    `authorized` is the license's count, `licensee_total` that of all licenses of the licensee, this one included;
    `asked` is how many plants more. `other_requests_this_year` are other increases asked for outside renewal in the
    license year of `on`, without those that were withdrawn; `renewal_requests` those asked for at the same renewal.
    """

    license_type: str
    authorized: int
    licensee_total: int
    asked: int
    at_renewal: bool
    other_requests_this_year: int
    on: date
    status_active: bool = True
    renewal_requests: int = 0

    @property
    def room(self) -> int:
        """How many plants are left below the cap of one licensee."""
        return max(0, PLANT_CAP.on(self.on) - max(self.licensee_total, self.authorized))

    @property
    def most(self) -> int:
        """The most plants that one increase may add."""
        return INCREMENT.on(self.on) * MOST_INCREMENTS.on(self.on)


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
    return expires_on - timedelta(days=RENEWAL_DAYS.on(expires_on))


@cites(f"{CHANCES}; how long the time of renewal is, verify with counsel")
def is_at_renewal(expires_on: date, day: date) -> bool:
    """A request is made at renewal when it is made in the last days of the license, its last day included."""
    return renewal_opens_on(expires_on) <= day <= expires_on


@cites("16.8.8.9(A), (C), (D), (F), 16.8.8.10(A) NMAC; NMSA 26-2C-2")
def reasons_not_to_ask_increase(asked: IncreaseAsked) -> list[Reason]:
    """An increase is asked for at renewal and one other time a year, in steps of 500, eight at most, up to the cap."""
    return _against_the_license(asked) or [*_against_the_time(asked), *_against_the_number(asked, asked.asked)]


@cites("16.8.8.9(C), (D), (F), 16.8.8.10(A) NMAC")
def largest_increase(asked: IncreaseAsked) -> int:
    """The most plants that may be asked for: as many steps of 500 as fit, 0 when none may."""
    if _against_the_license(asked) or _against_the_time(asked):
        return 0
    step = INCREMENT.on(asked.on)
    return min(asked.most, asked.room) // step * step


@cites("16.8.8.9(C), (D), (F), 16.8.8.10(A) NMAC")
def why_largest(asked: IncreaseAsked) -> str:
    """The largest increase is bound by what the license is, by when it was asked, by the cap, or by eight steps."""
    if against := _against_the_license(asked) or _against_the_time(asked):
        return against[0].text
    cap = PLANT_CAP.on(asked.on)
    if asked.room < asked.most:
        return f"A licensee may grow at most {cap:,} mature plants on all licenses, so {asked.room:,} are left."
    return f"At most {MOST_INCREMENTS.on(asked.on)} steps of {INCREMENT.on(asked.on)} plants may be added at a time."


@cites("16.8.8.9(C), (D), (F), 16.8.8.10(A), (B) NMAC")
def reasons_not_to_grant(asked: IncreaseAsked, granted: int) -> list[Reason]:
    """All of an increase or part of it is granted, in steps of 500, up to the cap as it is on the day of decision."""
    reasons = reasons_not_to_ask_increase(replace(asked, asked=granted))
    if granted > asked.asked:
        reasons.append(Reason(f"{asked.asked:,} plants were asked for. Grant no more than that.", "16.8.8.10(B) NMAC"))
    return reasons


@cites("16.8.2.23(A)(4) NMAC; 16.8.8 NMAC does not speak of fewer plants, verify with counsel")
def reasons_not_to_ask_decrease(*, license_type: str, authorized: int, asked: int) -> list[Reason]:
    """A license may give up any number of its mature plants, down to none; `asked` is how many fewer."""
    amended = "16.8.2.23(A)(4) NMAC"
    kind = TYPES[license_type]
    if not kind.cultivates:
        return [Reason(f"A license of the type {kind.label.lower()} has no mature plants.", "16.8.8.2 NMAC")]
    if asked < 1:
        return [Reason("Ask for at least 1 plant fewer.", amended)]
    if asked > authorized:
        return [
            Reason(f"The license is authorized for {authorized:,} mature plants. Ask for no more than that.", amended)
        ]
    return []


@cites(DECISION_DAYS.source + "; counted as NMSA 12-2A-7(A), (F)")
def decision_term(day: date) -> Term:
    """A request is decided some days after it was complete, as many as were in force on `day`."""
    return days(DECISION_DAYS.on(day))


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


def _against_the_license(asked: IncreaseAsked) -> list[Reason]:
    kind = TYPES[asked.license_type]
    if kind.microbusiness:
        most = MICROBUSINESS_PLANTS.on(asked.on)
        return [
            Reason(
                f"A microbusiness has at most {most:,} mature plants and gets no increases. To grow more, apply for "
                "another type of license.",
                "16.8.8.9(A) NMAC; NMSA 26-2C-2",
            )
        ]
    if not has_levels(asked.license_type):
        return [Reason(f"A license of the type {kind.label.lower()} gets no increases.", "16.8.8.9(A) NMAC")]
    if not asked.status_active:
        return [Reason("The license is not active. Only a license in force can be increased.", "16.8.8.10(A) NMAC")]
    return []


def _against_the_time(asked: IncreaseAsked) -> list[Reason]:
    if asked.at_renewal:
        twice = "An increase was already requested at this renewal."
        return [Reason(twice, CHANCES)] if asked.renewal_requests else []
    if asked.other_requests_this_year < OFF_RENEWAL_REQUESTS.on(asked.on):
        return []
    return [
        Reason(
            "An increase was already requested this year outside renewal. You may ask at renewal and at one other "
            "time per year.",
            CHANCES,
        )
    ]


def _against_the_number(asked: IncreaseAsked, plants: int) -> list[Reason]:
    step, times = INCREMENT.on(asked.on), MOST_INCREMENTS.on(asked.on)
    reasons = []
    if plants < step or plants % step:
        reasons.append(
            Reason(f"Plants are added in steps of {step}: {step}, {2 * step:,} and so on.", "16.8.8.9(C) NMAC")
        )
    if plants > asked.most:
        reasons.append(
            Reason(f"At most {times} steps of {step}, {asked.most:,} plants, at a time.", "16.8.8.9(D) NMAC")
        )
    if plants > asked.room:
        cap = PLANT_CAP.on(asked.on)
        reasons.append(
            Reason(
                f"A licensee may grow at most {cap:,} mature plants on all licenses. You have "
                f"{max(asked.licensee_total, asked.authorized):,}, so {asked.room:,} are left.",
                "16.8.8.9(F) NMAC",
            )
        )
    return reasons
