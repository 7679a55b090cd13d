"""My work and the list of all cases: each number opens its list, each row says what comes next."""

import csv
import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.db import transaction
from django.urls import reverse

from inspections.models import Inspection
from inspections.queries import standing, standings
from inspections.queries.lists import SOONEST_DUE, VIEWS, Desk, counts_of, in_view
from licensing.queries.instants import Order, Place, page_of
from tests import factories
from tests.factories import at
from tests.inspections import states

NOW = at("2026-11-19 10:00")
LATE = at("2027-01-15 10:00")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]


@pytest.fixture
def now(monkeypatch):
    """Set the clock that pages read; 10 a.m. on a Thursday until told otherwise."""

    def set_to(instant):
        monkeypatch.setattr("django.utils.timezone.now", lambda: instant)

    set_to(NOW)
    return set_to


class House:
    """One case of an officer in every state; built once, because each got there step by step."""

    def __init__(self) -> None:
        factories.holidays()
        self.dana, self.marco = factories.user("officer"), factories.user("supervisor")
        dana, marco = self.dana, self.marco
        self.cases = {
            "planned": factories.planned(dana, planned_on=date(2026, 11, 30)),
            "planned today": factories.planned(dana, planned_on=date(2026, 11, 19)),
            "in progress": factories.in_progress(dana),
            "draft": factories.with_findings(dana),
            "served": states.served(dana),
            "bounced": states.bounced(dana),
            "plan": states.waiting_for_plan(dana),
            "plan in": states.plan_to_review(dana),
            "proof": states.waiting_for_proof(dana),
            "proof in": states.proof_to_review(dana),
            "ready": states.ready_to_close(dana),
            "to see": states.reviewed(dana, "accepted", "reinspect"),
            "closed": states.closed(dana),
            "referred": states.referred(dana, marco),
            "cancelled": states.cancelled(dana),
        }


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield House()
        transaction.set_rollback(True)


STEPS = {
    "planned": ("Planned", "Begin the visit", "", "inspection_begin"),
    "planned today": ("Planned", "Begin the visit", "officer", "inspection_begin"),
    "in progress": ("Visit in progress", "Record what you see", "officer", "inspection_record"),
    "draft": ("Notice in draft", "Finish and send the notice", "officer", "notice_draft"),
    "served": ("Notice not received", "Record how they got the notice", "officer", "receipt_record"),
    "bounced": ("Notice came back", "The notice came back: reach them another way", "officer", "notice_redirect"),
    "plan": ("Waiting for plan", "Waiting: plan from licensee", "licensee", ""),
    "plan in": ("Plan to review", "Review the corrective action plan", "officer", "plan_review"),
    "proof": ("Waiting for proof", "Waiting: proof from licensee", "licensee", ""),
    "proof in": ("Proof to review", "Review the proof", "officer", "proof_review"),
    "ready": ("Ready to close", "Send the close-out letter", "officer", "close_out"),
    "to see": ("To see again", "See the fix at the premises", "officer", "proof_review"),
    "closed": ("Closed", "Corrected and closed out", "", ""),
    "referred": ("Referred", "Decide the outcome", "supervisor", "outcome"),
    "cancelled": ("Cancelled", "Cancelled", "", ""),
}


class TestNextStep:
    def test_says_for_every_state_what_comes_next_and_whose_turn_it_is(self, house):
        found = {name: standing(case, NOW).step for name, case in house.cases.items()}
        assert {name: (it.status, it.label, it.turn, it.page) for name, it in found.items()} == STEPS

    @pytest.mark.parametrize(("name", "what"), [("plan", "Plan"), ("proof", "Proof")])
    def test_of_what_is_late_is_to_call_and_then_refer(self, house, name, what):
        step = standing(house.cases[name], LATE).step
        assert (step.label, step.turn, step.status) == (
            f"{what} is late: call, then refer",
            "officer",
            f"{what} overdue",
        )

    def test_waits_while_the_notice_is_held_and_on_its_way(self, dana):
        case = states.served(dana)
        assert standing(case, states.SERVED).step.label == "Waiting: the notice leaves at 12:05 p.m."
        assert standing(case, states.SERVED + timedelta(minutes=5)).step.label == "Waiting: the notice is on its way"
        assert standing(case, states.SERVED + timedelta(days=1)).step.turn == "licensee"

    def test_of_a_refused_entry_is_to_decide_until_a_violation_is_recorded(self, dana):
        from inspections.actions import visit

        case = visit.record_entry_refused(factories.planned(dana), notes="The gate stayed shut.", by=dana, at=NOW)
        assert standing(case, NOW).step.status == "Entry refused"
        visit.record_violation(case, factories.entry(), seen="Nobody let us in.", by=dana, at=NOW)
        assert standing(case, NOW).step.page == "notice_draft"

    def test_is_the_same_for_a_list_and_for_one_case(self, house):
        together = standings([states.fresh(case) for case in house.cases.values()], NOW)
        assert [it.step for it in together] == [standing(case, NOW).step for case in house.cases.values()]


