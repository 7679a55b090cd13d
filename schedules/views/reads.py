"""Who read the plans: the record, newest first, with what is unusual in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst

from accounts.models import Role, User
from casefile.calendar import local_day, months_after, months_before
from casefile.templatetags.ccd import instant
from licensing.queries.pages import Page, page_by_newest
from licensing.views.lists import FilteredList
from schedules.forms.officers import ReadsFilter
from schedules.models import PlanRead
from schedules.queries.reads import not_theirs, page_words, unusual_days

READERS = (Role.OFFICER, Role.SUPERVISOR, Role.AUDITOR)
MONTHS = 12


class Reads(FilteredList):
    """The record of reads."""

    rights = "schedules.see_reads"
    template_name = "schedules/reads.html"

    def filter(self) -> ReadsFilter:
        today = local_day(timezone.now()).replace(day=1)
        ahead = months_after(today, 1)
        months = [months_before(ahead, n) for n in range(MONTHS)]
        people = list(User.objects.filter(role__in=READERS).order_by("name", "pk"))
        return ReadsFilter(self.request.GET.dict(), people=people, months=months)

    def page(self, facts: dict[str, str], ends: dict[str, str]) -> Page[PlanRead]:
        rows = PlanRead.objects.select_related("by", "of", "premises")
        if "by" in facts:
            rows = rows.filter(by=int(facts["by"]))
        if "month" in facts:
            rows = rows.filter(month=date.fromisoformat(f"{facts['month']}-01"))
        return page_by_newest(rows, **ends)

    def table(self, rows: Sequence[PlanRead]) -> list[dict[str, Any]]:
        days = [local_day(row.at) for row in rows]
        odd = unusual_days({row.by_id for row in rows}, min(days), max(days)) if rows else {}
        return [read_row(row, odd.get((row.by_id, day), "")) for row, day in zip(rows, days, strict=True)]


def read_row(row: PlanRead, why: str) -> dict[str, Any]:
    """A line of the record."""
    unusual = "Not their own month" if not_theirs(row) else why
    return {
        "text": row.by.name, "sub": row.by.get_role_display(),
        "cells": [
            {"label": "When", "text": instant(row.at), "sub": str(row.at.year)},
            {"label": "Page", "text": page_words(row.page), "sub": f"Plan of {row.month:%B %Y}"},
            {"label": "About", "text": about(row)},
            {"label": "Unusual", "text": unusual or "No", "tone": "red" if unusual else ""},
        ],
    }  # fmt: skip


def about(row: PlanRead) -> str:
    """Whose month it was, and which premises."""
    whose = "their own month" if row.of_id == row.by_id else f"the month of {row.of.name}" if row.of else "the plan"
    return f"{row.premises.name}, {whose}" if row.premises else capfirst(whose)
