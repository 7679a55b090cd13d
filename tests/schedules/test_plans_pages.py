"""The supervisor's pages of plans: what they say, what they change, who may, and the line that says who read them."""

from datetime import date

import pytest
from django.urls import reverse

from inspections.actions import visit as visits
from schedules.actions import changes
from schedules.models import Plan, PlannedVisit, PlanRead, VisitChange
from tests import factories
from tests.inventory_windows.pages import form, press, said
from tests.schedules import told_plans as told
from tests.schedules.told_plans import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]


def url(name: str, *args: str) -> str:
    return reverse(f"schedules:{name}", args=args)


@pytest.fixture
def office(time_machine, dana, marco, client):
    time_machine.move_to(AT, tick=False)
    client.force_login(marco)
    told.setup(dana)
    return told.places(4)


@pytest.fixture
def plan(office, marco) -> Plan:
    return told.proposed(marco)


class TestHavingAPlanMade:
    def test_from_the_form_to_the_proposal(self, client, office, django_capture_on_commit_callbacks):
        page = said(client.get(url("plan_make")))
        assert "December 2026" in page and "Dana Ortiz From Albuquerque, Mon to Fri, 8 h" in page
        with django_capture_on_commit_callbacks(execute=True):
            reply = press(client, url("plan_make"), routine="3", length_routine="30")
        plan = Plan.objects.get()
        assert reply.url == url("plan_progress", plan.ref) and plan.state == "proposed"
        assert plan.visits.count() == 3 and plan.wishes["lengths"]["routine"] == 30
        assert client.get(reply.url).url == plan.get_absolute_url()
        assert "December 2026 Plan 1 of December 2026 Proposed 3 visits" in said(client.get(url("plans")))

    def test_a_wrong_number_keeps_what_was_typed(self, client, office):
        reply = press(client, url("plan_make"), most_per_day="99", in_a_row="x")
        assert reply.status_code == 200 and not Plan.objects.exists()
        assert "Enter 10 or less." in said(reply) and 'value="99"' in reply.content.decode()

    def test_the_progress_says_how_far_it_is_and_a_failure_what_to_do(self, client, office, marco):
        plan = told.draft(marco)
        assert "it waits for its turn" in said(client.get(url("plan_progress", plan.ref)))
        Plan.objects.filter(pk=plan.pk).update(progress=40)
        assert "40 percent is done" in said(client.get(url("plan_progress", plan.ref)))
        Plan.objects.filter(pk=plan.pk).update(failure="The planner ran out of time.")
        assert "The planner ran out of time. Try again" in said(client.get(url("plan_progress", plan.ref)))
        press(client, url("plan_again", plan.ref))
        assert told.fresh(plan).failure == ""


class TestAPlan:
    @pytest.mark.parametrize("by", ["officer", "day", "county", "list"])
    def test_names_every_visit_each_way(self, client, plan, by):
        page = said(client.get(plan.get_absolute_url(), {"by": by}))
        assert all(f"Firm {n}" in page for n in range(4)) and "Publish the plan" in page

    def test_the_list_sorts_and_narrows(self, client, plan):
        def names(**asked) -> list[str]:
            reply = client.get(plan.get_absolute_url(), {"by": "list"} | asked)
            return [row.premises.name for row in reply.context["rows"]]

        assert names(sort="premises") == [f"Firm {n}" for n in range(4)]
        assert names(sort="-premises") == [f"Firm {n}" for n in (3, 2, 1, 0)]
        assert names(county="Taos") == ["Firm 2"] and names(purpose="complaint") == []
        assert 'aria-sort="descending"' in client.get(plan.get_absolute_url() + "?by=list&sort=-day").content.decode()

    def test_a_visit_says_why_with_the_parts_of_its_risk(self, client, plan):
        row = told.visit(plan)
        page = said(client.get(url("visit", row.key)))
        assert "Never visited." in page and f"Risk: {row.score} of 100" in page and "Never visited 20" in page

    def test_each_reading_is_on_record(self, client, plan, marco):
        row = told.visit(plan)
        for address in (plan.get_absolute_url(), url("visit", row.key), url("plan_print", plan.ref)):
            client.get(address)
        assert [(it.by, it.page, it.premises_id) for it in PlanRead.objects.order_by("pk")] == [
            (marco, "schedules:plan", None),
            (marco, "schedules:visit", row.premises_id),
            (marco, "schedules:plan_print", None),
        ]

    def test_an_officer_and_an_administrator_are_refused(self, client, plan, dana):
        told.published(plan.made_by)
        for person in (dana, factories.user("administrator")):
            client.force_login(person)
            for address in (plan.get_absolute_url(), url("plans"), url("visit", told.visit(plan).key)):
                assert client.get(address).status_code == 403
        client.force_login(factories.representative(factories.licensee()))
        assert client.get(plan.get_absolute_url()).status_code == 404


