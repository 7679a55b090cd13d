"""Plans and visits as tests want them: made the way the office makes them, with the door."""

from datetime import date, datetime

from accounts.models import User
from casefile.actions import act
from casefile.models import CaseFile
from licensing.models import Premises
from schedules.actions import changes, plans
from schedules.models import Plan, PlannedVisit
from schedules.planner.problem import Wishes
from schedules.rules.month import last_of
from tests import factories
from tests.factories import at

MONTH = date(2026, 12, 1)
MADE = at("2026-11-18 09:00")
TUESDAY = date(2026, 12, 8)


def drafted(supervisor: User, month: date = MONTH, *, when: datetime = MADE) -> Plan:
    """A plan that is being made."""
    number = Plan.objects.filter(month=month).count() + 1
    return Plan.objects.create(
        file=CaseFile.objects.create(opened_at=when), month=month, number=number, made_at=when, made_by=supervisor,
        starts_on=month, seed=1, wishes=Wishes(first=month, last=last_of(month)).as_json(),
    )  # fmt: skip


def visit(plan: Plan, officer: User, premises: Premises | None = None, **facts) -> PlannedVisit:
    """A visit of a plan."""
    defaults = {
        "day": TUESDAY, "position": 1, "minutes": 90, "drive_minutes": 55, "purpose": "routine",
        "reasons": ["It was not visited this year."],
    }  # fmt: skip
    return PlannedVisit.objects.create(
        plan=plan, officer=officer, premises=premises or factories.premises(), **(defaults | facts)
    )


def proposed(supervisor: User, *visits: tuple[User, Premises | None], **facts) -> Plan:
    """A plan that waits for its publication, with these visits."""
    plan = drafted(supervisor, **facts)
    for n, (officer, premises) in enumerate(visits, start=1):
        visit(plan, officer, premises, position=n)
    return act(plan, "propose_plan", by=supervisor, at=MADE, figures={})


def published(supervisor: User, *visits: tuple[User, Premises | None], **facts) -> Plan:
    """A plan that officers work by."""
    return act(proposed(supervisor, *visits, **facts), "publish_plan", by=supervisor, at=MADE)


def changed(plan: Plan, supervisor: User) -> None:
    """With figures, a rule that is broken, a visit that could not be planned, and a line of history."""
    row = plan.visits.select_related("plan", "premises", "officer").first()
    assert row is not None
    row.parts = [{"key": "time", "words": "never visited", "points": 20}]
    row.save()
    changes.fix_visit(row, by=supervisor, at=MADE)
    plan = Plan.objects.get(pk=plan.pk)
    plan.figures |= {"warnings": ["Dana Ortiz does not work on Tue, Dec 8."]}
    plan.figures |= {
        "left_out": [{"premises": row.premises_id, "name": "Mesa", "reason": "Nobody serves Taos County."}]
    }
    plan.save()


def failed(supervisor: User) -> Plan:
    """A draft on which the planner gave up."""
    plan = drafted(supervisor)
    plans.record_failure(plan, "The planner ran out of time.", by=supervisor, at=MADE)
    return plan
