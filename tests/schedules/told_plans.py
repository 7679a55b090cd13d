"""Plans told up to a point: officers with their days, premises around New Mexico, the real planner where it matters."""

from datetime import date, datetime

from accounts.models import User
from licensing.models import Premises
from schedules.actions import plans
from schedules.models import OfficerSetup, Plan, PlannedVisit
from schedules.planner.problem import Wishes
from schedules.tasks import work_out
from tests import factories

MONTH = date(2026, 12, 1)
AT = factories.at("2026-11-17 09:00")
TOWNS = (("Estancia", "Torrance"), ("Santa Fe", "Santa Fe"), ("Taos", "Taos"), ("Albuquerque", "Bernalillo"))


def setup(officer: User, town: str = "Albuquerque", **facts) -> OfficerSetup:
    return OfficerSetup.objects.create(**{"officer": officer, "town": town, "weekdays": [0, 1, 2, 3, 4]} | facts)


def places(many: int = 6) -> list[Premises]:
    found = []
    for n in range(many):
        town, county = TOWNS[n % len(TOWNS)]
        found.append(factories.premises(name=f"Firm {n}", city=town, county=county))
    return found


def wishes(month: date = MONTH, **facts) -> Wishes:
    return Wishes(**{"first": month, "last": month} | facts)


def draft(supervisor: User, *, month: date = MONTH, at: datetime = AT, base: Plan | None = None, **facts) -> Plan:
    """Asked for; nobody works on it."""
    return plans.make_plan(month, wishes(month, **facts), by=supervisor, at=at, base=base, seed=7)


def proposed(supervisor: User, **facts) -> Plan:
    """What the real planner makes of it."""
    plan = draft(supervisor, **facts)
    work_out(plan.pk)
    return fresh(plan)


def published(supervisor: User, *, at: datetime = AT, **facts) -> Plan:
    plan = proposed(supervisor, at=at, **facts)
    there = Plan.objects.filter(month=plan.month, state="published").first()
    return plans.publish_plan(plan, by=supervisor, at=at, replaces=there.number if there else None)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def visit(plan: Plan, n: int = 0) -> PlannedVisit:
    return PlannedVisit.objects.with_place().filter(plan=plan)[n]
