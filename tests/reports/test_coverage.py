"""Coverage of a year: who is due, who was never seen, who saw them, what is planned, and who may know that."""

import re
from datetime import date, timedelta

import pytest

from accounts.models import Role
from casefile.models import CaseFile
from inspections.models import Inspection
from licensing.models import Premises
from licensing.queries.sorting import all_pages, sorted_page
from schedules.models import Plan, PlannedVisit, PlanRead
from schedules.queries.coverage import (
    BY_PLAN,
    SORTS,
    Share,
    Year,
    expected,
    first_seen,
    months,
    narrowed,
    places,
    shares,
    whole,
)
from schedules.stages import PlanState
from tests import factories
from tests.factories import at

NOW = at("2026-11-25 10:00")
YEAR = Year(2026, NOW)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def supervisor(db):
    return factories.user(Role.SUPERVISOR)


def seen(place: Premises, *instants: str, by=None, state: str = "closed") -> None:
    """Visits to a premises, as they stand when all is over."""
    for instant in instants:
        began = at(instant)
        closed = began if state == "closed" else None
        Inspection.objects.create(
            file=CaseFile.objects.create(opened_at=began), premises=place, officer=by or factories.user(),
            kind="routine", state=state, visit_began_at=began, closed_at=closed,
        )  # fmt: skip


def named(name: str, **facts) -> Premises:
    return factories.premises(name=name, **facts)


@pytest.fixture
def world(db, dana):
    """Seen twice this year, on the last evening of the year before, long ago, and never."""
    found = {name: named(name, county="Taos") for name in ("twice", "last year", "long ago", "never")}
    seen(found["twice"], "2026-02-03 10:00", "2026-06-03 10:00", by=dana)
    seen(found["last year"], "2025-12-31 23:59", by=dana)
    seen(found["long ago"], "2024-12-31 23:59")
    return found


def names(user, **facts) -> list[str]:
    rows = narrowed(places(user, YEAR), facts, YEAR)
    return [it.name for page in all_pages(rows, SORTS[0]) for it in page]


class TestWhat:
    @pytest.mark.parametrize(
        ("what", "expected"),
        [
            ("", ["never", "long ago", "last year", "twice"]), ("due", ["never", "long ago", "last year"]),
            ("seen", ["twice"]), ("never", ["never"]), ("overdue", ["never", "long ago"]),
        ],
    )  # fmt: skip
    def test_the_longest_unseen_stand_first_and_those_never_seen_on_top(self, world, supervisor, what, expected):
        assert names(supervisor, what=what) == expected

    def test_the_year_is_that_of_denver(self, world, supervisor):
        before = Year(2025, NOW)
        assert shares(places(supervisor, before), "county", before)["Taos"].seen == 1

    def test_what_does_not_operate_does_not_count(self, world, supervisor):
        named("shut", operating=False)
        factories.premises(license=factories.license(status="expired"))
        factories.premises(license=factories.license(status="suspended"), name="suspended")
        assert names(supervisor, what="never") == ["never", "suspended"]

    def test_a_visit_that_is_planned_is_none(self, supervisor, dana):
        place = named("planned")
        factories.planned(dana, premises=place)
        assert names(supervisor, what="never") == ["planned"]

    def test_facts_narrow(self, world, supervisor, dana):
        named("elsewhere", county="")
        assert names(supervisor, county="none") == ["elsewhere"]
        assert names(supervisor, officer=dana.email) == ["last year", "twice"]
        assert names(supervisor, officer="nobody") == ["never", "elsewhere"]
        assert names(supervisor, month="2") == ["twice"]
        assert names(supervisor, month="6") == []
        assert names(supervisor, q="LONG") == ["long ago"]


class TestSums:
    def test_add_up(self, world, supervisor):
        rows = places(supervisor, YEAR)
        for by in ("county", "license__type", "officer_email"):
            assert whole(shares(rows, by, YEAR)) == Share(total=4, seen=1, never=1, overdue=2)

    def test_a_month_counts_each_premises_once(self, world, supervisor):
        by_month = first_seen(places(supervisor, YEAR), YEAR)
        assert by_month == {2: 1}
        found = months(4, by_month, YEAR.last_day)
        assert [it.so_far for it in found] == [0, 1, *[1] * 9]
        assert found[-1].expected == expected(4, date(2026, 11, 25))

    @pytest.mark.parametrize(
        ("total", "day", "line"),
        [(365, date(2026, 1, 1), 1), (365, date(2026, 12, 31), 365), (366, date(2028, 12, 31), 366), (0, date(2026, 5, 5), 0)],
    )  # fmt: skip
    def test_the_straight_line_ends_with_all(self, total, day, line):
        assert expected(total, day) == line

    def test_a_hundred_percent_means_all(self):
        assert Share(total=1000, seen=999).percent == 99
        assert Share().percent == 0


@pytest.fixture
def planned(world, dana):
    """The one never seen stands in a published plan for tomorrow; the one of last year in a plan that is only proposed."""
    facts = {"made_at": NOW, "made_by": dana, "starts_on": date(2026, 11, 1), "seed": 1, "month": date(2026, 11, 1)}
    for number, (state, name) in enumerate((("published", "never"), ("proposed", "last year")), start=1):
        plan = Plan(file=CaseFile.objects.create(opened_at=NOW), number=number, state=PlanState(state), **facts)
        plan.save()
        PlannedVisit.objects.create(
            plan=plan, premises=world[name], officer=dana, day=date(2026, 11, 26), position=1, minutes=90,
            purpose="routine",
        )  # fmt: skip
    return world


