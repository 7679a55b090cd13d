"""What becomes of each row of a file of monthly reports."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from casefile.actions import Refused
from licensing.actions.register import Busy
from licensing.actions.report_import import settle_held_report
from licensing.actions.reports import send_report
from licensing.models import HeldReport, MonthlyReport, ReportImport
from licensing.report_import.quantities import read_quantity
from licensing.report_import.rows import COLUMNS
from tests import factories
from tests.licensing.report_files import MONTH, NUMBERS, PLANTS, imported, row, text, write

pytestmark = pytest.mark.django_db
AUGUST = date(2026, 8, 1)
NOW = factories.at("2026-09-20 10:00")


@pytest.fixture(autouse=True)
def _september(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def mesa():
    return factories.license(number="CCD-2026-9001")


def stored() -> dict[str, list]:
    return {it.__name__: list(it.objects.order_by("pk").values()) for it in (MonthlyReport, HeldReport)}


class TestARow:
    def test_becomes_a_report_with_its_numbers_to_the_gram(self, mesa, tmp_path, capsys):
        facts = row(mesa.number, produced_g="90,000.125", notes="A good month.", sent_on="9/12/2026")
        assert imported(write(tmp_path, facts), capsys)["created"] == 1
        report = MonthlyReport.objects.get()
        assert (report.license, report.month, report.revision, report.source) == (mesa, AUGUST, 1, "import")
        assert (report.flowering_female, report.produced_g) == (1500, Decimal("90000.125"))
        assert (report.notes, report.sent_on, report.reason) == ("A good month.", date(2026, 9, 12), "")
        assert report.sent_by == User.objects.clockwork()

    def test_read_again_changes_nothing(self, mesa, tmp_path, capsys):
        path = write(tmp_path, row(mesa.number), row("CCD-2026-9002"), row("nonsense"))
        assert imported(path, capsys)["held"] == 2
        before = stored()
        counts = imported(path, capsys)
        assert (counts["created"], counts["corrected"], counts["unchanged"], counts["held"]) == (0, 0, 1, 2)
        assert stored() == before
        assert ReportImport.objects.count() == 2

    def test_with_other_numbers_corrects_and_keeps_the_old_ones(self, mesa, tmp_path, capsys):
        imported(write(tmp_path, row(mesa.number, sent_on="2026-09-12")), capsys)
        counts = imported(write(tmp_path, row(mesa.number, stock_g="31000"), name="second.csv"), capsys)
        assert counts["corrected"] == 1
        now, before = MonthlyReport.objects.order_by("-revision")
        assert (now.stock_g, now.revision, now.reason, now.replaced_at) == (31000, 2, "file second.csv", None)
        assert (before.stock_g, before.replaced_at) == (30000, NOW)
        assert now.sent_on == before.sent_on == date(2026, 9, 12)

    def test_leaves_alone_what_it_does_not_say(self, mesa, tmp_path, capsys):
        imported(write(tmp_path, row(mesa.number, notes="Ours.")), capsys)
        said = [name for name in ("license_number", *NUMBERS) if name not in ("medical_plants", "stock_medical_g")]
        counts = imported(write(tmp_path, row(mesa.number), columns=said), capsys)
        assert counts["unchanged"] == 1
        assert MonthlyReport.objects.get().medical_plants == 100

    def test_does_not_take_back_what_the_licensee_corrected(self, mesa, tmp_path, capsys):
        owner, path = factories.representative(mesa.licensee), write(tmp_path, row(mesa.number))
        imported(path, capsys)
        numbers = {name: Decimal(value) for name, value in NUMBERS.items()} | {"stock_g": Decimal(29000)}
        send_report(mesa, AUGUST, numbers, by=owner, at=NOW, reason="We counted again.")
        assert imported(path, capsys)["unchanged"] == 1
        assert MonthlyReport.objects.current().get().stock_g == 29000

    def test_of_a_license_that_grows_nothing_needs_no_plants(self, tmp_path, capsys):
        shop = factories.license(type="retailer", mature_plants=None)
        bare = row(shop.number, **dict.fromkeys((*PLANTS, "medical_plants"), ""))
        assert imported(write(tmp_path, bare), capsys)["created"] == 1
        assert MonthlyReport.objects.get().flowering_female == 0


HELD = {
    "license not on record": [{"license_number": "CCD-2020-0001"}],
    "malformed license number": [{"license_number": "64"}],
    "no license number": [{"license_number": ""}],
    "unreadable number": [{"sold_g": "lots"}, {"sold_g": "1.234,5"}, {"seedling": "2.5"}],
    "numbers that do not fit together": [
        {"sold_g": "80001"}, {"flowering_female": ""}, {"stock_g": "-1"}, {"medical_plants": "1501"},
    ],
    "impossible date": [{"sent_on": "12 Sept"}, {"sent_on": "2026-08-31"}, {"sent_on": "2026-09-21"}],
    "too long text": [{"notes": "x" * 10_001}],
}  # fmt: skip


class TestAHeldRow:
    @pytest.mark.parametrize("reason", HELD)
    def test_says_why(self, reason, mesa, tmp_path, capsys):
        rows = [row(mesa.number) | facts for facts in HELD[reason]]
        for facts in rows:
            assert imported(write(tmp_path, facts), capsys)["held_reasons"] == {reason: 1}, facts
        assert not MonthlyReport.objects.exists()
        assert HeldReport.objects.filter(reason=reason).count() == len(rows)

    def test_of_no_report_expected(self, tmp_path, capsys):
        courier = factories.license(type="courier", mature_plants=None)
        later = factories.license(issued_on=date(2026, 9, 1))
        counts = imported(write(tmp_path, row(courier.number), row(later.number)), capsys)
        assert counts["held_reasons"] == {"no report expected": 2}
        words = " ".join(held.reasons[0] for held in HeldReport.objects.all())
        assert "courier sends no monthly report" in words and "issued on Tuesday, September 1, 2026" in words

    def test_of_plants_in_a_shop(self, tmp_path, capsys):
        shop = factories.license(type="retailer", mature_plants=None)
        counts = imported(write(tmp_path, row(shop.number)), capsys)
        assert counts["held_reasons"] == {"numbers that do not fit together": 1}

    def test_of_one_license_with_other_values_holds_both(self, mesa, tmp_path, capsys):
        counts = imported(write(tmp_path, row(mesa.number), row(f"{mesa.number}-002", stock_g="1")), capsys)
        assert counts["held_reasons"] == {"same license with other values": 2}
        assert "lines 2, 3" in HeldReport.objects.first().reasons[0]

    def test_the_same_line_twice_is_one_report(self, mesa, tmp_path, capsys):
        counts = imported(write(tmp_path, row(mesa.number), row(mesa.number)), capsys)
        assert (counts["created"], counts["unchanged"]) == (1, 1)

    def test_is_marked_when_a_later_file_can_take_it_in(self, tmp_path, capsys):
        path = write(tmp_path, row("CCD-2026-9005"))
        imported(path, capsys)
        factories.license(number="CCD-2026-9005")
        assert imported(path, capsys)["created"] == 1
        assert HeldReport.objects.get().state == "imported"

    def test_is_set_right_by_a_person(self, mesa, dana, tmp_path, capsys):
        path = write(tmp_path, row(mesa.number, sold_g="70000"))
        imported(path, capsys)
        held, cells = HeldReport.objects.get(), row(mesa.number)
        with pytest.raises(Refused, match="has to be the same"):
            settle_held_report(held, cells=row(mesa.number, sold_g="1"), how="No.", by=dana, at=NOW)
        settle_held_report(held, cells=cells, how="They called.", by=dana, at=NOW)
        held = HeldReport.objects.get()
        assert (held.state, held.settled_how, held.settled_by, held.corrected) == (
            "corrected",
            "They called.",
            dana,
            cells,
        )
        assert MonthlyReport.objects.get().sold_g == 80000
        with pytest.raises(Refused, match="settled by Dana Ortiz"):
            settle_held_report(held, cells=None, how="Again.", by=dana, at=NOW)
        assert imported(path, capsys)["unchanged"] == 1

    def test_is_set_aside_and_stays_so(self, dana, tmp_path, capsys):
        path = write(tmp_path, row("CCD-2020-0001"))
        imported(path, capsys)
        settle_held_report(HeldReport.objects.get(), cells=None, how="Another state.", by=dana, at=NOW)
        assert imported(path, capsys)["unchanged"] == 1
        assert HeldReport.objects.get().state == "set_aside"

    def test_is_settled_by_no_auditor(self, tmp_path, capsys):
        imported(write(tmp_path, row("CCD-2020-0001")), capsys)
        with pytest.raises(PermissionDenied, match="may not settle"):
            settle_held_report(HeldReport.objects.get(), cells=None, how="No.", by=factories.user(Role.AUDITOR), at=NOW)


class TestAFile:
    @pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ",")])
    def test_of_a_spreadsheet_is_read(self, encoding, delimiter, mesa, tmp_path, capsys):
        path = tmp_path / "sheet.csv"
        facts = row(mesa.number, produced_g="90\u00a0000.5", sold_g="80,000", notes="Año")
        path.write_bytes(text(facts, delimiter=delimiter).encode(encoding))
        assert imported(path, capsys)["created"] == 1
        report = MonthlyReport.objects.get()
        assert (report.produced_g, report.sold_g, report.notes) == (Decimal("90000.5"), 80000, "Año")

    def test_with_a_broken_line_changes_nothing(self, mesa, tmp_path):
        path = tmp_path / "broken.csv"
        path.write_text(text(row(mesa.number)) + '"no end,')
        with pytest.raises(CommandError, match="cannot be read as CSV"):
            call_command("import_reports", str(path), "--month", MONTH)
        assert not MonthlyReport.objects.exists() and not ReportImport.objects.exists()

    @pytest.mark.parametrize(
        ("month", "words"),
        [
            ("2026-09", "has not ended"),
            ("2026-13", "is not a month"),
            ("1999-01", "no reports for"),
            ("x", "not a month"),
        ],
    )
    def test_of_a_month_that_can_not_be_is_refused(self, month, words, mesa, tmp_path):
        with pytest.raises(CommandError, match=words):
            call_command("import_reports", str(write(tmp_path, row(mesa.number))), "--month", month)
        assert not stored()["MonthlyReport"]

    def test_without_its_columns_is_no_file_of_reports(self, tmp_path):
        path = tmp_path / "list.csv"
        path.write_text("license_number,name\nCCD-2026-9001,Mesa\n")
        with pytest.raises(CommandError, match="This is not a file of monthly reports: it has no column produced_g"):
            call_command("import_reports", str(path), "--month", MONTH)

    def test_waits_for_another_import(self, mesa, tmp_path, monkeypatch):
        monkeypatch.setattr("licensing.actions.report_import.alone", busy)
        with pytest.raises(CommandError, match="Another import is under way"):
            call_command("import_reports", str(write(tmp_path, row(mesa.number))), "--month", MONTH)

    def test_takes_as_many_queries_for_thirty_rows_as_for_one(self, tmp_path, capsys):
        numbers = [factories.license().number for _ in range(30)]
        User.objects.clockwork()
        asked = []
        for rows in (numbers[:1], numbers[1:]):
            with CaptureQueriesContext(connection) as queries:
                imported(write(tmp_path, *map(row, rows)), capsys)
            asked.append(len(queries))
        assert asked[0] == asked[1] <= 16

    def test_says_in_words_what_became_of_it_and_what_it_may_hold(self, mesa, tmp_path, capsys):
        call_command("import_reports", str(write(tmp_path, row(mesa.number), row("x"))), "--month", MONTH)
        said = capsys.readouterr().out
        assert "2 rows for 2026-08" in said and "1 created" in said and "1 malformed license number" in said
        with pytest.raises(SystemExit):
            call_command("import_reports", "--help")
        assert "harvested_plants" in capsys.readouterr().out


def busy() -> None:
    raise Busy("Another import is under way. Try again when it has ended.")


@pytest.mark.parametrize(
    ("typed", "whole", "read"),
    [
        ("1,234", True, 1234), ("1 234.5", False, Decimal("1234.5")), ("12.50 g", False, Decimal("12.5")),
        ("1’234", True, 1234), ("-5", True, -5), ("", True, None), ("5.", False, Decimal(5)), ("12.0", True, 12),
        ("12.5", True, "whole number"), ("12,5", False, "is not a number such as 1,234.5"),
        ("1.234,5", False, "is not a number"), ("1,23,456", True, "is not a number such as 1,234."),
        ("1e5", False, "is not a number"), ("٣", True, "is not a number"), ("99999999999999", False, "too large"),
        ("1.2345", False, "at most 3 digits"), ("1.2000", False, Decimal("1.2")),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(typed, whole, read):
    if not isinstance(read, str):
        assert read_quantity(typed, whole=whole) == read
        return
    with pytest.raises(ValueError, match=read):
        read_quantity(typed, whole=whole)


def test_the_columns_are_those_in_the_docs():
    said = (Path(__file__).parents[2] / "docs" / "reports.md").read_text()
    assert all(name in said for names, _ in COLUMNS for name in names.split(", "))
