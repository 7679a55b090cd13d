"""Publishers and planners at the same instant. Real threads, real transactions."""

import pytest

from casefile.models import Event
from schedules.actions import plans
from schedules.models import Plan
from schedules.tasks import solve
from tests.inspections.test_races import at_once, tally, won
from tests.schedules import told_plans as told
from tests.schedules.told_plans import AT, MONTH

MANY = 8

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("holidays")]


@pytest.fixture(autouse=True)
def office(time_machine, monkeypatch, dana, marco):
    time_machine.move_to(AT, tick=True)
    monkeypatch.setattr(plans, "BELL", "schedules.tasks.nobody")
    told.setup(dana)
    told.places(2)


def test_publishers_of_different_plans_leave_one_published(marco):
    proposals = [told.proposed(marco) for _ in range(2)]
    jobs = [won(lambda plan=plan: plans.publish_plan(plan, by=marco, at=AT)) for plan in proposals]
    results = at_once(*jobs * (MANY // 2))
    assert tally("publish", results) == {"won": 1, "Refused": MANY - 1}
    assert Plan.objects.filter(month=MONTH, state="published").count() == 1
    assert not Plan.objects.filter(state="replaced").exists()


def test_many_ask_and_one_plan_is_made_and_proposed_once(marco):
    results = at_once(*[won(lambda: told.draft(marco))] * MANY)
    assert tally("ask", results) == {"won": 1, "Refused": MANY - 1}
    plan = Plan.objects.get()
    assert tally("solve", at_once(*[won(lambda: solve(plan.pk))] * 3)) == {"won": 3}
    assert told.fresh(plan).state == "proposed" and plan.visits.count() == 2
    assert Event.objects.filter(file=plan.file, step="propose_plan").count() == 1
