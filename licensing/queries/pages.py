"""One page of a long list, found by where the page before ended; nothing is counted and nothing is skipped over."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet

SIZE = 25
LONGEST = 1_000  # letters of a sort key in a link
LARGEST_KEY = 2**63
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one page, and the places from which the neighbors go on; empty where there is no neighbor."""

    rows: list[Row]
    previous: str = ""
    next: str = ""

    @property
    def whole(self) -> bool:
        """The list has no other page."""
        return not (self.previous or self.next)

    def links(self, path: str, facts: Mapping[str, str]) -> dict[str, str]:
        """The addresses of the neighbors, with the filters that hold."""
        links = {"previous_url": ("before", self.previous), "next_url": ("after", self.next)}
        return {
            name: f"{path}?{urlencode({**facts, end: place})}" if place else "" for name, (end, place) in links.items()
        }


def page_by_words(rows: QuerySet[Row], *, after: str = "", before: str = "") -> Page[Row]:
    """A page of rows in the order of their `words`."""
    return _page(rows, ("words", "pk"), after, before)


def page_by_oldest(rows: QuerySet[Row], *, after: str = "", before: str = "") -> Page[Row]:
    """A page of rows, the first written first."""
    return _page(rows, ("pk",), after, before)


def page_by_newest(rows: QuerySet[Row], *, after: str = "", before: str = "") -> Page[Row]:
    """A page of rows, the last written first."""
    return _page(rows, ("-pk",), after, before)


def page_by_number(rows: QuerySet[Row], *, after: str = "", before: str = "", size: int = SIZE) -> Page[Row]:
    """A page of rows in the order of their `number`, which no two share."""
    return _page(rows, ("number",), after, before, size)


def _page(rows: QuerySet[Row], order: tuple[str, ...], after: str, before: str, size: int = SIZE) -> Page[Row]:
    start, end = _read(after, order), _read(before, order)
    back = end is not None and start is None
    place = end if back else start
    if place is not None:
        rows = rows.filter(_beyond(order, place, back=back))
    found = list(rows.order_by(*(_turned(field) if back else field for field in order))[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return Page([])
    has_previous, has_next = (more, True) if back else (place is not None, more)
    return Page(found, _write(found[0], order) * has_previous, _write(found[-1], order) * has_next)


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def _beyond(order: tuple[str, ...], place: list[str | int], *, back: bool) -> Q:
    """Rows after `place`, or before it: by the first field, then where that is equal by the next."""
    found, equal = Q(), Q()
    for field, value in zip(order, place, strict=True):
        name = field.removeprefix("-")
        way = "gt" if field.startswith("-") == back else "lt"
        found |= equal & Q(**{f"{name}__{way}": value})
        equal &= Q(**{name: value})
    first = order[0].removeprefix("-")
    way = "gte" if order[0].startswith("-") == back else "lte"
    return Q(**{f"{first}__{way}": place[0]}) & found


def _write(row: Model, order: tuple[str, ...]) -> str:
    values = [getattr(row, field.removeprefix("-")) for field in order]
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _read(text: str, order: tuple[str, ...]) -> list[str | int] | None:
    """What a link says; None for nothing or nonsense, which begins at the start."""
    if not text or len(text) > 2 * LONGEST:
        return None
    try:
        values = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return None
    kinds = [int if field.endswith("pk") else str for field in order]
    if not isinstance(values, list) or [type(value) for value in values] != kinds:
        return None
    sound = all("\0" not in value if isinstance(value, str) else abs(value) < LARGEST_KEY for value in values)
    return values if sound else None
