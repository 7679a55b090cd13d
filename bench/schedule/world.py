"""An invented state: premises spread over New Mexico's towns, officers with counties, a history of visits."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from schedules.planner import COMPLAINT, FOLLOW_UP, Candidate, Officer, Problem, Wishes
from schedules.rules import last_of, places, working_days
from schedules.rules.risk import Part

HEAVY = {"Albuquerque": 60, "Santa Fe": 18, "Las Cruces": 20, "Rio Rancho": 8, "Sunland Park": 10, "Hobbs": 9,
         "Clovis": 8, "Roswell": 7, "Ruidoso": 7, "Farmington": 8, "Alamogordo": 7, "Carlsbad": 6, "Taos": 7,
         "Española": 5, "Gallup": 5, "Los Lunas": 5, "Edgewood": 5, "Deming": 4, "Anthony": 5}  # fmt: skip
CENTER = frozenset({"Bernalillo", "Sandoval", "Valencia", "Torrance", "Santa Fe", "Cibola", "Socorro"})
NORTH = frozenset({"Santa Fe", "Los Alamos", "Rio Arriba", "Taos", "Mora", "San Miguel", "Colfax", "Union", "Harding"})
EAST = frozenset({"Quay", "Curry", "Roosevelt", "De Baca", "Guadalupe", "Chaves", "Eddy", "Lea", "Lincoln", "Harding"})
SOUTH = frozenset({"Doña Ana", "Otero", "Luna", "Grant", "Hidalgo", "Sierra", "Catron", "Socorro", "Lincoln"})
WEST = frozenset({"San Juan", "McKinley", "Cibola", "Sandoval", "Catron", "Rio Arriba"})
POSTS = (
    ("Albuquerque", CENTER), ("Albuquerque", CENTER), ("Albuquerque", CENTER), ("Albuquerque", CENTER),
    ("Albuquerque", CENTER), ("Santa Fe", NORTH), ("Santa Fe", NORTH), ("Las Cruces", SOUTH), ("Las Cruces", SOUTH),
    ("Roswell", EAST), ("Clovis", EAST), ("Farmington", WEST), ("Las Vegas", NORTH | EAST),
)  # fmt: skip
PURPOSES = {0: FOLLOW_UP, 1: FOLLOW_UP, 2: COMPLAINT}


def officers(first: date, chance: Random, many: int = len(POSTS)) -> tuple[Officer, ...]:
    """Officers at their posts, each with a few days of leave."""
    found = []
    for id, (town, counties) in enumerate(POSTS[:many], start=1):
        away = first + timedelta(days=chance.randrange(25))
        days = working_days(first, last_of(first), leave=[(away, away + timedelta(days=2))])
        found.append(Officer(id, town, days, 480, counties, name=f"Officer {id}"))
    return tuple(found)


def candidate(premises: int, chance: Random, first: date) -> Candidate:
    """A premises somewhere, last seen within three years or never."""
    table = sorted(places().values(), key=lambda it: (it.name, it.county))
    place = chance.choices(table, [HEAVY.get(it.name, 1) for it in table])[0]
    days = None if chance.random() < 0.1 else chance.randrange(3, 1000)
    points = min(100, int(chance.expovariate(1 / 15)))
    parts = (Part("severity", f"{points} points of violations in two years", points),) if points else ()
    last = None if days is None else first - timedelta(days=days)
    return Candidate(
        premises, f"Premises {premises}", chance.randrange(1, 900), place.name, place.county,
        minutes=chance.choice((75, 90, 90, 120)), days_since=days, due_this_year=last is None or last.year < first.year,
        score=points, parts=parts, before=tuple(chance.randrange(1, len(POSTS) + 1) for _ in range(2)),
    )  # fmt: skip


def errand(it: Candidate, first: date, chance: Random) -> Candidate:
    """The same premises with a visit that has a date."""
    purpose = PURPOSES[chance.randrange(3)]
    earliest = first + timedelta(days=chance.randrange(12))
    due = min(last_of(first), earliest + timedelta(days=chance.randrange(5, 20)))
    return replace(it, purpose=purpose, earliest_on=earliest, due_on=due, case_number=f"26-{it.premises:04}")


def problem(first: date, *, premises: int = 3000, seed: int = 7) -> Problem:
    """A month of a division that has fallen behind: about one premises in fifty has a visit with a date."""
    chance = Random(seed)
    found = [candidate(n, chance, first) for n in range(1, premises + 1)]
    found = [errand(it, first, chance) if chance.random() < 0.02 else it for it in found]
    return Problem(officers(first, chance), tuple(found), Wishes(first, last_of(first)), seed)
