"""The stages of a case as a row of dates."""

from datetime import date, datetime

from casefile.calendar import local_day, short_day
from inspections import clocks
from inspections.models import Inspection
from inspections.queries import Standing
from inspections.stages import State

CORRECTION = ("Inspected", "Notice sent", "Plan received", "Plan review", "Proof of fix", "Closed")
PLACE = {
    State.PLANNED: 0, State.IN_PROGRESS: 0, State.FINDINGS_RECORDED: 1, State.CAP_DUE: 2, State.CAP_IN_REVIEW: 3,
    State.CORRECTIONS_DUE: 4, State.CORRECTIONS_IN_REVIEW: 4, State.CLOSED: 5,
}  # fmt: skip
PROOF_CLOCKS = (clocks.CORRECTIONS_DUE.key, clocks.PROOF_RESEND_DUE.key)
SHORT = (Inspection.Outcome.COMPLIANT, "")
OFF_THE_PATH = (
    Inspection.Outcome.PENALTY,
    Inspection.Outcome.SUSPENSION,
    Inspection.Outcome.REVOCATION,
    Inspection.Outcome.DISMISSED,
)


def stages_of(standing: Standing) -> list[dict[str, str]]:
    """Each stage with its date, exactly one of them now."""
    case = standing.case
    if case.state == State.CANCELLED:
        return _line([("Inspected", _day(case.visit_began_at)), ("Cancelled", _day(case.closed_at))], 1)
    if case.state == State.CLOSED and case.outcome in SHORT:
        return _line([("Inspected", _day(case.visit_ended_at)), ("Closed", _day(case.closed_at))], 1)
    if case.state == State.DISCIPLINE or case.outcome in OFF_THE_PATH:
        return _off_the_path(standing)
    notes = (
        _day(case.visit_ended_at or case.visit_began_at or case.planned_on), _day(case.nolv_served_at),
        *_plan_notes(standing),
        _proof_note(standing), _day(case.closed_at),
    )  # fmt: skip
    return _line(list(zip(CORRECTION, notes, strict=True)), PLACE[State(case.state)], now=_now(standing))


def _off_the_path(standing: Standing) -> list[dict[str, str]]:
    case = standing.case
    closed = case.state == State.CLOSED
    told = "Entry refused" if case.nolv_served_at is None else "Notice sent"
    stages = [
        ("Inspected", _day(case.visit_ended_at)), (told, _day(case.nolv_served_at)), ("Referred", ""),
        ("Outcome", case.get_outcome_display() if closed else ""), ("Closed", _day(case.closed_at)),
    ]  # fmt: skip
    return _line(stages, 4 if closed else 2, now=_now(standing))


def _plan_notes(standing: Standing) -> tuple[str, str]:
    plans = [it.plan for it in standing.case.rounds() if it.plan]
    if not plans:
        return "", ""
    decided = [plan.decided_at for plan in plans if plan.decided_at]
    all_decided = len(decided) == len(plans)
    return _day(max(plan.sent_at for plan in plans)), _day(max(decided)) if all_decided else ""


def _proof_note(standing: Standing) -> str:
    """How many are fixed, or when the proof is due."""
    if standing.parts.ready:
        return "All fixed"
    rows = standing.case.file.deadlines.all()
    due = [row.due_at for row in rows if row.is_running and row.clock in PROOF_CLOCKS]
    return f"Due {short_day(local_day(max(due)))}" if due else ""


def _now(standing: Standing) -> str:
    due = standing.deadline
    if standing.case.state == State.CLOSED:
        return ""
    if due is None:
        return "Now"
    return f"{'Overdue, was due' if standing.is_late else 'Now, due'} {short_day(local_day(due.due_at))}"


def _line(stages: list[tuple[str, str]], at: int, *, now: str = "") -> list[dict[str, str]]:
    return [
        {
            "label": label,
            "note": (n == at and now) or note or ("" if n <= at else "Not yet"),
            "state": "done" if n < at else "now" if n == at else "",
        }
        for n, (label, note) in enumerate(stages)
    ]


def _day(day: date | datetime | None) -> str:
    if day is None:
        return ""
    return short_day(local_day(day) if isinstance(day, datetime) else day)
