"""The planner: chooses, shares, routes, fills and shuffles. Same problem and seed, same proposal."""

from collections.abc import Callable
from random import Random
from time import monotonic

from schedules.planner.assign import share
from schedules.planner.book import Book, Key, Stop, book_of
from schedules.planner.choose import choose
from schedules.planner.figures import figures
from schedules.planner.fill import fill
from schedules.planner.problem import Problem, Proposal, Proposed
from schedules.planner.reasons import reasons
from schedules.planner.route import route
from schedules.planner.shuffle import shuffle

Progress = Callable[[int], None]


def quiet(percent: int) -> None:
    """Tell nobody."""


def propose(problem: Problem, *, progress: Progress | None = None) -> Proposal:
    """A proposal for the problem; `progress` is told percents from 0 to 100 as the work goes on."""
    began, tell = monotonic(), progress or quiet
    chance = Random(problem.seed)
    tell(0)
    book = book_of(problem)
    chosen = choose(problem, chance)
    tell(5)
    offered = share(book, chosen, chance)
    tell(25)
    for n, officer in enumerate(book.officers.values(), start=1):
        route(book, officer, offered[officer.id])
        tell(25 + 60 * n // len(book.officers))
    impossible = fill(book, chosen)
    tell(92)
    shuffle(book, chance)
    visits = tuple(it for key, stops in book.booked() for it in written(book, key, stops))
    tell(100)
    return Proposal(visits, impossible, figures(book, impossible, monotonic() - began))


def written(book: Book, key: Key, stops: list[Stop]) -> list[Proposed]:
    """The visits of one day, in order, with their drives and reasons. Unknown officers' fixed days have no drives."""
    officer, day = key
    here, found = book.homes.get(officer), []
    for position, stop in enumerate(stops, start=1):
        drive = 0 if here is None else book.roads.minutes[here][stop.place]
        here = None if here is None else stop.place
        it = stop.what
        why = reasons(book, key, stop)
        found.append(Proposed(it.premises, officer, day, position, it.minutes, drive, it.purpose, why, stop.is_fixed))
    return found
