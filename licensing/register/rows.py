"""One row of an extract: the facts it states, or why a person has to look at it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from licensing.counties import COUNTIES
from licensing.register.reading import Row
from licensing.rules import TYPES, LicenseNumber, read_number

YEARS = range(2000, 2100)
LONGEST = {"business_legal_name": 200, "business_dba_name": 200, "premise_street_address": 200, "premise_city": 80,
           "premise_zip_code": 10}  # fmt: skip
STATUS_WORDS = {word: word for word in ("active", "expired", "suspended", "revoked", "closed")}
MARKETS = {
    "adult-use": "commercial", "adult use": "commercial", "commercial": "commercial", "recreational": "commercial",
    "medical": "medical", "medicinal": "medical", "both": "both", "medical and commercial": "both",
    "adult-use and medical": "both", "adult-use and medicinal": "both", "medical and adult-use": "both",
}  # fmt: skip
ALIASES = {
    "vertically integrated": "vertically_integrated",
    "vertically integrated establishment": "vertically_integrated",
    "micro producer": "producer_microbusiness",
    "micro business integrated": "integrated_microbusiness",
    "testing lab": "testing_laboratory",
    "research lab": "research_laboratory",
}
TYPE_WORDS = {kind.label.lower(): key for key, kind in TYPES.items()} | {key: key for key in TYPES} | ALIASES
AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?", re.ASCII)
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", re.ASCII)


def plain(name: str) -> str:
    """A name as it is compared: the same letters composed alike, one space between words, no case."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


COUNTY_WORDS = {plain(name): name for name in COUNTIES} | {"dona ana": "Doña Ana", "debaca": "De Baca"}


class Reason(StrEnum):
    """Why a row is held for a person; the words stand in reports and in addresses."""

    NO_NUMBER = "no number"
    BAD_NUMBER = "malformed number"
    BAD_ROW = "malformed row"
    BAD_TEXT = "damaged or too long text"
    MISSING = "missing fact"
    UNKNOWN = "unknown word"
    BAD_DATE = "unreadable date"
    IMPOSSIBLE_DATE = "impossible date"
    OTHER_FACTS = "same number with other facts"
    ON_RECORD = "already on record with other facts"
    SEVERAL_LICENSEES = "several licensees of this name"


class Doubt(NamedTuple):
    """One reason with what exactly is meant."""

    reason: Reason
    words: str


@dataclass(frozen=True)
class Address:
    """Where a premises is; empty when the register does not say."""

    street: str = ""
    city: str = ""
    zip_code: str = ""
    county: str = ""

    def __bool__(self) -> bool:
        return any((self.street, self.city, self.zip_code, self.county))

    def __str__(self) -> str:
        county = f"{self.county} County" if self.county else ""
        return ", ".join(part for part in (self.street, self.city, self.zip_code, county) if part)


@dataclass(frozen=True)
class Facts:
    """What a row states, read."""

    number: LicenseNumber
    name: str
    type: str
    status: str
    market: str
    issued_on: date
    expires_on: date
    trade_name: str = ""
    address: Address = Address()

    @property
    def facility(self) -> str:
        """The name over the door: the trade name, else the legal one."""
        return self.trade_name or self.name


def tidy(text: str) -> str:
    """Words as they are kept: one space between them, none around."""
    return " ".join(text.split())


def read_row(row: Row) -> Facts | list[Doubt]:
    """The facts of the row, or everything that keeps it from being imported."""
    if row.trouble:
        return [Doubt(Reason.BAD_ROW, row.trouble)]
    reader = _Reader(row.facts)
    facts = reader.facts()
    return facts if facts is not None else reader.doubts


def guesses(cells: dict[str, str]) -> dict[str, Any]:
    """As much of each column as can be read, for a person to go on from; None or empty where nothing can."""
    reader = _Reader(cells)
    address = reader.address()
    return {name: cells.get(name, "") for name in LONGEST} | {
        "license_number": reader.number() or "",
        "license_type": reader.word("license_type", "type", TYPE_WORDS),
        "license_status": reader.word("license_status", "status", STATUS_WORDS),
        "license_designation": reader.word("license_designation", "designation", MARKETS),
        "issue_date": reader.date("issue_date", "issue date"),
        "expiration_date": reader.date("expiration_date", "expiration date"),
        "premise_county": address.county,
    }


