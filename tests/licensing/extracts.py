"""Invented register extracts."""

import csv
import io
import json
from pathlib import Path

from django.core.management import call_command

from licensing.register.reading import KEPT

CLEAN = {
    "license_number": "CCD-2022-0064-001", "business_legal_name": "High Mesa Organics LLC", "business_dba_name": "",
    "license_type": "Cannabis Retailer", "license_status": "Active", "license_designation": "Adult-Use",
    "issue_date": "3/23/2022", "expiration_date": "3/23/2024", "premise_street_address": "", "premise_city": "",
    "premise_zip_code": "", "premise_county": "",
}  # fmt: skip


def row(**facts: str) -> dict[str, str]:
    """A clean row with these facts instead."""
    return CLEAN | facts


def text(*rows: dict[str, str], columns=KEPT, delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(folder: Path, *rows: dict[str, str], name: str = "extract.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text(*rows), encoding=encoding, newline="")
    return path


def imported(path: Path, capsys, *flags: str) -> dict:
    """What the command prints with --json; its counts always add up."""
    capsys.readouterr()
    call_command("import_licenses", str(path), "--json", *flags)
    counts = json.loads(capsys.readouterr().out)
    assert counts["created"] + counts["updated"] + counts["unchanged"] + counts["held"] == counts["rows"]
    assert sum(counts["held_reasons"].values()) == counts["held"]
    return counts
