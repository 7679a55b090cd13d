"""A list as a file for a spreadsheet: UTF-8 with its mark, and no cell that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

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
