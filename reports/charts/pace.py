"""What a year has seen so far against a straight line from nothing to all."""

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil

LEFT, RIGHT, TOP, BOTTOM = 40.0, 470.0, 10.0, 200.0
VIEW_BOX = "0 0 480 226"


@dataclass(frozen=True)
class Mark:
    """A point of the line of what was seen, or a place on an axis with its word."""

    x: str
    y: str
    words: str = ""


@dataclass(frozen=True)
class Pace:
    """The two lines and their axes."""

    seen: str  # the points of a polyline
    straight: str
    marks: list[Mark] = field(default_factory=list)
    rows: list[Mark] = field(default_factory=list)  # lines across, each with its number
    columns: list[Mark] = field(default_factory=list)  # the beginnings of months
    left: str = f"{LEFT:.1f}"
    right: str = f"{RIGHT:.1f}"
    view_box: str = VIEW_BOX


def pace(year: int, total: int, points: Sequence[tuple[date, int]]) -> Pace:
    """The chart of a year with `total` premises; `points` are days with how many were seen by their end."""
    top = nice(max([total, *(seen for _, seen in points)]))
    days = 366 if isleap(year) else 365

    def across(day_of_year: int) -> str:
        return f"{LEFT + (RIGHT - LEFT) * day_of_year / days:.1f}"

    def up(value: float) -> str:
        return f"{BOTTOM - (BOTTOM - TOP) * value / top:.1f}"

    marks = [Mark(across(day.timetuple().tm_yday), up(seen), f"{seen:,}") for day, seen in points]
    start = f"{across(0)},{up(0)}"
    return Pace(
        seen=" ".join([start, *(f"{mark.x},{mark.y}" for mark in marks)]),
        straight=f"{start} {across(days)},{up(total)}",
        marks=marks,
        rows=[Mark(f"{LEFT - 6:.1f}", up(value), f"{value:,}") for value in ticks(top)],
        columns=[
            Mark(across(first.timetuple().tm_yday - 1), f"{BOTTOM + 18:.1f}", f"{first:%b}")
            for first in (date(year, month, 1) for month in range(1, 13))
        ],
    )


def nice(value: int) -> int:
    """The end of an axis: the next number that four steps reach in whole numbers of one digit and zeros."""
    step = max(1, ceil(value / 4))
    size = 10 ** (len(str(step)) - 1)
    return 4 * next(n * size for n in (1, 2, 3, 4, 5, 6, 8, 10) if n * size >= step)


def ticks(top: int) -> list[int]:
    return [top * n // 4 for n in range(5)]
