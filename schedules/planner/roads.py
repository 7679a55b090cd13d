"""Kilometers and minutes between all places of a problem, looked up once."""

from dataclasses import dataclass

from schedules.planner.problem import Problem
from schedules.rules import Place, drive_minutes, place_of, road_km


@dataclass(frozen=True)
class Roads:
    """Tables between places, by their numbers."""

    places: dict[Place, int]
    minutes: list[list[int]]
    km: list[list[int]]

    def number(self, town: str, county: str) -> int:
        """The number of a town's place."""
        return self.places[place_of(town, county)]

    def drive(self, home: int, stops: list[int]) -> int:
        """Minutes of a day's drive from home by the stops back home; 0 without stops."""
        return around(self.minutes, home, stops)

    def length(self, home: int, stops: list[int]) -> int:
        """Kilometers of the same."""
        return around(self.km, home, stops)


def around(table: list[list[int]], home: int, stops: list[int]) -> int:
    """The sum of a table along a round trip."""
    if not stops:
        return 0
    between = sum(table[one][other] for one, other in zip(stops, stops[1:], strict=False))
    return table[home][stops[0]] + between + table[stops[-1]][home]


def roads_of(problem: Problem) -> Roads:
    """The tables for every town that the problem names."""
    towns = [(it.town, it.county) for it in problem.officers]
    towns += [(it.town, it.county) for it in problem.candidates]
    towns += [(it.town, it.county) for it in problem.fixed]
    found = list(dict.fromkeys(place_of(*town) for town in dict.fromkeys(towns)))
    day = problem.wishes.first
    return Roads(
        {place: n for n, place in enumerate(found)},
        [[drive_minutes(one, other, day) for other in found] for one in found],
        [[road_km(one, other, day) for other in found] for one in found],
    )
