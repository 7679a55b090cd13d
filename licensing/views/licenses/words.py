"""The years and the plants of a license in the words of its page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casefile.calendar import end_of, long_day
from casefile.templatetags.ccd import due_tone
from licensing import rules
from licensing.models import License, LicenseTerm, PlantAuthorization
from licensing.queries.licenses import GROWING
from licensing.stages import TERM_STAGES, TermState

UNTOUCHED = "We do not correct this by itself. A person decides."
TONES = {"late": "red", "wait": "amber", "review": "blue", "done": ""}
SOON = 90


def plants(license: License, *, on: date) -> dict[str, Any] | None:
    """Level and count as two facts, and the level that the count would fall in; None for those who do not grow."""
    if license.type not in GROWING and license.mature_plants is None and license.level is None:
        return None
    rows = [("Mature plants allowed", count(license.mature_plants))]
    if rules.has_levels(license.type) or license.level:
        rows = [
            ("Designated level", level(license.level, on=on)),
            *rows,
            ("Level of this count", falls_in(license, on=on)),
        ]
    return {"rows": [{"label": label, "value": value} for label, value in rows]}


def count(plants: int | None) -> str:
    return "Not known" if plants is None else f"{plants:,}"


def level(number: int | None, *, on: date) -> str:
    """ "2 (2,001 to 6,000 mature plants)"."""
    if number is None:
        return "None yet"
    found = next((it for it in rules.LEVELS.on(on) if it.number == number), None)
    return f"{number} ({found.first:,} to {found.last:,})" if found else str(number)


def falls_in(license: License, *, on: date) -> str:
    """The level that the count would fall in, or why none holds it."""
    if license.mature_plants is None:
        return "Not known"
    found = rules.level_of(license.mature_plants, on=on)
    return str(found.number) if found else rules.why_no_level(license.mature_plants, on=on)


def year(term: LicenseTerm, *, on: date) -> dict[str, Any]:
    """One year: its tag, its days, and how far its renewal is."""
    stage = TERM_STAGES[TermState(term.state)]
    return {
        "state": stage.staff,
        "tone": TONES.get(stage.tone, ""),
        "term": term,
        "line": line(term),
        "due": ends_in(term, on=on),
        "renewal": renewal(term, on=on),
    }


def line(term: LicenseTerm) -> str:
    """From when to when."""
    if not term.begins_on or not term.ends_on:
        return "Its days are set when it is approved."
    return f"{long_day(term.begins_on)} to {long_day(term.ends_on)}"


def ends_in(term: LicenseTerm, *, on: date) -> Mapping[str, str] | None:
    """How near the last day is, once it is near; the tone chooses the shape."""
    if term.state != TermState.IN_FORCE or term.ends_on is None or (term.ends_on - on).days > SOON:
        return None
    left = (term.ends_on - on).days
    words = "Today is the last day" if left == 0 else f"{left} day{'s' if left > 1 else ''} left"
    if left < 0:
        words = "Past its last day"
    return {"tone": due_tone(end_of(term.ends_on), end_of(on)), "words": words}


def renewal(term: LicenseTerm, *, on: date) -> dict[str, Any] | None:
    """Whether the year can be renewed today, and what stands against it."""
    if term.state not in (TermState.IN_FORCE, TermState.EXPIRED):
        return None
    reasons = term.against_renewal(on)
    return {"ready": not reasons, "reasons": reasons, "until": term.renewed_until}


def operations(license: License) -> list[dict[str, str]]:
    """When work began and ended, and the account in BioTrack."""
    began, ended = license.operations_began_on, license.operations_ended_on
    rows = [("Work began", long_day(began) if began else "Not recorded")]
    rows += [("Work ended", long_day(ended))] if ended else []
    rows += [("BioTrack account", license.biotrack_account or "Not recorded")]
    rows += [("BioTrack administrator", license.biotrack_email)] if license.biotrack_email else []
    return [{"label": label, "value": value} for label, value in rows]


def authorization(row: PlantAuthorization) -> dict[str, Any]:
    """A line of the history of level and count."""
    by = f"{row.get_source_display()}" + (f", by {row.by.name}" if row.by_id else "")
    return {
        "text": long_day(row.since),
        "cells": [
            {"label": "Level", "text": str(row.level or "None")},
            {"label": "Mature plants", "text": count(row.mature_plants)},
            {"label": "Why", "text": by, "sub": row.reason},
        ],
    }


def past_year(term: LicenseTerm) -> dict[str, Any]:
    """A line of the list of years."""
    cleared = f"{long_day(term.tax_cleared_on)}: {term.tax_clearance}" if term.tax_cleared_on else "Not recorded"
    return {
        "text": line(term),
        "cells": [
            {"label": "State", "text": TERM_STAGES[TermState(term.state)].staff},
            {"label": "Tax clearance", "text": cleared},
        ],
    }
