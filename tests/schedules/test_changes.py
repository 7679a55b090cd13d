"""Changes by hand as a table: what each writes down, what it refuses, and what the plan says of itself afterwards."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction

from casefile.actions import Refused, Stale
from inspections.actions import visit as visits
from schedules.actions import changes
from schedules.models import VisitChange
from tests import factories
from tests.schedules import told_plans as told
from tests.schedules.told_plans import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]
LAST = date(2026, 12, 31)


@pytest.fixture
def plan(time_machine, dana, marco):
    time_machine.move_to(AT, tick=False)
    told.setup(dana)
    told.places(4)
    return told.published(marco)


def by(marco, **more) -> dict:
    return {"by": marco, "at": AT} | more


def test_each_change_is_on_record_with_its_reason(plan, dana, marco):
    first, second, third, _ = plan.visits.with_place()
    changes.move_visit(first, officer=dana, day=LAST, reason="Snow.", **by(marco))
    changes.remove_visit(second, reason="Twice.", **by(marco))
    changes.fix_visit(third, **by(marco))
    changes.free_visit(third, **by(marco))
    changes.skip_visit(third, reason="Ill.", by=dana, at=AT)
    changes.take_up_visit(told.fresh(third), by=dana, at=AT)
    added = {"officer": dana, "day": LAST, "minutes": 30, "purpose": "complaint", "reason": "A call."}
    changes.add_visit(plan, second.premises, **added, **by(marco))
    said = list(VisitChange.objects.values_list("what", "reason", "by__name"))
    assert said == [
        ("moved", "Snow.", marco.name), ("removed", "Twice.", marco.name), ("fixed", "", marco.name),
        ("freed", "", marco.name), ("skipped", "Ill.", dana.name), ("taken up", "", dana.name),
        ("added", "A call.", marco.name),
    ]  # fmt: skip
    moved = VisitChange.objects.get(what="moved")
    assert moved.now == {"officer": dana.name, "day": "2026-12-31"} and moved.was["day"] == first.day.isoformat()
    assert told.fresh(plan).version == plan.version + 7
    assert told.fresh(plan).figures["visits"] == 4
    row = plan.visits.get(premises=second.premises)
    assert row.fixed and row.reasons == [f"Added by {marco.name}: A call."]


def test_the_days_of_both_ends_keep_their_order_and_drives(plan, dana, marco):
    day = plan.visits.all()[0].day
    for row in plan.visits.with_place().exclude(day=day):
        changes.move_visit(row, officer=dana, day=day, reason="One drive.", **by(marco))
    rows = list(plan.visits.order_by("position"))
    assert [row.position for row in rows] == [1, 2, 3, 4] and all(row.drive_minutes > 0 for row in rows)
    changes.remove_visit(rows[1], reason="No.", **by(marco))
    assert list(plan.visits.order_by("position").values_list("position", flat=True)) == [1, 2, 3]


def test_the_rules_that_a_change_breaks_are_named(plan, dana, marco):
    assert told.fresh(plan).figures["warnings"] == []
    sunday = date(2026, 12, 6)
    changes.move_visit(told.visit(plan), officer=dana, day=sunday, reason="They asked.", **by(marco))
    assert told.fresh(plan).figures["warnings"] == ["Dana Ortiz does not work on Sun, Dec 6."]


def test_a_visit_that_must_be_and_is_in_no_plan_is_named(plan, dana, marco):
    place = factories.premises(name="Smelly barn")
    visits.plan_inspection(place, kind="complaint", officer=dana, by=dana, at=AT, planned_on=LAST)
    changes.fix_visit(told.visit(plan), **by(marco))
    assert told.fresh(plan).figures["warnings"] == ["Smelly barn has to be visited this month and is not in this plan."]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"reason": " "}, "Say why"),
        ({"day": date(2027, 1, 4)}, "must be in the month"),
        ({"day": None}, "Nothing would change"),
    ],
)
def test_a_move_that_is_refused(plan, dana, marco, facts, words):
    row = told.visit(plan)
    asked = {"officer": dana, "day": LAST, "reason": "Why."} | {k: v or row.day for k, v in facts.items()}
    with pytest.raises(Refused, match=words):
        changes.move_visit(row, **asked, **by(marco))
    assert not VisitChange.objects.exists()


def test_what_is_added_is_not_in_the_plan_and_operates(plan, dana, marco):
    added = {"officer": dana, "day": LAST, "minutes": 30, "purpose": "routine", "reason": "Why."} | by(marco)
    with pytest.raises(Refused, match="in the plan already"):
        changes.add_visit(plan, told.visit(plan).premises, **added)
    with pytest.raises(Refused, match="does not operate"):
        changes.add_visit(plan, factories.premises(operating=False), **added)
    with pytest.raises(Refused, match="Choose an officer"):
        changes.add_visit(plan, factories.premises(), **added | {"officer": factories.user("auditor")})


def test_history_is_not_changed(plan, dana, marco):
    row = told.visit(plan)
    visits.start_inspection(row.premises, kind="routine", present="T.", by=dana, at=AT + timedelta(days=20))
    for change in (changes.fix_visit, changes.free_visit):
        with pytest.raises(Refused, match="taken place"):
            change(row, **by(marco))
    with pytest.raises(Refused, match="taken place"):
        changes.skip_visit(row, reason="No.", by=dana, at=AT)


def test_nobody_changes_a_replaced_plan_or_from_a_stale_page(plan, marco):
    row = told.visit(plan)
    with pytest.raises(Stale):
        changes.fix_visit(row, **by(marco, version=plan.version - 1))
    told.published(marco)
    with pytest.raises(Refused, match="can not be changed any longer"):
        changes.fix_visit(row, **by(marco))


def test_who_may(plan, dana, marco):
    row, other = told.visit(plan), factories.user()
    with pytest.raises(PermissionDenied):
        changes.fix_visit(row, by=dana, at=AT)
    with pytest.raises(PermissionDenied):
        changes.skip_visit(row, reason="No.", by=other, at=AT)
    changes.skip_visit(row, reason="No.", by=marco, at=AT)
    with pytest.raises(Refused, match="skipped already"):
        changes.skip_visit(row, reason="No.", by=marco, at=AT)


def test_the_history_is_append_only(plan, marco):
    changes.fix_visit(told.visit(plan), **by(marco))
    with pytest.raises(ProgrammingError), transaction.atomic():
        VisitChange.objects.update(reason="Nicer words")
