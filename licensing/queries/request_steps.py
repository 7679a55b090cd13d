"""What happens next with a request, state by state, for the desk and the pages of the office."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from casefile.calendar import local_day, long_day
from licensing.models import PlantRequest
from licensing.stages import REQUEST_STAGES, RequestState

TONES = {"plain": "", "review": "violet", "wait": "blue", "warn": "amber", "late": "red", "done": ""}


@dataclass(frozen=True)
class Next:
    """What comes next: its words, whose turn it is, and the page on which it is done with the row that opens it."""

    label: str
    text: str
    turn: str = ""  # officer, licensee; empty when nobody has to act
    page: str = ""
    right: str = ""
    button: str = ""


def next_of(case: PlantRequest, at: datetime) -> Next:
    """The one answer to "what happens next"."""
    return _STEPS[RequestState(case.state)](case, at)


def tone_of(case: PlantRequest) -> str:
    """The color of the tag that says the state; a decision says by it what it was."""
    decided = {RequestState.APPROVED: "green", RequestState.DENIED: "red"}
    return decided.get(RequestState(case.state)) or TONES[REQUEST_STAGES[RequestState(case.state)].tone]


def is_past(case: PlantRequest, at: datetime) -> bool:
    """The running deadline that ends first is over."""
    return case.file.due_at is not None and case.file.due_at < at


def _due(case: PlantRequest) -> str:
    return f" by {long_day(local_day(case.file.due_at))}" if case.file.due_at else ""


def _submitted(case: PlantRequest, _: datetime) -> Next:
    if case.officer is None:
        return Next(
            "Take the request", f"Nobody has it yet. Who takes it checks{_due(case)} that it is complete.", "officer",
            "request_take", "licensing.take_request", "Take the request",
        )  # fmt: skip
    return Next(
        "Check that it is complete",
        f"Look at each piece{_due(case)}. If all are there, the time to decide runs. If not, ask for what is missing.",
        "officer", "request_check", "licensing.find_complete", "Check the pieces",
    )  # fmt: skip


def _incomplete(case: PlantRequest, at: datetime) -> Next:
    if is_past(case, at):
        return Next(
            "Nothing came: call, then decide",
            "The time to send what is missing is over. Call the licensee. What comes late is taken. You may deny the "
            "request because it lacks information.",
            "officer", "request_deny", "licensing.deny_request", "Deny the request",
        )  # fmt: skip
    return Next(
        "Waiting: information from licensee", f"We asked for what is missing. It is due{_due(case)}.", "licensee"
    )


def _in_review(case: PlantRequest, at: datetime) -> Next:
    late = "The time to decide is over. Decide now." if is_past(case, at) else f"Decide{_due(case)}."
    weigh = " The rule asks nothing more of fewer plants." if case.kind == case.Kind.DECREASE else " Weigh each factor."
    return Next(
        "Decide", f"{late}{weigh} Approve all or part of it, or deny it with reasons.", "officer",
        "request_decide", "licensing.approve_request", "Decide",
    )  # fmt: skip


def _ended(words: str) -> Callable[[PlantRequest, datetime], Next]:
    return lambda _case, _at: Next(words, "This request can only be read.")


_STEPS: dict[RequestState, Callable[[PlantRequest, datetime], Next]] = {
    RequestState.DRAFT: lambda _case, _at: Next("Not sent yet", "The licensee has not sent it.", "licensee"),
    RequestState.SUBMITTED: _submitted,
    RequestState.INCOMPLETE: _incomplete,
    RequestState.IN_REVIEW: _in_review,
    RequestState.APPROVED: _ended("Approved"),
    RequestState.DENIED: _ended("Denied"),
    RequestState.WITHDRAWN: _ended("Withdrawn by the licensee"),
}
