"""Team today: every number opens exactly its list; what is late says whose it is and since when."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import Role
from casefile.models import CaseFile
from reports.queries.team import by_officer, by_stage, cells, numbers, team_desk
from tests import factories
from tests.factories import at
from tests.inspections import states

NOW = at("2026-11-25 10:00")  # the plan of a case served in the story was due the evening before

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


class World:
    """Two officers with cases, three of them late; built once, because each got there step by step."""

    def __init__(self) -> None:
        factories.holidays()
        self.marco = factories.user(Role.SUPERVISOR)
        self.dana, self.luis = factories.user(name="Dana Ortiz"), factories.user(name="Luis Maestas")
        self.late = states.waiting_for_plan(self.dana, findings=1)
        self.late_too = states.waiting_for_plan(self.luis, findings=1)
        self.review = states.plan_to_review(self.dana, findings=1)
        self.planned = factories.planned(self.luis)
        self.referred = states.referred(self.luis, self.marco, findings=1)
        self.closed = states.closed(self.dana)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def cases(db, world):
    return world


@pytest.fixture
def team(client, marco):
    client.force_login(marco)
    return client


class TestNumbers:
    def test_open_exactly_their_lists(self, team, cases):
        shown = team.get("/team/").context["tiles"]
        assert [tile["number"] for tile in shown][:4] == ["3", "5", "0", "1"]
        for tile in shown[:4]:
            opened = team.get(tile["url"]).context
            assert tile["number"] == str(len(opened["late"] if "late" in opened else opened["rows"])), tile["label"]

    def test_of_each_stage_and_officer_open_their_lists(self, team, cases):
        context = team.get("/team/").context
        for line in context["stages"]:
            assert len(team.get(line["url"]).context["rows"]) == line["open"], line["label"]
        for line in context["loads"]:
            assert len(team.get(line["url"]).context["rows"]) == line["load"].open

    def test_add_up(self, cases):
        desk = team_desk(cases.marco, NOW)
        stages, loads, counted = by_stage(cells(desk)), by_officer(cells(desk)), numbers(cells(desk))
        assert sum(stage.open for stage in stages) == sum(load.open for load in loads) == counted["open"]
        assert sum(stage.overdue for stage in stages) == sum(load.overdue for load in loads) == counted["overdue"]

    def test_name_who_carries_most_that_is_late(self, team, cases):
        context = team.get("/team/").context
        assert context["load_title"] == "Dana Ortiz has 2 of 3 overdue cases"
        assert context["stage_title"] == "Most cases: waiting for plan, 2 of 5"

    def test_draw_bars_as_long_as_their_numbers(self, team, cases):
        lines = {line["label"]: line for line in team.get("/team/").context["stages"]}
        assert (lines["Waiting for plan"]["width"], lines["Waiting for plan"]["late"]) == ("100.0", "100.0")
        assert (lines["Planned"]["width"], lines["Planned"]["late"]) == ("50.0", "0.0")
        assert lines["Visit in progress"]["width"] == "0.0"


class TestOverdue:
    def test_says_what_is_late_whose_and_since_when(self, team, cases):
        lines = {line["row"].ref: line for line in team.get("/team/overdue/").context["late"]}
        row = lines[cases.late.file.number]["row"]
        assert (row.officer, row.due.words, row.due.note) == (
            "Dana Ortiz", "Overdue 1 business day", "Plan was due Tue, Nov 24",
        )  # fmt: skip
        assert lines[cases.late.file.number]["reassign_url"] == reverse(
            "inspections:case_reassign", kwargs={"ref": cases.late.file.ref}
        )
        assert lines[cases.review.file.number]["row"].due.note == "Review was due Mon, Nov 23"

    def test_has_the_longest_overdue_first(self, team, cases):
        dues = [line["row"].due.note for line in team.get("/team/overdue/").context["late"]]
        assert dues[0] == "Review was due Mon, Nov 23"

    def test_an_auditor_reads_and_reassigns_nothing(self, client, cases):
        client.force_login(factories.user(Role.AUDITOR))
        assert {line["reassign_url"] for line in client.get("/team/overdue/").context["late"]} == {""}

    def test_pages_on_after_twenty_five(self, team, dana):
        for _ in range(27):
            case = factories.in_progress(dana)
            CaseFile.objects.filter(pk=case.file_id).update(due_at=at("2026-11-20 10:00"))
        first = team.get("/team/overdue/")
        second = team.get(first.context["next_url"])
        shown = [line["row"].ref for page in (first, second) for line in page.context["late"]]
        assert len(first.context["late"]) == 25
        assert len(set(shown)) == len(shown) == numbers(cells(team_desk(dana, NOW)))["overdue"]

    def test_of_nothing_is_fine(self, team, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-11-16 08:00"))
        assert "No overdue cases." in team.get("/team/overdue/").content.decode()
        assert "Nobody has an overdue case" in team.get("/team/").content.decode()


class TestPage:
    @pytest.mark.parametrize(
        ("role", "status"), [("supervisor", 200), ("administrator", 200), ("auditor", 200), ("officer", 403)]
    )
    def test_is_for_supervisors_and_those_who_read_everything(self, client, db, role, status):
        client.force_login(factories.user(role))
        assert [client.get(address).status_code for address in ("/team/", "/team/overdue/")] == [status] * 2

    def test_is_absent_for_a_licensee(self, client, tomas):
        client.force_login(tomas)
        assert client.get("/team/").status_code == 404

    @pytest.mark.parametrize("address", ["/team/", "/team/overdue/"])
    def test_is_short_of_queries_however_many_are_late(self, team, dana, address, django_assert_max_num_queries):
        team.get("/team/")
        counted = []
        for more in (1, 9):
            for _ in range(more):
                states.waiting_for_plan(dana, findings=1)
            with django_assert_max_num_queries(12) as queries:
                team.get(address)
            counted.append(len(queries))
        assert counted[0] == counted[1]
        said = " ".join(query["sql"] for query in queries.captured_queries)
        assert "OFFSET" not in said
        assert not re.search(r'COUNT\(\*\) AS "__count" FROM "inspections_inspection"$', said)
