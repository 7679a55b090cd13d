"""A planner that anybody can guess: every premises again on the 365th day. It shows that the measure finds one."""

from datetime import date, timedelta

from schedules.planner import Candidate, Figures, Problem, Proposal, Proposed

YEAR = 365
NOTHING = Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0)


def on_the_dot(problem: Problem) -> Proposal:
    """Who has waited 365 days by a day of the month is visited on it."""
    visits = tuple(visit(it, day) for it in problem.candidates if (day := due(problem, it)) <= problem.wishes.last)
    return Proposal(visits, (), NOTHING)


def due(problem: Problem, it: Candidate) -> date:
    """The 365th day after the last visit, or the first of the month where that is past."""
    waited = it.days_since or 0
    return problem.wishes.first + timedelta(days=max(0, YEAR - waited))


def visit(it: Candidate, day: date) -> Proposed:
    return Proposed(it.premises, 1, day, 1, it.minutes, 0, it.purpose)
