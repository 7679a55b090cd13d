"""What a window says to its licensee in each state: the heading, the lead, the steps; words that anyone can read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from casefile.calendar import clock_time, local_day, long_day, short_day
from casefile.views.own import Mark
from inventory_windows import rules
from inventory_windows.models import Correction, FirstWindow, WindowRequest
from inventory_windows.stages import (
    CORRECTION_STAGES,
    FIRST_STAGES,
    REQUEST_STAGES,
    CorrectionState,
    FirstState,
    RequestState,
)

State = RequestState


def status(case: Any, at: datetime) -> Mark:
    """The case in one tag; a window whose end has come is shut, whether or not the clockwork has noticed."""
    stages: Any = {WindowRequest: REQUEST_STAGES, FirstWindow: FIRST_STAGES, Correction: CORRECTION_STAGES}[type(case)]
    state = case.state
    if state == State.OPEN and case.closes_at and case.closes_at <= at:
        state = State.SHUT
    stage = stages[state]
    return Mark(stage.licensee, stage.tone)


def is_open(case: Any, at: datetime) -> bool:
    """Plants can be entered now."""
    return case.state == State.OPEN and case.opening is not None and case.opening.is_open(at)


def moment(at: datetime) -> str:
    """ "Tuesday, November 24, at 3:05 p.m."."""
    return f"{long_day(local_day(at), year=False)}, at {clock_time(at)}"


def short(at: datetime) -> str:
    """ "Tue, Nov 24, 3:05 p.m."."""
    return f"{short_day(local_day(at))}, {clock_time(at)}"


def left(closes_at: datetime, at: datetime) -> tuple[str, str]:
    """The tone and the words for what is left of an open window."""
    hours = int((closes_at - at).total_seconds() // 3600)
    if hours < 1:
        return "soon", f"Less than 1 hour left. It ends at {clock_time(closes_at)}"
    if hours < 48:
        return (
            "soon" if hours < 12 else "later",
            f"{hours} hour{'s' * (hours != 1)} left, until {clock_time(closes_at)}",
        )
    days = hours // 24
    return ("soon" if days <= 5 else "later"), f"{days} days left, until {clock_time(closes_at)}"


def heading(case: Any, at: datetime) -> str:
    """The heading of the page of one window or request."""
    if is_open(case, at):
        return "Your window is open"
    if isinstance(case, FirstWindow):
        return "Your 15-day window is shut" if case.state != FirstState.READY else "Your 15-day window"
    return {
        State.DOCUMENTS_ASKED: "Your request: send papers",
        State.APPROVED: "We will open your window",
        State.OPEN: "Your window is shut",
        State.SHUT: "Your window is shut",
        State.REFUSED: "We can not open a window",
        State.WITHDRAWN: "You took this request back",
    }.get(State(case.state), "We got your request")


def lead(case: Any, at: datetime) -> str:
    """What happened, and what is asked, in a few sentences."""
    if is_open(case, at):
        return "Enter your seeds, clones, and plant tissue in BioTrack now. BioTrack makes a source code for each one."
    if isinstance(case, FirstWindow):
        return "To enter more seeds, clones, or plant tissue, ask us to open a window."
    return {
        State.REQUESTED: "You do not need to do anything now. We will look at it and write to you.",
        State.IN_REVIEW: "An officer is looking at it. You do not need to do anything now.",
        State.DOCUMENTS_ASKED: "We need papers from you before we can decide.",
        State.APPROVED: "Have your list ready. The window stays open for 24 hours.",
        State.REFUSED: "You can send a new request when this is settled.",
        State.WITHDRAWN: "You can send a new request at any time.",
    }.get(State(case.state), "It was open for 24 hours.")


def steps(case: WindowRequest, at: datetime) -> list[dict[str, object]]:
    """What happens next, the present step marked; nothing once it has left this path."""
    now = {
        State.REQUESTED: 1, State.IN_REVIEW: 1, State.DOCUMENTS_ASKED: 2, State.APPROVED: 3, State.OPEN: 4,
    }.get(State(case.state))  # fmt: skip
    if now is None or (case.state == State.OPEN and not is_open(case, at)):
        return []
    opens = f" on {moment(case.opens_at)}" if case.opens_at else ""
    ends = f" by {moment(case.closes_at)}" if case.closes_at else ""
    rows = [
        ("You did this", "You sent your request", "", False),
        ("We do this", "We look at your request", "We email you when we decide.", True),
        ("You do this", "You send papers, if we ask for them", "Photos or a PDF. You can send them here.", False),
        ("We do this", f"We open your window{opens}", "We email you when it is open.", True),
        ("You do this", f"You enter your plants in BioTrack{ends}", "The window is open for 24 hours.", False),
    ]
    return [
        {"who": f"{who} now" if n == now else who, "title": title, "text": text, "ours": ours, "now": n == now}
        for n, (who, title, text, ours) in enumerate(rows)
        if n != 2 or now == 2
    ]


def correction_heading(case: Correction) -> str:
    return {
        CorrectionState.ASKED: "Your request: answer our question",
        CorrectionState.APPROVED: "The State approves this fix",
        CorrectionState.REFUSED: "We can not approve this fix",
        CorrectionState.WITHDRAWN: "You took this request back",
    }.get(CorrectionState(case.state), "We got your request")


def correction_lead(case: Correction) -> str:
    return {
        CorrectionState.ASKED: "We need to know more before we can decide.",
        CorrectionState.APPROVED: f"The number of the approval is {case.number}. Give it to BioTrack support.",
        CorrectionState.REFUSED: "You can send a new request when this is settled.",
        CorrectionState.WITHDRAWN: "You can send a new request at any time.",
    }.get(CorrectionState(case.state), "You do not need to do anything now. We will look at it and write to you.")


def may_ask(spans: Sequence[rules.Span], holder: rules.Holder, at: datetime) -> list[str]:
    """What a license's card says of asking: now, or from when, or why not."""
    if against := rules.reasons_against_license(holder):
        return against
    opens = rules.opens_from(holder, spans, at)
    if opens is None or opens <= at:
        return ["You can ask for a window now. We can open one every 3 months."]
    return [f"You can ask for the next window on {rules.moment(opens)}"]