class _Reader:
    """Reads each fact in turn and gathers what is wrong."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.cells = cells
        self.doubts: list[Doubt] = []

    def facts(self) -> Facts | None:
        number = self.number()
        name = self.text("business_legal_name", "legal name", needed=True)
        kind = self.word("license_type", "type", TYPE_WORDS)
        status = self.word("license_status", "status", STATUS_WORDS)
        market = self.word("license_designation", "designation", MARKETS)
        issued, expires = self.date("issue_date", "issue date"), self.date("expiration_date", "expiration date")
        if issued and expires and expires <= issued:
            self._doubt(Reason.IMPOSSIBLE_DATE, f"It expires on {expires}, not after its issue on {issued}.")
        trade_name, address = self.text("business_dba_name", "trade name"), self.address()
        if self.doubts or number is None or issued is None or expires is None:
            return None
        if plain(trade_name) == plain(name):
            trade_name = ""
        return Facts(number, name, kind, status, market, issued, expires, trade_name, address)

    def _doubt(self, reason: Reason, words: str) -> None:
        self.doubts.append(Doubt(reason, words))

    def number(self) -> LicenseNumber | None:
        text = self.cells.get("license_number", "")
        if not any(sign.isdigit() for sign in text):
            instead = f" The column says “{text}”." if text else ""
            self._doubt(Reason.NO_NUMBER, f"The row has no license number.{instead}")
            return None
        try:
            number = read_number(text)
        except ValueError as wrong:
            self._doubt(Reason.BAD_NUMBER, str(wrong))
            return None
        if len(number.license) > 20 or len(str(number)) > 24:
            self._doubt(Reason.BAD_NUMBER, f"“{text}” is longer than a license number.")
            return None
        return number

    def text(self, column: str, what: str, *, needed: bool = False) -> str:
        text = tidy(self.cells.get(column, ""))
        if needed and not text:
            self._doubt(Reason.MISSING, f"The row has no {what}.")
        if "\N{REPLACEMENT CHARACTER}" in text:
            self._doubt(Reason.BAD_TEXT, f"A letter of the {what} “{text}” was lost before the file came here.")
        if len(text) > LONGEST[column]:
            self._doubt(Reason.BAD_TEXT, f"The {what} has {len(text)} letters; {LONGEST[column]} can be kept.")
        return text

    def word(self, column: str, what: str, known: dict[str, str]) -> str:
        text = self.cells.get(column, "")
        word = tidy(text).lower()
        for key in (word, word.removeprefix("cannabis ").strip(), word.replace(" cannabis", "")):
            if key in known:
                return known[key]
        if word:
            self._doubt(Reason.UNKNOWN, f"“{text}” is not a {what} that we know.")
        else:
            self._doubt(Reason.MISSING, f"The row has no {what}.")
        return ""

    def date(self, column: str, what: str) -> date | None:
        text = self.cells.get(column, "")
        if not text:
            self._doubt(Reason.MISSING, f"The row has no {what}.")
            return None
        if found := AMERICAN.fullmatch(text):
            month, day, year = map(int, found.groups())
        elif found := ISO.fullmatch(text):
            year, month, day = map(int, found.groups())
        else:
            self._doubt(Reason.BAD_DATE, f"The {what} “{text}” is not written as 3/23/2022 or 2022-03-23.")
            return None
        try:
            read = date(year, month, day)
        except ValueError:
            read = None
        if read is None or read.year not in YEARS:
            self._doubt(Reason.IMPOSSIBLE_DATE, f"There is no such {what} as “{text}”.")
            return None
        return read

    def address(self) -> Address:
        county = tidy(self.cells.get("premise_county", ""))
        name = county.removesuffix("County").removesuffix("county").strip()
        if name and plain(name) not in COUNTY_WORDS:
            self._doubt(Reason.UNKNOWN, f"“{county}” is not a county of New Mexico.")
        return Address(
            self.text("premise_street_address", "street"), self.text("premise_city", "city"),
            self.text("premise_zip_code", "ZIP code"), COUNTY_WORDS.get(plain(name), ""),
        )  # fmt: skip
