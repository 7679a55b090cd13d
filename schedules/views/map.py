"""A map of New Mexico as a picture of the server: the outline of the state, and towns as numbered points."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from schedules.rules.places import Place, place_of

WEST, EAST, SOUTH, NORTH = -109.05, -103.0, 31.33, 37.0
WIDTH, MARGIN = 400.0, 10.0
SCALE = WIDTH / ((EAST - WEST) * cos(radians((SOUTH + NORTH) / 2)))
HEIGHT = (NORTH - SOUTH) * SCALE
BORDER = (  # longitude, latitude of the corners of the state, rounded
    (-109.05, 37.0), (-103.0, 37.0), (-103.04, 36.5), (-103.06, 32.0), (-106.62, 32.0), (-106.53, 31.78),
    (-108.21, 31.78), (-108.21, 31.33), (-109.05, 31.33),
)  # fmt: skip


@dataclass(frozen=True)
class Point:
    """A town on the map: where it is in the picture, what it is called, its number in the table below."""

    number: int
    town: str
    x: str
    y: str
    radius: str
    visits: int
    days: list[str]


def on_paper(longitude: float, latitude: float) -> tuple[str, str]:
    """Where a point of the earth stands in the picture."""
    x = MARGIN + (longitude - WEST) / (EAST - WEST) * WIDTH
    y = MARGIN + (NORTH - latitude) * SCALE
    return f"{x:.1f}", f"{y:.1f}"


def outline() -> str:
    """The border of the state, as the points of a polygon."""
    return " ".join(",".join(on_paper(*corner)) for corner in BORDER)


def view_box() -> str:
    return f"0 0 {WIDTH + 2 * MARGIN:.0f} {HEIGHT + 2 * MARGIN:.0f}"


def points(stops: Iterable[tuple[str, str, str]]) -> list[Point]:
    """Each town once, from (town, county, day in words) of every visit, numbered from north to south."""
    found: dict[Place, list[str]] = {}
    for town, county, day in stops:
        found.setdefault(place_of(town, county), []).append(day)
    by_place = sorted(found.items(), key=lambda it: (-it[0].latitude, it[0].longitude))
    return [point(n, place, days) for n, (place, days) in enumerate(by_place, start=1)]


def point(number: int, place: Place, days: list[str]) -> Point:
    """A town; its circle grows with the visits there."""
    x, y = on_paper(place.longitude, place.latitude)
    name = place.name if place.known else f"{place.county} County" if place.county else "Unknown town"
    return Point(number, name, x, y, f"{9 + min(len(days), 12) / 2:.1f}", len(days), list(dict.fromkeys(days)))
