"""The planner on small problems: what must be is there, what may not be is not, and every visit says why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from schedules.planner import COMPLAINT, FOLLOW_UP, Fixed, Wishes
from schedules.planner.check import broken
from schedules.planner.problem import Problem, Proposal
from schedules.planner.solve import propose
from schedules.rules import Part
from tests.schedules.small import CENTER, FIRST, LAST, NORTH, candidate, many, problem

TUESDAY = date(2026, 12, 8)


def kept(asked: Problem) -> Proposal:
    """A proposal that breaks nothing."""
    found = propose(asked)
    assert broken(asked, found) == []
    return found


class TestProposal:
    def test_all_that_is_due_in_december_is_visited_and_nothing_is_broken(self):
        found = kept(problem(*many(60)))
        assert {it.premises for it in found.visits} == set(range(1, 61)) and not found.impossible

    def test_the_same_problem_has_the_same_answer_and_another_seed_another(self):
        asked = problem(*many(30))
        first, again, other = propose(asked), propose(asked), propose(replace(asked, seed=6))
        assert first.visits == again.visits != other.visits

    def test_progress_goes_from_0_to_100(self):
        told: list[int] = []
        propose(problem(*many(5)), progress=told.append)
        assert told == sorted(told) and (told[0], told[-1]) == (0, 100)

    def test_figures_count_the_proposal(self):
        asked = problem(*many(20), candidate(90, due_on=TUESDAY), candidate(91, days_since=None))
        found = kept(asked)
        figures = found.figures
        assert figures.visits == len(found.visits) == 22 and figures.visit_minutes == 22 * 90
        assert (figures.dated, figures.dated_on_time) == (1, 1)
        assert (figures.overdue_covered, figures.overdue_left) == (1, 0)
        assert figures.km > 0 and figures.load_low <= figures.load_high <= 100
        assert figures.as_json()["visits"] == 22

    @pytest.mark.parametrize(
        "asked",
        [problem(), problem(*many(4), officers=()), problem(*many(4), officers=(replace(NORTH, days=()),))],
        ids=["no premises", "no officer", "no day"],
    )
    def test_nothing_to_plan_is_an_empty_plan(self, asked):
        assert kept(asked).visits == ()

    def test_wishes_survive_being_kept(self):
        wishes = Wishes(FIRST, LAST, most_per_day=3, routine=12)
        assert Wishes.of(wishes.as_json() | {"forgotten": 1}) == wishes


class TestCoverage:
    def test_overdue_goes_before_risk_when_there_is_no_room_for_both(self):
        overdue = [candidate(n, days_since=None) for n in range(1, 5)]
        risky = [candidate(n, score=100) for n in range(11, 15)]
        one_day = replace(NORTH, days=(TUESDAY,))
        found = kept(problem(*risky, *overdue, officers=(one_day,)))
        assert {it.premises for it in found.visits} == {1, 2, 3, 4}

    def test_a_month_early_in_the_year_takes_its_share_alone(self):
        june = date(2026, 6, 1)
        days = tuple(june + timedelta(days=n) for n in range(5))
        asked = problem(
            *(candidate(n, days_since=300) for n in range(1, 71)),
            officers=(replace(NORTH, days=days),), wishes=Wishes(june, date(2026, 6, 30)),
        )  # fmt: skip
        assert len(kept(asked).visits) == 11  # 70 over 7 months and a tenth; nobody was seen already

    def test_a_few_are_seen_again(self):
        again = [candidate(n, days_since=30, due_this_year=False) for n in range(100, 120)]
        found = kept(problem(*many(40), *again))
        assert len([it for it in found.visits if it.premises >= 100]) == 2  # 5 percent of 40

    def test_as_many_as_wished(self):
        asked = problem(*many(40), wishes=Wishes(FIRST, LAST, routine=12))
        assert len(kept(asked).visits) == 12

    def test_risk_is_drawn_more_often(self):
        low = [candidate(n, score=0, days_since=300) for n in range(1, 41)]
        high = [candidate(n, score=100, days_since=300) for n in range(101, 141)]
        wishes = Wishes(FIRST, LAST, routine=20)
        seen = [
            it.premises for seed in range(8) for it in propose(problem(*low, *high, seed=seed, wishes=wishes)).visits
        ]
        assert sum(it > 100 for it in seen) > sum(it <= 100 for it in seen) > 20


class TestDates:
    def test_follow_ups_and_complaints_keep_theirs(self):
        dated = [
            candidate(n, purpose=FOLLOW_UP, earliest_on=TUESDAY, due_on=TUESDAY + timedelta(days=n % 3))
            for n in range(100, 109)
        ]
        found = kept(problem(*many(50), *dated, candidate(200, purpose=COMPLAINT)))
        assert {it.premises for it in dated} | {200} <= {it.premises for it in found.visits}

    @pytest.mark.parametrize(
        ("facts", "reason"),
        [
            ({"county": "Lea", "town": "Hobbs"}, "No officer serves Lea County."),
            ({"due_on": FIRST - timedelta(days=1)}, "No officer of the county works on a day that keeps its dates."),
            ({"minutes": 470}, "Nobody gets there and back within a working day."),
        ],
    )
    def test_what_cannot_be_says_why(self, facts, reason):
        found = kept(problem(candidate(1, **{"due_on": TUESDAY, "purpose": FOLLOW_UP} | facts)))
        assert [it.reason for it in found.impossible] == [reason] and not found.visits

    def test_routine_visits_yield_to_a_date(self):
        one_day = replace(NORTH, days=(TUESDAY,))
        due = candidate(9, "Questa", "Taos", due_on=TUESDAY)
        found = kept(problem(*(candidate(n, days_since=None) for n in range(1, 6)), due, officers=(one_day,)))
        assert 9 in {it.premises for it in found.visits}

    def test_too_many_dates_for_a_day_leave_one_out_with_a_reason(self):
        one_day = replace(NORTH, days=(TUESDAY,))
        found = kept(problem(*(candidate(n, due_on=TUESDAY) for n in range(1, 6)), officers=(one_day,)))
        assert len(found.visits) == 4
        assert "no room" not in found.impossible[0].reason and "room" in found.impossible[0].reason


class TestFixed:
    def test_stay_and_count_for_their_day(self):
        fixed = tuple(Fixed(n, NORTH.id, TUESDAY, "Santa Fe", "Santa Fe", 90) for n in (501, 502, 503))
        done = Fixed(504, NORTH.id, FIRST - timedelta(days=1), "Taos", "Taos", 90)
        asked = problem(*many(60), fixed=(*fixed, done))
        found = kept(asked)
        assert {it.premises for it in found.visits if it.fixed} == {501, 502, 503, 504}
        assert len([it for it in found.visits if (it.officer, it.day) == (NORTH.id, TUESDAY)]) <= 4

    def test_a_day_that_people_filled_takes_no_more(self):
        fixed = tuple(Fixed(n, NORTH.id, TUESDAY, "Questa", "Taos", 120) for n in range(501, 507))
        found = kept(problem(*many(60), fixed=fixed))
        assert {it.premises for it in found.visits if (it.officer, it.day) == (NORTH.id, TUESDAY)} == set(
            range(501, 507)
        )

    def test_of_somebody_who_is_gone_stay_too(self):
        found = kept(problem(*many(5), fixed=(Fixed(501, 77, TUESDAY, "Taos", "Taos"),)))
        assert 501 in {it.premises for it in found.visits}


class TestRotation:
    def test_another_officer_goes_after_two_visits_in_a_row(self):
        same = [candidate(n, before=(1, 1)) for n in range(1, 9)]
        assert {it.officer for it in kept(problem(*same)).visits} == {CENTER.id}

    def test_but_who_alone_serves_the_county_goes_again(self):
        found = kept(problem(candidate(1, "Taos", "Taos", before=(1, 1))))
        assert [it.officer for it in found.visits] == [NORTH.id]

    def test_a_case_stays_with_who_has_it(self):
        ours = [candidate(n, purpose=FOLLOW_UP, officer=CENTER.id, before=(2, 2)) for n in range(1, 6)]
        assert {it.officer for it in kept(problem(*ours)).visits} == {CENTER.id}


class TestUnpredictability:
    def test_each_working_day_is_drawn(self):
        days = [propose(problem(candidate(1, "Taos", "Taos"), seed=seed)).visits[0].day for seed in range(150)]
        counts = [days.count(day) for day in NORTH.days]
        assert set(days) <= set(NORTH.days) and sum(it == 0 for it in counts) <= 2 and max(counts) < 25


class TestReasons:
    def test_of_a_follow_up(self):
        it = candidate(
            1, purpose=FOLLOW_UP, due_on=date(2026, 12, 4), case_number="26-0187", days_since=40, due_this_year=False,
            score=15, parts=(Part("severity", "1 critical violation in two years", 15),),
        )  # fmt: skip
        found = propose(problem(it)).visits[0]
        assert found.reasons == (
            "Follow-up of case 26-0187 by Fri, Dec 4.",
            "Risk 15 of 100: 1 critical violation in two years.",
        )

    def test_of_routine_visits_on_one_drive(self):
        one_day = replace(NORTH, days=(TUESDAY,))
        asked = problem(*(candidate(n, "Taos", "Taos", days_since=402) for n in (1, 2)), officers=(one_day,))
        assert propose(asked).visits[0].reasons == (
            "Not visited in 402 days; due this year.",
            "Same drive as one other in Taos.",
            "The day was drawn by lot.",
        )

    def test_of_a_new_officer(self):
        found = propose(problem(candidate(1, days_since=None, before=(1, 1))))
        assert found.visits[0].reasons[:2] == (
            "Never visited.",
            "Another officer than at the last two visits of this licensee.",
        )
