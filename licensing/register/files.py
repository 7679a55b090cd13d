"""A file of rows as it came from a spreadsheet: whether it is one, in which letters it is written, and its rows."""

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
OTHER_KINDS = {
    b"PK\x03\x04": "an Excel workbook or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


class WrongFile(ValueError):
    """Not a file of the kind that was asked for; the words say why and what to do."""


@dataclass(frozen=True)
class Kind:
    """What a file has to be: its name in words, what it holds, the columns it needs, and all that we read of a row."""

    name: str
    holds: str
    needed: tuple[str, ...]
    kept: tuple[str, ...]


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


def read_file(path: Path, kind: Kind, *, largest: int = LARGEST) -> Extract:
    """The rows of the file at `path`. Raises WrongFile when it is not of its kind, whole and readable."""
    return read_bytes(_bytes(path, kind, largest), path.name, kind)


def read_bytes(content: bytes, name: str, kind: Kind) -> Extract:
    """The rows of a file that is in memory. Raises WrongFile."""
    if not content.strip():
        raise WrongFile(f"{name} is empty.")
    text, encoding_note = _text(content, kind)
    rows, notes = _rows(text, kind)
    return Extract(name[:255], sha256(content).hexdigest(), rows, [*encoding_note, *notes])


# Bytes


def _bytes(path: Path, kind: Kind, largest: int) -> bytes:
    if path.is_dir():
        raise WrongFile(f"{path} is a folder. Name a CSV file.")
    try:
        if path.stat().st_size > largest:
            raise WrongFile(
                f"{path.name} has {path.stat().st_size / 2**20:,.0f} MB. A {kind.name} has at most "
                f"{largest / 2**20:,.0f} MB. Nothing was read."
            )
        with path.open("rb") as file:
            return file.read(largest + 1)
    except OSError as error:
        raise WrongFile(f"{path} cannot be read: {error.strerror}.") from None


# Letters


def _text(content: bytes, kind: Kind) -> tuple[str, list[str]]:
    """The text, and a note when its encoding had to be found out. Raises WrongFile for what is not text."""
    for start, other in OTHER_KINDS.items():
        if content.startswith(start):
            raise WrongFile(f"This is {other}, not a CSV file. Save {kind.holds} as CSV and try again.")
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


def _rows(text: str, kind: Kind) -> tuple[list[Row], list[str]]:
    separator = _separator(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = _columns(next(lines), kind)
        rows = list(_cells(lines, columns, kind))
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


def _columns(heading: list[str], kind: Kind) -> list[str]:
    columns = [name.strip().lower() for name in heading]
    missing = [name for name in kind.needed if name not in columns]
    if missing:
        raise WrongFile(f"This is not a {kind.name}: it has no column {', '.join(missing)}.")
    twice = [name for name, times in Counter(columns).items() if times > 1 and name in kind.kept]
    if twice:
        raise WrongFile(f"The column {twice[0]} stands in the heading more than once.")
    if len(columns) > MOST_COLUMNS:
        raise WrongFile(f"The file has {len(columns):,} columns. A {kind.name} has fewer than {MOST_COLUMNS}.")
    return columns


def _cells(lines: Iterator[list[str]], columns: list[str], kind: Kind) -> Iterator[Row]:
    wanted = [(name, columns.index(name)) for name in kind.kept if name in columns]
    for cells in lines:
        if not cells:
            continue
        facts = {name: cells[place].strip() for name, place in wanted if place < len(cells)}
        trouble = f"It has {len(cells)} cells; the heading has {len(columns)}." if len(cells) != len(columns) else ""
        yield Row(lines.line_num, facts, trouble)  # type: ignore[attr-defined]
