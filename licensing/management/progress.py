"""How a command shows how far it is in a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm

from licensing.register.files import Extract


@contextmanager
def row_by_row(extract: Extract, *, quiet: bool) -> Iterator[Any]:
    """A bar on the error output that moves with each row, as the `progress` of an import."""
    with tqdm(total=len(extract.rows), unit=" rows", file=sys.stderr, disable=quiet, desc=extract.name) as bar:

        def progress(readings: Any) -> Any:
            for reading in readings:
                yield reading
                bar.update()

        yield progress
