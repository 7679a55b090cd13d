"""The checker finds each planted breach, and only what was planted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from bench.schedule import world
from schedules.planner import FOLLOW_UP, Fixed, LeftOut, Problem, Proposal, Proposed
from schedules.planner.check import broken
from schedules.planner.solve import propose
from tests.schedules.small import CENTER, FIRST, LAST, NORTH, candidate, many, problem

TUESDAY = date(2026, 12, 8)
DATED = candidate(100, purpose=FOLLOW_UP, earliest_on=TUESDAY, due_on=TUESDAY + timedelta(days=2))
RESTED = candidate(101, before=(NORTH.id, NORTH.id))
FIXED = Fixed(500, NORTH.id, date(2026, 12, 15), "Taos", "Taos", 90)
FAR = candidate(102, "Hobbs", "Lea", due_on=TUESDAY)
ASKED = problem(*many(40), DATED, RESTED, FAR, fixed=(FIXED,))


@pytest.fixture(scope="module")
def sound() -> Proposal:
    found = propose(ASKED)
    assert broken(ASKED, found) == []
    return found


def changed(proposal: Proposal, at: int, **facts: object) -> Proposal:
    """The same with one visit changed."""
    visits = (replace(it, **facts) if it.premises == at else it for it in proposal.visits)  # type: ignore[arg-type]
    return replace(proposal, visits=tuple(visits))


def without(proposal: Proposal, premises: int) -> Proposal:
    return replace(proposal, visits=tuple(it for it in proposal.visits if it.premises != premises))


def first_of(proposal: Proposal, officer: int) -> Proposed:
    return next(it for it in proposal.visits if it.officer == officer and not it.fixed and it.premises < 100)


def crowded(proposal: Proposal) -> Proposal:
    """Five visits in the officer's own town on one day."""
    mine = [it.premises for it in proposal.visits if it.officer == CENTER.id and it.premises % 5 == 3][:5]
    day = CENTER.days[-1]
    rest = tuple(it for it in proposal.visits if it.premises not in mine and (it.officer, it.day) != (CENTER.id, day))
    whole = tuple(Proposed(it, CENTER.id, day, n, 90, 12, "routine") for n, it in enumerate(mine, start=1))
    return replace(proposal, visits=rest + whole)


PLANTED: dict[str, tuple[Callable[[Proposal], Proposal], str]] = {
    "twice": (lambda it: replace(it, visits=(*it.visits, replace(first_of(it, 1), day=CENTER.days[0], position=9))), "times"),
    "county": (lambda it: changed(it, first_of(it, NORTH.id).premises, officer=CENTER.id), "does not serve"),
    "sunday": (lambda it: changed(it, first_of(it, 1).premises, day=date(2026, 12, 13)), "does not work"),
    "holiday": (lambda it: changed(it, first_of(it, 1).premises, day=date(2026, 12, 25)), "does not work"),
    "stranger": (lambda it: changed(it, first_of(it, 1).premises, officer=77), "is not in the plan"),
    "too many": (crowded, "has 5 visits"),
    "too long": (lambda it: changed(it, first_of(it, 1).premises, minutes=470), "on the way for"),
    "other length": (lambda it: changed(it, first_of(it, 1).premises, minutes=10), "is not the one that was asked"),
    "unasked": (lambda it: changed(it, first_of(it, 1).premises, premises=999), "was not to be planned"),
    "drive": (lambda it: changed(it, first_of(it, 1).premises, drive_minutes=1), "takes other than 1 minutes"),
    "order": (lambda it: changed(it, first_of(it, 1).premises, position=7), "no clear order"),
    "early": (lambda it: changed(it, 100, day=TUESDAY - timedelta(days=1)), "is visited before"),
    "late": (lambda it: changed(it, 100, day=TUESDAY + timedelta(days=3)), "is visited after"),
    "left out": (lambda it: without(it, 100), "has to be visited this month"),
    "no reason": (lambda it: replace(it, impossible=(LeftOut(102, ""),)), "has to be visited this month"),
    "not impossible": (
        lambda it: replace(without(it, 100), impossible=(*it.impossible, LeftOut(100, "Nobody can."))), "would fit"
    ),
    "both": (lambda it: replace(it, impossible=(*it.impossible, LeftOut(100, "Nobody can."))), "said to be impossible"),
    "fixed moved": (lambda it: changed(it, 500, day=date(2026, 12, 16)), "fixed visit of Premises 500 was not kept"),
    "fixed gone": (lambda it: without(it, 500), "fixed visit of Premises 500 was not kept"),
    "called fixed": (lambda it: changed(it, first_of(it, 1).premises, fixed=True), "was not fixed"),
    "rotation": (lambda it: changed(it, 101, officer=NORTH.id), "is at Premises 101 again"),
}  # fmt: skip


def invented(seed: int) -> Problem:
    """A month of few officers with short and long days, many dates, and visits that people fixed anywhere."""
    chance = Random(seed)
    whole = world.problem(FIRST, premises=60, seed=seed)
    crew = tuple(
        replace(it, minutes=chance.choice((360, 480, 600)), days=it.days[: chance.randrange(len(it.days))])
        for it in chance.sample(whole.officers, chance.randrange(1, 9))
    )
    dated = tuple(world.errand(it, FIRST, chance) if chance.random() < 0.4 else it for it in whole.candidates)
    fixed = tuple(
        Fixed(it.premises, chance.choice(crew).id, FIRST + timedelta(days=chance.randrange(30)), it.town, it.county)
        for it in dated[:8]
    )
    wishes = replace(whole.wishes, most_per_day=chance.randrange(1, 6), in_a_row=chance.randrange(1, 4))
    return replace(whole, officers=crew, candidates=dated[8:], fixed=fixed, wishes=wishes)


class TestChecker:
    @pytest.mark.parametrize("breach", PLANTED)
    def test_finds_what_was_planted(self, sound, breach):
        plant, sentence = PLANTED[breach]
        assert any(sentence in it for it in broken(ASKED, plant(sound)))

    @pytest.mark.parametrize("seed", range(4))
    def test_finds_nothing_in_proposals(self, seed):
        asked: Problem = replace(ASKED, seed=seed, wishes=replace(ASKED.wishes, most_per_day=2 + seed % 3))
        assert broken(asked, propose(asked)) == []

    @pytest.mark.parametrize("seed", range(12))
    def test_finds_nothing_in_proposals_for_invented_months(self, seed):
        asked = invented(seed)
        assert broken(asked, propose(asked)) == []

    def test_a_day_outside_the_span_is_no_day(self):
        early = replace(NORTH, days=(FIRST - timedelta(days=1), *NORTH.days))
        asked = problem(candidate(1), officers=(early, CENTER))
        visit = Proposed(1, NORTH.id, early.days[0], 1, 90, 12, "routine")
        found = Proposal((visit,), (), propose(problem()).figures)
        assert any("does not work" in it for it in broken(asked, found)) and early.days[0] < FIRST < LAST

    def test_names_people_places_and_days(self):
        visit = Proposed(1, 3, TUESDAY, 2, 90, 12, "routine")
        asked = problem(replace(candidate(1), label="Mesa"))
        found = broken(asked, Proposal((visit,), (), propose(problem()).figures), {3: "Luis"})
        assert found == ["Luis is not in the plan.", "The visits of Luis on Tue, Dec 8 have no clear order."]
