"""The book of days while a plan is made: who is where in which order, and what still fits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations

from schedules.planner.problem import Candidate, Fixed, Officer, Problem
from schedules.planner.roads import Roads, roads_of

Key = tuple[int, date]
EXACT = 6  # stops of a day up to which every order is tried


@dataclass(frozen=True)
class Stop:
    """A visit in the book: what it is, and the number of its place."""

    what: Candidate | Fixed
    place: int

    @property
    def minutes(self) -> int:
        """At the place."""
        return self.what.minutes

    @property
    def is_fixed(self) -> bool:
        """Whether it stays where it is."""
        return isinstance(self.what, Fixed)

    @property
    def yields(self) -> bool:
        """Whether it makes room for what must be."""
        return isinstance(self.what, Candidate) and not self.what.must

    def may_be_on(self, day: date) -> bool:
        """Whether the day keeps its dates; a fixed visit has one day."""
        return self.what.day == day if isinstance(self.what, Fixed) else self.what.may_be_on(day)


@dataclass
class Book:
    """All days of all officers."""

    problem: Problem
    roads: Roads
    officers: dict[int, Officer]
    homes: dict[int, int]
    days: dict[Key, list[Stop]] = field(default_factory=dict)

    def open_days(self, officer: Officer) -> Iterator[date]:
        """The officer's days that take further visits."""
        return (day for day in officer.days if len(self.days[officer.id, day]) < self.problem.wishes.most_per_day)

    def used(self, officer: int, stops: list[Stop]) -> int:
        """Minutes of a day with these stops in this order, the drive home counted."""
        return self.roads.drive(self.homes[officer], [it.place for it in stops]) + sum(it.minutes for it in stops)

    def holds(self, officer: int, stops: list[Stop]) -> bool:
        """Whether a day has room for these stops in this order."""
        within = self.used(officer, stops) <= self.officers[officer].minutes
        return within and len(stops) <= self.problem.wishes.most_per_day

    def shortest(self, officer: int, stops: list[Stop]) -> list[Stop]:
        """The stops in the order of the shortest drive; a day of many stops keeps its order."""
        if not 1 < len(stops) <= EXACT:
            return stops
        orders = set(permutations(it.place for it in stops))
        best = min(orders, key=lambda it: (self.roads.drive(self.homes[officer], list(it)), it))
        waiting = list(stops)
        return [waiting.pop(next(n for n, it in enumerate(waiting) if it.place == place)) for place in best]

    def booked(self) -> Iterator[tuple[Key, list[Stop]]]:
        """The days that have visits."""
        return ((key, stops) for key, stops in sorted(self.days.items()) if stops)


def book_of(problem: Problem) -> Book:
    """A book with the fixed visits in it and nothing else."""
    roads = roads_of(problem)
    officers = {it.id: it for it in sorted(problem.officers, key=lambda it: it.id)}
    homes = {it.id: roads.number(it.town, it.county) for it in officers.values()}
    days: dict[Key, list[Stop]] = {(it.id, day): [] for it in officers.values() for day in it.days}
    book = Book(problem, roads, officers, homes, days)
    for fixed in sorted(problem.fixed, key=lambda it: (it.day, it.premises)):
        stop = Stop(fixed, roads.number(fixed.town, fixed.county))
        days.setdefault((fixed.officer, fixed.day), []).append(stop)
    for (officer, day), stops in days.items():
        if officer in homes:
            days[officer, day] = book.shortest(officer, stops)
    return book
