"""Two simple planners to compare with. They keep counties, dates and the length of a day, and know no more."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from schedules.planner.book import Book, Stop, book_of
from schedules.planner.figures import figures
from schedules.planner.problem import Candidate, Figures, Officer, Problem

Planner = Callable[[Problem], Figures]


@dataclass
class Left:
    """What is not visited yet, by place: the work of a simple planner."""

    book: Book
    by_place: dict[int, list[Candidate]] = field(default_factory=dict)

    def fits(self, officer: Officer, day: date, it: Candidate) -> bool:
        """Whether the visit may be the day's next one."""
        if not officer.serves(it.county) or not it.may_be_on(day):
            return False
        place = self.book.roads.number(it.town, it.county)
        return self.book.holds(officer.id, [*self.book.days[officer.id, day], Stop(it, place)])

    def go(self, officer: Officer, day: date, it: Candidate) -> None:
        """Make it the day's next visit."""
        self.book.days[officer.id, day].append(Stop(it, self.book.roads.number(it.town, it.county)))


def greedy_nearest(problem: Problem) -> Figures:
    """Each officer, each day: drive to the nearest premises that is left, until the day is full."""
    book = book_of(problem)
    left = Left(book)
    for it in problem.candidates:
        left.by_place.setdefault(book.roads.number(it.town, it.county), []).append(it)
    for day in sorted({day for _, day in book.days}):
        for officer in book.officers.values():
            while day in officer.days and (found := nearest(left, officer, day)):
                left.go(officer, day, found)
    return figures(book, (), 0)


def nearest(left: Left, officer: Officer, day: date) -> Candidate | None:
    """Take the nearest premises that fits off the list; None when none does."""
    stops = left.book.days[officer.id, day]
    here = stops[-1].place if stops else left.book.homes[officer.id]
    road = left.book.roads.minutes[here]
    for place in sorted(left.by_place, key=lambda it: (road[it], it)):
        for n, it in enumerate(left.by_place[place]):
            if left.fits(officer, day, it):
                return left.by_place[place].pop(n)
    return None


def oldest_first(problem: Problem) -> Figures:
    """The longest unvisited goes first, to the first officer and day with room, after what is there."""
    book = book_of(problem)
    left = Left(book)
    for it in sorted(problem.candidates, key=lambda it: (it.days_since is not None, -(it.days_since or 0))):
        free = ((day, id) for id, day in book.days if left.fits(book.officers[id], day, it))
        if found := min(free, default=None):
            left.go(book.officers[found[1]], found[0], it)
    return figures(book, (), 0)
