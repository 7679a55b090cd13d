"""From the record to the planner's question: who is asked about, what speaks for them, and how many queries it takes."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casefile.models import Deadline
from inspections.actions import visit as visits
from inspections.models import PlantCount
from schedules.models import Leave
from schedules.planner.problem import Candidate
from schedules.queries.candidates import gather
from tests import factories
from tests.inspections import told as cases
from tests.schedules import told_plans as told
from tests.schedules.told_plans import AT, MONTH

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]


@pytest.fixture(autouse=True)
def office(time_machine, dana, marco):
    time_machine.move_to(AT, tick=False)
    told.setup(dana)


def asked(marco, **facts) -> dict[int, Candidate]:
    plan = told.draft(marco, **facts)
    found = gather(plan, at=AT).candidates()
    plan.delete()
    return dict(found)


def test_operating_premises_of_licenses_that_stand(marco):
    place = factories.premises(name="Mesa", city="Taos", county="Taos")
    factories.premises(operating=False)
    factories.premises(license=factories.license(status="revoked"))
    (found,) = asked(marco).values()
    assert (found.premises, found.label, found.town, found.purpose, found.minutes) == (
        place.pk, "Mesa", "Taos", "routine", 120
    )  # fmt: skip
    assert found.days_since is None and found.due_this_year and [part.key for part in found.parts] == ["time"]


def test_the_last_visit_counts_and_who_made_it(marco, dana):
    case = factories.in_progress(dana, when=factories.at("2026-06-01 10:00"))
    found = asked(marco)[case.premises_id]
    assert (found.days_since, found.due_this_year, found.before) == (183, False, (dana.pk,))


def test_a_visit_that_is_planned_before_the_month_counts_as_made(marco, dana):
    place = factories.premises()
    plan = told.published(marco, month=date(2026, 11, 1))
    day = plan.visits.get(premises=place).day
    assert asked(marco)[place.pk].days_since == (MONTH - day).days


def test_risk_counts_violations_repeats_late_answers_and_plants(marco, dana):
    entry = factories.entry(severity="major")
    place = factories.premises()
    for month in (3, 6):
        when = factories.at(f"2026-0{month}-02 10:00")
        case = visits.start_inspection(place, kind="routine", present="T.", by=dana, at=when)
        visits.record_violation(case, entry, seen="Seen.", by=dana, at=when)
        visits.end_visit(case, reviewed_with="T.", notes="", by=dana, at=when)
    PlantCount.objects.create(inspection=case, stage="flowering_female", count=2_100)
    late = cases.received(dana)
    Deadline.objects.filter(file=late.file, clock="inspections.cap_due").update(due_at=AT - timedelta(days=2))
    found = asked(marco)
    assert {part.key: part.points for part in found[place.pk].parts} == {
        "severity": 16, "repeats": 10, "over_limit": 10, "time": 4
    }  # fmt: skip
    assert "overdue" in {part.key for part in found[late.premises_id].parts}


@pytest.mark.parametrize(
    ("kind", "planned_on", "due_on"),
    [
        ("complaint", date(2026, 12, 9), date(2026, 12, 9)),
        ("follow_up", date(2026, 11, 3), date(2026, 12, 7)),
        ("investigation", None, None),
    ],
)
def test_what_somebody_planned_comes_with_its_day(marco, dana, kind, planned_on, due_on):
    place = factories.premises()
    visits.plan_inspection(place, kind="routine", officer=dana, by=dana, at=AT)
    case = visits.plan_inspection(place, kind=kind, officer=dana, by=dana, at=AT, planned_on=planned_on)
    found = asked(marco)[place.pk]
    assert (found.purpose, found.due_on, found.case, found.officer) == (kind, due_on, case.pk, dana.pk)


def test_a_visit_planned_by_hand_for_a_later_month_is_left_to_it(marco, dana):
    case = factories.planned(dana, planned_on=date(2027, 1, 12))
    assert case.premises_id not in asked(marco)


def test_officers_have_their_days_without_leave_and_holidays(marco, dana):
    away = {"first_on": date(2026, 12, 7), "last_on": date(2026, 12, 11)}
    Leave.objects.create(officer=dana, **away, recorded_at=AT, recorded_by=marco)
    told.setup(factories.user(is_active=False))
    told.setup(factories.user(), in_plans=False)
    (officer,) = gather(told.draft(marco), at=AT).problem.officers
    assert (officer.id, officer.town, officer.name) == (dana.pk, "Albuquerque", "Dana Ortiz")
    assert date(2026, 12, 25) not in officer.days and date(2026, 12, 8) not in officer.days
    assert len(officer.days) == 23 - 5 - 1


def test_as_many_queries_for_many_premises_as_for_few(marco, dana):
    def queries() -> int:
        plan = told.draft(marco)
        with CaptureQueriesContext(connection) as ran:
            gather(plan, at=AT)
        plan.delete()
        return len(ran)

    told.places(1)
    few = queries()
    told.places(5)
    factories.in_progress(dana)
    factories.planned(dana)
    assert queries() == few <= 13
