"""Every number of every dashboard, followed through its address, counts the rows of the list that it opens."""

import csv
import re
import statistics
from datetime import datetime, timedelta
from html import unescape
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from casefile.calendar import local_hour
from casefile.models import Deadline
from inspections.models import Inspection
from inspections.stages import State
from licensing.queries.sorting import all_pages
from reports.queries.cases import SORTS, TOOK, Span
from reports.queries.outcomes import Broken, Officer, Spread, outcomes, share
from reports.queries.team import team_desk
from reports.queries.trends import trend
from reports.views.outcomes import spread_words
from tests import factories
from tests.factories import at
from tests.reports.invented import invent

NOW = at("2026-11-25 10:00")
DASHBOARDS = ("/team/", "/team/workload/", "/team/coverage/", "/team/outcomes/", "/team/licensing/")
NUMBER = re.compile(r'<a href="([^"]+)" data-counts[^>]*>([\d,]+)<')
TILE = re.compile(r'<a class="tile[^"]*" href="([^"]+)"><b>([\d,]+)</b>')

FOLLOWED = 14  # numbers of the tables of each page that are followed; the seed is the address
Counted = list[tuple[str, int]]

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture(scope="module")
def division(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        factories.holidays()
        yield invent(Random(20261125), NOW, premises=60, cases=110)
        transaction.set_rollback(True)


@pytest.fixture
def team(client, db, division):
    client.force_login(factories.user(Role.SUPERVISOR))
    return client


def rows_of(client, address: str) -> int:
    """How many rows the list has, over all its pages."""
    count, seen = 0, 0
    while address:
        reply = client.get(address)
        assert reply.status_code == 200, address
        context = reply.context
        count += len(context["rows"])
        address, seen = context["next_url"], seen + 1
        assert seen < 40, address
    return count


def numbers_of(client, address: str) -> tuple[Counted, Counted]:
    """The addresses and the numbers of the tiles and of the tables of a page."""
    page = client.get(address).content.decode()
    return tuple(
        list({unescape(url): int(number.replace(",", "")) for url, number in pattern.findall(page)}.items())
        for pattern in (TILE, NUMBER)
    )  # type: ignore[return-value]


@pytest.mark.parametrize("address", [*DASHBOARDS, "/team/coverage/2025/", "/team/outcomes/?days=90&county=Catron"])
def test_numbers_open_exactly_their_lists(team, address):
    tiles, numbers = numbers_of(team, address)
    assert len(numbers) > 8
    for url, number in tiles + Random(address).sample(sorted(numbers), min(len(numbers), FOLLOWED)):
        assert rows_of(team, url) == number, url


LISTS = (
    "/team/overdue/?sort=officer", "/team/cases/?view=disciplined&since=2026-01-01&sort=-took", "/team/planned/?what=made",
    "/team/coverage/list/?what=due&county=none&sort=name", "/team/requests/?age=older&sort=licensee",
    "/team/cases/?view=overdue&as_of=2026-09-01",
)  # fmt: skip
FILES = ("today", "overdue", "cases", "workload", "coverage", "premises", "outcomes", "licensing", "waiting")


@pytest.mark.parametrize("address", [*DASHBOARDS, *LISTS])
def test_pages_ask_at_most_twelve_times_and_skip_nothing(team, address):
    with CaptureQueriesContext(connection) as queries:
        assert team.get(address).status_code == 200
    said = [it["sql"] for it in queries if it["sql"].startswith(("SELECT", "INSERT", "UPDATE"))]
    assert len(said) <= 12, "\n".join(said)
    assert not [sql for sql in said if " OFFSET " in sql or ("COUNT(" in sql and " WHERE " not in sql)]


@pytest.mark.parametrize("address", [*DASHBOARDS, *LISTS])
def test_pages_say_as_of_when_and_have_paper_and_files(team, address):
    reply = team.get(address)
    words = reply.content.decode()
    assert "As of Wed, Nov 25, 10:00 a.m." in words
    links = [
        unescape(url) for url in re.findall(r'<a class="usa-button[^"]*" href="([^"]+)">(?:Print|Download)', words)
    ]
    assert len(links) == 3
    path = address.split("?")[0]
    paper = team.get(path + links[0]).content.decode()
    assert '<body class="paper">' in paper and 'class="nav"' not in paper and "Download" not in paper
    for url in links[1:]:
        assert team.get(url).status_code == 200, url


@pytest.mark.parametrize("page", FILES)
def test_files_hold_the_tables(team, page):
    kept = team.get(f"/team/files/{page}.csv")
    assert kept["Content-Disposition"] == f'attachment; filename="{page}-2026-11-25.csv"'
    assert len(b"".join(kept.streaming_content).splitlines()) > 2
    book = team.get(f"/team/files/{page}.xlsx")
    assert book.content.startswith(b"PK") and "spreadsheet" in book["Content-Type"]


@pytest.mark.parametrize("address", ["/team/files/nothing.csv", "/team/files/cases.pdf", "/team/planned.pdf"])
def test_other_files_are_not_there(team, address):
    assert team.get(address).status_code == 404


def test_a_list_as_a_file_has_the_same_rows_in_the_same_order(team):
    asked = "view=open&sort=-officer"
    shown, address = [], f"/team/cases/?{asked}"
    while address:
        context = team.get(address).context
        shown += [row["text"] for row in context["rows"]]
        address = context["next_url"]
    kept = b"".join(team.get(f"/team/files/cases.csv?{asked}").streaming_content).decode("utf-8-sig")
    assert [line[1] for line in csv.reader(kept.splitlines())][1:] == shown
    assert len(shown) > 25


@pytest.mark.parametrize("sort", [name for it in (*SORTS, TOOK) for name in (it.name, f"-{it.name}")])
def test_each_head_orders_the_list_and_loses_nothing(team, division, sort):
    rows = Inspection.objects.filter(state=State.CLOSED)
    by = next(s for it in (*SORTS, TOOK) for s in (it, it.turned) if s.name == sort)
    found = [it for page in all_pages(rows, by) for it in page]
    keys = [it.sort_key for it in found]
    assert len(found) == len({it.pk for it in found}) == rows.count() > 20
    if not isinstance(keys[0], str):  # words are ordered by the database's own alphabet
        assert keys == sorted(keys, reverse=by.down)


class TestWorkload:
    def test_orders_by_each_column(self, team):
        for at_column, name in enumerate(("open", "overdue", "week", "visits", "planned", "made")):
            there, back = (
                [row["cells"][at_column]["number"] for row in team.get(f"/team/workload/?sort={sort}").context["rows"]]
                for sort in (name, f"-{name}")
            )
            assert there == sorted(there, reverse=True) and back == sorted(back) and len(there) >= 4

    def test_says_who_is_away_and_that_nobody_stands_in(self, team):
        reply = team.get("/team/workload/")
        assert reply.context["away"] == 1
        assert "Away through Fri, Dec 11. Nobody stands in" in reply.content.decode()

    def test_names_people_who_went_with_open_cases(self, team, division):
        gone = division.cases[0].officer
        type(gone).objects.filter(pk=gone.pk).update(is_active=False)
        assert "No longer works here" in team.get("/team/workload/").content.decode()


class TestSpread:
    def officer(self, ended: int, disciplined: int) -> Officer:
        return Officer("A", "a@example.test", ended, disciplined, None)

    @pytest.mark.parametrize(
        ("officers", "words"),
        [
            ([], "Too few to compare: fewer than two officers have 5 ended cases"),
            ([(5, 1), (4, 4)], "Too few to compare: fewer than two officers have 5 ended cases"),
            ([(5, 1), (10, 2)], "The same share, 20%, with each of 2 officers"),
            ([(5, 0), (10, 5), (2, 2)], "Between 0% and 50% ended in discipline, 2 officers compared"),
        ],
    )
    def test_compares_only_those_with_enough_cases(self, officers, words):
        broken = Broken("R-1", "minor", "Rule", 9)
        assert spread_words(Spread(broken, [self.officer(*it) for it in officers])) == words

    def test_small_numbers_are_marked_on_the_page(self, team):
        words = team.get("/team/outcomes/").content.decode()
        assert "too few to compare" in words

    @pytest.mark.parametrize(("part", "all_of_it", "percent"), [(1, 3, 33), (0, 0, None), (2, 3, 67), (0, 4, 0)])
    def test_a_share_of_nothing_is_none(self, part, all_of_it, percent):
        assert share(part, all_of_it) == percent


class TestAgainstPlainPython:
    """The same numbers once more, counted row by row without the conditions that pages and lists share."""

    def test_the_weeks(self, team, division):
        desk = team_desk(User.objects.filter(role=Role.SUPERVISOR).latest("pk"), NOW)
        found = trend(desk, NOW.date())
        for week in found.weeks:
            begins, ends = local_hour(week.first, 0), min(local_hour(week.last + timedelta(days=1), 0), NOW)
            cases = list(Inspection.objects.select_related("file").prefetch_related("file__deadlines"))
            then = [it for it in cases if it.file.opened_at <= ends and not (it.closed_at and it.closed_at <= ends)]
            late = [it for it in then if any(ran_out(row, ends) for row in it.file.deadlines.all())]
            visits = [it for it in cases if it.visit_began_at and begins <= it.visit_began_at <= ends]
            closed = [it for it in cases if it.state == "closed" and begins <= it.closed_at <= ends]
            assert (week.open, week.overdue) == (len(then), len(late)), week
            assert (week.visits, week.closed) == (len(visits), len(closed)), week
        assert {week.overdue for week in found.weeks} != {0}

    def test_the_outcomes(self, team, division):
        desk = team_desk(User.objects.filter(role=Role.SUPERVISOR).latest("pk"), NOW)
        since = local_hour(NOW.date() - timedelta(days=365), 0)
        found = outcomes(desk, Span(since, NOW + timedelta(seconds=1)), {})
        cases = list(Inspection.objects.prefetch_related("violations__entry", "file__deadlines"))
        spent = [
            it.closed_at - it.nolv_served_at for it in cases if it.outcome == "corrected" and since <= it.closed_at
        ]
        assert (found.closed_out, found.median) == (len(spent), statistics.median(spent))
        plans = [row for it in cases for row in it.file.deadlines.all() if since <= row.due_at <= NOW]
        assert found.on_time == sum(row.end == "met" for row in plans) > 0
        assert found.late == sum(row.end == "late" or row.ended_at is None for row in plans) > 0
        noticed = [it for it in cases if it.nolv_served_at and since <= it.nolv_served_at and it.outcome != "dismissed"]
        assert found.notices == len(noticed)
        assert found.repeats == sum(is_repeat(it, cases) for it in noticed) > 0


def ran_out(row: Deadline, instant: datetime) -> bool:
    return row.due_at + timedelta(seconds=1) <= instant and (row.ended_at is None or row.ended_at > instant)


def is_repeat(case: Inspection, cases: list[Inspection]) -> bool:
    before = [
        it for it in cases
        if it.premises_id == case.premises_id and it.visit_began_at and it.outcome != "dismissed"
        and it.state != "cancelled" and case.visit_began_at - timedelta(days=730) <= it.visit_began_at < case.visit_began_at
    ]  # fmt: skip
    codes = {row.entry.code for it in before for row in it.violations.all()}
    return any(row.entry.code in codes for row in case.violations.all())
