"""New Mexico's counties as a grid of squares, each about where the county is; color, sign and words say one thing."""

from collections.abc import Mapping
from dataclasses import dataclass

GRID = (
    ("San Juan", "Rio Arriba", "Taos", "Colfax", "Union"),
    ("McKinley", "Sandoval", "Los Alamos", "Mora", "Harding"),
    ("Cibola", "Bernalillo", "Santa Fe", "San Miguel", "Quay"),
    ("Catron", "Valencia", "Torrance", "Guadalupe", "Curry"),
    ("", "Socorro", "Lincoln", "De Baca", "Roosevelt"),
    ("Grant", "Sierra", "Otero", "Chaves", "Lea"),
    ("Hidalgo", "Luna", "Doña Ana", "Eddy", ""),
)
WIDTH, HEIGHT, GAP = 88, 46, 4
VIEW_BOX = f"0 0 {5 * (WIDTH + GAP) - GAP} {len(GRID) * (HEIGHT + GAP) - GAP}"
FAR = 20  # points of a hundred behind the straight line from which a county is far behind


@dataclass(frozen=True)
class Tone:
    """How a square looks and what that means; words on a dark one are white."""

    key: str
    words: str
    sign: str
    fill: str
    dark: bool = False


ALL = Tone("all", "All seen", "✓", "#0a4c73", dark=True)
ON_PACE = Tone("pace", "On pace", "", "#1f6f93", dark=True)
BEHIND = Tone("behind", "Behind", "▾", "#fbe3a6")
FAR_BEHIND = Tone("far", "Far behind", "▼", "#f4bcb8")
EMPTY = Tone("none", "No premises", "", "#e6e9ec")
TONES = (ALL, ON_PACE, BEHIND, FAR_BEHIND, EMPTY)


@dataclass(frozen=True)
class Tile:
    """One county."""

    county: str
    x: int
    y: int
    share: str  # "82%", or a dash where no premises operates
    tone: Tone

    @property
    def words(self) -> str:
        """ "Mora: 40% seen, far behind"."""
        return f"{self.county}: {f'{self.share} seen, ' if self.share != '–' else ''}{self.tone.words.lower()}"


def tone_of(seen: int, total: int, pace: int) -> Tone:
    """The tone of a county, `pace` being the percent that a straight line has seen by now."""
    if total == 0:
        return EMPTY
    percent = 100 * seen // total
    if seen == total:
        return ALL
    if percent >= pace:
        return ON_PACE
    return FAR_BEHIND if percent < pace - FAR else BEHIND


def county_map(found: Mapping[str, tuple[int, int]], pace: int) -> list[Tile]:
    """The squares, from north-west to south-east; `found` has seen and total by county."""
    tiles = []
    for row, names in enumerate(GRID):
        for column, county in enumerate(names):
            seen, total = found.get(county, (0, 0))
            if county:
                tiles.append(
                    Tile(
                        county, column * (WIDTH + GAP), row * (HEIGHT + GAP),
                        f"{100 * seen // total}%" if total else "–", tone_of(seen, total, pace),
                    )
                )  # fmt: skip
    return tiles
