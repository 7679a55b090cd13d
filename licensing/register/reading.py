"""An extract of the register as a file: its columns, and what stands on every row and says nothing."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from licensing.register.files import LARGEST, Extract, Kind, Row, WrongFile, read_file

NEEDED = (
    "license_number", "business_legal_name", "license_type", "license_status", "license_designation", "issue_date",
    "expiration_date",
)  # fmt: skip
ADDRESS = ("premise_street_address", "premise_city", "premise_zip_code", "premise_county")
COORDINATES = ("premise_latitude", "premise_longitude")
KEPT = (*NEEDED, "business_dba_name", *ADDRESS)  # nothing else of a row is kept: other columns may name owners
EXTRACT = Kind("register extract", "the register", NEEDED, (*KEPT, *COORDINATES))
ENOUGH_ROWS, NEARLY_ALL = 10, 0.9  # from how many rows on a value that stands on how large a part of them is a filler

__all__ = ["KEPT", "LARGEST", "NEEDED", "Extract", "Row", "WrongFile", "read_extract"]


def read_extract(path: Path, *, largest: int = LARGEST) -> Extract:
    """The rows of the file. Raises WrongFile when it is not a register extract, whole and readable."""
    extract = read_file(path, EXTRACT, largest=largest)
    rows, notes = _without_fillers(extract.rows)
    return replace(extract, rows=rows, notes=[*extract.notes, *notes])


# Fillers


def _without_fillers(rows: list[Row]) -> tuple[list[Row], list[str]]:
    """Take out an address, and coordinates, that stand on nearly every row: they say where no premises is."""
    address, address_note = _filler(rows, ADDRESS, "address")
    _, coordinates_note = _filler(rows, COORDINATES, "coordinates")
    return [_without(row, address) for row in rows], [*address_note, *coordinates_note]


def _filler(rows: list[Row], columns: tuple[str, ...], what: str) -> tuple[tuple[str, ...] | None, list[str]]:
    values = Counter(_value(row, columns) for row in rows)
    values.pop(("",) * len(columns), None)
    if not values:
        return None, []
    value, times = values.most_common(1)[0]
    if len(rows) < ENOUGH_ROWS or times < NEARLY_ALL * len(rows):
        return None, []
    where = "all" if times == len(rows) else f"{times:,} of the"
    words = ", ".join(part for part in value if part)
    return value, [f"Filler, not stored: the {what} “{words}”, which {where} {len(rows):,} rows have."]


def _value(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row.facts.get(name, "") for name in columns)


def _without(row: Row, address: tuple[str, ...] | None) -> Row:
    """The row without coordinates, which we keep nowhere, and without a worthless address."""
    gone = {*COORDINATES, *(ADDRESS if address is not None and _value(row, ADDRESS) == address else ())}
    return Row(row.line, {name: value for name, value in row.facts.items() if name not in gone}, row.trouble)
