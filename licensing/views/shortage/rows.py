"""Findings and measures as lines of tables and of the record, and the way to a page about them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from casefile.calendar import local_day
from casefile.fields import words as plain_day
from licensing.models import ShortageEvent, ShortageFinding, ShortageMeasure
from licensing.queries.shortage_words import short_of

LATER = "said in the form"  # stands for a reason that is typed when the step is taken
COLUMNS = ["Measure", "From and to", "Now", "Exhausted"]
HOME = ("Shortage", "licensing:shortage")
Phase = tuple[str, str]
IN_FORCE, PLANNED, PAST, CALLED_OFF = ("amber", "In force"), ("blue", "Planned"), ("", "Ended"), ("", "Called off")


def phase_of(measure: ShortageMeasure, today: date) -> Phase:
    """The tone and the word of where a measure stands."""
    if measure.is_called_off:
        return CALLED_OFF
    if measure.is_in_force(today):
        return IN_FORCE
    return PLANNED if measure.starts_on > today else PAST


def days_of(measure: ShortageMeasure) -> str:
    """From when until when."""
    until = f" to {plain_day(measure.ends_on)}" if measure.ends_on and not measure.is_called_off else ""
    return f"{plain_day(measure.starts_on)}{until}{'' if measure.ends_on else ', no end set'}"


def rows_of(measures: Iterable[ShortageMeasure], today: date) -> list[dict[str, Any]]:
    """Measures as lines of a table."""
    return [
        {
            "text": it.get_kind_display(), "url": it.get_absolute_url(), "sub": short_of(it),
            "cells": [
                {"label": "From and to", "text": days_of(it)},
                {"label": "Now", "text": phase_of(it, today)[1], "tone": phase_of(it, today)[0]},
                {"label": "Exhausted", "text": plain_day(it.exhausted_on) if it.exhausted_on else "No"},
            ],
        }
        for it in measures
    ]  # fmt: skip


def crumbs(*pages: tuple[str, str]) -> list[tuple[str, str]]:
    """The way here from the overview; the last has no address."""
    return [(HOME[0], reverse(HOME[1])), *pages]


def row_of_finding(it: ShortageFinding) -> dict[str, Any]:
    tone, word = ("", "Withdrawn") if it.withdrawn_at else ("red", "Shortage") if it.is_shortage else ("green", "None")
    return {
        "text": str(it), "url": it.get_absolute_url(), "sub": it.where,
        "cells": [
            {"label": "Found", "text": plain_day(local_day(it.found_at)), "sub": it.found_by.name},
            {"label": "What", "text": word, "tone": tone} if tone else {"label": "What", "text": word},
        ],
    }  # fmt: skip


def history_of(events: Iterable[ShortageEvent]) -> list[dict[str, Any]]:
    """The record, line by line."""
    return [
        {
            "title": f"{it.title}: {it.measure.get_kind_display().lower()}" if it.measure else it.title,
            "at": it.at, "by": it.by.name, "text": it.reason,
        }
        for it in events
    ]  # fmt: skip