class TestPlans:
    def test_the_next_day_of_a_published_plan_is_known(self, planned, supervisor):
        rows = {it.name: it.planned_on for it in places(supervisor, YEAR)}
        assert rows == {"never": date(2026, 11, 26), "last year": None, "long ago": None, "twice": None}
        assert names(supervisor, what="planned") == ["never"]
        page = sorted_page(places(supervisor, YEAR), BY_PLAN, size=2)
        assert page.rows[0].name == "never" and page.next

    def test_what_was_skipped_or_is_past_or_made_is_not(self, planned, supervisor):
        visit = PlannedVisit.objects.get(premises=planned["never"])
        PlannedVisit.objects.filter(pk=visit.pk).update(skipped_at=NOW, skip_reason="Snow.")
        assert names(supervisor, what="planned") == []
        PlannedVisit.objects.filter(pk=visit.pk).update(skipped_at=None, skip_reason="", day=date(2026, 11, 24))
        assert names(supervisor, what="planned") == []
        PlannedVisit.objects.filter(pk=visit.pk).update(day=date(2026, 11, 26))
        seen(planned["never"], "2026-11-25 09:00")
        assert names(supervisor, what="planned") == []

    def test_an_administrator_learns_nothing_of_it(self, planned, client):
        client.force_login(factories.user(Role.ADMINISTRATOR))
        for address in ("/team/coverage/", "/team/coverage/list/", "/team/workload/"):
            page = client.get(address).content.decode()
            assert "In a plan" not in page and "Planned for" not in page and "Nov 26" not in page
        asked = client.get("/team/coverage/list/?what=planned&sort=planned")
        assert len(asked.context["rows"]) == 4 and asked.context["chips"] == []
        assert client.get("/team/planned/").status_code == client.get("/team/planned.csv").status_code == 403
        kept = b"".join(client.get("/team/files/premises.csv").streaming_content).decode()
        assert "Planned for" not in kept and "2026-11-26" not in kept
        assert not PlanRead.objects.exists()

    @pytest.mark.parametrize(
        "address",
        ["/team/coverage/", "/team/coverage/list/", "/team/workload/", "/team/planned/", "/team/files/premises.xlsx", "/team/planned.csv"],
    )  # fmt: skip
    def test_reading_it_is_on_record(self, planned, client, supervisor, address):
        client.force_login(supervisor)
        reply = client.get(address)
        b"".join(reply) if reply.streaming else reply.content
        read = PlanRead.objects.get()
        assert (read.by, read.month) == (supervisor, date(2026, 11, 1))

    def test_a_past_year_shows_no_plan(self, planned, client, supervisor):
        client.force_login(supervisor)
        assert "In a plan" not in client.get("/team/coverage/2025/").content.decode()
        assert not PlanRead.objects.exists()


class TestPage:
    def test_is_only_of_years_that_have_begun(self, client, supervisor):
        client.force_login(supervisor)
        statuses = {year: client.get(f"/team/coverage/{year}/").status_code for year in (2020, 2021, 2026, 2027)}
        assert statuses == {2020: 404, 2021: 200, 2026: 200, 2027: 404}
        assert client.get("/team/files/coverage.csv?year=never").status_code == 404

    def test_says_how_far_the_year_is(self, world, client, supervisor):
        client.force_login(supervisor)
        reply = client.get("/team/coverage/")
        words = reply.content.decode()
        assert "Behind the pace: 1 seen, the straight line is at 4" in words
        assert "Visits are behind in 1 county" in words
        assert re.search("<title>Taos: 25% seen, far behind</title>", words)
        assert "25 days ago" not in words and "Never" in words


class TestOrder:
    @pytest.mark.parametrize("sort", [name for it in SORTS for name in (it.name, f"-{it.name}")])
    def test_pages_forth_and_back_hold_every_row_once(self, db, supervisor, client, dana, sort):
        for n in range(7):
            seen(named(f"place {n % 3}", county="Taos" if n % 2 else ""), *["2026-03-01 10:00"] * (n % 2), by=dana)
        by = next(s for it in SORTS for s in (it, it.turned) if s.name == sort)
        rows = places(supervisor, YEAR)
        forth, after, last = [], "", None
        while last is None or after:
            last = sorted_page(rows, by, after=after, size=3)
            forth += [it.pk for it in last.rows]
            after = last.next
        assert len(forth) == len(set(forth)) == 7
        back, before = [it.pk for it in last.rows], last.previous
        while before:
            page = sorted_page(rows, by, before=before, size=3)
            back, before = [it.pk for it in page.rows] + back, page.previous
        assert back == forth

    @pytest.mark.parametrize("place", ["nonsense", "WzEsMl0", "W251bGwsMV0", "WyIyMDI2LTAxLTAxIiwxXQ", "x" * 5000])
    def test_a_place_that_means_nothing_begins_at_the_start(self, world, supervisor, place):
        assert len(sorted_page(places(supervisor, YEAR), SORTS[0], after=place).rows) == 4


def test_days_since_are_counted_in_denver(world, client, supervisor):
    client.force_login(supervisor)
    said = client.get("/team/coverage/list/?q=last").content.decode()
    days = (NOW.date() - date(2025, 12, 31)) // timedelta(days=1)
    assert f"December 31, 2025, {days} days ago" in said
