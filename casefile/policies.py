"""What the law leaves open: declared by the app that reads it, decided by the Division from a day on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.permissions import allows
from casefile.models import Policy

POINTS: dict[str, "OpenPoint"] = {}


@dataclass(frozen=True)
class OpenPoint:
    """A point that the law leaves open: which of `choices` count. Until the Division decides, `default` says it."""

    name: str
    label: str
    decides: str
    choices: Sequence[tuple[str, str]]
    default: Callable[[date], Sequence[str]]
    cites: str

    def __post_init__(self) -> None:
        POINTS[self.name] = self

    def on(self, day: date) -> tuple[str, ...]:
        """What counts on `day`."""
        return on([self], day)[self.name]

    def words(self, value: Sequence[str]) -> str:
        """The labels of what counts."""
        return ", ".join(label for choice, label in self.choices if choice in value)


def on(points: Sequence[OpenPoint], day: date) -> dict[str, tuple[str, ...]]:
    """What counts on `day` for each of these points, by name, in one query."""
    rows = Policy.objects.filter(name__in=[point.name for point in points], since__lte=day)
    decided = {row.name: row.value for row in rows.order_by("since", "pk")}
    return {
        point.name: _choices(decided[point.name]) if point.name in decided else tuple(point.default(day))
        for point in points
    }


def _choices(value: object) -> tuple[str, ...]:
    return tuple(str(choice) for choice in value) if isinstance(value, list) else ()


def decide(point: OpenPoint, *, value: Sequence[str], since: date, source: str, verified: bool, by: User) -> Policy:
    """Let `value` count from the day `since` on; what was decided before stays on record. Raises PermissionDenied."""
    if not allows(by, "casefile.change_policies"):
        raise PermissionDenied(f"{by} may not decide {point.name}")
    return Policy.objects.create(
        name=point.name, value=list(value), since=since, source=source, verified=verified, by=by
    )
