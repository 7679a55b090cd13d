"""What the schedule knows of an officer's work: planned visits, and standing in for others; both can be handed over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from casefile.actions import Refused, journal
from casefile.calendar import local_day, short_day
from casefile.work import Kind, Line
from schedules.actions.drives import order_day
from schedules.actions.parts import demand
from schedules.actions.plans import current
from schedules.models import Leave, PlannedVisit, VisitChange
from schedules.queries.done import still_to_do
from schedules.queries.weighed import weigh

LAST = 999  # after every other stop, until the day is numbered anew


def _give_visit(visit: PlannedVisit, officer: User, *, by: User, at: datetime, reason: str) -> None:
    """Another officer makes the visit on the same day, as the last stop. Raises Refused where it has changed."""
    plan = current(visit.plan, None)
    demand(by, "change_visit", plan)
    mine = PlannedVisit.objects.filter(pk=visit.pk, officer=visit.officer_id, day=visit.day, skipped_at=None)
    if not mine.update(officer=officer, position=LAST, fixed=True):
        raise Refused([f"The visit to {visit.premises.name} was changed meanwhile. Look at the list again."])
    was, visit.officer = visit.officer.name, officer
    day = visit.day.isoformat()
    VisitChange.objects.create(
        plan=plan, premises_id=visit.premises_id, at=at, by=by, what="moved", reason=reason,
        was={"officer": was, "day": day}, now={"officer": officer.name, "day": day},
    )  # fmt: skip


def _settle_visits(visits: Sequence[PlannedVisit], *, by: User, at: datetime, reason: str) -> None:
    """Number the stops of each day anew, and weigh each plan once, however many visits moved."""
    for plan in {visit.plan_id: visit.plan for visit in visits}.values():
        plan = current(plan, None)
        mine = [visit for visit in visits if visit.plan_id == plan.pk]
        for officer, day in dict.fromkeys((visit.officer_id, visit.day) for visit in mine):
            order_day(plan, officer, day)
        plan.figures |= weigh(plan, at=at)
        plan.version += 1
        plan.save(update_fields=["figures", "version"])
        journal(
            plan, "hand_over", "Visits handed over", by=by, at=at, reason=reason, facts={"visits": len(mine)}
        )  # fmt: skip


def _visits(at: datetime) -> QuerySet[Any]:
    return still_to_do(local_day(at)).with_place().order_by("day", "position", "pk")


def _line_of_visit(visit: Any) -> Line:
    note = f"{short_day(visit.day)}, {visit.plan.get_state_display().lower()} plan"
    return Line(visit.premises.name, note, reverse("schedules:day_sheet", args=[visit.key]))


@transaction.atomic
def give_cover(leave: Leave, cover: User, *, by: User, at: datetime, reason: str) -> Leave:
    """Somebody else stands in for the rest of the leave; nobody does, where it would be who is away."""
    demand(by, "change_officers")
    leave = Leave.objects.select_for_update().get(pk=leave.pk)
    leave.ended_at = at
    leave.save(update_fields=["ended_at"])
    return Leave.objects.create(
        officer_id=leave.officer_id, first_on=leave.first_on, last_on=leave.last_on, recorded_at=at, recorded_by=by,
        cover=None if cover.pk == leave.officer_id else cover, note=leave.note,
    )  # fmt: skip


def _covers(at: datetime) -> QuerySet[Any]:
    """Leave that is not over and that somebody covers."""
    rows = Leave.objects.filter(ended_at=None, last_on__gte=local_day(at)).exclude(cover=None)
    return rows.select_related("officer", "cover").order_by("first_on", "pk")


def _line_of_cover(leave: Any) -> Line:
    note = f"Away {short_day(leave.first_on)} to {short_day(leave.last_on)}"
    return Line(leave.officer.name, note, reverse("schedules:officer", args=[leave.officer_id]))


VISITS = Kind(
    "visits", "planned visit", "planned visits", open=_visits, line=_line_of_visit, give=_give_visit,
    right="schedules.see_plans", together=lambda visit: (visit.plan_id, visit.day), settle=_settle_visits,
)  # fmt: skip
COVERS = Kind(
    "covers", "leave to cover", "leaves to cover", open=_covers, line=_line_of_cover, give=give_cover, owner="cover"
)
