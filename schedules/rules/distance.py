"""How far and how long a drive is, from great circles alone: no map service is asked."""

from datetime import date
from functools import lru_cache
from math import asin, ceil, cos, radians, sin, sqrt

from casefile.law import Dated, cites
from schedules.rules.places import Place

BEGINNING = date(2021, 6, 29)
OURS = "Set by the Division for planning; compare with what officers drive."
EARTH_KM = 6371.0

ROAD_FACTOR: Dated[float] = Dated(
    ((BEGINNING, 1.25),), OURS, name="Road kilometers for each kilometer as the crow flies", source="office practice"
)  # fmt: skip
SPEED_KMH: Dated[int] = Dated(
    ((BEGINNING, 80),), OURS, name="Average speed of a drive between towns, in km/h", source="office practice"
)  # fmt: skip
IN_TOWN_KM: Dated[int] = Dated(
    ((BEGINNING, 5),), OURS, name="Kilometers between two places of one town", source="office practice"
)  # fmt: skip
IN_TOWN_MINUTES: Dated[int] = Dated(
    ((BEGINNING, 12),), OURS, name="Minutes between two places of one town, parking included", source="office practice"
)  # fmt: skip


def great_circle_km(one: Place, other: Place) -> float:
    """Kilometers over the round earth."""
    up, down = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((down - up) / 2) ** 2 + cos(up) * cos(down) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


@cites("office practice: great circle times a road factor, never less than a drive within a town")
@lru_cache(maxsize=65536)
def road_km(one: Place, other: Place, day: date) -> int:
    """Kilometers by road, rounded."""
    return max(IN_TOWN_KM.on(day), round(great_circle_km(one, other) * ROAD_FACTOR.on(day)))


@cites("office practice: kilometers by road at an average speed, never less than a drive within a town")
@lru_cache(maxsize=65536)
def drive_minutes(one: Place, other: Place, day: date) -> int:
    """Minutes of the drive, rounded up."""
    return max(IN_TOWN_MINUTES.on(day), ceil(road_km(one, other, day) * 60 / SPEED_KMH.on(day)))
