"""Which premises a month takes up: what must be, what is overdue, and a lot among the others."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from schedules.planner.problem import ROUTINE, Candidate, Problem
from schedules.rules import is_overdue, pace

RISK_SHARE = 100  # a premises of this score is drawn twice as often as one without risk


@dataclass(frozen=True)
class Chosen:
    """The candidates in the order in which they are served."""

    must: tuple[Candidate, ...]
    overdue: tuple[Candidate, ...]
    drawn: tuple[Candidate, ...]
    waiting: tuple[Candidate, ...]  # taken up in this order where others fall out
    wanted: int  # routine visits, besides the fixed ones


def last_visit(candidate: Candidate, first: date) -> date | None:
    """The day of the last visit, from the days since; None when there was none."""
    return None if candidate.days_since is None else first - timedelta(days=candidate.days_since)


def overdue(candidate: Candidate, first: date) -> bool:
    """Whether coverage waits for this premises."""
    return candidate.due_this_year and is_overdue(last_visit(candidate, first), first)


def choose(problem: Problem, chance: Random) -> Chosen:
    """Who is served, and in which order. The lot leans to risk, never to the days since a visit alone."""
    first = problem.wishes.first
    taken = {it.premises for it in problem.fixed}
    free = sorted((it for it in problem.candidates if it.premises not in taken), key=lambda it: it.premises)
    must = [it for it in free if it.must]
    late = lots([it for it in free if not it.must and overdue(it, first)], chance)
    due = lots([it for it in free if not it.must and it.due_this_year and not overdue(it, first)], chance)
    seen = lots([it for it in free if not it.must and not it.due_this_year], chance)
    wanted = routine_wanted(problem, len(late), len(late) + len(due))
    left = max(0, wanted - len(late))
    again = min(len(seen), -(-left * problem.wishes.again_percent // 100))
    many = left if problem.wishes.routine is None else left - again
    drawn, waiting = due[:many] + seen[:again], due[many:]
    wanted = max(wanted, len(late) + len(drawn)) if problem.wishes.routine is None else wanted
    return Chosen(tuple(must), tuple(late), tuple(drawn), tuple(waiting), wanted)


def routine_wanted(problem: Problem, overdue: int, due: int) -> int:
    """How many routine visits to add: as wished, else the pace of the year and all that is overdue."""
    done = sum(it.purpose == ROUTINE for it in problem.fixed)
    if problem.wishes.routine is not None:
        return max(0, problem.wishes.routine - done)
    return max(overdue, pace(due + done, problem.wishes.first) - done)


def lots(candidates: list[Candidate], chance: Random) -> list[Candidate]:
    """A drawn order in which risk makes earlier places likelier (each draws a number to the power of 1/weight)."""
    drawn = [(chance.random() ** (1 / (1 + it.score / RISK_SHARE)), it) for it in candidates]
    return [it for _, it in sorted(drawn, key=lambda pair: (-pair[0], pair[1].premises))]
