"""One page of a list in the order of an instant that a row may lack, as of what is due first."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from licensing.queries.pages import Page, Row


@dataclass(frozen=True)
class Order:
    """By an instant, then by a number that no two rows share. Upward, rows without an instant come last."""

    field: str
    tie: str = "pk"
    down: bool = False

    def by(self, *, back: bool = False) -> list[Any]:
        if self.down != back:
            return [F(self.field).desc(nulls_first=True) if back else F(self.field).desc(), f"-{self.tie}"]
        return [F(self.field).asc(nulls_last=True), self.tie]

    def beyond(self, place: "Place", *, back: bool = False) -> Q:
        """The rows after `place`, or those before it."""
        ahead = "lt" if self.down != back else "gt"
        tied = Q(**{self.field: place.at}) if place.at else Q(**{f"{self.field}__isnull": True})
        found = tied & Q(**{f"{self.tie}__{ahead}": place.number})
        if place.at is None:
            return found | Q(**{f"{self.field}__isnull": False}) if back else found
        found |= Q(**{f"{self.field}__{ahead}": place.at})
        return found if back or self.down else found | Q(**{f"{self.field}__isnull": True})


@dataclass(frozen=True)
class Place:
    """Where in an order a row stands; written into a link, read back from it."""

    at: datetime | None
    number: int

    def __str__(self) -> str:
        return (
            urlsafe_b64encode(f"{self.at.isoformat() if self.at else ''}|{self.number}".encode()).decode().rstrip("=")
        )

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """What a link says; None for nothing or nonsense, which begins at the start."""
        try:
            at, number = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("|")
            found = datetime.fromisoformat(at) if at else None
            return cls(found, int(number)) if found is None or found.tzinfo else None
        except ValueError:
            return None


def page_of(rows: QuerySet[Row], order: Order, *, after: str = "", before: str = "", size: int = 25) -> Page[Row]:
    """The page that begins after one place or ends before another."""
    start, end = Place.read(after), Place.read(before)
    back = end is not None and start is None
    place = end if back else start
    if place is not None:
        rows = rows.filter(order.beyond(place, back=back))
    found = list(rows.order_by(*order.by(back=back))[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return Page([])
    return Page(
        found,
        previous=str(_place(found[0], order)) if (more if back else place is not None) else "",
        next=str(_place(found[-1], order)) if more or back else "",
    )


def _place(row: Model, order: Order) -> Place:
    return Place(_value(row, order.field), _value(row, order.tie))


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row
