"""A plan from the wish to the work: asked for, proposed by the planner, published, discarded."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.module_loading import import_string

from accounts.models import User
from casefile.actions import Refused, Stale, act, journal, locked
from casefile.calendar import local_day
from casefile.models import CaseFile
from schedules.actions.parts import demand
from schedules.models import OfficerSetup, Plan, PlannedVisit
from schedules.planner.check import broken
from schedules.planner.problem import Proposal, Proposed, Wishes
from schedules.queries.candidates import Gathered
from schedules.queries.lengths import Lengths
from schedules.rules.month import last_of
from schedules.stages import PlanState

logger = logging.getLogger(__name__)

BELL = "schedules.tasks.solve"
SEED_BITS = 62
OVER = "This month is over, or its last day is today. Choose a later month."
BEING_MADE = "A plan of this month is being made already. Wait for it, or discard it."
NO_OFFICERS = "No officer has working days for plans. Set them first."
NOT_A_BASE = "A plan can keep visits only of a proposed or published plan of the same month."
OTHER_PUBLISHED = "Another plan of this month was published meanwhile. Open the page again and compare the two."
NO_VISITS = (
    "Nothing could be planned: no premises could be given to an officer on a working day. Check the officers' days, "
    "leave and counties. Then have the plan made again."
)


def starts_on(month: date, at: datetime) -> date:
    """The first day that can still be planned: of the month, but not today. Raises Refused after the month."""
    first = max(month, local_day(at) + timedelta(days=1))
    if first > last_of(month):
        raise Refused([OVER])
    return first


@transaction.atomic
def make_plan(
    month: date, wishes: Wishes, *, by: User, at: datetime, base: Plan | None = None, lengths: Lengths | None = None,
    seed: int | None = None, rings: bool = True,
) -> Plan:  # fmt: skip
    """Ask for a plan of a month; a worker makes it, unless nobody `rings`. Done and fixed visits of `base` stay.

    Raises Refused.
    """
    demand(by, "make_plan")
    month = month.replace(day=1)
    first = starts_on(month, at)
    if base is not None and (base.month != month or base.state not in (PlanState.PROPOSED, PlanState.PUBLISHED)):
        raise Refused([NOT_A_BASE])
    if not OfficerSetup.objects.filter(in_plans=True, officer__is_active=True).exists():
        raise Refused([NO_OFFICERS])
    _clear_failed(month, by=by, at=at)
    asked = replace(wishes, first=first, last=last_of(month))
    facts = {
        "month": month, "starts_on": first, "base": base, "made_at": at, "made_by": by,
        "seed": secrets.randbits(SEED_BITS) if seed is None else seed,
        "wishes": asked.as_json() | (lengths or Lengths()).as_json(),
    }  # fmt: skip
    plan = _numbered(facts)
    journal(plan, "make_plan", "Plan asked for", by=by, at=at)
    if rings:
        ring(plan.pk)
    return plan


def _numbered(facts: Mapping[str, Any]) -> Plan:
    """The plan with the next number of its month; one is being made at a time. Raises Refused."""
    last = Plan.objects.filter(month=facts["month"]).aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            return Plan.objects.create(
                file=CaseFile.objects.create(opened_at=facts["made_at"]), number=last + 1, **facts
            )
    except IntegrityError as clash:
        raise Refused([BEING_MADE]) from clash


def _clear_failed(month: date, *, by: User, at: datetime) -> None:
    """A draft on which the planner gave up makes room for another."""
    for draft in Plan.objects.filter(month=month, state=PlanState.DRAFT).exclude(failure=""):
        act(draft, "discard_plan", by=by, at=at, reason=draft.failure)


def ring(plan_id: int) -> None:
    """After the commit, tell a worker; a bell that is not heard costs a minute, for the sweep rings again."""
    transaction.on_commit(lambda: _ring(plan_id), robust=True)


def _ring(plan_id: int) -> None:
    try:
        import_string(BELL).apply_async((plan_id,), retry=False)
    except Exception:
        logger.warning("nobody heard the bell for a plan; the sweep will ring again")


@transaction.atomic
def try_again(plan: Plan, *, by: User, at: datetime, version: int | None = None) -> Plan:
    """Have the planner try once more on a draft that failed."""
    demand(by, "make_plan")
    plan = current(plan, version)
    if plan.state != PlanState.DRAFT or not plan.failure:
        raise Refused(["The planner has not given up on this plan."])
    plan.starts_on = starts_on(plan.month, at)
    plan.wishes |= {"first": plan.starts_on.isoformat()}
    plan.failure, plan.progress, plan.made_at = "", 0, at
    plan.version += 1
    plan.save(update_fields=["starts_on", "wishes", "failure", "progress", "made_at", "version"])
    journal(plan, "make_plan", "Plan asked for again", by=by, at=at)
    ring(plan.pk)
    return plan


def current(plan: Plan, version: int | None) -> Plan:
    """The plan as it stands, held until the transaction ends. Raises Stale."""
    plan = locked(plan)
    if version is not None and version != plan.version:
        raise Stale(plan, version)
    return plan


@transaction.atomic
def record_failure(plan: Plan, words: str, *, by: User, at: datetime) -> None:
    """Put on record why the planner gave up; nothing happens to a plan that is no draft any longer."""
    plan = locked(plan)
    if plan.state == PlanState.DRAFT and not plan.failure:
        plan.failure = words
        plan.version += 1
        plan.save(update_fields=["failure", "version"])
        journal(plan, "record_failure", "Plan could not be made", by=by, at=at, reason=words)


def propose_plan(plan: Plan, gathered: Gathered, proposal: Proposal, *, by: User, at: datetime) -> Plan:
    """Write what the planner found, looked at by its checker: visits and figures, all or nothing. Raises Refused."""
    rows = _rows(plan, gathered, proposal)
    if not rows:
        raise Refused([NO_VISITS])
    found = {"left_out": _left_out(gathered, proposal), "warnings": broken(gathered.problem, proposal)}
    with transaction.atomic():
        plan = act(plan, "propose_plan", by=by, at=at, figures=proposal.figures.as_json())
        plan.figures |= found  # with names, so they stand here and not in the journal
        plan.save(update_fields=["figures"])
        PlannedVisit.objects.bulk_create(rows)
    return plan


def _rows(plan: Plan, gathered: Gathered, proposal: Proposal) -> list[PlannedVisit]:
    """The visits of the proposal, and of the base those that stay and were no question."""
    asked = {row.premises_id: row for row in gathered.kept.rows}
    proposed = {it.premises: it for it in proposal.visits}
    rows = [_again(plan, row, proposed.get(row.premises_id)) for row in gathered.kept.rows]
    candidates = gathered.candidates()
    for it in proposal.visits:
        if it.premises not in asked:
            found = candidates[it.premises]
            rows.append(
                PlannedVisit(
                    plan=plan, **placed(it), case_id=found.case, due_on=found.due_on, score=found.score,
                    parts=[part.as_json() for part in found.parts], reasons=list(it.reasons), premises_id=it.premises,
                    minutes=it.minutes, purpose=it.purpose,
                )
            )  # fmt: skip
    return rows


def placed(it: Proposed) -> dict[str, Any]:
    """When and by whom, as the columns of a visit."""
    return {"officer_id": it.officer, "day": it.day, "position": it.position, "drive_minutes": it.drive_minutes}


KEPT = (
    "premises_id", "officer_id", "day", "position", "minutes", "drive_minutes", "purpose", "case_id", "due_on", "score",
    "parts", "reasons", "fixed", "skipped_at", "skipped_by_id", "skip_reason",
)  # fmt: skip


def _again(plan: Plan, row: PlannedVisit, it: Proposed | None = None) -> PlannedVisit:
    """A visit of the base in the new plan, at its place in the day as the planner sees it."""
    facts = {name: getattr(row, name) for name in KEPT} | (placed(it) if it else {})
    return PlannedVisit(plan=plan, **facts)


def _left_out(gathered: Gathered, proposal: Proposal) -> list[dict[str, Any]]:
    names = {it.premises: it.label for it in gathered.problem.candidates}
    return [{"premises": it.premises, "name": names[it.premises], "reason": it.reason} for it in proposal.impossible]


@transaction.atomic
def publish_plan(
    plan: Plan, *, by: User, at: datetime, version: int | None = None, replaces: int | None = None
) -> Plan:
    """Publish a plan to officers. It replaces the published one of its month, whose `number` the publisher saw.

    Raises Refused where another plan was published meanwhile.
    """
    demand(by, "publish_plan", plan)
    of_month = Plan.objects.select_for_update(of=("self",)).filter(month=plan.month).order_by("pk")
    published = next((it for it in of_month if it.state == PlanState.PUBLISHED and it.pk != plan.pk), None)
    if (published.number if published else None) != replaces:
        raise Refused([OTHER_PUBLISHED])
    if published is not None:
        carry_skipped(published, plan)
        act(published, "replace_plan", by=by, at=at)
    return act(plan, "publish_plan", by=by, at=at, version=version)


def carry_skipped(old: Plan, new: Plan) -> None:
    """What officers skipped in the old plan since the new one was made is not planned again behind their backs."""
    mine = {row.premises_id: row for row in new.visits.all()}
    for row in old.visits.exclude(skipped_at=None):
        same = mine.get(row.premises_id)
        if same is None:
            _again(new, row).save()
        elif same.skipped_at is None:
            same.skipped_at, same.skipped_by_id, same.skip_reason = row.skipped_at, row.skipped_by_id, row.skip_reason
            same.save(update_fields=["skipped_at", "skipped_by", "skip_reason"])


@transaction.atomic
def discard_plan(plan: Plan, *, by: User, at: datetime, reason: str = "", version: int | None = None) -> Plan:
    """Take a draft or a proposal off the table; it stays on record."""
    return act(plan, "discard_plan", by=by, at=at, reason=reason, version=version)
