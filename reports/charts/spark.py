"""A line of a dozen numbers, small enough to stand in a row of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 120.0, 28.0, 4.0


@dataclass(frozen=True)
class Spark:
    """The line, its last point, and what it says in words."""

    line: str  # the points of a polyline
    x: str
    y: str
    words: str
    view_box: str = f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"


def spark(values: Sequence[float]) -> Spark:
    """A line from the first to the last value; the lowest is at the foot, and a level line runs in the middle."""
    low, high = min(values, default=0), max(values, default=0)
    step = (WIDTH - 2 * MARGIN) / max(1, len(values) - 1)

    def height(value: float) -> float:
        part = (value - low) / (high - low) if high > low else 0.5
        return HEIGHT - MARGIN - part * (HEIGHT - 2 * MARGIN)

    points = [(f"{MARGIN + n * step:.1f}", f"{height(value):.1f}") for n, value in enumerate(values)]
    x, y = points[-1] if points else ("0", "0")
    return Spark(" ".join(",".join(point) for point in points), x, y, in_words(values))


def in_words(values: Sequence[float]) -> str:
    """ "From 12 to 9, between 7 and 14"."""
    if not values:
        return "No numbers"
    return f"From {values[0]:,} to {values[-1]:,}, between {min(values):,} and {max(values):,}"


def change(now: float, before: float, *, unit: str = "") -> str:
    """ "5 fewer than the week before"; the words carry what an arrow would."""
    if now == before:
        return "As many as the week before"
    return f"{abs(now - before):,}{unit} {'more' if now > before else 'fewer'} than the week before"
