"""Invented files of monthly reports."""

import csv
import io
import json
from pathlib import Path

from django.core.management import call_command

from licensing.report_import.rows import REPORTS

MONTH = "2026-08"
NUMBERS = {
    "germination": "10", "seedling": "20", "vegetative": "300", "flowering_female": "1500", "flowering_male": "5",
    "medical_plants": "100", "harvested_plants": "400", "produced_g": "90000", "sold_g": "80000",
    "sold_medical_g": "20000", "sold_commercial_g": "60000", "stock_g": "30000", "stock_medical_g": "5000",
}  # fmt: skip
PLANTS = ("germination", "seedling", "vegetative", "flowering_female", "flowering_male", "harvested_plants")


def row(number: str, **facts: str) -> dict[str, str]:
    """A clean row for a license with these facts instead."""
    return {"license_number": number} | NUMBERS | {"notes": "", "sent_on": ""} | facts


def text(*rows: dict[str, str], columns=REPORTS.kept, delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(folder: Path, *rows: dict[str, str], name: str = "august.csv", **how) -> Path:
    path = folder / name
    path.write_text(text(*rows, **how), encoding="utf-8", newline="")
    return path


def imported(path: Path, capsys, month: str = MONTH) -> dict:
    """What the command prints with --json; its counts always add up."""
    capsys.readouterr()
    call_command("import_reports", str(path), "--month", month, "--json")
    counts = json.loads(capsys.readouterr().out)
    assert counts["created"] + counts["corrected"] + counts["unchanged"] + counts["held"] == counts["rows"]
    assert sum(counts["held_reasons"].values()) == counts["held"]
    return counts
