"""What a state of a case says to each side."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """One row: the tone of the tag, whose turn it is, and the next step in the words of each side."""

    tone: str
    turn: str  # "division", "licensee" or "" when nobody has to act
    staff: str
    licensee: str = ""
