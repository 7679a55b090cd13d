"""What a new license needs beside its facts: a level where its type has one, and a market that is left open."""

from casefile.law import cites
from licensing.rules.levels import has_levels
from licensing.rules.types import TYPES


@cites("16.8.8.9(A) NMAC")
def reasons_not_to_issue(*, license_type: str, level: int | None, mature_plants: int | None) -> list[str]:
    """Producers and vertically integrated establishments are issued a license at a level, with a count inside it."""
    if not has_levels(license_type) or (level is not None and mature_plants is not None):
        return []
    return [
        f"A license of the type {TYPES[license_type].label.lower()} is issued at a level. Decide its request for a "
        "level first."
    ]


@cites("16.8.8.11(C)(3) NMAC")
def reasons_against_market(market: str, *, commercial_excluded: bool) -> list[str]:
    """While a shortage measure excludes commercial activity from new licenses, they are for medical cannabis only."""
    if market == "medical" or not commercial_excluded:
        return []
    return ["A shortage measure excludes commercial activity from new licenses of this type. Choose medical only."]
