"""Tables as files: a workbook with a sheet for each, or one after the other as CSV. No cell runs as a formula."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from casefile.calendar import DENVER

FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_NAME = 31
MOST_ROWS = 1_048_575
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """A table: its name, the head of each column, and its rows."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]


def csv_rows(sheets: Sequence[Sheet]) -> Iterator[Sequence[object]]:
    """The rows of one table; of several, each under its title with an empty line between."""
    for n, sheet in enumerate(sheets):
        if len(sheets) > 1:
            yield from ([[]] if n else [])
            yield [sheet.title]
        yield sheet.head
        for row in sheet.rows:
            yield [_local(cell) for cell in row]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The tables as a workbook. Words are written as words: what begins with = + - @ stays text."""
    buffer = BytesIO()
    book = Workbook(buffer, {"constant_memory": True, "remove_timezone": True})
    bold, day, instant = (
        book.add_format(it) for it in ({"bold": True}, {"num_format": "yyyy-mm-dd"}, {"num_format": "yyyy-mm-dd hh:mm"})
    )
    names: set[str] = set()
    for sheet in sheets:
        page = book.add_worksheet(_name(sheet.title, names))
        page.freeze_panes(1, 0)
        for column, words in enumerate(sheet.head):
            page.set_column(column, column, max(12, min(40, len(words) + 4)))
            page.write_string(0, column, words, bold)
        for n, row in zip(range(1, MOST_ROWS), sheet.rows, strict=False):
            for column, cell in enumerate(row):
                _write(page, (n, column), cell, day, instant)
    book.close()
    return buffer.getvalue()


def _write(page: Any, at: tuple[int, int], cell: Any, day: Format, instant: Format) -> None:
    """One cell by its kind; whatever is no number and no date is a string."""
    if cell is None or cell == "":
        return
    if isinstance(cell, datetime):
        page.write_datetime(*at, _local(cell).replace(tzinfo=None), instant)
    elif isinstance(cell, date):
        page.write_datetime(*at, cell, day)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        page.write_number(*at, cell)
    else:
        page.write_string(*at, str(cell))


def _local(cell: Any) -> Any:
    """An instant as the Division's clock shows it, to the minute."""
    return cell.astimezone(DENVER).replace(second=0, microsecond=0) if isinstance(cell, datetime) else cell


def _name(title: str, taken: set[str]) -> str:
    """A name that a workbook takes, and that no other sheet has."""
    name = title.translate(FORBIDDEN)[:LONGEST_NAME].strip() or "Sheet"
    found, n = name, 1
    while found.lower() in taken:
        n += 1
        found = f"{name[: LONGEST_NAME - 3]} {n}"
    taken.add(found.lower())
    return found
