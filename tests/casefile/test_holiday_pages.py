"""Holidays: a change shows first which running deadlines it would move, and never moves one earlier by itself."""

from datetime import date

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from accounts.models import Role
from casefile.models import Deadline, Holiday
from inspections import clocks
from tests import factories

MORNING = factories.MORNING
ADD = "/settings/holidays/add/"


@pytest.fixture
def admin(db, holidays):
    return factories.user(Role.ADMINISTRATOR)


@pytest.fixture
def running(admin, dana) -> Deadline:
    """A deadline that ends on Monday, November 23: three business days after the visit."""
    factories.with_findings(dana)
    return Deadline.objects.running().get(clock=clocks.NOTICE_GOAL.key)


def form(day: date, name="Day of the Test", **facts):
    parts = {"day_month": day.month, "day_day": day.day, "day_year": day.year}
    return parts | {"name": name, "source": "Executive order 1"} | facts


def due(row: Deadline) -> date:
    return Deadline.objects.running().get(clock=row.clock, file=row.file).due_on


class TestAdd:
    def test_the_first_look_shows_what_would_move_and_changes_nothing(self, client, admin, running):
        client.force_login(admin)
        before, was = Holiday.objects.count(), due(running)
        page = client.post(ADD, form(was)).content.decode()
        assert "1 running deadline will end later" in page
        assert running.file.ref in page
        assert (Holiday.objects.count(), due(running)) == (before, was)

    def test_the_second_look_moves_them_later_with_a_line_in_the_journal(self, client, admin, running):
        client.force_login(admin)
        was = due(running)
        reply = client.post(ADD, form(was, sure="1"), follow=True)
        assert "1 deadline moved" in reply.content.decode()
        assert due(running) > was
        assert running.file.events.filter(step="move_deadline", by=admin).count() == 1
        assert Deadline.objects.get(pk=running.pk).end == "superseded"

    def test_a_day_that_is_there_is_refused_in_words(self, client, admin):
        client.force_login(admin)
        page = client.post(ADD, form(date(2026, 11, 11), sure="1")).content.decode()
        assert "is already Veterans Day" in page

    def test_going_back_keeps_the_words(self, client, admin):
        client.force_login(admin)
        page = client.post(ADD, form(date(2026, 11, 20), name="A long name", again="1")).content.decode()
        assert "A long name" in page and "See what would move" in page

    def test_a_supervisor_reads_only(self, client, marco, holidays):
        client.force_login(marco)
        page = client.get("/settings/holidays/?year=2026").content.decode()
        assert "Veterans Day" in page and "Add a holiday" not in page
        assert client.post(ADD, form(date(2026, 11, 20), sure="1")).status_code == 403


class TestRemove:
    def remove(self, client, day: date, **facts):
        return client.post(f"/settings/holidays/{day}/remove/", {"sure": "1"} | facts)

    @pytest.fixture
    def with_holiday(self, client, admin, running):
        """The deadline has been moved by a holiday, which is now to go."""
        client.force_login(admin)
        day = due(running)
        client.post(ADD, form(day, sure="1"))
        return day

    def test_looking_shows_who_would_lose_time(self, client, with_holiday, running):
        page = client.get(f"/settings/holidays/{with_holiday}/remove/").content.decode()
        assert "1 running deadline would end earlier" in page

    def test_nothing_moves_earlier_by_itself(self, client, with_holiday, running):
        later = due(running)
        self.remove(client, with_holiday)
        assert not Holiday.objects.filter(date=with_holiday).exists()
        assert due(running) == later

    def test_a_tick_moves_it(self, client, with_holiday, running):
        row = Deadline.objects.running().get(clock=running.clock)
        self.remove(client, with_holiday, earlier=[row.pk])
        assert due(running) == with_holiday


class TestEdit:
    def test_another_name_or_source_moves_nothing(self, client, admin, running):
        client.force_login(admin)
        day, was = date(2026, 11, 26), due(running)
        facts = form(day, name="Thanksgiving", verified_by="Counsel")
        assert client.post(f"/settings/holidays/{day}/", facts).status_code == 302
        assert Holiday.objects.get(date=day).verified_by == "Counsel"
        assert due(running) == was

    def test_another_day_is_looked_at_first(self, client, admin, running):
        client.force_login(admin)
        was = due(running)
        page = client.post("/settings/holidays/2026-11-26/", form(was)).content.decode()
        assert "will end later" in page and "counts again" in page
        client.post("/settings/holidays/2026-11-26/", form(was, sure="1"))
        assert Holiday.objects.filter(date=was).exists()
        assert not Holiday.objects.filter(date="2026-11-26").exists()


class TestLoad:
    def load(self) -> str:
        from io import StringIO

        said = StringIO()
        call_command("load_holidays", stdout=said)
        return said.getvalue()

    def test_it_may_run_again_and_again(self, db):
        self.load()
        count = Holiday.objects.count()
        assert count > 50 and {2024, 2028} <= {day.year for day in Holiday.objects.values_list("date", flat=True)}
        assert self.load().startswith("0 holidays added")
        assert Holiday.objects.count() == count

    def test_what_people_changed_or_removed_stays_theirs(self, db):
        self.load()
        Holiday.objects.filter(date="2026-06-19").delete()
        Holiday.objects.filter(date="2026-11-26").update(name="Ours")
        self.load()
        assert not Holiday.objects.filter(date="2026-06-19").exists()
        assert Holiday.objects.get(date="2026-11-26").name == "Ours"

    def test_a_year_that_is_missing_is_brought(self, db):
        self.load()
        Holiday.objects.filter(date__year=2028).delete()
        self.load()
        assert Holiday.objects.filter(date__year=2028).exists()


class TestMissingYear:
    @pytest.mark.parametrize(("today", "said"), [("2029-11-30 12:00", False), ("2029-12-01 12:00", True)])
    def test_december_asks_for_the_next_year(self, client, admin, marco, time_machine, today, said):
        time_machine.move_to(factories.at(today))
        client.force_login(admin)
        page = client.get("/settings/holidays/").content.decode()
        assert ("The holidays of next year are missing" in page) == said
        client.force_login(marco)
        assert ("The holidays of next year are missing" in client.get("/team/").content.decode()) == said
        found = [it.id for it in run_checks(tags=["database"], databases=["default"])]
        assert ("casefile.W001" in found) == said


class TestQueries:
    def test_the_first_look_asks_no_more_with_more_deadlines(
        self, client, admin, running, dana, django_assert_max_num_queries
    ):
        for _ in range(5):
            factories.with_findings(dana, findings=1)
        client.force_login(admin)
        with django_assert_max_num_queries(12):
            page = client.post(ADD, form(due(running)))
        assert "6 running deadlines will end later" in page.content.decode()
