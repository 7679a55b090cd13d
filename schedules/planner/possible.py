"""Whether a visit could be made, worked out for the checker without the solver."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise, permutations

from schedules.planner.problem import ROUTINE, Candidate, Fixed, Officer, Problem, Proposed
from schedules.rules import Place, drive_minutes, place_of

Days = dict[tuple[int, date], list[Proposed]]
TRIED = 7  # stops of a day up to which every order is tried


def asked(problem: Problem) -> dict[int, Candidate]:
    return {it.premises: it for it in problem.candidates}


def spots(problem: Problem) -> dict[int, Place]:
    """Where each premises is; a fixed visit says it itself."""
    whole: list[Candidate | Fixed] = [*problem.candidates, *problem.fixed]
    return {it.premises: place_of(it.town, it.county) for it in whole}


def minutes_of(problem: Problem, officer: Officer, path: Sequence[Place]) -> int:
    """Minutes of driving from home along a path and home again."""
    home = place_of(officer.town, officer.county)
    return sum(drive_minutes(one, other, problem.wishes.first) for one, other in pairwise([home, *path, home]))


def could(problem: Problem, officer: Officer, it: Candidate) -> bool:
    """Whether an officer could make a visit on an empty day."""
    return any(alone(problem, officer, it, day) for day in officer.days)


def alone(problem: Problem, officer: Officer, it: Candidate, day: date) -> bool:
    """Whether the day would do for this visit and no other."""
    if officer.counties and it.county not in officer.counties:
        return False
    if (it.earliest_on and day < it.earliest_on) or (it.due_on and day > it.due_on):
        return False
    return minutes_of(problem, officer, [place_of(it.town, it.county)]) + it.minutes <= officer.minutes


def rooms(problem: Problem, it: Candidate, days: Days) -> Iterator[tuple[int, date]]:
    """The officers and days that would hold one more visit that must be."""
    for officer in problem.officers:
        for day in officer.days:
            if alone(problem, officer, it, day) and holds(problem, officer, it, days.get((officer.id, day), [])):
                yield officer.id, day


def holds(problem: Problem, officer: Officer, it: Candidate, visits: Sequence[Proposed]) -> bool:
    """Whether a visit fits beside those that do not yield, in the best order of few."""
    candidates, where = asked(problem), spots(problem)
    firm = [visit for visit in visits if visit.fixed or must(candidates.get(visit.premises))]
    if len(firm) + 1 > min(problem.wishes.most_per_day, TRIED):
        return False
    path = [*(where[visit.premises] for visit in firm), where[it.premises]]
    best = min(minutes_of(problem, officer, order) for order in permutations(path))
    return best + it.minutes + sum(visit.minutes for visit in firm) <= officer.minutes


def must(it: Candidate | None) -> bool:
    """Whether a visit does not yield."""
    return it is not None and (it.due_on is not None or it.purpose != ROUTINE)
