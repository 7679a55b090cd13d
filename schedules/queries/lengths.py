"""How long visits are expected to take, as a supervisor sets it for a plan."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from licensing.rules import TYPES
from schedules.planner.problem import ROUTINE

KEY = "lengths"  # under which they stand beside the wishes of a plan


@dataclass(frozen=True)
class Lengths:
    """Minutes at the premises, by what the visit is for."""

    routine: int = 60
    growing: int = 120  # routine, where plants are counted
    follow_up: int = 45
    complaint: int = 90
    investigation: int = 150

    def of(self, purpose: str, license_type: str) -> int:
        """Minutes of one visit."""
        if purpose == ROUTINE and TYPES[license_type].cultivates:
            return self.growing
        return int(getattr(self, purpose))

    def as_json(self) -> dict[str, Any]:
        """As they are kept with a plan."""
        return {KEY: asdict(self)}

    @classmethod
    def kept_with(cls, wishes: Mapping[str, Any]) -> "Lengths":
        """What stands beside the wishes of a plan."""
        kept = wishes.get(KEY, {})
        return cls(**{it.name: int(kept[it.name]) for it in fields(cls) if it.name in kept})
