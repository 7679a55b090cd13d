"""The catalog of violations as the project keeps it: `data/violations.csv`, one line for each version of a rule.

The words are ours, the severities are suggestions, and every citation was read in Title 16 Chapter 8 NMAC as it stood
after the sections of Part 2 had got their present numbers. `since` is the day from which the catalog is used, 12 July
2022 at the earliest, when Part 12 came into force; verify with counsel before an older visit is recorded.
"""

import csv
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from inspections.rules import SEVERITIES
from licensing.rules import TYPES

DATA = Path(__file__).resolve().parent / "data" / "violations.csv"
LONGEST_TITLE = 60
ALL = "all"


class Version(NamedTuple):
    """One version of a rule that can be cited, with the days on which it is in force; no license types means all."""

    code: str
    since: date
    until: date | None
    title: str
    citation: str
    description: str
    severity: str
    license_types: list[str]


def read_catalog(path: Path = DATA) -> list[Version]:
    """Every version in the file, by code and day. Raises ValueError that names the line and says what is wrong."""
    with path.open(encoding="utf-8", newline="") as file:
        versions = [_read(row, line) for line, row in enumerate(csv.DictReader(file), 2)]
    _must_not_overlap(versions)
    return sorted(versions, key=lambda version: (version.code, version.since))


def _read(row: dict[str, str], line: int) -> Version:
    try:
        version = Version(
            code=row["code"], since=date.fromisoformat(row["since"]),
            until=date.fromisoformat(row["until"]) if row["until"] else None, title=row["title"],
            citation=row["citation"], description=row["description"], severity=row["severity"],
            license_types=[] if row["license_types"] == ALL else row["license_types"].split(";"),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"line {line}: {wrong}") from None
    if found := _faults(version):
        raise ValueError(f"line {line}: {' '.join(found)}")
    return version


def _faults(version: Version) -> list[str]:
    """What is wrong with one line, in sentences."""
    unknown = [word for word in version.license_types if word not in TYPES]
    checks = [
        (not all((version.code, version.title, version.citation, version.description)), "A fact is missing."),
        (len(version.title) > LONGEST_TITLE, f"The title has more than {LONGEST_TITLE} letters."),
        (version.severity not in SEVERITIES, f"There is no severity “{version.severity}”."),
        (bool(unknown), f"There is no license type “{', '.join(unknown)}”."),
        (version.until is not None and version.until < version.since, "It ends before it begins."),
    ]
    return [words for is_wrong, words in checks if is_wrong]


def _must_not_overlap(versions: Sequence[Version]) -> None:
    by_code = defaultdict(list)
    for version in sorted(versions, key=lambda version: version.since):
        by_code[version.code].append(version)
    for code, several in by_code.items():
        for earlier, later in zip(several, several[1:], strict=False):
            if earlier.until is None or earlier.until >= later.since:
                raise ValueError(f"{code}: two versions are in force on {later.since}.")
