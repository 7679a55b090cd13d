"""How a request is handled: what may be asked for, when it was complete, and what a decision has to say."""

from collections.abc import Mapping
from datetime import date

from casefile.calendar import Term, days, long_day
from casefile.law import Dated, cites
from licensing.rules.types import PLANT_CAP

INFORMATION_DAYS: Dated[int] = Dated(
    ((date(2021, 8, 24), 30),), "Verify with counsel: set by the Division; the rule names no time.",
    name="Days to send what is missing of a request", source="16.8.8.10(B)(6) NMAC; NMSA 26-2C-7(C)",
)  # fmt: skip
HEARING_DAYS: Dated[int] = Dated(
    ((date(2021, 8, 24), 20),), "Verify with counsel: whether and how a hearing follows a denial, and the words "
    "of the letter about it.",
    name="Days to ask for a hearing after a request is denied", source="NMSA 61-1-4(D), 26-2C-8(E); 16.8.2.23(C) NMAC",
)  # fmt: skip


@cites(INFORMATION_DAYS.source + "; the days are set by the Division, verify with counsel")
def information_term(day: date) -> Term:
    """What is missing of a request is due some days after it was asked for, as many as were in force on `day`."""
    return days(INFORMATION_DAYS.on(day))


@cites("16.8.8.10(A), (B)(6) NMAC")
def reasons_not_to_ask_for(wanted: Mapping[str, str]) -> list[str]:
    """Whoever asks for more information says what is missing, piece by piece; the licensee reads it."""
    if not wanted:
        return ["Choose at least one piece that is missing."]
    return [f"Say what is missing of {label.lower()}." for label, words in wanted.items() if not words.strip()]


@cites("16.8.2.23(C) NMAC; NMSA 26-2C-7(B)")
def reasons_against_complete_on(complete_on: date, *, sent_on: date, on: date) -> list[str]:
    """A request was complete on a day from its first sending to today."""
    if complete_on < sent_on:
        return [f"The request was sent on {long_day(sent_on)}. It was not complete before that."]
    if complete_on > on:
        return ["The day on which it was complete is still to come."]
    return []


@cites("16.8.8.10(B) NMAC; office practice for the reasons")
def reasons_not_to_grant_part(*, asked: int, granted: int, reasons: str) -> list[str]:
    """Whoever grants less than was asked for says why."""
    if granted < asked and not reasons.strip():
        return ["Say why less is granted than was asked for. The licensee will read it."]
    return []


@cites("16.8.8.10(B), (C) NMAC; NMSA 26-2C-7(B); Uniform Licensing Act, NMSA 61-1-4; verify with counsel")
def reasons_not_to_deny(*, reasons: str) -> list[str]:
    """A request is denied with reasons, which the licensee reads."""
    return [] if reasons.strip() else ["Say why the request is denied. The licensee will read it."]


@cites("NMSA 26-2C-7(C); that the time has to be over first, verify with counsel")
def reasons_not_to_deny_unanswered(*, due_on: date | None, on: date) -> list[str]:
    """A request that lacks information is denied only after the day by which it was asked for."""
    if due_on is not None and on <= due_on:
        return [f"The licensee has until {long_day(due_on)} to send what is missing."]
    return []


@cites("16.8.8.9(A), 16.8.8.10 NMAC; that a level is designated once, verify with counsel")
def reasons_not_to_ask_designation(*, level: int | None, status: str) -> list[str]:
    """A level is designated once, for a license that is applied for or active."""
    if level is not None:
        return [f"This license has level {level}. To grow more plants, ask for an increase."]
    if status not in ("applied", "active"):
        return [f"The license is {status}. A level is given to a license that is applied for or active."]
    return []


@cites("16.8.8.9(F) NMAC")
def reasons_against_total(*, count: int, before: int, other_licenses: int, on: date) -> list[str]:
    """A license does not grow where all licenses of its licensee would then pass the cap; it may always shrink."""
    cap = PLANT_CAP.on(on)
    if count <= before or other_licenses + count <= cap:
        return []
    return [
        f"A licensee may grow at most {cap:,} mature plants on all licenses. The other licenses have "
        f"{other_licenses:,}, so {count:,} do not fit. (16.8.8.9(F) NMAC)"
    ]
