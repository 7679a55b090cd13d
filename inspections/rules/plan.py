"""The corrective action plan and the proof of correction: what is asked of the licensee, and of a review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casefile.calendar import Term, business_days, long_day, months
from casefile.law import Dated, cites
from inspections.rules.findings import FAQ

BEGINNING = date(2021, 6, 29)  # the day the Cannabis Regulation Act came into force; the FAQ itself bears no date
FAQ_NOTE = "Verify with counsel: the FAQ states this as practice; no rule text with it was found."

CAP_BUSINESS_DAYS: Dated[int] = Dated(
    ((BEGINNING, 5),), FAQ_NOTE, name="Business days to send the plan",
    source=f"{FAQ}: 5 business days from the time you receive the NOLV",
)  # fmt: skip
CORRECTION_MONTHS: Dated[int] = Dated(
    ((BEGINNING, 1),), FAQ_NOTE, name="Calendar months to correct all violations",
    source=f"{FAQ}: 1 calendar month to correct all violations and to submit evidence",
)  # fmt: skip
RESEND_BUSINESS_DAYS: Dated[int] = Dated(
    ((BEGINNING, 5),), "Verify with counsel: nothing was found on returned plans; the first period is given again.",
    name="Business days to send a returned part of the plan again", source="office practice",
)  # fmt: skip

ACCEPTED, RETURNED, REINSPECT = "accepted", "returned", "reinspect"


@cites(CAP_BUSINESS_DAYS.source + "; counted as NMSA 12-2A-7(A), (E)")
def cap_term(day: date) -> Term:
    """The plan is due some business days after the notice was received, as many as were in force on `day`."""
    return business_days(CAP_BUSINESS_DAYS.on(day))


@cites(CORRECTION_MONTHS.source + "; counted as NMSA 12-2A-7(C), (F)")
def corrections_term(day: date) -> Term:
    """All corrections and their proof are due some months after the notice was received."""
    return months(CORRECTION_MONTHS.on(day))


@cites("office practice, verify with counsel; counted as NMSA 12-2A-7(A), (E)")
def resend_term(day: date) -> Term:
    """A returned part of a plan is due again some business days after it was returned."""
    return business_days(RESEND_BUSINESS_DAYS.on(day))


@dataclass(frozen=True)
class PlanFacts:
    """What the licensee says about the correction of one violation."""

    number: int
    title: str
    how: str = ""
    who: str = ""
    by_on: date | None = None
    accepted: bool = False  # accepted in an earlier review, so not asked again


@dataclass(frozen=True)
class Decision:
    """What a review says about one violation's plan or proof; an empty verdict is undecided."""

    number: int
    verdict: str = ""  # ACCEPTED, RETURNED or, for proof only, REINSPECT
    remark: str = ""


@cites(f"{FAQ}: the plan says how, by whom and by what day each violation will be corrected")
def missing_in_plan(plan: PlanFacts, *, received_on: date | None, corrections_due_on: date | None) -> dict[str, str]:
    """A plan says how, who and by what day, not after the corrections are due; by field, for the form."""
    missing = {
        "how": "" if plan.how.strip() else "Say how you will correct it.",
        "who": "" if plan.who.strip() else "Say who will correct it.",
        "by_on": _wrong_day(plan.by_on, received_on, corrections_due_on),
    }
    return {field: reason for field, reason in missing.items() if reason}


@cites(f"{FAQ}: the plan outlines each violation")
def reasons_not_to_submit(
    plans: Sequence[PlanFacts], *, received_on: date | None, corrections_due_on: date | None
) -> list[str]:
    """A plan is sent when it answers for every violation whose part is not accepted yet; late is taken in."""
    asked = [plan for plan in plans if not plan.accepted]
    if not asked:
        return ["Every part of your plan is already accepted."] if plans else ["There is no violation to plan for."]
    return [
        f"Violation {plan.number}, {plan.title}: {reason}"
        for plan in asked
        for reason in missing_in_plan(
            plan, received_on=received_on, corrections_due_on=corrections_due_on
        ).values()
    ]  # fmt: skip


@cites(f"{FAQ}: submit evidence that each violation is corrected")
def reasons_not_to_send_evidence(*, files: int, verified: bool) -> list[str]:
    """Proof of a correction is at least one file, for a violation that is not verified yet."""
    if verified:
        return ["We already accepted your proof for this violation."]
    return [] if files > 0 else ["Add at least one photo or paper that shows the fix."]


@cites("office practice: one letter for the whole review, with what is missing in each returned part")
def reasons_not_to_finish_review(decisions: Sequence[Decision]) -> list[str]:
    """A review is finished when each part is accepted or returned, and each returned part says what is missing."""
    if not decisions:
        return ["There is nothing to review."]
    return [reason for decision in decisions for reason in _undecided(decision)]


def _undecided(decision: Decision) -> list[str]:
    if decision.verdict not in (ACCEPTED, RETURNED, REINSPECT):
        return [f"Violation {decision.number}: accept it or return it."]
    if decision.verdict == ACCEPTED or decision.remark.strip():
        return []
    what = "what is missing" if decision.verdict == RETURNED else "why we must see it again"
    return [f"Violation {decision.number}: say {what}."]


def _wrong_day(day: date | None, received_on: date | None, corrections_due_on: date | None) -> str:
    if day is None:
        return "Say by what day it will be corrected."
    if received_on and day < received_on:
        return f"Choose a day from {long_day(received_on)} on. That is when you got the notice."
    if corrections_due_on and day > corrections_due_on:
        return f"Choose a day no later than {long_day(corrections_due_on)}. All corrections are due then."
    return ""
