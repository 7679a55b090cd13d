"""An extract as a file: whether it is one, in which letters it is written, and its rows."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

LARGEST = 50 * 2**20  # bytes; some 180,000 rows, many times what the state licenses
MOST_COLUMNS = 200
NEEDED = (
    "license_number", "business_legal_name", "license_type", "license_status", "license_designation", "issue_date",
    "expiration_date",
)  # fmt: skip
ADDRESS = ("premise_street_address", "premise_city", "premise_zip_code", "premise_county")
COORDINATES = ("premise_latitude", "premise_longitude")
KEPT = (*NEEDED, "business_dba_name", *ADDRESS)  # nothing else of a row is kept: other columns may name owners
ENOUGH_ROWS, NEARLY_ALL = 10, 0.9  # from how many rows on a value that stands on how large a part of them is a filler
OTHER_KINDS = {
    b"PK\x03\x04": "an Excel workbook or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


class WrongFile(ValueError):
    """Not an extract of the register; the words say why and what to do."""


@dataclass(frozen=True)
class Row:
    """One row as it came: its line in the file, the columns that we use, and what was wrong with its cells."""

    line: int
    facts: dict[str, str]
    trouble: str = ""


@dataclass(frozen=True)
class Extract:
    """A whole file, read."""

    name: str
    sha256: str
    rows: list[Row]
    notes: list[str] = field(default_factory=list)


def read_extract(path: Path, *, largest: int = LARGEST) -> Extract:
    """The rows of the file. Raises WrongFile when it is not a register extract, whole and readable."""
    content = _bytes(path, largest)
    text, encoding_note = _text(content)
    rows, notes = _rows(text)
    rows, filler_notes = _without_fillers(rows)
    return Extract(path.name[:255], sha256(content).hexdigest(), rows, [*encoding_note, *notes, *filler_notes])


# Bytes


def _bytes(path: Path, largest: int) -> bytes:
    if path.is_dir():
        raise WrongFile(f"{path} is a folder. Name a CSV file.")
    try:
        if path.stat().st_size > largest:
            raise WrongFile(
                f"{path.name} has {path.stat().st_size / 2**20:,.0f} MB. A register extract has at most "
                f"{largest / 2**20:,.0f} MB. Nothing was read."
            )
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise WrongFile(f"{path} cannot be read: {error.strerror}.") from None
    if not content.strip():
        raise WrongFile(f"{path.name} is empty.")
    return content


# Letters


def _text(content: bytes) -> tuple[str, list[str]]:
    """The text, and a note when its encoding had to be found out. Raises WrongFile for what is not text."""
    for start, kind in OTHER_KINDS.items():
        if content.startswith(start):
            raise WrongFile(f"This is {kind}, not a CSV file. Save the register as CSV and try again.")
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise WrongFile(
            f"The letters of this file are neither UTF-8, UTF-16 nor Windows-1252 (byte {error.start + 1:,}). "
            "Save it as CSV UTF-8 and try again."
        ) from None
    if strange := next((sign for sign in text if sign < " " and sign not in "\t\r\n"), ""):
        raise WrongFile(f"This is not a text file: it holds the sign U+{ord(strange):04X}.")
    return text, _note(encoding)


def _encoding(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if (wide := _without_mark(content[:4096])) is not None:
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _without_mark(start: bytes) -> str | None:
    """UTF-16 without its mark: of plain letters, every other byte is zero."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > len(start) // 4 and not even:
        return "utf-16-le"
    if even > len(start) // 4 and not odd:
        return "utf-16-be"
    return None


def _note(encoding: str) -> list[str]:
    if encoding in ("utf-8", "utf-8-sig"):
        return []
    if encoding == "cp1252":
        return ["The file is not UTF-8. It was read as Windows-1252: check names with accents."]
    return [f"The file was read as {encoding.upper()}."]


# Rows


def _rows(text: str) -> tuple[list[Row], list[str]]:
    separator = _separator(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = _columns(next(lines))
        rows = list(_cells(lines, columns))
    except StopIteration:
        raise WrongFile("The file is empty.") from None
    except csv.Error as error:
        raise WrongFile(f"Line {lines.line_num:,} cannot be read as CSV: {error}. Nothing was imported.") from None
    filled = [row for row in rows if row.trouble or any(row.facts.values())]
    if not filled:
        raise WrongFile("The file has a heading and no rows.")
    empty = len(rows) - len(filled)
    notes = [f"{empty:,} empty lines are not counted as rows."] if empty else []
    return filled, notes


def _separator(text: str) -> str:
    """What stands between the columns of the heading."""
    heading = text.split("\n", 1)[0]
    return max(",;\t", key=heading.count)


def _columns(heading: list[str]) -> list[str]:
    columns = [name.strip().lower() for name in heading]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise WrongFile(f"This is not a register extract: it has no column {', '.join(missing)}.")
    twice = [name for name, times in Counter(columns).items() if times > 1 and name in (*KEPT, *COORDINATES)]
    if twice:
        raise WrongFile(f"The column {twice[0]} stands in the heading more than once.")
    if len(columns) > MOST_COLUMNS:
        raise WrongFile(f"The file has {len(columns):,} columns. An extract has fewer than {MOST_COLUMNS}.")
    return columns


def _cells(lines: Iterator[list[str]], columns: list[str]) -> Iterator[Row]:
    wanted = [(name, columns.index(name)) for name in (*KEPT, *COORDINATES) if name in columns]
    for cells in lines:
        if not cells:
            continue
        facts = {name: cells[place].strip() for name, place in wanted if place < len(cells)}
        trouble = f"It has {len(cells)} cells; the heading has {len(columns)}." if len(cells) != len(columns) else ""
        yield Row(lines.line_num, facts, trouble)  # type: ignore[attr-defined]


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
