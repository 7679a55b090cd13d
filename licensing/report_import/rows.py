"""One row of a file of monthly reports: what it states, or why a person has to look at it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from licensing.register.files import Kind, Row
from licensing.register.rows import AMERICAN
from licensing.report_import.quantities import read_quantity
from licensing.rules import GrowthStage, read_number
from licensing.rules.reports import LABELS, WHOLE

WEIGHTS = ("produced_g", "sold_g", "sold_medical_g", "sold_commercial_g", "stock_g")
PLANTS = (*map(str, GrowthStage), "harvested_plants")
OPTIONAL = ("medical_plants", "stock_medical_g")
NEEDED = ("license_number", *WEIGHTS)
REPORTS = Kind(
    "file of monthly reports", "the reports", NEEDED, ("license_number", *LABELS, "notes", "sent_on")
)  # fmt: skip
COLUMNS = (
    ("license_number", "CCD-2022-0064; one row for each license, all its premises together"),
    ("germination, seedling, vegetative, flowering_female, flowering_male", "plants by stage on the month's last day; "
     "may be empty for licenses that do not grow"),
    ("harvested_plants", "plants harvested in the month; as above"),
    ("produced_g", "grams of cannabis that the harvest and the making of products came to"),
    ("sold_g, sold_medical_g, sold_commercial_g", "grams sold; the total is medical and commercial together"),
    ("stock_g", "grams on hand on the month's last day"),
    ("medical_plants, stock_medical_g", "how much of the mature plants and of the stock is for the medical program; "
     "may be left out"),
    ("notes, sent_on", "the licensee's words, and the day they came (2026-09-12 or 9/12/2026); may be left out"),
)  # fmt: skip
MOST_WORDS = 10_000


class Reason(StrEnum):
    """Why a row is held for a person; the words stand in reports and in addresses."""

    BAD_ROW = "malformed row"
    NO_NUMBER = "no license number"
    BAD_NUMBER = "malformed license number"
    UNKNOWN_LICENSE = "license not on record"
    NOT_REPORTING = "no report expected"
    NOT_A_NUMBER = "unreadable number"
    DOES_NOT_FIT = "numbers that do not fit together"
    OTHER_VALUES = "same license with other values"
    BAD_DATE = "impossible date"
    BAD_TEXT = "too long text"


class Doubt(NamedTuple):
    """One reason with what exactly is meant."""

    reason: Reason
    words: str


@dataclass(frozen=True)
class Stated:
    """What a row states: the license, the numbers that it gives, and what may be left out (None where it was)."""

    license: str
    numbers: dict[str, int | Decimal] = field(default_factory=dict)
    notes: str | None = None
    sent_on: date | None = None


def read_row(row: Row) -> Stated | list[Doubt]:
    """What the row states, or everything in its words that keeps it from being taken in."""
    if row.trouble:
        return [Doubt(Reason.BAD_ROW, row.trouble)]
    doubts: list[Doubt] = []
    stated = Stated(
        _license(row.facts, doubts), _numbers(row.facts, doubts), _notes(row.facts, doubts), _sent_on(row.facts, doubts)
    )
    return doubts or stated


def _license(facts: dict[str, str], doubts: list[Doubt]) -> str:
    text = facts.get("license_number", "")
    if not text:
        doubts.append(Doubt(Reason.NO_NUMBER, "The row has no license number."))
        return ""
    try:
        return read_number(text).license
    except ValueError as wrong:
        doubts.append(Doubt(Reason.BAD_NUMBER, str(wrong)))
        return ""


def _numbers(facts: dict[str, str], doubts: list[Doubt]) -> dict[str, int | Decimal]:
    found = {}
    for name, label in LABELS.items():
        try:
            value = read_quantity(facts.get(name, ""), whole=name in WHOLE)
        except ValueError as wrong:
            doubts.append(Doubt(Reason.NOT_A_NUMBER, f"{label}: {wrong}"))
        else:
            if value is not None:
                found[name] = value
    return found


def _notes(facts: dict[str, str], doubts: list[Doubt]) -> str | None:
    notes = facts.get("notes", "").replace("\0", "")
    if len(notes) > MOST_WORDS:
        doubts.append(Doubt(Reason.BAD_TEXT, f"The notes have {len(notes):,} letters; {MOST_WORDS:,} can be kept."))
    return notes or None


def _sent_on(facts: dict[str, str], doubts: list[Doubt]) -> date | None:
    text = facts.get("sent_on", "")
    if not text:
        return None
    try:
        if found := AMERICAN.fullmatch(text):
            month, day, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        doubts.append(Doubt(Reason.BAD_DATE, f"The day “{text[:40]}” is not written as 2026-09-12 or 9/12/2026."))
        return None
