"""How officers work and when they are away: what is refused, what is kept, who may change it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casefile.actions import Refused
from casefile.models import Notice
from inspections import digest
from schedules.actions import officers
from schedules.actions.officers import Setup
from schedules.models import Leave, OfficerSetup
from schedules.queries import covering
from schedules.queries.officers import days_in_words, hours_in_words
from tests import factories
from tests.factories import MORNING, at
from tests.inspections import stories

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 12, 7), date(2026, 12, 11)


@pytest.fixture
def priya():
    return factories.user(name="Priya Nair")


def away(officer, marco, first=FIRST, last=LAST, **facts) -> Leave:
    return officers.record_leave(officer, first, last, by=marco, at=MORNING, **facts)


class TestSetup:
    def test_is_kept_once_for_each_officer(self, dana, marco):
        for town in ("Taos", "Santa Fe"):
            officers.set_up(dana, Setup(town, ("Taos",), (4, 0), 480, True), by=marco)
        row = OfficerSetup.objects.get()
        assert (row.town, row.weekdays, row.counties) == ("Santa Fe", [0, 4], ["Taos"])

    @pytest.mark.parametrize(
        ("setup", "words"),
        [
            (Setup(" ", (), (0,), 480, True), "in which town"),
            (Setup("Taos", (), (), 480, True), "at least one day"),
            (Setup("Taos", (), (4, 5), 480, True), "on weekends"),
            (Setup("Taos", (), (0,), 721, True), "at most 720"),
            (Setup("Taos", (), (0,), 0, True), "at most 720"),
        ],
    )
    def test_that_no_human_works_by_is_refused(self, dana, marco, setup, words):
        with pytest.raises(Refused, match=words):
            officers.set_up(dana, setup, by=marco)

    def test_of_an_auditor_is_refused(self, marco):
        with pytest.raises(Refused, match="makes no visits"):
            officers.set_up(factories.user("auditor"), Setup("Taos", (), (0,), 480, True), by=marco)

    def test_is_for_supervisors(self, dana):
        with pytest.raises(PermissionDenied):
            officers.set_up(dana, Setup("Taos", (), (0,), 480, True), by=dana)


class TestLeave:
    @pytest.mark.parametrize(
        ("first", "last", "is_free"),
        [("12-04", "12-06", True), ("12-04", "12-07", False), ("12-09", "12-09", False), ("12-11", "12-20", False),
         ("12-12", "12-13", True)],
    )  # fmt: skip
    def test_that_overlaps_is_refused_in_words(self, dana, marco, first, last, is_free):
        away(dana, marco)
        days = (date.fromisoformat(f"2026-{day}") for day in (first, last))
        if is_free:
            assert away(dana, marco, *days)
        else:
            with pytest.raises(Refused, match="already away from Monday, December 7"):
                away(dana, marco, *days)

    def test_wants_somebody_else_who_is_there(self, dana, marco, priya):
        away(priya, marco, LAST, LAST)
        for cover, words in (
            (priya, "Priya Nair is away too"), (dana, "Somebody else"), (factories.user("auditor"), "can not take cases"),
        ):  # fmt: skip
            with pytest.raises(Refused, match=words):
                away(dana, marco, cover=cover)
        with pytest.raises(Refused, match="before the first"):
            away(dana, marco, LAST, FIRST)

    def test_is_changed_by_ending_it_and_adding_another(self, dana, marco, priya):
        row = away(dana, marco)
        officers.change_leave(row, FIRST, FIRST, cover=priya, by=marco, at=at("2026-11-18 10:00"))
        old, new = Leave.objects.order_by("pk")
        assert old.ended_at and old.last_on == LAST
        assert (new.last_on, new.cover, new.ended_at) == (FIRST, priya, None)
        with pytest.raises(Refused, match="taken back already"):
            officers.end_leave(old, by=marco, at=MORNING)

    def test_that_can_not_be_changed_so_stays(self, dana, marco):
        row = away(dana, marco)
        with pytest.raises(Refused):
            officers.change_leave(row, LAST, FIRST, by=marco, at=MORNING)
        assert Leave.objects.get().ended_at is None


class TestStandingIn:
    @pytest.fixture
    def late(self, dana, marco, priya, place, holidays):
        """A case of Dana's that is overdue while Priya stands in."""
        case = stories.received(dana, place)
        away(dana, marco, date(2026, 11, 24), date(2026, 11, 25), cover=priya)
        return case

    def test_shows_what_is_due(self, late, dana, priya, client):
        assert covering.covered_by(priya, date(2026, 11, 25)) and not covering.covered_by(priya, date(2026, 11, 26))
        assert list(covering.cases_to_cover(dana, at("2026-11-25 09:00"))) == [late]

    def test_gets_what_is_overdue_in_the_mail_of_the_morning(self, late, dana, priya):
        digest.write(at=at("2026-11-25 07:00"))
        mails = {it.deliveries.get().email: it.text for it in Notice.objects.filter(letter="inspections.digest")}
        assert set(mails) == {dana.email, priya.email}
        assert "Overdue while you stand in for Dana Ortiz (1):\n- 26-0001" in mails[priya.email]

    def test_ends_with_the_leave(self, late, priya):
        digest.write(at=at("2026-11-27 07:00"))
        assert not Notice.objects.filter(letter="inspections.digest", deliveries__email=priya.email).exists()


class TestPages:
    def test_what_is_refused_is_said_on_the_page(self, dana, marco, client):
        away(dana, marco)
        client.force_login(marco)
        typed = {f"first_on_{n}": part for n, part in enumerate(("12", "8", "2026"))}
        typed |= {f"last_on_{n}": part for n, part in enumerate(("12", "9", "2026"))}
        for part, value in (("month", "12"), ("day", "8"), ("year", "2026")):
            typed |= {f"first_on_{part}": value, f"last_on_{part}": value}
        reply = client.post(reverse("schedules:leave_add", args=[dana.pk]), typed | {"once": "k" * 16})
        assert reply.status_code == 200 and b"already away from Monday, December 7" in reply.content

    def test_an_administrator_reads_and_does_not_change(self, dana, client):
        client.force_login(factories.user("administrator"))
        address = reverse("schedules:officer", args=[dana.pk])
        assert b"Save how they work" not in client.get(address).content
        assert client.post(address, {"town": "Taos"}).status_code == 403


def test_words():
    assert [days_in_words(days) for days in ([0, 1, 2, 3, 4], [0, 2], [])] == ["Mon to Fri", "Mon, Wed", ""]
    assert [hours_in_words(n) for n in (480, 450, 45, 0)] == ["8 h", "7 h 30 min", "45 min", "0 min"]
