"""First stage: who goes where. A linear program shares groups of like premises among the officers who can go."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from random import Random
from typing import Any

from schedules.planner.able import able
from schedules.planner.book import Book, Stop
from schedules.planner.choose import Chosen
from schedules.planner.problem import Candidate

MUST, OVERDUE, DRAWN = 0, 1, 2
WORTH = {MUST: 100_000, OVERDUE: 6_000, DRAWN: 1_500}  # in minutes of driving
DAY = 1_000  # a working day, in the thousandths in which load is counted
FULLER_PERCENT = 108  # what an officer is offered; the routes drop what does not fit
FAIR = 5  # minutes of driving that one thousandth less between the fullest and the emptiest month is worth
SMALL = 1e-6
OTHER = 1_000  # minutes of driving that it costs to send another officer than who has the case
NOISE = 10  # minutes


@dataclass(frozen=True)
class Group:
    """Premises that are alike for the sharing."""

    place: int
    rank: int
    minutes: int
    officers: tuple[int, ...]
    own: int | None  # the officer who has the case

    def load(self, book: Book, officer: int) -> int:
        """Thousandths of a day that a visit takes up when a whole day goes there."""
        there = book.roads.minutes[book.homes[officer]][self.place]
        between = book.roads.minutes[self.place][self.place]
        room = book.officers[officer].minutes - 2 * there + between
        many = max(1, min(book.problem.wishes.most_per_day, room // (self.minutes + between)))
        return DAY // many

    def drive(self, book: Book, officer: int) -> int:
        """Minutes of driving that a visit adds when a whole day goes there."""
        return 2 * book.roads.minutes[book.homes[officer]][self.place] * self.load(book, officer) // DAY


def share(book: Book, chosen: Chosen, chance: Random) -> dict[int, list[Stop]]:
    """The stops offered to each officer. What nobody can make is not among them."""
    groups = group(book, chosen)
    counts = solve(book, groups, chosen.wanted, chance)
    offered: dict[int, list[Stop]] = {it: [] for it in book.officers}
    for n, (key, members) in enumerate(groups.items()):
        waiting = iter(members)
        takers = [officer for officer in key.officers for _ in range(counts.get((n, officer), 0))]
        chance.shuffle(takers)
        for officer, candidate in zip(takers, waiting, strict=False):
            offered[officer].append(Stop(candidate, key.place))
    return offered


def group(book: Book, chosen: Chosen) -> dict[Group, list[Candidate]]:
    """Like premises together, in the order in which they are served."""
    groups: dict[Group, list[Candidate]] = defaultdict(list)
    for rank, candidates in ((MUST, chosen.must), (OVERDUE, chosen.overdue), (DRAWN, chosen.drawn)):
        for it in candidates:
            officers = tuple(able(book, it))
            if officers:
                place = book.roads.number(it.town, it.county)
                groups[Group(place, rank, it.minutes, officers, it.officer)].append(it)
    return groups


def solve(book: Book, groups: dict[Group, list[Candidate]], wanted: int, chance: Random) -> dict[tuple[int, int], int]:
    """How many of each group each officer is offered: the best shares, then whole visits."""
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    keys = list(groups)
    goes = {
        (n, officer): solver.NumVar(0, len(groups[key]), "") for n, key in enumerate(keys) for officer in key.officers
    }
    for n, key in enumerate(keys):
        solver.Add(solver.Sum([goes[n, officer] for officer in key.officers]) <= len(groups[key]))
    routine = [it for (n, _), it in goes.items() if keys[n].rank != MUST]
    solver.Add(solver.Sum(routine) <= wanted * FULLER_PERCENT / 100)
    spread = limit(solver, book, keys, goes)
    worth = [value(book, keys[n], officer, chance) * it for (n, officer), it in goes.items()]
    solver.Maximize(solver.Sum(worth) - FAIR * spread)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return {}
    return whole({key: it.solution_value() for key, it in goes.items()}, keys)


def limit(solver: Any, book: Book, keys: Sequence[Group], goes: dict[tuple[int, int], Any]) -> Any:
    """Keep each officer within their days; the answer is the spread between the fullest and the emptiest."""
    most, least = solver.NumVar(0, 2 * DAY, ""), solver.NumVar(0, 2 * DAY, "")
    for officer in book.officers.values():
        if not officer.days:
            continue
        fixed, room = sum(taken(book, officer.id)), len(officer.days) * DAY
        mine = [keys[n].load(book, who) * it for (n, who), it in goes.items() if who == officer.id]
        load = solver.Sum(mine) + fixed
        solver.Add(load <= max(fixed, room * FULLER_PERCENT // 100))
        solver.Add(load <= most * len(officer.days))
        solver.Add(load >= least * len(officer.days))
    return most - least


def whole(shares: dict[tuple[int, int], float], keys: Sequence[Group]) -> dict[tuple[int, int], int]:
    """Whole visits from shares: each group's sum is rounded, the largest remainders get one more."""
    counts = {key: floor(share + SMALL) for key, share in shares.items()}
    for n, key in enumerate(keys):
        over = round(sum(shares[n, officer] - counts[n, officer] for officer in key.officers))
        ranked = sorted(key.officers, key=lambda it: (counts[n, it] - shares[n, it], it))
        for officer in ranked[:over]:
            counts[n, officer] += 1
    return counts


def taken(book: Book, officer: int) -> list[int]:
    """Thousandths that fixed visits take up of each working day."""
    days = book.officers[officer].days
    whole = book.officers[officer].minutes
    return [min(DAY, book.used(officer, book.days[officer, day]) * DAY // whole) for day in days]


def value(book: Book, group: Group, officer: int, chance: Random) -> int:
    """What one visit of this officer is worth: its rank, less the drive; a case stays with who has it."""
    other = OTHER if group.own not in (None, officer) else 0
    return WORTH[group.rank] - group.drive(book, officer) - other - chance.randrange(NOISE)
