"""What the routes left out: put in where a day still holds it; what must be makes others yield."""

from collections.abc import Iterable
from datetime import date

from schedules.planner.able import able, why_nobody
from schedules.planner.book import Book, Key, Stop
from schedules.planner.choose import Chosen
from schedules.planner.problem import ROUTINE, Candidate, Fixed, LeftOut

FULL = "No day of an officer who can go has room for it, even without routine visits."


class Insertion:
    """Where a place fits best, remembered until a day changes."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.known: dict[tuple[Key, int], tuple[int, int]] = {}

    def cheapest(self, key: Key, place: int) -> tuple[int, int]:
        """Minutes of driving added and where in the day, for a visit at a place."""
        if (key, place) not in self.known:
            stops = [it.place for it in self.book.days[key]]
            home = self.book.homes[key[0]]
            before = self.book.roads.drive(home, stops)
            ways = ((self.book.roads.drive(home, [*stops[:n], place, *stops[n:]]), n) for n in range(len(stops) + 1))
            most, n = min(ways)
            self.known[key, place] = (most - before, n)
        return self.known[key, place]

    def put(self, candidate: Candidate) -> bool:
        """Put a candidate into the day where it adds the least driving; False where none holds it."""
        place = self.book.roads.number(candidate.town, candidate.county)
        found: list[tuple[int, date, int, int]] = []
        for id in able(self.book, candidate):
            for day in self.book.open_days(self.book.officers[id]):
                if not candidate.may_be_on(day):
                    continue
                added, n = self.cheapest((id, day), place)
                if self.book.used(id, self.book.days[id, day]) + added + candidate.minutes <= self.minutes(id):
                    found.append((added, day, id, n))
        if not found:
            return False
        _, day, id, n = min(found)
        self.change((id, day), [*self.book.days[id, day][:n], Stop(candidate, place), *self.book.days[id, day][n:]])
        return True

    def minutes(self, officer: int) -> int:
        """Of the officer's day."""
        return self.book.officers[officer].minutes

    def change(self, key: Key, stops: list[Stop]) -> None:
        """A day has other stops now."""
        self.book.days[key] = self.book.shortest(key[0], stops)
        self.known = {it: found for it, found in self.known.items() if it[0] != key}


def fill(book: Book, chosen: Chosen) -> tuple[LeftOut, ...]:
    """Put in what is left, in order of rank; the answer is what must be and cannot."""
    into = Insertion(book)
    impossible = []
    for it in missing(book, chosen.must):
        if not into.put(it) and not make_room(into, it):
            impossible.append(LeftOut(it.premises, FULL if able(book, it) else why_nobody(book, it)))
    wanted = chosen.wanted - routine_booked(book)
    for it in missing(book, (*chosen.overdue, *chosen.drawn, *chosen.waiting)):
        if wanted <= 0:
            break
        wanted -= into.put(it)
    return tuple(impossible)


def missing(book: Book, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those that are in no day yet."""
    booked = {it.what.premises for _, stops in book.booked() for it in stops}
    return [it for it in candidates if it.premises not in booked]


def routine_booked(book: Book) -> int:
    """Routine visits that are in the book, without fixed ones."""
    stops = (it.what for _, stops in book.booked() for it in stops)
    return sum(it.purpose == ROUTINE and not isinstance(it, Fixed) for it in stops)


def make_room(into: Insertion, candidate: Candidate) -> bool:
    """Put in what must be on the day where the fewest routine visits yield; False where it never fits."""
    book = into.book
    stop = Stop(candidate, book.roads.number(candidate.town, candidate.county))
    ways: list[tuple[int, date, int, list[Stop]]] = []
    for id in able(book, candidate):
        for day in book.officers[id].days:
            if candidate.may_be_on(day):
                ways += [(gone, day, id, stops) for gone, stops in yielding(book, (id, day), stop)]
    if not ways:
        return False
    _, day, id, stops = min(ways, key=lambda it: it[:3])
    into.change((id, day), stops)
    return True


def yielding(book: Book, key: Key, stop: Stop) -> list[tuple[int, list[Stop]]]:
    """How many stops yield and what the day is then, the lowest risk first; empty when the day never holds it."""
    stops = [*book.days[key], stop]
    low = sorted((it for it in stops if it.yields), key=lambda it: (getattr(it.what, "score", 0), it.what.premises))
    for gone in range(len(low) + 1):
        left = book.shortest(key[0], [it for it in stops if it not in low[:gone]])
        if book.holds(key[0], left):
            return [(gone, left)]
    return []
