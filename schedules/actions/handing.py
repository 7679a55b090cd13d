"""What the schedule knows of an officer's work: planned visits, and standing in for others; both can be handed over."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from casefile.calendar import local_day, short_day
from casefile.work import Kind, Line
from schedules.actions.changes import move_visit
from schedules.actions.parts import demand
from schedules.models import Leave, PlannedVisit
from schedules.queries.done import still_to_do


def _give_visit(visit: PlannedVisit, officer: User, *, by: User, at: datetime, reason: str) -> None:
    """Another officer makes the visit on the same day."""
    move_visit(visit, officer=officer, day=visit.day, reason=reason, by=by, at=at)


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
    right="schedules.see_plans", together=lambda visit: (visit.plan_id, visit.day),
)  # fmt: skip
COVERS = Kind(
    "covers", "leave to cover", "leaves to cover", open=_covers, line=_line_of_cover, give=give_cover, owner="cover"
)
