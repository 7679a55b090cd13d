"""A plan asked for, worked out, published, replaced; what planning again keeps; what happens when the planner fails."""

from datetime import date, timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from casefile.actions import Refused
from inspections.actions import visit as visits
from schedules import tasks
from schedules.actions import changes, plans
from schedules.models import Plan, PlannedVisit
from tests import factories
from tests.schedules import told_plans as told
from tests.schedules.told_plans import AT, MONTH

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(AT, tick=False)
    return time_machine


@pytest.fixture
def office(dana, marco):
    """One officer with working days, six premises nobody has seen."""
    told.setup(dana)
    return told.places()


class TestMaking:
    def test_a_plan_is_asked_for_worked_out_and_published(self, office, dana, marco):
        plan = told.proposed(marco)
        assert (plan.state, plan.progress, plan.starts_on) == ("proposed", 100, MONTH)
        rows = list(plan.visits.all())
        assert {row.premises_id for row in rows} == {place.pk for place in office}
        assert all(row.officer == dana and row.day.month == 12 and row.reasons for row in rows)
        assert plan.figures["visits"] == 6 and plan.figures["warnings"] == []
        plan = plans.publish_plan(plan, by=marco, at=AT)
        assert plan.state == "published" and plan.published_at == AT

    def test_the_same_seed_proposes_the_same(self, office, marco):
        def days() -> list[tuple]:
            plan = told.proposed(marco)
            return list(plan.visits.order_by("premises").values_list("premises", "day", "position"))

        assert days() == days()

    def test_only_a_supervisor_asks_and_publishes(self, office, dana, marco):
        with pytest.raises(PermissionDenied):
            told.draft(dana)
        with pytest.raises(PermissionDenied):
            plans.publish_plan(told.proposed(marco), by=dana, at=AT)

    def test_one_is_being_made_at_a_time(self, office, marco):
        told.draft(marco)
        with pytest.raises(Refused, match="being made already"):
            told.draft(marco)

    def test_a_month_that_is_over_is_not_planned(self, office, marco):
        with pytest.raises(Refused, match="This month is over"):
            told.draft(marco, month=date(2026, 10, 1))
        with pytest.raises(Refused, match="This month is over"):
            told.draft(marco, month=date(2026, 11, 1), at=factories.at("2026-11-30 08:00"))

    def test_without_officers_nothing_is_asked(self, marco):
        with pytest.raises(Refused, match="No officer has working days"):
            told.draft(marco)

    def test_in_the_middle_of_a_month_it_begins_tomorrow(self, office, marco):
        plan = told.proposed(marco, month=date(2026, 11, 1))
        assert plan.starts_on == date(2026, 11, 18)
        assert min(plan.visits.values_list("day", flat=True)) >= plan.starts_on


class TestTheTask:
    def test_it_may_run_again_and_changes_nothing(self, office, marco):
        plan = told.proposed(marco)
        before = list(plan.visits.values_list("pk", flat=True))
        tasks.solve(plan.pk)
        assert list(plan.visits.values_list("pk", flat=True)) == before and told.fresh(plan).version == plan.version

    @pytest.mark.parametrize(
        ("error", "words"),
        [(SoftTimeLimitExceeded(), "ran out of time"), (KeyError("Firm 1"), "stopped with an error")],
    )
    def test_a_planner_that_fails_says_so_in_words(self, office, marco, monkeypatch, caplog, error, words):
        def fails(*_):
            raise error

        monkeypatch.setattr(tasks, "ask", fails)
        plan = told.proposed(marco)
        assert plan.state == "draft" and words in plan.failure
        assert "Firm 1" not in caplog.text
        monkeypatch.undo()
        plans.try_again(plan, by=marco, at=AT)
        tasks.solve(plan.pk)
        assert told.fresh(plan).state == "proposed"

    def test_a_failed_draft_makes_room_for_another(self, office, marco):
        plan = told.draft(marco)
        plans.record_failure(plan, "It broke.", by=marco, at=AT)
        assert told.draft(marco).number == 2 and told.fresh(plan).state == "discarded"

    def test_nobody_with_a_free_day_is_said(self, marco, dana):
        told.setup(dana, weekdays=[6])
        told.places(2)
        assert "Nothing could be planned" in told.proposed(marco).failure

    def test_the_sweep_rings_again_and_gives_up_in_the_end(self, office, marco, monkeypatch):
        rung = []
        monkeypatch.setattr(plans, "ring", rung.append)
        plan = told.draft(marco)
        rung.clear()
        tasks.pick_up(at=AT + timedelta(minutes=1))
        assert not rung
        tasks.pick_up(at=AT + timedelta(minutes=3))
        assert rung == [plan.pk]
        tasks.pick_up(at=AT + timedelta(minutes=31))
        assert "did not come back" in told.fresh(plan).failure and rung == [plan.pk]
        tasks.pick_up(at=AT + timedelta(minutes=33))
        assert rung == [plan.pk]