class TestDue:
    """The plan of the story is due Tuesday, November 24; the proof Thursday, December 17."""

    @pytest.mark.parametrize(
        ("instant", "words", "note", "tone"),
        [
            ("2026-11-18 10:00", "Tue, Nov 24", "Plan, 4 business days left", "later"),
            ("2026-11-19 10:00", "Due Tue, Nov 24", "Plan", "soon"),
            ("2026-11-23 10:00", "Due tomorrow", "Plan, Tue, Nov 24", "soon"),
            ("2026-11-24 23:59:59", "Due today", "Plan, by 11:59 p.m.", "soon"),
            ("2026-11-25 00:00", "Overdue 1 business day", "Plan was due Tue, Nov 24", "over"),
            ("2026-11-30 09:00", "Overdue 2 business days", "Plan was due Tue, Nov 24", "over"),
        ],
    )
    def test_says_date_and_business_days(self, dana, instant, words, note, tone):
        due = standing(states.waiting_for_plan(dana), at(instant)).due
        assert (due.words, due.note, due.tone) == (words, note, tone)

    def test_of_a_planned_visit_is_its_day(self, dana):
        case = factories.planned(dana, planned_on=date(2026, 11, 19))
        words = [standing(case, at(f"2026-11-{day} 10:00")).due.words for day in (18, 19, 20)]
        assert words == ["Thu, Nov 19", "Today", "Was planned for Thu, Nov 19"]

    def test_is_nothing_when_no_clock_runs(self, dana):
        assert standing(factories.in_progress(dana), NOW).due is None


class TestViews:
    @pytest.mark.parametrize("instant", [NOW, at("2026-11-25 09:00"), LATE])
    def test_needs_me_is_where_the_next_step_is_the_officers(self, house, instant):
        named = {case.pk: name for name, case in house.cases.items()}
        turns = {name: standing(case, instant).step.turn for name, case in house.cases.items()}
        mine = {named.get(case.pk) for case in in_view(Desk(house.dana, instant), "needs")} - {None}
        ours = {named.get(case.pk) for case in in_view(Desk(house.marco, instant, mine=False), "needs")} - {None}
        assert mine == {name for name, turn in turns.items() if turn == "officer"}
        assert ours == {name for name, turn in turns.items() if turn in ("officer", "supervisor")}

    @pytest.mark.parametrize("instant", [NOW, at("2026-11-17 12:03"), LATE])
    def test_with_licensee_is_where_the_next_step_is_theirs(self, house, instant):
        named = {case.pk: name for name, case in house.cases.items()}
        theirs = {name for name, case in house.cases.items() if standing(case, instant).step.turn == "licensee"}
        assert {named[case.pk] for case in in_view(Desk(house.dana, instant), "licensee")} == theirs

    @pytest.mark.parametrize("instant", [NOW, LATE])
    def test_overdue_is_what_says_so(self, house, instant):
        late = {case.pk for case in house.cases.values() if standing(case, instant).is_late}
        assert {case.pk for case in in_view(Desk(house.dana, instant), "overdue")} == late
        assert bool(late) is (instant == LATE)

    def test_this_week_begins_today_and_ends_in_six_days(self, dana):
        case = states.waiting_for_plan(dana)

        def on(instant):
            return case in in_view(Desk(dana, at(instant)), "week")

        assert [on("2026-11-17 23:00"), on("2026-11-18 00:00"), on("2026-11-24 23:59:59"), on("2026-11-25 00:00")] == [
            False, True, True, False,
        ]  # fmt: skip

    def test_done_forgets_after_thirty_days(self, dana):
        case = states.closed(dana)
        desk = [Desk(dana, states.DECIDED + timedelta(days=days)) for days in (30, 31)]
        assert [case in in_view(it, "done") for it in desk] == [True, False]

    def test_mine_holds_nothing_of_others(self, house):
        factories.in_progress()
        assert all(case.officer_id == house.dana.pk for case in in_view(Desk(house.dana, NOW), "open"))
        assert not in_view(Desk(house.marco, NOW), "open").exists()

    def test_counts_are_as_long_as_their_lists(self, house):
        desk = Desk(house.dana, NOW)
        assert counts_of(desk, VIEWS) == {name: in_view(desk, name).count() for name in VIEWS}

    def test_counting_stops_early(self, house, monkeypatch):
        monkeypatch.setattr("inspections.queries.lists.MOST", 4)
        assert counts_of(Desk(house.dana, NOW), ["open"]) == {"open": 4}


