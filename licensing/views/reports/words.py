"""How reports are shown: their numbers, what a correction changed, how a month stands."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from casefile.calendar import long_day
from licensing import rules
from licensing.forms.reports import ASKS, GROUPS, groups_of
from licensing.models import License, MonthlyReport
from licensing.queries.reports import Month
from licensing.report_import.rows import PLANTS
from licensing.rules.reporting import STATE_LABELS, ReportState
from licensing.rules.reports import LABELS, WHOLE

TONES = {
    ReportState.NOT_YET: "", ReportState.DUE: "amber", ReportState.MISSING: "red", ReportState.SENT: "green",
    ReportState.LATE: "amber",
}  # fmt: skip
OURS = {ReportState.MISSING: "Late", ReportState.DUE: "To send"}  # on a licensee's page
ORDER = tuple(name for group in GROUPS for name in group.fields)
Numbers = Mapping[str, int | Decimal]


def day(when: date) -> str:
    """ "September 15, 2026"."""
    return long_day(when).split(", ", 1)[1]


def shown(name: str, value: int | Decimal) -> str:
    """1,500 plants, or 90,000.5 g."""
    return f"{value:,}" if name in WHOLE else rules.reports.grams(Decimal(value))


def sections(path: str) -> list[dict[str, Any]]:
    """The pages of the office about reports, as tabs; the one at `path` is marked."""
    pages = [("Months", "licensing:reports"), ("Rows that wait", "licensing:held_reports")]
    pages += [("Files taken in", "licensing:report_imports")]
    addresses = [(label, reverse(name)) for label, name in pages]
    return [{"label": label, "url": url, "current": url == path} for label, url in addresses]


def number(license: License, report: MonthlyReport | None, name: str) -> str:
    """One number of a report as it is shown; empty without a report, and for plants of those who grow none."""
    grows = rules.TYPES[license.type].cultivates
    return shown(name, report.numbers[name]) if report and (grows or name not in PLANTS) else ""


def in_groups(numbers: Numbers, license_type: str, *, office: bool = False) -> list[dict[str, Any]]:
    """The numbers of a report under their headings, in the words of the licensee's form or of the office."""
    return [
        {
            "key": group.key,
            "title": group.office if office else group.title,
            "rows": [
                {"label": LABELS[name] if office else ASKS[name][0], "value": shown(name, numbers[name])}
                for name in group.fields
            ],
        }
        for group in groups_of(license_type)
    ]


def changes(old: MonthlyReport, numbers: Numbers, notes: str) -> list[dict[str, str]]:
    """What a correction changes: label, and the value before and after."""
    before = old.numbers
    found = [
        {"label": ASKS[name][0], "old": shown(name, before[name]), "new": shown(name, numbers[name])}
        for name in ORDER
        if before[name] != numbers[name]
    ]
    if old.notes != notes:
        found.append({"label": "Your notes", "old": old.notes or "None", "new": notes or "None"})
    return found


def compared(old: MonthlyReport, numbers: Numbers, license_type: str) -> list[dict[str, Any]]:
    """Every number beside the one that was sent before, for a table."""
    before = old.numbers
    return [
        {
            "text": ASKS[name][0],
            "cells": [
                {"label": "Sent before", "text": shown(name, before[name])},
                {"label": "Now", "text": shown(name, numbers[name])},
                {"label": "Change", "text": "Changed", "tone": "amber"}
                if before[name] != numbers[name]
                else {"label": "Change", "text": "None"},
            ],
        }
        for group in groups_of(license_type)
        for name in group.fields
    ]


def corrections(rows: Sequence[MonthlyReport]) -> list[dict[str, Any]]:
    """The corrections of one month, newest first, each with what it changed; `rows` are its revisions, newest first."""
    return [
        {"report": new, "changes": changes(old, new.numbers, new.notes)}
        for new, old in zip(rows, rows[1:], strict=False)
    ]


def mark(month: Month, *, to_licensee: bool = False) -> dict[str, str]:
    """The tag of a month: its tone and its words."""
    words = STATE_LABELS[month.state]
    return {"tone": TONES[month.state], "text": OURS.get(month.state, words) if to_licensee else words}