class TestPublishing:
    def test_the_other_one_is_replaced(self, office, marco):
        first, second = told.published(marco), told.proposed(marco)
        plans.publish_plan(second, by=marco, at=AT, replaces=first.number)
        assert (told.fresh(first).state, told.fresh(second).state) == ("replaced", "published")

    def test_not_over_one_that_the_publisher_has_not_seen(self, office, marco):
        told.published(marco)
        with pytest.raises(Refused, match="published meanwhile"):
            plans.publish_plan(told.proposed(marco), by=marco, at=AT)

    def test_the_database_holds_one_published_plan(self, office, marco):
        told.published(marco)
        other = told.proposed(marco)
        with pytest.raises(IntegrityError), transaction.atomic():
            Plan.objects.filter(pk=other.pk).update(state="published")

    def test_a_plan_without_visits_is_not_published(self, office, marco):
        plan = told.proposed(marco)
        PlannedVisit.objects.filter(plan=plan).delete()
        with pytest.raises(Refused, match="no visit in this plan"):
            plans.publish_plan(plan, by=marco, at=AT)

    def test_what_was_skipped_meanwhile_stays_skipped(self, office, dana, marco):
        first = told.published(marco)
        second = told.proposed(marco)
        row = told.visit(first)
        changes.skip_visit(row, reason="Closed for repairs.", by=dana, at=AT)
        plans.publish_plan(second, by=marco, at=AT, replaces=first.number)
        assert second.visits.get(premises=row.premises).skip_reason == "Closed for repairs."


class TestPlanningAgain:
    def test_it_keeps_what_is_done_skipped_and_fixed_and_plans_the_rest(self, office, dana, marco, now):
        plan = told.published(marco)
        done, skipped, moved, removed = plan.visits.with_place().order_by("day", "position")[:4]
        last = date(2026, 12, 31)
        changes.move_visit(moved, officer=dana, day=last, reason="They asked for it.", by=marco, at=AT)
        changes.remove_visit(removed, reason="Merged with another.", by=marco, at=AT)
        changes.skip_visit(skipped, reason="Burned down.", by=dana, at=AT)
        middle = factories.at("2026-12-20 09:00")
        now.move_to(middle, tick=False)
        visits.start_inspection(done.premises, kind="routine", present="Tomás", by=dana, at=middle)

        again = told.proposed(marco, at=middle, base=told.fresh(plan))
        rows = {row.premises_id: row for row in again.visits.all()}
        assert again.starts_on == date(2026, 12, 21)
        assert (rows[done.premises_id].day, rows[done.premises_id].officer) == (done.day, dana)
        assert rows[skipped.premises_id].skip_reason == "Burned down."
        assert (rows[moved.premises_id].day, rows[moved.premises_id].fixed) == (last, True)
        assert removed.premises_id not in rows
        others = [row for row in rows.values() if row.premises_id not in {it.premises_id for it in (done, skipped)}]
        assert all(row.day >= again.starts_on for row in others)

    def test_a_base_is_of_the_same_month(self, office, marco):
        with pytest.raises(Refused, match="same month"):
            told.draft(marco, month=date(2027, 1, 1), base=told.published(marco))
