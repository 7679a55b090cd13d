"""What a person changes in a plan by hand: each change is on record with who, when, what was and, where asked, why."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import Role, User
from casefile.actions import Refused, journal
from licensing.models import Premises
from schedules.actions.drives import order_day
from schedules.actions.parts import demand
from schedules.actions.plans import current
from schedules.models import Plan, PlannedVisit, VisitChange
from schedules.queries.done import begun_in
from schedules.queries.weighed import weigh
from schedules.rules.month import last_of
from schedules.stages import PlanState, Purpose

OPEN = (PlanState.PROPOSED, PlanState.PUBLISHED)
CLOSED = "This plan can not be changed any longer. Change the one that is published, or have a new one made."
NO_REASON = "Say why. The history of the plan keeps it."
IN_PLAN = "This premises is in the plan already. Move that visit instead."
NOT_OPERATING = "This premises does not operate."
OTHER_MONTH = "The day must be in the month of the plan."
NO_OFFICER = "Choose an officer who is active."
DONE = "This visit has taken place."
SAME = "Nothing would change: this is the officer and the day of the visit."
NOT_IN_FORCE = "Only a visit of a published plan can be skipped."
SKIPPED = "This visit was skipped already."
NOT_SKIPPED = "This visit was not skipped."


@transaction.atomic
def add_visit(
    plan: Plan, premises: Premises, *, officer: User, day: date, minutes: int, purpose: str, reason: str, by: User,
    at: datetime, version: int | None = None,
) -> PlannedVisit:  # fmt: skip
    """Put a premises into a plan; it stays when the month is planned again. Raises Refused."""
    plan = _hold(plan, by, version)
    _refuse(_against_place(plan, premises) + _against(plan, officer, day) + _against_reason(reason))
    row = PlannedVisit.objects.create(
        plan=plan, premises=premises, officer=officer, day=day, position=_after_last(plan, officer, day),
        minutes=minutes, purpose=Purpose(purpose), reasons=[f"Added by {by.name}: {reason.strip()}"], fixed=True,
    )  # fmt: skip
    order_day(plan, officer.pk, day)
    _record(row, "added", "Visit added", reason=reason, by=by, at=at, now=_place(row))
    return row


@transaction.atomic
def move_visit(
    row: PlannedVisit, *, officer: User, day: date, reason: str, by: User, at: datetime, version: int | None = None
) -> PlannedVisit:
    """Give a visit to another officer or day; it stays there when the month is planned again. Raises Refused."""
    row = _hold_visit(row, by, version)
    same = (row.officer_id, row.day) == (officer.pk, day)
    _refuse(_against(row.plan, officer, day) + _against_reason(reason) + [SAME] * same)
    was, left = _place(row), (row.officer_id, row.day)
    row.position = _after_last(row.plan, officer, day)
    row.officer, row.day, row.fixed = officer, day, True
    row.save(update_fields=["officer", "day", "position", "fixed"])
    for who, when in (left, (officer.pk, day)):
        order_day(row.plan, who, when)
    _record(row, "moved", "Visit moved", reason=reason, by=by, at=at, was=was, now=_place(row))
    return row


@transaction.atomic
def remove_visit(row: PlannedVisit, *, reason: str, by: User, at: datetime, version: int | None = None) -> PlannedVisit:
    """Take a visit out of a plan; planning the month again does not bring it back. Raises Refused."""
    row = _hold_visit(row, by, version)
    _refuse(_against_reason(reason))
    was = _place(row)
    PlannedVisit.objects.filter(pk=row.pk).delete()
    order_day(row.plan, row.officer_id, row.day)
    _record(row, "removed", "Visit removed", reason=reason, by=by, at=at, was=was)
    return row


@transaction.atomic
def fix_visit(row: PlannedVisit, *, by: User, at: datetime, version: int | None = None) -> PlannedVisit:
    """Have a visit stay as it is when the month is planned again."""
    return _set_fixed(_hold_visit(row, by, version), True, by=by, at=at)


@transaction.atomic
def free_visit(row: PlannedVisit, *, by: User, at: datetime, version: int | None = None) -> PlannedVisit:
    """Let the planner move a visit again."""
    return _set_fixed(_hold_visit(row, by, version), False, by=by, at=at)


def _set_fixed(row: PlannedVisit, fixed: bool, *, by: User, at: datetime) -> PlannedVisit:
    if row.fixed != fixed:
        row.fixed = fixed
        row.save(update_fields=["fixed"])
        what, title = ("fixed", "Visit fixed") if fixed else ("freed", "Visit freed")
        _record(row, what, title, by=by, at=at)
    return row


@transaction.atomic
def skip_visit(row: PlannedVisit, *, reason: str, by: User, at: datetime) -> PlannedVisit:
    """Say that a visit of a published plan does not take place, and why. Its officer may, and a supervisor."""
    demand(by, "skip_visit", row)
    row = _fresh(row)
    _refuse(_against_skipping(row) + _against_reason(reason))
    row.skipped_at, row.skipped_by, row.skip_reason = at, by, reason.strip()
    row.save(update_fields=["skipped_at", "skipped_by", "skip_reason"])
    order_day(row.plan, row.officer_id, row.day)
    _record(row, "skipped", "Visit skipped", reason=reason, by=by, at=at)
    return row


@transaction.atomic
def take_up_visit(row: PlannedVisit, *, by: User, at: datetime) -> PlannedVisit:
    """A visit that was skipped takes place after all."""
    demand(by, "skip_visit", row)
    row = _fresh(row)
    _refuse([] if row.skipped_at else [NOT_SKIPPED])
    was = {"skip_reason": row.skip_reason}
    row.skipped_at, row.skipped_by, row.skip_reason = None, None, ""
    row.position = _after_last(row.plan, row.officer, row.day)
    row.save(update_fields=["skipped_at", "skipped_by", "skip_reason", "position"])
    order_day(row.plan, row.officer_id, row.day)
    _record(row, "taken up", "Visit taken up again", by=by, at=at, was=was)
    return row


def _hold(plan: Plan, by: User, version: int | None) -> Plan:
    demand(by, "change_visit", plan)
    plan = current(plan, version)
    if plan.state not in OPEN:
        raise Refused([CLOSED])
    return plan


def _hold_visit(row: PlannedVisit, by: User, version: int | None) -> PlannedVisit:
    """The visit as it stands, its plan held; one that has taken place is history. Raises Refused."""
    plan = _hold(row.plan, by, version)
    found = PlannedVisit.objects.select_related("premises", "officer").filter(pk=row.pk).first()
    _refuse([] if found else ["This visit is not in the plan any longer."])
    assert found is not None
    found.plan = plan
    _refuse([DONE] if begun_in(plan.month, [found]) else [])
    return found


def _fresh(row: PlannedVisit) -> PlannedVisit:
    plan = current(row.plan, None)
    found = PlannedVisit.objects.select_related("premises", "officer").get(pk=row.pk)
    found.plan = plan
    return found


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise Refused(reasons)


def _against(plan: Plan, officer: User, day: date) -> list[str]:
    in_month = plan.month <= day <= last_of(plan.month)
    may_go = officer.is_active and officer.role in (Role.OFFICER, Role.SUPERVISOR)
    return [OTHER_MONTH] * (not in_month) + [NO_OFFICER] * (not may_go)


def _against_place(plan: Plan, premises: Premises) -> list[str]:
    is_in = plan.visits.filter(premises=premises).exists()
    return [IN_PLAN] * is_in + [NOT_OPERATING] * (not premises.operating)


def _against_reason(reason: str) -> list[str]:
    return [] if reason.strip() else [NO_REASON]


def _against_skipping(row: PlannedVisit) -> list[str]:
    against = {
        NOT_IN_FORCE: row.plan.state != PlanState.PUBLISHED,
        SKIPPED: row.skipped_at is not None,
        DONE: bool(begun_in(row.plan.month, [row])),
    }
    return [reason for reason, stands in against.items() if stands]


def _after_last(plan: Plan, officer: User, day: date) -> int:
    last = plan.visits.filter(officer=officer, day=day).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _place(row: PlannedVisit) -> dict[str, Any]:
    """Who and when, as the history keeps it."""
    return {"officer": row.officer.name, "day": row.day.isoformat()}


def _record(
    row: PlannedVisit, what: str, title: str, *, by: User, at: datetime, reason: str = "",
    was: dict[str, Any] | None = None, now: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """The line of the history, the line of the journal, and the figures of the plan as it stands now."""
    plan = row.plan
    VisitChange.objects.create(
        plan=plan,
        premises_id=row.premises_id,
        at=at,
        by=by,
        what=what,
        reason=reason.strip(),
        was=was or {},
        now=now or {},
    )
    plan.figures |= weigh(plan, at=at)
    plan.version += 1
    plan.save(update_fields=["figures", "version"])
    journal(plan, "change_visit", title, by=by, at=at)
