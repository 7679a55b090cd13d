"""Can a visit be guessed? Years of plans, and five predictors who know every visit of the past and nothing else.

The game: on the first day of each month, for each premises not visited yet in the calendar year, a predictor names one
week of those left in the year. It hits when the next visit falls in that week. Chance is somebody who knows the goal of
one visit in a calendar year and who was visited already, but no more, and draws one of the weeks left with the same
probability: one in the weeks left. Weeks are counted in sevens from January 1. The ratio is all hits by all chances.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from bench.schedule.world import candidate, officers
from schedules.planner import Candidate, Problem, Proposal, Wishes
from schedules.rules import last_of

YEAR, FIRST = 365, 2024
Planner = Callable[[Problem], Proposal]
History = Mapping[int, list[date]]


@dataclass(frozen=True)
class Known:
    """What anybody may know on the day of a guess: past visits, and where premises are."""

    day: date
    history: History
    towns: Mapping[int, str]
    waiting: tuple[int, ...]  # not visited in this calendar year, the longest unvisited first


def week_of(day: date) -> int:
    """Within its year, from 0."""
    return (day.timetuple().tm_yday - 1) // 7


def weeks_left(day: date) -> int:
    """With the week of the day."""
    return 53 - week_of(day)


def not_past(day: date, week: int) -> int:
    """A week of this year that is still to come."""
    return min(52, max(week_of(day), week))


def a_year_later(known: Known, premises: int) -> int:
    """365 days after the last visit."""
    return on(known, known.history[premises][-1] + timedelta(days=YEAR))


def own_rhythm(known: Known, premises: int) -> int:
    """The last visit, and the mean of the intervals before."""
    seen = known.history[premises]
    mean = (seen[-1] - seen[0]).days // (len(seen) - 1) if len(seen) > 1 else YEAR
    return on(known, seen[-1] + timedelta(days=mean))


def on(known: Known, day: date) -> int:
    """The week of a day, as far as it is left this year."""
    return week_of(known.day) if day < known.day else week_of(day) if day.year == known.day.year else 52


def longest_first(known: Known, premises: int) -> int:
    """All who wait, in the order of their last visits, spread evenly over the weeks left."""
    turn = known.waiting.index(premises) / len(known.waiting)
    return not_past(known.day, week_of(known.day) + int(turn * weeks_left(known.day)))


def towns_week(known: Known, premises: int) -> int:
    """The week of a year in which the town has seen most visits so far."""
    town = known.towns[premises]
    weeks = Counter(week_of(day) for it, days in known.history.items() if known.towns[it] == town for day in days)
    left = {week: many for week, many in weeks.items() if week >= week_of(known.day)}
    return max(left, key=lambda it: (left[it], -it), default=week_of(known.day))


def next_week(known: Known, premises: int) -> int:
    """Always the first whole week that comes."""
    return not_past(known.day, week_of(known.day) + 1)


PREDICTORS = (a_year_later, own_rhythm, longest_first, towns_week, next_week)


def first_days(year: int, years: int) -> Iterator[date]:
    """The first day of each month."""
    return (date(year + n // 12, n % 12 + 1, 1) for n in range(12 * years))


def asked(it: Candidate, history: History, first: date) -> Candidate:
    """A candidate as it stands on the first day of a month."""
    last = history[it.premises][-1]
    return replace(it, days_since=(first - last).days, due_this_year=last.year < first.year)


def world(premises: int, chance: Random, year: int) -> tuple[list[Candidate], dict[int, list[date]]]:
    """Premises with one visit each, on any day of the year before."""
    found = [candidate(n, chance, date(year, 1, 1)) for n in range(1, premises + 1)]
    history = {it.premises: [date(year - 1, 1, 1) + timedelta(days=chance.randrange(YEAR))] for it in found}
    return found, history


@dataclass
class Score:
    """Hits of each predictor, and what chance would have hit."""

    guesses: int = 0
    chance: float = 0.0
    hits: Counter[str] = field(default_factory=Counter)

    def ratios(self) -> dict[str, float]:
        """Hits by chance."""
        return {it.__name__: self.hits[it.__name__] / self.chance for it in PREDICTORS}


def play(plan: Planner, score: Score, *, premises: int, years: int, seed: int) -> None:
    """Add the hits of one world; its first year is played without guesses."""
    chance = Random(seed)
    found, history = world(premises, chance, FIRST)
    waiting: dict[int, list[tuple[str, int]]] = {}
    for first in first_days(FIRST, years + 1):
        guesses = guess(found, history, first) if first.year > FIRST else {}
        score.guesses += len(guesses)
        score.chance += len(guesses) / weeks_left(first)
        waiting = {it: waiting.get(it, []) + made for it, made in guesses.items()}
        for day, it in visits(plan, found, history, first, chance):
            score.hits.update(name for name, week in waiting.pop(it, []) if week == week_of(day))
            history[it].append(day)


def visits(
    plan: Planner, found: list[Candidate], history: History, first: date, chance: Random
) -> list[tuple[date, int]]:
    """The visits of a month as the planner has them, day by day."""
    candidates = tuple(asked(it, history, first) for it in found)
    wishes = Wishes(first, last_of(first))
    problem = Problem(officers(first, chance), candidates, wishes, chance.randrange(2**31))
    return sorted((visit.day, visit.premises) for visit in plan(problem).visits)


def guess(found: list[Candidate], history: History, first: date) -> dict[int, list[tuple[str, int]]]:
    """What each predictor says of each premises that waits."""
    since = {it.premises: history[it.premises][-1] for it in found}
    waiting = sorted((it for it, last in since.items() if last.year < first.year), key=lambda it: (since[it], it))
    known = Known(first, history, {it.premises: it.town for it in found}, tuple(waiting))
    return {it: [(ask.__name__, ask(known, it)) for ask in PREDICTORS] for it in waiting}