class TestPaging:
    @pytest.fixture
    def cases(self, dana, place):
        """Seven cases: three due on different days, two at the same instant, two without a clock."""
        made = [factories.planned(dana, premises=place) for _ in range(7)]
        for case, days in zip(made, (3, 1, 2, 1, None, None, 5), strict=True):
            case.file.due_at = NOW + timedelta(days=days) if days else None
            case.file.save()
        return made

    def test_goes_through_all_once_and_back_again(self, cases, dana):
        rows = Inspection.objects.of(dana).select_related("file")
        forward, after, pages = [], "", []
        while True:
            page = page_of(rows, SOONEST_DUE, after=after, size=3)
            pages.append(page)
            forward += [case.pk for case in page.rows]
            if not (after := page.next):
                break
        order = [cases[n].pk for n in (1, 3, 2, 0, 6, 4, 5)]
        assert forward == order
        back = page_of(rows, SOONEST_DUE, before=pages[-1].previous, size=3)
        assert [case.pk for case in back.rows] == order[3:6]
        assert page_of(rows, SOONEST_DUE, before=back.previous, size=3).rows == pages[0].rows
        assert not pages[0].previous

    def test_downward_begins_with_the_latest(self, cases, dana):
        rows = Inspection.objects.of(dana).filter(file__due_at__isnull=False).select_related("file")
        down = Order("file__due_at", "file_id", down=True)
        first = page_of(rows, down, size=2)
        second = page_of(rows, down, after=first.next, size=2)
        assert [case.pk for case in first.rows + second.rows] == [cases[n].pk for n in (6, 0, 2, 3)]
        assert page_of(rows, down, before=second.previous, size=2).rows == first.rows

    @pytest.mark.parametrize("nonsense", ["", "x", "!!", "MjAyNnww", "é", "a" * 500])
    def test_a_place_that_cannot_be_read_is_the_beginning(self, nonsense):
        assert Place.read(nonsense) is None

    def test_a_place_says_no_number_of_ours(self):
        assert "4821" not in str(Place(NOW, 4821))


