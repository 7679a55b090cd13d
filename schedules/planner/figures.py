"""What a proposal comes to, counted from the finished book."""

from schedules.planner.book import Book
from schedules.planner.choose import overdue
from schedules.planner.problem import ROUTINE, Figures, LeftOut


def figures(book: Book, impossible: tuple[LeftOut, ...], seconds: float) -> Figures:
    """Count visits, driving, coverage, dates and load."""
    ours = {key: stops for key, stops in book.booked() if key[0] in book.officers}
    visits = [it.what for stops in ours.values() for it in stops]
    seen = {it.premises for it in visits} | {it.premises for it in book.problem.fixed}
    first = book.problem.wishes.first
    late = [it.premises for it in book.problem.candidates if overdue(it, first)]
    dated = [it.premises for it in book.problem.candidates if it.due_on]
    loads = load_percents(book)
    return Figures(
        visits=len(visits),
        routine=sum(it.purpose == ROUTINE for it in visits),
        km=sum(book.roads.length(book.homes[who], [it.place for it in stops]) for (who, _), stops in ours.items()),
        drive_minutes=sum(
            book.roads.drive(book.homes[who], [it.place for it in stops]) for (who, _), stops in ours.items()
        ),
        visit_minutes=sum(it.minutes for it in visits),
        overdue_covered=sum(it in seen for it in late),
        overdue_left=sum(it not in seen for it in late),
        dated=len(dated),
        dated_on_time=sum(it in seen for it in dated),
        load_low=min(loads, default=0),
        load_high=max(loads, default=0),
        seconds=round(seconds, 1),
    )


def load_percents(book: Book) -> list[int]:
    """Percent of their working minutes that each officer with days is on visits and drives."""
    found = []
    for officer in book.officers.values():
        used = sum(book.used(officer.id, book.days[officer.id, day]) for day in officer.days)
        if officer.days:
            found.append(round(100 * used / (officer.minutes * len(officer.days))))
    return found
