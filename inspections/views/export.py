"""A list as a file for a spreadsheet: UTF-8 with its mark, and no cell that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

from casefile.calendar import local_day
from inspections.queries import Standing

HEAD = (
    "Case", "Facility", "License", "License type", "County", "Officer", "Status", "Next step", "Due", "Overdue",
    "Violations", "Fixed",
)  # fmt: skip
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Echo:
    """What csv writes to; it hands the line back."""

    def write(self, line: str) -> str:
        return line


def csv_file(rows: Iterable[Iterable[object]], *, name: str) -> StreamingHttpResponse:
    """The rows as they come, as a download called `name`."""
    writer = csv.writer(_Echo())

    def text() -> Iterator[str]:
        yield "\ufeff"
        for row in rows:
            yield writer.writerow([safe(cell) for cell in row])

    return StreamingHttpResponse(
        text(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def safe(cell: object) -> str:
    """The cell's words; where a spreadsheet would take them for a formula, an apostrophe stands before them."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(RUNS) else text


def lines(pages: Iterable[list[Standing]]) -> Iterator[tuple]:
    """The head, then one line per case."""
    yield HEAD
    for page in pages:
        yield from map(_line, page)


def _line(it: Standing) -> tuple:
    case, place = it.case, it.case.premises
    due = local_day(it.deadline.due_at) if it.deadline else case.planned_on
    return (
        case.file.number, place.name, place.number, place.license.get_type_display(), place.county, case.officer.name,
        it.step.status, it.step.label, due, "yes" if it.is_late else "no", it.parts.found, it.parts.fixed,
    )  # fmt: skip
