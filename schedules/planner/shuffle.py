"""The last stage: which day each drive falls on is drawn by lot, so that no day can be guessed."""

from datetime import date
from random import Random

from schedules.planner.book import Book, Stop
from schedules.planner.problem import Officer

SWAPS = 30  # for each day of an officer


def shuffle(book: Book, chance: Random) -> None:
    """Exchange whole days of each officer at random. Dates are kept; a day with fixed visits stays."""
    for officer in book.officers.values():
        days = [day for day in officer.days if not any(it.is_fixed for it in book.days[officer.id, day])]
        for _ in range(SWAPS * len(days) if len(days) > 1 else 0):
            swap(book, officer, *chance.sample(days, 2))


def swap(book: Book, officer: Officer, one: date, other: date) -> None:
    """Exchange two days where both drives may be on the other's."""
    here, there = book.days[officer.id, one], book.days[officer.id, other]
    if fits(here, other) and fits(there, one):
        book.days[officer.id, one], book.days[officer.id, other] = there, here


def fits(stops: list[Stop], day: date) -> bool:
    """Whether all stops may be on the day."""
    return all(it.may_be_on(day) for it in stops)
