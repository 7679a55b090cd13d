"""Bars in the rows of a table: 100 for the longest, with a part of each in another color."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """How long a bar and its part are, in hundredths of the longest."""

    width: str
    part: str


def bars(values: Sequence[tuple[int, int]]) -> list[Bar]:
    """One bar for each whole and its part."""
    longest = max((whole for whole, _ in values), default=0) or 1
    return [Bar(f"{100 * whole / longest:.1f}", f"{100 * part / longest:.1f}") for whole, part in values]
