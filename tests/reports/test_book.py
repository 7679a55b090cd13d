"""The files: what is written as a number, a day or words; and that no cell is ever run as a formula."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from reports.book import Sheet, csv_rows, workbook

EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "https://example.test", "\t=1")


def parts(book: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(book)) as found:
        return {name: found.read(name).decode() for name in found.namelist() if name.endswith(".xml")}


def test_words_that_look_like_formulas_stay_words():
    page = parts(workbook([Sheet("A", EVIL, [EVIL])]))["xl/worksheets/sheet1.xml"]
    assert "<f>" not in page and "hyperlink" not in page
    assert page.count('t="inlineStr"') == 2 * len(EVIL)


def test_numbers_days_and_instants_are_what_they_are():
    row = [7, 1.5, date(2026, 11, 22), datetime(2026, 11, 22, 17, 30, 59, tzinfo=UTC), None, ""]
    page = parts(workbook([Sheet("A", ["x"] * 6, [row])]))["xl/worksheets/sheet1.xml"]
    values = re.findall(r"<v>([^<]+)</v>", page)
    assert values[:3] == ["7", "1.5", "46348"]
    assert float(values[3]) == pytest.approx(46348 + 10.5 / 24)  # 10:30 in Denver
    assert len(values) == 4


def test_each_table_has_a_sheet_with_a_name_of_its_own():
    sheets = [Sheet(name, ["a"], []) for name in ("Same", "same", "With [brackets]: and/or?", "x" * 40, "")]
    names = re.findall(r'<sheet name="([^"]+)"', parts(workbook(sheets))["xl/workbook.xml"])
    assert len({name.lower() for name in names}) == len(names) == 5
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_one_table_is_a_plain_csv_and_several_have_titles():
    one, two = Sheet("One", ["a"], [[1]]), Sheet("Two", ["b"], [[datetime(2026, 11, 22, 17, 30, 5, tzinfo=UTC)]])
    assert list(csv_rows([one])) == [["a"], [1]]
    rows = list(csv_rows([one, two]))
    assert rows[:5] == [["One"], ["a"], [1], [], ["Two"]]
    assert str(rows[-1][0]).startswith("2026-11-22 10:30:00")
