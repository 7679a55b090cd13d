"""More mature plants, or fewer: when a licensee may ask, how many, what may be granted, and by when it is decided."""

from dataclasses import dataclass, replace
from datetime import date

from casefile.calendar import Term, days
from casefile.law import Dated, cites
from licensing.rules.chances import (
    CHANCES,
    OFF_RENEWAL_REQUESTS,
    RENEWAL_DAYS,
    is_at_renewal,
    license_year,
    next_chance,
    renewal_opens_on,
)
from licensing.rules.levels import INCREMENT, has_levels
from licensing.rules.types import ACT_BEGAN, MICROBUSINESS_PLANTS, PLANT_CAP, RULE_BEGAN, TYPES

EARLIER_TEXT = "Verify with counsel: the text before March 22, 2022 was not seen."

MOST_INCREMENTS: Dated[int] = Dated(
    ((RULE_BEGAN, 8),), EARLIER_TEXT, name="Most increments in one increase", source="16.8.8.9(D) NMAC"
)  # fmt: skip
DECISION_DAYS: Dated[int] = Dated(
    ((ACT_BEGAN, 90),), name="Days to decide a complete request",
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
        return [Reason(f"The license has {authorized:,} mature plants. Ask for no more than that.", amended)]
    return []


@cites(DECISION_DAYS.source + "; counted as NMSA 12-2A-7(A), (F)")
def decision_term(day: date) -> Term:
    """A request is decided some days after it was complete, as many as were in force on `day`."""
    return days(DECISION_DAYS.on(day))


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
        reasons.append(Reason(f"Plants are added in steps of {step}.", "16.8.8.9(C) NMAC"))
    if plants > asked.most:
        said = f"At most {times} steps of {step}, {asked.most:,} plants, are added at a time."
        reasons.append(Reason(said, "16.8.8.9(D) NMAC"))
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


__all__ = [
    "DECISION_DAYS",
    "INCREMENT",
    "MOST_INCREMENTS",
    "OFF_RENEWAL_REQUESTS",
    "RENEWAL_DAYS",
    "IncreaseAsked",
    "Reason",
    "decision_term",
    "is_at_renewal",
    "largest_increase",
    "license_year",
    "next_chance",
    "reasons_not_to_ask_decrease",
    "reasons_not_to_ask_increase",
    "reasons_not_to_grant",
    "renewal_opens_on",
    "why_largest",
]