class TestChanging:
    def test_move_remove_add_and_fix_by_hand(self, client, plan, dana):
        luis = factories.user(name="Luis Vega")
        row, other = told.visit(plan), told.visit(plan, 1)
        day = {"day_month": "12", "day_day": "31", "day_year": "2026"}
        reply = press(client, url("visit_move", row.key), officer=str(luis.pk), reason="Dana knows them.", **day)
        assert reply.url == url("visit", row.key)
        row = told.fresh(row)
        assert (row.officer, row.day, row.fixed) == (luis, date(2026, 12, 31), True)
        press(client, url("visit_remove", other.key), reason="Closed for winter.")
        assert not PlannedVisit.objects.filter(pk=other.pk).exists()
        press(client, url("visit_fix", row.key))
        assert not told.fresh(row).fixed
        place = factories.premises(name="Late one")
        press(
            client, url("visit_add", plan.ref), premises=place.number.lower(), officer=str(dana.pk), reason="A call.",
            purpose="complaint", **day,
        )  # fmt: skip
        history = said(client.get(url("plan_history", plan.ref)))
        for words in (
            "Added: Late one",
            "Freed: Firm",
            "Removed: Firm",
            "“Closed for winter.”",
            "to Luis Vega, Thu, Dec 31",
        ):
            assert words in history
        assert "Luis Vega is not in the plan." in said(client.get(plan.get_absolute_url()))

    def test_no_reason_no_change(self, client, plan):
        row = told.visit(plan)
        assert "Say why." in said(press(client, url("visit_remove", row.key), reason=""))
        assert PlannedVisit.objects.filter(pk=row.pk).exists() and not VisitChange.objects.exists()

    def test_a_stale_page_keeps_the_words(self, client, plan, marco):
        row, other = told.visit(plan), told.visit(plan, 1)
        address = url("visit_remove", row.key)
        typed = form(client.get(address), reason="My words.")
        changes.fix_visit(other, by=marco, at=AT)
        reply = client.post(address, typed)
        assert reply.status_code == 409 and "My words." in said(reply)


class TestPublishing:
    def test_with_a_last_look(self, client, plan):
        page = said(client.get(url("plan_publish", plan.ref)))
        assert "Visits 4" in page and "No other plan is published" in page
        press(client, url("plan_publish", plan.ref))
        assert told.fresh(plan).state == "published"
        assert "Officers work by this plan" in said(client.get(plan.get_absolute_url()))

    def test_says_what_would_be_lost_of_the_published_one(self, client, office, marco):
        first, second = told.published(marco), told.proposed(marco)
        changes.remove_visit(told.visit(first), reason="Twice.", by=marco, at=factories.at("2026-11-17 10:00"))
        assert "1 change was made by hand" in said(client.get(url("plan_publish", second.ref)))

    def test_discard(self, client, plan):
        press(client, url("plan_discard", plan.ref))
        assert told.fresh(plan).state == "discarded"


class TestBeside:
    def test_another_plan(self, client, plan, marco, dana):
        second = told.proposed(marco)
        only_here, moved = told.visit(plan), told.visit(second, 1)
        changes.remove_visit(second.visits.get(premises=only_here.premises), reason="No.", by=marco, at=AT)
        changes.move_visit(moved, officer=dana, day=date(2026, 12, 31), reason="Yes.", by=marco, at=AT)
        page = said(client.get(url("plan_compare", plan.ref), {"to": second.ref}))
        assert f"Only in December 2026, plan 1: 1 Premises Day and officer What for {only_here.premises.name}" in page
        assert "Another officer or day: 1" in page and "2 visits with the same officer" in page

    def test_alone_says_so(self, client, plan):
        assert "There is no other plan of this month." in said(client.get(url("plan_compare", plan.ref)))
        assert client.get(url("plan_compare", plan.ref), {"to": "2026-12-9"}).status_code == 404

    def test_what_was_done_skipped_and_missed(self, client, office, marco, dana, time_machine):
        plan = told.published(marco)
        done, skipped, missed, ahead = plan.visits.with_place().order_by("day", "position")
        PlannedVisit.objects.filter(pk=ahead.pk).update(day=date(2026, 12, 31))
        PlannedVisit.objects.filter(pk=missed.pk).update(day=date(2026, 12, 2))
        changes.skip_visit(skipped, reason="Snow on the pass.", by=dana, at=AT)
        then = factories.at("2026-12-03 10:00")
        time_machine.move_to(then, tick=False)
        client.force_login(marco)
        begin = {"kind": "routine", "present": "Tomás", "by": dana, "at": then}
        visits.start_inspection(done.premises, **begin)
        visits.start_inspection(factories.premises(name="Nobody planned it"), **begin)
        reply = client.get(url("plan_done", plan.ref))
        assert [(tab["label"], tab["count"]) for tab in reply.context["tabs"]] == [
            ("All", 4), ("Done", 1), ("Skipped", 1), ("Not done", 1), ("Still to come", 1)
        ]  # fmt: skip
        assert "Snow on the pass." in said(reply) and "Nobody planned it" in said(reply)
        only = client.get(url("plan_done", plan.ref), {"only": "missed"})
        assert [row["it"].visit.pk for row in only.context["rows"]] == [missed.pk]
