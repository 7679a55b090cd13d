"""The demonstration: complete, true, the same for the same seed, and never over somebody's data."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from accounts.models import Role, User
from casefile.calendar import local_day
from casefile.models import CaseFile, Deadline, Delivery, Event
from demonstration.people import PASSWORD, signins
from help_center.models import Question
from inspections.models import Inspection
from inspections.stages import State
from inventory_windows.models import Correction, FirstWindow, WindowRequest
from inventory_windows.stages import RequestState as RequestStateOfWindows
from licensing.models import License, Licensee, LicenseTerm, PlantRequest
from licensing.queries import licenses
from licensing.queries.shortage import bound_by, findings_at, measures_on
from licensing.stages import RequestState
from reports.record import broken
from schedules.models import Leave, OfficerSetup, Plan, VisitChange
from schedules.queries.plans import account_of, rows_of

pytestmark = pytest.mark.django_db


class Undo(Exception):
    """Ends a telling without a trace."""


def test_the_same_seed_tells_the_same_stories():
    def story() -> list[tuple]:
        call_command("load_demo", inspections=8, premises=10, processes=1)
        told = list(Event.objects.order_by("file__number", "at", "pk").values_list("file__number", "step", "at"))
        return [(number, step, at.replace(microsecond=0)) for number, step, at in told if number]

    tellings = []
    for _ in range(2):
        try:
            with transaction.atomic():
                tellings.append(story())
                raise Undo
        except Undo:
            pass
    assert tellings[0] and tellings[0] == tellings[1]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """One load for all tests of this file, undone at their end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", inspections=40, premises=50, processes=1)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does in a house; without it the promises take seconds
        yield
        transaction.set_rollback(True)


class TestADemonstration:
    def test_has_everyone_and_every_state(self, loaded):
        assert User.objects.filter(role=Role.OFFICER).count() == 13
        assert User.objects.filter(role=Role.SUPERVISOR).count() == 2
        states = set(Inspection.objects.values_list("state", flat=True))
        assert states == set(State)

    def test_has_questions_that_were_answered_taken_and_asked(self, loaded):
        assert sorted(Question.objects.values_list("state", flat=True)) == ["answered", "asked", "asked", "taken"]

    def test_has_a_request_in_every_state_with_its_letter(self, loaded):
        assert set(PlantRequest.objects.values_list("state", flat=True)) == set(RequestState)
        part = PlantRequest.objects.get(state="approved", granted=500)
        assert part.in_part and part.authorization.mature_plants == part.license.mature_plants
        assert part.file.notices.filter(letter="licensing.increased").exists() and part.factors

    def test_has_a_window_in_every_state_and_a_correction(self, loaded):
        assert set(WindowRequest.objects.values_list("state", flat=True)) == set(RequestStateOfWindows)
        assert FirstWindow.objects.filter(state="open").exists() and Correction.objects.count() == 2

    def test_has_the_plans_of_three_months_as_they_went(self, loaded):
        assert list(Plan.objects.order_by("month").values_list("state", flat=True)) == [
            "published", "published", "proposed"
        ]  # fmt: skip
        assert OfficerSetup.objects.count() == 13 and Leave.objects.count() == 1
        assert set(VisitChange.objects.values_list("what", flat=True)) == {"skipped", "moved"}
        last = Plan.objects.order_by("month")[0]
        counts = account_of(last, rows_of(last), today=local_day(timezone.now())).counts()
        assert counts["done"] and counts["skipped"] and not counts["ahead"]

    def test_keeps_every_promise_of_the_record(self, loaded):
        assert broken() == []

    def test_numbers_the_visits_that_took_place_without_a_gap(self, loaded):
        numbers = list(CaseFile.objects.exclude(number=None).order_by("number").values_list("number", flat=True))
        by_year: dict[str, list[int]] = {}
        for number in numbers:
            year, serial = number.split("-")
            by_year.setdefault(year, []).append(int(serial))
        assert numbers
        assert all(serials == list(range(1, len(serials) + 1)) for serials in by_year.values())

    def test_tells_no_story_out_of_order(self, loaded):
        for case in Inspection.objects.all():
            events = list(case.file.events.order_by("at", "pk"))
            moves = [event for event in events if event.was != event.now]
            assert all(one.now == two.was for one, two in zip(moves, moves[1:], strict=False)), case
            assert not moves or moves[-1].now == case.state

    def test_leaves_the_settings_as_they_were(self, settings, loaded):
        assert settings.DOORBELL

    def test_leaves_no_letter_of_the_past_unsent(self, loaded):
        assert not Delivery.objects.filter(state=Delivery.State.QUEUED).exists()

    def test_runs_clocks_only_after_receipt(self, loaded):
        running = Deadline.objects.running().filter(clock__in=["inspections.cap_due", "inspections.corrections_due"])
        assert running.exists()
        assert not running.filter(file__inspection__received_at=None).exists()

    def test_lets_everyone_sign_in(self, loaded, client):
        for _, email in signins():
            assert client.login(request=None, email=email, password=PASSWORD) or client.login(
                username=email, password=PASSWORD
            ), email

    def test_is_not_loaded_over_people(self, loaded):
        with pytest.raises(CommandError, match="is loaded"):
            call_command("load_demo", inspections=4, premises=4, processes=1)

    def test_prints_one_sign_in_for_each_role(self):
        said = StringIO()
        call_command("demo_signins", stdout=said)
        assert all(email in said.getvalue() for _, email in signins())


class TestLicenses:
    def test_have_their_years_and_end_only_where_they_are_meant_to(self, loaded):
        today = local_day(timezone.now())
        soon = LicenseTerm.objects.filter(state="in_force", ends_on__lte=today + timedelta(days=90))
        assert sorted((it.ends_on - today).days for it in soon) == [45, 60]
        assert LicenseTerm.objects.filter(state="applied").count() == 1
        assert not License.objects.filter(status="expired").exists()
        assert License.objects.filter(status="active", expires_on__lt=today).count() == 1

    def test_have_levels_with_a_history_one_odd_and_one_past_the_levels(self, loaded):
        today = local_day(timezone.now())
        odd = licenses.odd(License.objects.filter(status="active", type__in=licenses.LEVELED), on=today)
        assert [it.mature_plants for it in odd] == [2_437]
        grown = License.objects.get(mature_plants=16_500)
        assert [it.mature_plants for it in grown.authorizations.all()][-2:] == [16_000, 16_500]
        assert Licensee.objects.annotate(n=Count("licenses")).filter(n=2).exists()

    def test_has_a_shortage_with_a_measure_in_force_that_was_told(self, loaded):
        today = local_day(timezone.now())
        (measure,) = measures_on(today)
        assert [it.found for it in findings_at(today)] == [True]
        bound = set(bound_by(measure, today).values_list("licensee", flat=True))
        assert bound and bound <= set(measure.letters.values_list("licensee", flat=True))
