"""Why a visit is in the plan, and why then: sentences for the supervisor and the officer."""

from collections import Counter

from casefile.calendar import short_day
from schedules.planner.able import must_rest
from schedules.planner.book import Book, Key, Stop
from schedules.planner.choose import overdue
from schedules.planner.problem import COMPLAINT, FOLLOW_UP, INVESTIGATION, Candidate, Fixed

WORDS = {FOLLOW_UP: "Follow-up", COMPLAINT: "Complaint", INVESTIGATION: "Investigation"}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def reasons(book: Book, key: Key, stop: Stop) -> tuple[str, ...]:
    """All sentences of one visit."""
    it = stop.what
    if isinstance(it, Fixed):
        return ("Kept as it was fixed.",)
    found = [errand(it), coverage(it, book), risk(it), drive(book, key, stop), rotation(book, it), lot(it)]
    return tuple(sentence for sentence in found if sentence)


def errand(it: Candidate) -> str:
    """What it is for, where it is no routine visit, and by when."""
    by = f" by {short_day(it.due_on)}" if it.due_on else ""
    if it.purpose in WORDS:
        return f"{WORDS[it.purpose]}{f' of case {it.case_number}' if it.case_number else ''}{by}."
    return f"Has to be visited{by}." if by else ""


def coverage(it: Candidate, book: Book) -> str:
    """What the year owes the premises."""
    if it.days_since is None:
        return "Never visited."
    since = f"Not visited in {it.days_since} {'day' if it.days_since == 1 else 'days'}"
    if overdue(it, book.problem.wishes.first):
        return f"{since}; missed in the whole year before."
    if it.due_this_year:
        return f"{since}; due this year."
    return "" if it.must else f"Visited {it.days_since} days ago. A few are seen again, so that nobody is sure."


def risk(it: Candidate) -> str:
    """The score with what it rests on."""
    parts = "; ".join(part.words for part in it.parts if part.points)
    return f"Risk {it.score} of 100{f': {parts}' if parts else ''}." if it.score else ""


def drive(book: Book, key: Key, stop: Stop) -> str:
    """Who else is on the way that day, by town."""
    others = Counter(it.what.town for it in book.days[key] if it is not stop)
    if not others:
        return ""
    words = [f"{counted(many)} in {town}" for town, many in sorted(others.items())]
    return f"Same drive as {' and '.join(words)}."


def counted(many: int) -> str:
    """two others."""
    number = NUMBERS[many] if many < len(NUMBERS) else str(many)
    return f"{number} {'other' if many == 1 else 'others'}"


def rotation(book: Book, it: Candidate) -> str:
    """That another officer goes than the last times."""
    many = book.problem.wishes.in_a_row
    resting = must_rest(book, it)
    last = f"last {NUMBERS[many] if many < len(NUMBERS) else many} visits" if many > 1 else "last visit"
    return f"Another officer than at the {last} of this licensee." if resting in book.officers else ""


def lot(it: Candidate) -> str:
    """That the day has no reason."""
    return "" if it.due_on else "The day was drawn by lot."