class TestWorkPage:
    def test_tiles_open_exactly_their_lists(self, house, client, now):
        client.force_login(house.dana)
        page = client.get("/work/").context
        for tile in page["tiles"]:
            shown = client.get(tile["url"]).context["rows"]
            assert tile["number"] == str(len(shown)), tile["label"]

    def test_offers_each_step_to_those_who_may_take_it(self, house, client, now):
        auditor = factories.user("auditor")
        links = {}
        for person in (house.dana, house.marco, auditor):
            client.force_login(person)
            rows = client.get("/cases/").context["rows"]
            links[person.role] = {row.step.page for row in rows if row.step_url}
        assert links["auditor"] == set()
        assert links["supervisor"] - links["officer"] == {"outcome"}
        assert "notice_draft" in links["officer"]

    def test_is_short_of_queries_however_long(self, dana, client, now, django_assert_max_num_queries):
        client.force_login(dana)
        client.get("/work/")  # a session is written anew once in an hour
        counted = []
        for more in (1, 10):
            for _ in range(more):
                states.plan_to_review(dana, findings=1)
                states.bounced(dana, findings=1)
            with django_assert_max_num_queries(12) as queries:
                assert client.get("/work/").status_code == 200
            counted.append(len(queries.captured_queries))
        assert counted[0] == counted[1]
        statements = " ".join(query["sql"] for query in queries.captured_queries)
        assert "OFFSET" not in statements
        assert all("LIMIT 1001" in it for it in re.findall(r"COUNT\(\*\) FROM \((.*?)\) _counted", statements))

    def test_pages_on_after_twenty_five(self, dana, place, client, now):
        for _ in range(27):
            factories.planned(dana, premises=place)
        client.force_login(dana)
        first = client.get("/work/")
        second = client.get(first.context["next_url"])
        assert (len(first.context["rows"]), len(second.context["rows"])) == (25, 2)
        assert "27 open cases" in first.content.decode()
        assert "25 cases on this page, soonest due first." in first.content.decode()

    @pytest.mark.parametrize(
        ("asked", "names"),
        [
            ({"q": "chama"}, ["Chama River"]),
            ({"county": "Mora"}, ["Chama River"]),
            ({"type": "retailer"}, ["Mesa Bloom"]),
            ({"status": "in_progress"}, ["Mesa Bloom"]),
            ({"county": "Atlantis"}, ["Chama River", "Mesa Bloom"]),
            ({"q": "nowhere"}, []),
        ],
    )
    def test_narrows_by_words_county_type_and_status(self, dana, client, now, asked, names):
        factories.planned(dana, premises=factories.premises(name="Chama River", county="Mora"))
        bloom = factories.premises(name="Mesa Bloom", license=factories.license(type="retailer"), county="Chaves")
        factories.in_progress(dana, premises=bloom)
        client.force_login(dana)
        page = client.get("/work/", asked)
        assert sorted(row.facility for row in page.context["rows"]) == names
        assert len(page.context["chips"]) == (0 if asked == {"county": "Atlantis"} else 1)

    def test_finds_a_case_by_its_number_and_keeps_filters_in_its_links(self, house, client, now):
        number = house.cases["plan"].file.number
        client.force_login(house.dana)
        page = client.get("/work/", {"q": number, "view": "licensee"})
        assert [row.ref for row in page.context["rows"]] == [number]
        assert f"q={number}" in page.context["file_url"]
        assert "q=" not in page.context["chips"][0][1]

    def test_shows_the_visits_of_today(self, house, client, now):
        client.force_login(house.dana)
        visits = client.get("/work/").context["visits"]
        assert {visit.pk for visit in visits} == {house.cases["planned today"].pk, house.cases["in progress"].pk}

    def test_says_that_nothing_is_here_and_that_it_is_fine(self, dana, client, now):
        client.force_login(dana)
        assert "No overdue cases." in client.get("/work/?view=overdue").content.decode()

    def test_is_for_the_office_only(self, tomas, client):
        client.force_login(tomas)
        assert [client.get(address).status_code for address in ("/work/", "/cases/", "/work/cases.csv")] == [404] * 3


class TestFile:
    def rows(self, response):
        text = b"".join(response.streaming_content).decode()
        assert text.startswith("\ufeff")
        return list(csv.reader(StringIO(text[1:])))

    def test_holds_the_whole_list_in_its_order(self, house, client, now):
        client.force_login(house.dana)
        head, *rows = self.rows(client.get("/work/cases.csv?view=needs"))
        assert len(rows) == in_view(Desk(house.dana, NOW), "needs").count()
        draft = next(row for row in rows if row[0] == house.cases["draft"].file.number)
        assert dict(zip(head, draft, strict=True))["Next step"] == "Finish and send the notice"
        assert dict(zip(head, draft, strict=True))["Violations"] == "3"

    def test_a_list_says_found_before_the_notice_and_fixed_after_it(self, house):
        said = {name: standing(case, NOW).progress for name, case in house.cases.items()}
        assert (said["planned"], said["draft"], said["proof"]) == ("", "3 found", "0 of 3 fixed")
        assert (said["plan in"], said["to see"]) == ("3 plans to review", "1 of 2 fixed")

    def test_runs_nothing_in_a_spreadsheet(self, dana, client, now):
        names = ["=HYPERLINK(1)", "+1", "-1", "@SUM", "\tx", "Fine, Inc."]
        for name in names:
            factories.planned(dana, premises=factories.premises(name=name))
        client.force_login(dana)
        rows = self.rows(client.get("/work/cases.csv"))[1:]
        assert sorted(row[1] for row in rows) == sorted([f"'{name}" for name in names[:-1]] + names[-1:])

    def test_of_all_cases_holds_all_officers(self, house, client, now):
        other = factories.in_progress()
        client.force_login(house.marco)
        rows = self.rows(client.get(reverse("inspections:cases_file")))
        assert other.file.number in [row[0] for row in rows]
