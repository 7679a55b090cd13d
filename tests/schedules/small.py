"""Small problems for the planner: a few towns, two officers, one month."""

from dataclasses import replace
from datetime import date

from schedules.planner import Candidate, Officer, Problem, Wishes
from schedules.rules import working_days

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
HOLIDAYS = {date(2026, 12, 25)}
TOWNS = (
    ("Taos", "Taos"), ("Questa", "Taos"), ("Santa Fe", "Santa Fe"), ("Albuquerque", "Bernalillo"),
    ("Belen", "Valencia"),
)  # fmt: skip
NORTH = Officer(1, "Santa Fe", working_days(FIRST, LAST, holidays=HOLIDAYS), 480, frozenset({"Taos", "Santa Fe"}))
CENTER = Officer(
    2, "Albuquerque", working_days(FIRST, LAST, holidays=HOLIDAYS), 480,
    frozenset({"Bernalillo", "Valencia", "Santa Fe"}),
)  # fmt: skip


def candidate(premises: int, town: str = "Santa Fe", county: str = "Santa Fe", **facts: object) -> Candidate:
    it = Candidate(premises, f"Premises {premises}", premises, town, county, days_since=500)
    return replace(it, **facts)  # type: ignore[arg-type]


def many(n: int) -> tuple[Candidate, ...]:
    """Premises in all towns in turn."""
    return tuple(candidate(it, *TOWNS[it % len(TOWNS)], days_since=340 + it) for it in range(1, n + 1))


def problem(*candidates: Candidate, seed: int = 5, **facts: object) -> Problem:
    whole = Problem((NORTH, CENTER), candidates, Wishes(FIRST, LAST), seed)
    return replace(whole, **facts)  # type: ignore[arg-type]
