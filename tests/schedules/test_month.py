"""The month of an officer and the sheet of a visit: whose they are, what they show, that reads are on record."""

from datetime import date

import pytest
from django.urls import reverse

from casefile.actions import act
from inspections.actions import visit as visits
from schedules.models import PlannedVisit, PlanRead
from schedules.queries.month import month_of
from schedules.views.map import points
from tests import factories
from tests.factories import at
from tests.schedules import told

pytestmark = pytest.mark.django_db
MONTH = date(2026, 12, 1)


@pytest.fixture
def priya():
    return factories.user(name="Priya Nair")


@pytest.fixture
def plan(dana, marco, priya, place):
    """A published month: two visits of Dana's, one of Priya's."""
    return told.published(marco, (dana, place), (dana, None), (priya, None))


def mine(client, person, **asked):
    client.force_login(person)
    return client.get(reverse("schedules:my_month", args=["2026-12"]), asked)


class TestWhose:
    def test_is_ones_own_of_the_published_plan(self, plan, dana, priya, marco, client):
        told.proposed(marco, (dana, factories.premises(name="Not Published Farm")))
        reply = mine(client, dana).content.decode()
        own = plan.visits.filter(officer=dana)
        assert all(it.premises.name in reply for it in own) and "2 visits, 2 to make" in reply
        assert plan.visits.get(officer=priya).premises.name not in reply and "Not Published Farm" not in reply

    def test_a_colleague_is_refused_and_a_supervisor_is_not(self, plan, dana, priya, marco, client):
        assert mine(client, dana, officer=priya.pk).status_code == 403
        assert plan.visits.get(officer=priya).premises.name in mine(client, marco, officer=priya.pk).content.decode()
        reads = [(row.by, row.of, row.month, row.page) for row in PlanRead.objects.all()]
        assert reads == [(marco, priya, MONTH, "schedules:mine")]

    @pytest.mark.parametrize("month", ["2026-13", "2026-1", "1776-07", "mine"])
    def test_of_no_month_is_not_there(self, dana, client, month):
        client.force_login(dana)
        assert client.get(reverse("schedules:my_month", args=[month])).status_code == 404

    def test_a_sheet_is_for_its_officer_and_for_supervisors(self, plan, dana, priya, marco, client):
        visit = plan.visits.get(officer=priya)
        for person, status in ((priya, 200), (marco, 200), (factories.user("auditor"), 200), (dana, 403),
                               (factories.user("administrator"), 403)):  # fmt: skip
            client.force_login(person)
            assert client.get(reverse("schedules:day_sheet", args=[visit.key])).status_code == status
            assert client.get(reverse("schedules:day_sheet", args=["a" * 16])).status_code == 403
        assert PlanRead.objects.filter(premises=visit.premises, of=priya).count() == 3


class TestWhat:
    def test_days_come_in_the_order_of_the_route(self, plan, dana, place):
        PlannedVisit.objects.filter(premises=place).update(position=5)
        told.visit(plan, dana, day=date(2026, 12, 3))
        days = month_of(dana, MONTH, dana)
        assert [(it.day.day, len(it.stops)) for it in days] == [(3, 1), (8, 2)]
        assert days[1].stops[-1].visit.premises == place
        assert (days[1].drive_minutes, days[1].visit_minutes) == (110, 180)

    def test_a_visit_that_began_links_to_its_case(self, plan, dana, place, client):
        visits.start_inspection(place, kind="routine", present="Tomás", by=dana, at=at("2026-12-08 10:00"))
        reply = mine(client, dana).content.decode()
        assert "Visited" in reply and "Open the case" in reply and "2 visits, 1 to make" in reply

    def test_a_planned_follow_up_links_to_its_inspection(self, plan, dana, place, client):
        case = factories.planned(dana, premises=place)
        PlannedVisit.objects.filter(premises=place).update(case=case, purpose="follow_up")
        assert reverse("inspections:inspection_record", args=[case.file.ref]) in mine(client, dana).content.decode()

    def test_a_visit_is_skipped_with_a_reason(self, plan, dana, place, client):
        visit = plan.visits.get(premises=place)
        client.force_login(dana)
        address = reverse("schedules:visit_skip", args=[visit.key])
        assert b"Say why the visit is skipped" in client.post(address, {"once": "a" * 16}).content
        client.post(address, {"once": "b" * 16, "reason": "The road is closed."})
        assert "The road is closed." in mine(client, dana).content.decode()
        client.post(address, {"once": "c" * 16})
        assert PlannedVisit.objects.get(pk=visit.pk).skipped_at is None

    def test_the_paper_has_no_buttons(self, plan, dana, client):
        assert "<main" in (paper := mine(client, dana, paper=1).content.decode())
        assert "Start an inspection" not in paper and "<nav" not in paper

    def test_the_sheet_says_what_is_open(self, plan, dana, place, client):
        case = factories.with_findings(dana, premises=place, findings=2)
        client.force_login(dana)
        reply = client.get(reverse("schedules:day_sheet", args=[plan.visits.get(premises=place).key])).content.decode()
        for words in (
            f"Case {case.file.number}",
            "Finding 1",
            "505-555-0142",
            "It was not visited this year.",
            "/files/",
        ):
            assert words in reply

    def test_the_month_of_a_replaced_plan_is_empty(self, plan, dana, marco):
        act(plan, "replace_plan", by=marco, at=told.MADE)
        assert month_of(dana, MONTH, dana) == []


def test_towns_stand_where_they_are_from_north_to_south():
    found = points([("Las Cruces", "Doña Ana", "Tue"), ("Taos", "Taos", "Mon"), ("Taos", "Taos", "Mon")])
    assert [(it.number, it.town, it.visits, it.days) for it in found] == [
        (1, "Taos", 2, ["Mon"]), (2, "Las Cruces", 1, ["Tue"]),
    ]  # fmt: skip
    assert float(found[0].y) < float(found[1].y) and 0 < float(found[0].x) < 420
    assert points([("Nowhere", "Taos", "Mon")])[0].town == "Taos County"
