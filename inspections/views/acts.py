"""What else may be done with a case, beside its next step."""

from collections.abc import Iterator
from datetime import datetime

from accounts.models import User
from accounts.permissions import allows
from casefile.actions import action, move
from inspections import rules
from inspections.models import Inspection
from inspections.queries import Standing
from inspections.stages import LICENSEE_CLOCKS
from inspections.views.rows import case_url

STEPS = (
    ("extend_deadline", "Extend a deadline", "case_extend"),
    ("record_receipt", "Record how they got the notice", "receipt_record"),
    ("stop_nolv", "Stop the notice", "notice_stop"),
    ("rescind_nolv", "Take the notice back", "notice_rescind"),
    ("refer_for_discipline", "Refer for discipline", "refer"),
    ("reopen_findings", "Open the findings again", "inspection_reopen"),
    ("record_entry_refused", "Entry was refused", "inspection_refused"),
    ("cancel_inspection", "Cancel the inspection", "case_cancel"),
)


def bar_of(case: Inspection, user: User) -> list[tuple[str, str]]:
    """The acts in the head of the page: a note, another officer, paper."""
    acts = [("Add a note", case_url("case_notes", case))] if allows(user, "inspections.add_note", case) else []
    if _is_open(case, "reassign_case", user):
        acts.append(("Reassign", case_url("case_reassign", case)))
    return [*acts, ("Print case file", case_url("case_print", case))]


def others_of(standing: Standing, user: User) -> list[tuple[str, str]]:
    """The steps this person may take from here that are not the next one."""
    return list(_others(standing, user))


def _others(standing: Standing, user: User) -> Iterator[tuple[str, str]]:
    case = standing.case
    for step, label, page in STEPS:
        if page == standing.step.page or not _is_open(case, step, user) or not _makes_sense(step, standing):
            continue
        yield label, case_url(page, case)


def _is_open(case: Inspection, step: str, user: User) -> bool:
    return move(case, step) is not None and allows(user, action(case, step), case)


def _makes_sense(step: str, standing: Standing) -> bool:
    """A held notice is stopped, one that has left is taken back; a deadline that does not run is not extended."""
    case = standing.case
    held = is_held(case, standing.at)
    if step == "extend_deadline":
        ours = {clock.key for clock in LICENSEE_CLOCKS}
        return any(row.is_running and row.clock in ours for row in case.file.deadlines.all())
    if step == "refer_for_discipline" and case.nolv_served_at is None:
        return case.outcome == Inspection.Outcome.ENTRY_REFUSED
    return {"stop_nolv": held, "rescind_nolv": not held}.get(step, True)


def is_held(case: Inspection, at: datetime) -> bool:
    """The notice was served and has not left yet."""
    return case.nolv_served_at is not None and at < case.nolv_served_at + rules.HOLD
