"""Where a row differs from another row or from the record, and which differences a person has to decide.

What time changes is taken over: a later expiration, a status that follows from it, the designation, a trade name, an
address where there was none. What identifies is not: the holder, the type, the issue date, another address. Neither is
a step back in time: an earlier expiration, or a license that is active again without a new term (docs/decisions/0004).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from licensing.register.rows import Address, Facts, plain

SANCTIONS = ("suspended", "revoked")


class LicenseOnRecord(NamedTuple):
    """A license as we have it."""

    name: str
    type: str
    status: str
    market: str
    issued_on: date | None
    expires_on: date | None


class PlaceOnRecord(NamedTuple):
    """A premises as we have it."""

    license: str
    facility: str
    address: Address


@dataclass
class Differences:
    """What to take over, what a person may decide to take over, and what stands against it."""

    changes: dict[str, Any] = field(default_factory=dict)
    disputed: dict[str, Any] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    refused: bool = False  # no one may decide it here

    def dispute(self, fact: str, value: Any, words: str) -> None:
        self.disputed[fact] = value
        self.doubts.append(words)

    def taken_over(self, overrule: bool) -> dict[str, Any]:
        """What changes on record; with `overrule` also what is disputed."""
        return self.changes | self.disputed if overrule else self.changes


def license_differences(facts: Facts, known: LicenseOnRecord) -> Differences:
    """What the row says of a license that is on record."""
    found = Differences()
    if plain(facts.name) != plain(known.name):
        found.refused = True
        found.doubts.append(f"On record {facts.number.license} belongs to {known.name}; the row says {facts.name}.")
    if facts.type != known.type:
        found.dispute("type", facts.type, f"On record its type is {known.type}; the row says {facts.type}.")
    if facts.market != known.market:
        found.changes["market"] = facts.market
    _compare_term(facts, known, found)
    _compare_status(facts, known, found)
    return found


def _compare_term(facts: Facts, known: LicenseOnRecord, found: Differences) -> None:
    if known.issued_on is None:
        found.changes["issued_on"] = facts.issued_on
    elif facts.issued_on != known.issued_on:
        words = f"On record it was issued on {known.issued_on}; the row says {facts.issued_on}."
        found.dispute("issued_on", facts.issued_on, words)
    if known.expires_on is None or facts.expires_on > known.expires_on:
        found.changes["expires_on"] = facts.expires_on
    elif facts.expires_on < known.expires_on:
        words = f"On record it expires on {known.expires_on}; the row says earlier, on {facts.expires_on}."
        found.dispute("expires_on", facts.expires_on, words)


def _compare_status(facts: Facts, known: LicenseOnRecord, found: Differences) -> None:
    if facts.status == known.status:
        return
    renewed = known.status == "expired" and facts.status == "active" and "expires_on" in found.changes
    ended = known.status == "active"
    graver = known.status == "suspended" and facts.status == "revoked"
    if renewed or ended or graver:
        found.changes["status"] = facts.status
    else:
        words = f"On record it is {known.status}; the row says {facts.status}."
        found.dispute("status", facts.status, words)


def place_differences(facts: Facts, known: PlaceOnRecord) -> Differences:
    """What the row says of a premises that is on record."""
    found = Differences()
    if known.license != facts.number.license:
        found.refused = True
        found.doubts.append(f"On record {facts.number} belongs to the license {known.license}.")
    if facts.trade_name and plain(facts.trade_name) != plain(known.facility):
        found.changes["name"] = facts.trade_name
    if not facts.address or _same_address(facts.address, known.address):
        return found
    parts = vars(facts.address)
    if any(_contradicts(value, getattr(known.address, part)) for part, value in parts.items()):
        words = f"On record it is at {known.address}; the row says {facts.address}."
        found.disputed.update({part: value for part, value in parts.items() if value})
        found.doubts.append(words)
    else:
        found.changes.update({part: value for part, value in parts.items() if value})
    return found


def _contradicts(said: str, known: str) -> bool:
    return bool(said and known) and plain(said) != plain(known)


def _same_address(said: Address, known: Address) -> bool:
    return all(not value or plain(value) == plain(getattr(known, part)) for part, value in vars(said).items())


def disagreement(rows: Sequence[Facts]) -> str:
    """In what several rows that name one license disagree; empty when in nothing."""
    views: dict[str, dict[Any, str]] = {
        "legal names": {plain(row.name): row.name for row in rows},
        "types": {row.type: row.type for row in rows},
        "statuses": {row.status: row.status for row in rows},
        "designations": {row.market: row.market for row in rows},
        "issue dates": {row.issued_on: str(row.issued_on) for row in rows},
        "expiration dates": {row.expires_on: str(row.expires_on) for row in rows},
    }
    return _words(views)


def place_disagreement(rows: Sequence[Facts]) -> str:
    """In what several rows that name one premises disagree; empty when in nothing."""
    views: dict[str, dict[Any, str]] = {
        "addresses": {plain(str(row.address)): str(row.address) for row in rows},
        "trade names": {plain(row.trade_name): row.trade_name for row in rows},
    }
    return _words(views)


def _words(views: dict[str, dict[Any, str]]) -> str:
    parts = [f"{what} ({' and '.join(said.values())})" for what, said in views.items() if len(said) > 1]
    return f"Rows of this file give this number different {', '.join(parts)}." if parts else ""
