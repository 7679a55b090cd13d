"""Handing over: everything that somebody has goes to others, or nothing; and what nobody has is found."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from casefile.actions import Refused
from casefile.models import Event, Notice
from casefile.work import counts, kinds, left_by, unowned_count
from inventory_windows.models import WindowRequest
from reports import letters, weekly
from schedules.actions import officers
from schedules.actions.feeds import make_feed
from schedules.actions.handover import hand_over
from schedules.models import Feed, Leave, OfficerSetup, PlannedVisit, VisitChange
from schedules.queries.handover import pieces_of, seal
from tests import factories
from tests.factories import at
from tests.help_center import told as questions
from tests.inventory_windows import told as windows
from tests.licensing import asked
from tests.schedules import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]

NOW = at("2026-11-20 10:00")
ALL = {"cases": 2, "requests": 1, "questions": 1, "windows": 1, "corrections": 1, "visits": 3, "covers": 1}


@pytest.fixture
def priya():
    return factories.user(name="Priya Nair")


@pytest.fixture
def luis():
    return factories.user(name="Luis Vigil")


@pytest.fixture
def busy(dana, marco):
    """An officer with every kind of work, and much that is over and not theirs to give."""
    factories.with_findings(dana, findings=1)
    factories.planned(dana)
    asked.taken(dana)
    asked.denied(dana)
    questions.taken(dana)
    windows.in_review(dana)
    windows.refused(dana)
    correction = windows.correction()
    type(correction).objects.filter(pk=correction.pk).update(officer=dana)
    plan = told.proposed(marco, (dana, None), (dana, None))
    told.visit(plan, dana, day=date(2026, 12, 9))
    colleague = factories.user(name="On Leave")
    officers.record_leave(colleague, date(2026, 12, 1), date(2026, 12, 4), cover=dana, by=marco, at=NOW)
    return dana


def give(busy, marco, *takers: User, **facts):
    return hand_over(busy, takers, **({"reason": "Dana has left.", "by": marco, "at": NOW} | facts))


class TestHandingOver:
    def test_moves_every_kind_of_work(self, busy, marco, priya):
        assert counts(NOW)[busy.pk] == ALL
        assert len(give(busy, marco, priya)) == sum(ALL.values())
        after = counts(NOW)
        assert after[priya.pk] == ALL and busy.pk not in after and not left_by(busy, NOW)

    def test_leaves_a_record_of_each_piece(self, busy, marco, priya):
        give(busy, marco, priya)
        said = Event.objects.filter(by=marco, at=NOW, reason="Dana has left.")
        steps = (
            ["hand_over"]
            + ["reassign_case"] * 2
            + [
                "reassign_correction",
                "reassign_request",
                "reassign_window_request",
                "take_question",
            ]
        )
        assert sorted(said.values_list("step", flat=True)) == sorted(steps)
        changes = VisitChange.objects.filter(what="moved", by=marco, reason="Dana has left.")
        assert [(it.was["officer"], it.now["officer"]) for it in changes] == [("Dana Ortiz", "Priya Nair")] * 3
        stops = PlannedVisit.objects.filter(officer=priya).order_by("day", "position")
        assert [(it.day.day, it.position) for it in stops] == [(8, 1), (8, 2), (9, 1)]
        old, new = Leave.objects.order_by("pk")
        assert (old.ended_at, new.cover, new.recorded_by) == (NOW, priya, marco)

    def test_shares_evenly_and_keeps_the_visits_of_a_day_together(self, busy, marco, priya, luis):
        pieces = give(busy, marco, priya, luis)
        groups = {(it.kind.key, it.thing.pk if it.kind.key != "visits" else it.thing.day): it.to for it in pieces}
        assert abs(list(groups.values()).count(priya) - list(groups.values()).count(luis)) <= 1
        by_day = {}
        for it in (it for it in pieces if it.kind.key == "visits"):
            by_day.setdefault(it.thing.day, set()).add(it.to)
        assert [len(people) for people in by_day.values()] == [1, 1]

    def test_takes_who_leaves_out_of_plans_and_ends_their_feed(self, busy, marco, priya):
        officers.set_up(busy, officers.Setup("Taos", (), (0,), 480, True), by=marco)
        make_feed(busy, at=NOW)
        give(busy, marco, priya)
        assert OfficerSetup.objects.get().in_plans and Feed.objects.exists()
        give(busy, marco, priya, leaves=True)
        assert not OfficerSetup.objects.get().in_plans and not Feed.objects.exists()

    def test_of_a_cover_to_who_is_away_leaves_nobody(self, dana, marco, priya):
        row = officers.record_leave(priya, date(2026, 12, 1), date(2026, 12, 4), cover=dana, by=marco, at=NOW)
        give(dana, marco, priya)
        assert Leave.objects.exclude(pk=row.pk).get().cover is None

    def test_is_all_or_nothing(self, busy, marco, priya, monkeypatch):
        def breaks(*_, **__):
            raise Refused(["Not this one."])

        monkeypatch.setattr("schedules.actions.handing.weigh", breaks)
        with pytest.raises(Refused):
            give(busy, marco, priya)
        assert counts(NOW)[busy.pk] == ALL and priya.pk not in counts(NOW)

    def test_of_a_list_that_changed_is_refused(self, busy, marco, priya):
        seen = seal(pieces_of(busy, [priya], NOW))
        factories.planned(busy)
        with pytest.raises(Refused, match="The list has changed"):
            give(busy, marco, priya, seen=seen)

    def test_wants_somebody_who_can_and_a_reason(self, busy, marco):
        for takers, facts, words in (
            ((), {}, "Choose who takes"), ((busy,), {}, "somebody else"), ((factories.user("auditor"),), {}, "can not take"),
            ((factories.user(is_active=False),), {}, "can not take"), ((factories.user(),), {"reason": " "}, "Say why"),
        ):  # fmt: skip
            with pytest.raises(Refused, match=words):
                give(busy, marco, *takers, **facts)

    def test_is_for_supervisors(self, busy, priya):
        with pytest.raises(PermissionDenied):
            give(busy, priya, priya)


class TestPage:
    def test_shows_who_gets_what_then_hands_it_over(self, busy, marco, priya, client, django_assert_max_num_queries):
        client.force_login(marco)
        address = f"{reverse('schedules:hand_over', args=[busy.pk])}?to={priya.pk}"
        client.get(address)
        with django_assert_max_num_queries(12):
            page = client.get(address)
        assert b"Goes to Priya Nair" in page.content and b"Hand over 10 pieces of work" in page.content
        typed = {"once": page.context["once"], "seen": page.context["seal"], "reason": "She moves."}
        assert client.post(address, typed).status_code == 302
        assert left_by(busy, NOW) == [] and len(left_by(priya, NOW)) == len(ALL)
        assert client.post(address, typed).status_code == 302  # sent twice, done once

    def test_says_what_is_left_when_somebody_is_let_go(self, busy, client):
        client.force_login(factories.user("administrator"))
        address = reverse("casefile:staff_let_go", args=[busy.pk])
        assert b"2 open cases" in client.get(address).content
        reply = client.post(address, {"once": "a" * 16}, follow=True)
        assert b"They leave 2 open cases, 1 request about plants" in reply.content


class TestUnowned:
    def test_is_work_of_who_was_let_go_or_does_something_else(self, busy, client, marco):
        assert [kind.key for kind in kinds() if kind.unowned(NOW)] == []
        User.objects.filter(pk=busy.pk).update(is_active=False)
        assert {kind.key: kind.unowned(NOW).count() for kind in kinds()} == ALL
        User.objects.filter(pk=busy.pk).update(is_active=True, role="auditor")
        assert {kind.key: kind.unowned(NOW).count() for kind in kinds()} == ALL
        client.force_login(factories.user("administrator"))
        page = client.get(reverse("schedules:unowned")).content.decode()
        assert "is auditor now" in page and "Supervisors see which these are." in page

    def test_is_what_nobody_took_in_time(self, holidays):
        case = windows.requested()
        goal = WindowRequest.objects.get(pk=case.pk).file.due_at
        found = {kind.key: kind for kind in kinds()}["windows"]
        assert not found.unowned(NOW) or goal < NOW
        assert list(found.unowned(at("2027-01-20 09:00"))) == [case]

    def test_stands_on_the_page_of_the_workload_and_in_the_mail_of_the_week(self, busy, client, marco, time_machine):
        time_machine.move_to(NOW, tick=False)
        client.force_login(marco)
        assert b"Work without an owner" not in client.get(reverse("reports:workload")).content
        User.objects.filter(pk=busy.pk).update(is_active=False)
        assert unowned_count(NOW) == sum(ALL.values())
        said = f"Work without an owner: {sum(ALL.values())}"
        assert said in client.get(reverse("reports:workload")).content.decode()
        weekly.write(at=at("2026-11-23 08:00"))
        assert said in Notice.objects.get(letter=letters.WEEKLY.key).text

    def test_is_found_by_the_command(self, busy, capsys):
        call_command("check_unowned")
        assert "All open work has an owner." in capsys.readouterr().out
        User.objects.filter(pk=busy.pk).update(is_active=False)
        with pytest.raises(SystemExit):
            call_command("check_unowned")
        assert "2 open cases without an owner" in capsys.readouterr().out
