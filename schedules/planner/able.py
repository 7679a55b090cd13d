"""Which officers can make a visit: county, days, the length of a day, and who may not go again."""

from schedules.planner.book import Book
from schedules.planner.problem import ROUTINE, Candidate, Officer


def able(book: Book, candidate: Candidate) -> list[int]:
    """The officers who may be sent, after rotation; empty when nobody can go."""
    near = [it for it in book.officers.values() if it.serves(candidate.county) and reaches(book, it, candidate)]
    could = [it.id for it in near if any(candidate.may_be_on(day) for day in it.days)]
    rested = [it for it in could if it != must_rest(book, candidate)]
    return rested or could


def reaches(book: Book, officer: Officer, candidate: Candidate) -> bool:
    """Whether a day is long enough to go there, make the visit and be home again."""
    place = book.roads.number(candidate.town, candidate.county)
    return book.roads.drive(book.homes[officer.id], [place]) + candidate.minutes <= officer.minutes


def must_rest(book: Book, candidate: Candidate) -> int | None:
    """Who made each of the last visits at the licensee; for routine visits another one goes."""
    many = book.problem.wishes.in_a_row
    last = candidate.before[:many]
    if candidate.purpose != ROUTINE or len(last) < many or len(set(last)) != 1:
        return None
    return last[0]


def why_nobody(book: Book, candidate: Candidate) -> str:
    """The sentence for a visit that nobody can make."""
    serving = [it for it in book.officers.values() if it.serves(candidate.county)]
    if not serving:
        return f"No officer serves {candidate.county} County."
    if not any(candidate.may_be_on(day) for it in serving for day in it.days):
        return "No officer of the county works on a day that keeps its dates."
    return "Nobody gets there and back within a working day."
