"""An extract as a file: its letters, and the files that are none."""

import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from licensing.models import License, RegisterRun
from licensing.register.reading import LARGEST, NEEDED, WrongFile, read_extract
from tests.licensing.extracts import row, text

NAME = "Peña Ñandú “Mesa” LLC"


def put(folder: Path, content: bytes, name: str = "extract.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_letters_of_a_file_are_found_out(encoding, tmp_path):
    extract = read_extract(put(tmp_path, text(row(business_legal_name=NAME)).encode(encoding)))
    assert extract.rows[0].facts["business_legal_name"] == NAME
    assert bool(extract.notes) == (encoding not in ("utf-8", "utf-8-sig"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_may_be_parted_by_commas_semicolons_or_tabs(delimiter, tmp_path):
    extract = read_extract(put(tmp_path, text(row(), delimiter=delimiter).encode()))
    assert extract.rows[0].facts == row()


def test_lines_are_counted_as_in_the_file_and_empty_ones_are_no_rows(tmp_path):
    content = text(row()) + "\r\n" + "," * 11 + "\r\n" + text(row(business_dba_name="Two\nlines")).split("\r\n", 1)[1]
    extract = read_extract(put(tmp_path, content.encode()))
    assert [it.line for it in extract.rows] == [2, 6]
    assert extract.notes == ["1 empty lines are not counted as rows."]


def xlsx(folder: Path) -> bytes:
    with zipfile.ZipFile(folder / "book.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    return (folder / "book.xlsx").read_bytes()


WRONG = {
    "empty": (b"", "is empty"),
    "only spaces": (b" \r\n ", "is empty"),
    "only a heading": (text().encode(), "no rows"),
    "another table": (b"code,title\r\nGEN-01,Something\r\n", "no column license_number"),
    "words": (b"Dear Division,\r\n\r\nhere is the list.", "no column license_number"),
    "a PDF": (b"%PDF-1.7 ...", "a PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "bytes": (bytes(range(1, 128)) * 20, "not a text file"),
    "zeros": (b"\0" * 5000, "not a text file"),
    "no known letters": (text(row()).encode() + b"\x81\x8d", "neither UTF-8"),
    "an open quote": (text(row()).encode() + b'"no end,', "cannot be read as CSV"),
    "a column twice": (b",".join(name.encode() for name in (*NEEDED, NEEDED[0])) + b"\r\n1", "more than once"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "words"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_file_is_named_and_imports_nothing(content, words, tmp_path):
    with pytest.raises(CommandError, match=words) as refused:
        call_command("import_licenses", str(put(tmp_path, content)), "--json")
    assert refused.value.returncode == 2
    assert not License.objects.exists() and not RegisterRun.objects.exists()


def test_an_excel_workbook_is_named(tmp_path):
    with pytest.raises(WrongFile, match="Excel workbook"):
        read_extract(put(tmp_path, xlsx(tmp_path)))


def test_a_file_of_100_megabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    assert LARGEST < 100 * 2**20
    with pytest.raises(WrongFile, match="has 100 MB"):
        read_extract(path)


def test_no_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(WrongFile, match="No such file"):
        read_extract(tmp_path / "absent.csv")
    with pytest.raises(WrongFile, match="is a folder"):
        read_extract(tmp_path)
