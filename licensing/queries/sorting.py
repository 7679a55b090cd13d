"""One page of a list in the order that its reader chose: by a value that is never empty, then by the row's key."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from licensing.queries.pages import LARGEST_KEY, LONGEST, SIZE, Page, Row

LONG_AGO, LATE = datetime(1900, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
LATE_DAY = date(2999, 1, 1)
BATCH = 500


@dataclass(frozen=True)
class Sort:
    """A column by which a list may be ordered."""

    name: str  # in the address; with a minus before it the other way round
    label: str  # in the head of the table
    by: Combinable  # never empty
    read: Callable[[Any], Any] = str  # from JSON; raises ValueError or TypeError for nonsense
    down: bool = False  # the largest first

    @property
    def turned(self) -> "Sort":
        """The same column the other way round."""
        other = self.name[1:] if self.name.startswith("-") else f"-{self.name}"
        return replace(self, name=other, down=not self.down)


def by_text(name: str, label: str, path: str) -> Sort:
    return Sort(name, label, F(path))


def by_instant(name: str, label: str, path: str, *, empty: datetime, down: bool = False) -> Sort:
    """By an instant that may be absent; `empty` says where such rows stand."""
    return Sort(name, label, Coalesce(F(path), Value(empty)), datetime.fromisoformat, down)


def by_count(name: str, label: str, path: str, *, down: bool = False) -> Sort:
    """By a number; rows without one stand where 0 does."""
    return Sort(name, label, Coalesce(F(path), Value(0)), int, down)


def by_day(name: str, label: str, path: str) -> Sort:
    """By a day, the first first; rows without one come last."""
    return Sort(name, label, Coalesce(F(path), Value(LATE_DAY)), date.fromisoformat)


def chosen(sorts: Sequence[Sort], name: str) -> Sort:
    """The order that an address names; the first of them for nothing or nonsense."""
    both = {it.name: it for sort in sorts for it in (sort, sort.turned)}
    return both.get(name, sorts[0])


def sorted_page(rows: QuerySet[Row], sort: Sort, *, after: str = "", before: str = "", size: int = SIZE) -> Page[Row]:
    """The page that begins after one place of the order or ends before another; nothing is counted or skipped."""
    keyed: Any = rows.annotate(sort_key=sort.by)
    start, end = _read(after, sort), _read(before, sort)
    back = end is not None and start is None
    place, down = end if back else start, sort.down != back
    if place is not None:
        keyed = keyed.filter(_beyond(place, "lt" if down else "gt"))
    sign = "-" if down else ""
    found: list[Row] = list(keyed.order_by(f"{sign}sort_key", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return Page([])
    has_previous, has_next = (more, True) if back else (place is not None, more)
    return Page(found, _write(found[0]) * has_previous, _write(found[-1]) * has_next)


def all_pages(rows: QuerySet[Row], sort: Sort) -> Iterator[list[Row]]:
    """Every row, some hundred at a time; for files."""
    after = ""
    while True:
        page = sorted_page(rows, sort, after=after, size=BATCH)
        yield page.rows
        if not (after := page.next):
            return


def _beyond(place: tuple[Any, int], way: str) -> Q:
    value, key = place
    return Q(**{f"sort_key__{way}": value}) | Q(sort_key=value, **{f"pk__{way}": key})


def _write(row: Any) -> str:
    value = row.sort_key.isoformat() if isinstance(row.sort_key, date) else row.sort_key
    return urlsafe_b64encode(json.dumps([value, row.pk]).encode()).decode().rstrip("=")


def _read(text: str, sort: Sort) -> tuple[Any, int] | None:
    """What a link says; None for nothing or nonsense, which begins at the start."""
    if not text or len(text) > 2 * LONGEST:
        return None
    try:
        value, key = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        found = sort.read(value)
    except (ValueError, TypeError):
        return None
    return (found, key) if type(key) is int and abs(key) < LARGEST_KEY and _sound(found) else None


def _sound(value: Any) -> bool:
    if isinstance(value, datetime):
        return value.tzinfo is not None
    if isinstance(value, int):
        return abs(value) < LARGEST_KEY
    return "\0" not in value if isinstance(value, str) else True
