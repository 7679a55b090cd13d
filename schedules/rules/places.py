"""Where New Mexico's towns are: a shipped table of places, and the middle of a county for towns that are not in it."""

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casefile.law import cites

TABLE = Path(__file__).with_name("places.csv")
MIDDLE = (34.41, -106.11)  # of the state, for a county that nobody knows


@dataclass(frozen=True)
class Place:
    """A point on the map; `known` is False where the middle of the county stands for it."""

    name: str
    county: str
    latitude: float
    longitude: float
    known: bool = True


def key_of(name: str) -> str:
    """A name without marks, capitals and spare blanks: Española and ESPANOLA are one town."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return " ".join(plain.replace(".", " ").lower().split())


@cache
def places() -> dict[tuple[str, str], Place]:
    """Every place of the table by the keys of its name and its county."""
    return {(key_of(place.name), key_of(place.county)): place for place, _ in rows()}


@cache
def seats() -> dict[str, Place]:
    """The seat of each county."""
    return {place.county: place for place, is_seat in rows() if is_seat}


def rows() -> Iterator[tuple[Place, bool]]:
    """The table, each place with whether it is its county's seat."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            place = Place(row["place"], row["county"], float(row["latitude"]), float(row["longitude"]))
            yield place, row["seat"] == "yes"


@cites("office practice: points of towns, rounded to about 100 meters; the middle of a county's places where unknown")
def place_of(town: str, county: str) -> Place:
    """The place of a town: by town and county, by the town alone where only one has the name, else its county's."""
    return _place(key_of(town), key_of(county)) or middle_of(town, county)


@cache
def _place(town: str, county: str) -> Place | None:
    """What the table has; None where it has nothing, or several of the name in other counties."""
    if found := places().get((town, county)):
        return found
    named = [place for (name, _), place in places().items() if name == town]
    points = {(place.latitude, place.longitude) for place in named}
    return named[0] if len(points) == 1 and not in_table(county) else None


@cache
def in_table(county: str) -> bool:
    """Whether a county, by its key, has places."""
    return any(key == county for _, key in places())


@cache
def middle_of(town: str, county: str) -> Place:
    """The middle of a county's places, or of the state; not a known place."""
    near = [place for (_, key), place in places().items() if key == key_of(county)]
    if not near:
        return Place(town, county, *MIDDLE, known=False)
    latitude = sum(place.latitude for place in near) / len(near)
    return Place(town, county, latitude, sum(place.longitude for place in near) / len(near), known=False)
