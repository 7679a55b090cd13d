"""What happens next in a case, state by state: the one answer for lists, case pages and mails."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from casefile.calendar import clock_time, local_day, short_day
from inspections import rules
from inspections.models import Inspection
from inspections.stages import State

if TYPE_CHECKING:
    from inspections.queries.standing import Standing

RECEIPT_WAIT = timedelta(days=1)  # a notice that nobody is known to have after this wants a person to look


@dataclass(frozen=True)
class Door:
    """A page on which something is done, the row of rights that opens it, and its button."""

    page: str
    right: str
    button: str


@dataclass(frozen=True)
class Step:
    """What comes next: the words of list and case page, whose turn it is, and the page on which it is done."""

    status: str
    tone: str
    label: str
    turn: str = ""  # officer, supervisor, licensee; empty when nobody has to act now
    page: str = ""  # the name of the page's URL; empty while waiting
    right: str = ""  # the row of rights that opens that page
    button: str = ""
    text: str = ""
    meanwhile: Door | None = None  # what their officer does who may not take the step itself

    def doors(self, *, mine: bool) -> list[Door]:
        """Where one can go on, the step itself first; `mine` for the officer who has the case."""
        itself = [Door(self.page, self.right, self.button)] if self.page else []
        return itself + ([self.meanwhile] if self.meanwhile and mine else [])


def next_step(standing: "Standing") -> Step:
    """The one answer to "what happens next", for every page."""
    return _STEPS[State(standing.case.state)](standing)


def _planned(it: "Standing") -> Step:
    day = it.case.planned_on
    return Step(
        "Planned", "", "Begin the visit", "officer" if day is None or day <= local_day(it.at) else "",
        "inspection_begin", "inspections.begin_visit", "Begin the visit",
        f"The visit is planned for {short_day(day)}." if day else "The visit is planned. No day is set yet.",
    )  # fmt: skip


def _in_progress(it: "Standing") -> Step:
    return Step(
        "Visit in progress", "amber", "Record what you see", "officer",
        "inspection_record", "inspections.record_violation", "Go on recording",
        f"{_violations(it)} recorded so far." if it.parts.found else "No violation is recorded so far.",
    )  # fmt: skip


def _findings(it: "Standing") -> Step:
    if it.case.outcome == Inspection.Outcome.ENTRY_REFUSED and not it.parts.found:
        return Step(
            "Entry refused", "amber", "Decide what follows the refused entry", "officer",
            "inspection_record", "inspections.record_violation", "Record the violation",
            "Nobody let the officer in. Record it as a violation, ask a supervisor to refer the case, or cancel it.",
        )  # fmt: skip
    return Step(
        "Notice in draft", "amber", "Finish and send the notice", "officer",
        "notice_draft", "inspections.draft_nolv", "Open the draft",
        f"The visit found {_violations(it)}. Check the words, look at the letter, then send it.",
    )  # fmt: skip


def _cap_due(it: "Standing") -> Step:
    if it.came_back:
        return _redirect()
    if it.case.received_at is None:
        return _unreceived(it)
    if it.is_late:
        return _late("Plan")
    return Step(
        "Waiting for plan", "blue", "Waiting: plan from licensee", "licensee",
        text=f"Waiting for the licensee{_until(it)}. They say how they will fix {_violations(it)}.",
    )  # fmt: skip


def _redirect() -> Step:
    return Step(
        "Notice came back", "red", "The notice came back: reach them another way", "officer",
        "notice_redirect", "inspections.redirect_nolv", "Reach them another way",
        "No clock runs until the licensee has the notice. Send it to another contact, or print it and hand it over.",
    )  # fmt: skip


def _unreceived(it: "Standing") -> Step:
    """The clocks start when the licensee has the notice; until then they do not run."""
    served = it.case.nolv_served_at
    assert served is not None
    if it.at > served + RECEIPT_WAIT:
        return Step(
            "Notice not received", "amber", "Record how they got the notice", "officer",
            "receipt_record", "inspections.record_receipt", "Record the receipt",
            "Nobody is known to have the notice, so no clock runs. Call the licensee, then record how they got it.",
        )  # fmt: skip
    leaves = f"leaves at {clock_time(served + rules.HOLD)}" if it.at < served + rules.HOLD else "is on its way"
    text = "The clocks start when the licensee has the notice."
    return Step("Waiting for plan", "blue", f"Waiting: the notice {leaves}", "licensee", text=text)


def _cap_in_review(it: "Standing") -> Step:
    return Step(
        "Plan to review", "violet", "Review the corrective action plan", "officer",
        "plan_review", "inspections.approve_cap", f"Review the plan ({it.parts.plans})",
        f"The licensee sent a plan for {it.parts.plans} of {_violations(it)}. Accept each one, or say what is missing. "
        "They get one email when you finish.",
    )  # fmt: skip


def _corrections_due(it: "Standing") -> Step:
    if it.is_late:
        return _late("Proof")
    return Step(
        "Waiting for proof", "blue", "Waiting: proof from licensee", "licensee",
        text=f"Waiting for the licensee{_until(it)}. {it.parts.fixed} of {it.parts.found} are fixed so far.",
    )  # fmt: skip


def _late(what: str) -> Step:
    return Step(
        f"{what} overdue", "red", f"{what} is late: call, then refer", "officer",
        "refer", "inspections.refer_for_discipline", "Refer the case",
        "Call the licensee and write down what they say. A supervisor can extend the date or refer the case.",
        Door("case_notes", "inspections.add_note", "Write down the call"),
    )  # fmt: skip


def _corrections_in_review(it: "Standing") -> Step:
    if it.parts.ready:
        return Step(
            "Ready to close", "green", "Send the close-out letter", "officer",
            "close_out", "inspections.close_out", "Close the case",
            f"The proof of {_violations(it)} is accepted. The letter says that the premises is in compliance.",
        )  # fmt: skip
    if it.parts.proofs and it.parts.proofs == it.parts.to_see:
        return Step(
            "To see again", "violet", "See the fix at the premises", "officer",
            "proof_review", "inspections.review_evidence", "Review the proof",
            "A follow-up visit is planned. Accept the proof once you have seen the fix.",
        )  # fmt: skip
    return Step(
        "Proof to review", "violet", "Review the proof", "officer",
        "proof_review", "inspections.review_evidence", f"Review the proof ({it.parts.proofs})",
        f"The licensee sent proof for {it.parts.proofs} of {_violations(it)}. Accept each one, or say what is missing.",
    )  # fmt: skip


def _discipline(it: "Standing") -> Step:
    if it.came_back:
        return _redirect()
    return Step(
        "Referred", "red", "Decide the outcome", "supervisor",
        "outcome", "inspections.impose_penalty", "Decide the outcome",
        "A supervisor decides: a penalty, a suspension, a revocation, back to corrections, or dismissal.",
    )  # fmt: skip


def _closed(it: "Standing") -> Step:
    outcome = it.case.get_outcome_display() or "Closed"
    return Step("Closed", "", outcome, text="This case is closed. It can only be read.")


def _cancelled(_: "Standing") -> Step:
    return Step("Cancelled", "", "Cancelled", text="This inspection was cancelled. The history says why.")


def _violations(it: "Standing") -> str:
    return f"{it.parts.found} violation{'s' * (it.parts.found != 1)}"


def _until(it: "Standing") -> str:
    return f" until {short_day(local_day(it.deadline.due_at))}" if it.deadline else ""


_STEPS: dict[State, Callable[["Standing"], Step]] = {
    State.PLANNED: _planned,
    State.IN_PROGRESS: _in_progress,
    State.FINDINGS_RECORDED: _findings,
    State.CAP_DUE: _cap_due,
    State.CAP_IN_REVIEW: _cap_in_review,
    State.CORRECTIONS_DUE: _corrections_due,
    State.CORRECTIONS_IN_REVIEW: _corrections_in_review,
    State.CLOSED: _closed,
    State.DISCIPLINE: _discipline,
    State.CANCELLED: _cancelled,
}
