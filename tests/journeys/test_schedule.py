"""The plan of a month in browsers without scripts: asked for, looked at, changed by hand, published, seen by its officer."""

from datetime import date

import pytest

from schedules.models import Plan, VisitChange
from tests import factories
from tests.schedules import told_plans as told

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

APRIL = date(2024, 4, 1)


def test_a_month_from_the_wish_to_the_officer(place, clock, dana, marco):
    factories.holidays()
    told.setup(dana.user)
    told.places(3)
    marco.signs_in()
    marco.goes_to("/schedule/")
    marco.presses("Have a plan made")
    marco.reads("Have a plan made", "April 2024", "Dana Ortiz", "22")
    marco.presses("Make the plan")
    plan = Plan.objects.get()
    marco.reads("April 2024, plan 1", "Proposed", "4, 4 of them routine", "Firm 0", place.name)
    assert plan.state == "proposed" and plan.month == APRIL

    row = plan.visits.with_place().get(premises=place)
    day = next(it for it in (date(2024, 4, 29), date(2024, 4, 30)) if it != row.day)
    marco.goes_to(f"/schedule/planned/{row.key}/")
    marco.reads("Why it is in the plan", "Never visited.", "The day was drawn by lot.", "of 100")
    marco.presses("Give it to another officer or day")
    marco.writes_day("day", day)
    marco.writes(reason="They move into the new building in April.")
    marco.presses("Move the visit")
    marco.reads("The visit is moved.", "Fixed", "They move into the new building in April.")
    assert VisitChange.objects.get().by == marco.user

    dana.signs_in()
    dana.goes_to("/schedule/mine/2024-04/")
    dana.reads("No visit is planned in this month.")
    marco.goes_to(plan.get_absolute_url())
    marco.presses("Publish the plan")
    marco.reads("No other plan is published", "Licensees learn nothing.")
    marco.presses("Publish the plan")
    marco.reads("The plan is published.", "Officers work by this plan")
    dana.goes_to("/schedule/mine/2024-04/")
    dana.reads(place.name, "Firm 0", f"{day:%A, %B} {day.day}, 2024")
