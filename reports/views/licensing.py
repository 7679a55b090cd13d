"""Licensing and windows: what waits and for how long, plants by level, reports of a month, windows of BioTrack."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from casefile.calendar import local_day
from casefile.templatetags.ccd import day_short, due_words
from inspections.queries.lists import in_figures
from inventory_windows.queries.desk import VIEWS as WINDOWS
from licensing import rules
from licensing.forms.filters import Sorted
from licensing.queries.licenses import ANY_LEVEL, NO_LEVEL
from licensing.queries.request_steps import tone_of
from licensing.queries.sorting import all_pages
from reports.book import Sheet
from reports.charts.spark import change, spark
from reports.forms import WaitingFilter
from reports.links import list_url
from reports.queries import licensing as queries
from reports.queries.licensing import AGES, SORTS
from reports.queries.people import people
from reports.views.base import Dashboard, TeamList

REPORTS = (
    ("missing", "Not sent", "red"),
    ("late", "Sent late", "amber"),
    ("corrected", "Corrected", ""),
    ("sent", "Sent", "pri"),
)
LEVELS = {**{str(n): f"Level {n}" for n in range(1, 5)}, NO_LEVEL: "No level", ANY_LEVEL: "All"}
OLD = "older"


class Licensing(Dashboard):
    """What waits at the desk of licensing; each number opens its list."""

    template_name = "reports/licensing.html"
    tab = "reports:licensing"
    file = "licensing"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = queries.by_state_and_age(self.desk)
        weeks = queries.waiting_by_week(self.desk, self.today)
        month = queries.last_month(self.desk)
        return super().get_context_data(**kwargs) | {
            "tiles": self.tiles(found, weeks),
            "ages": [age.label for age in AGES],
            "states": state_rows(found),
            "trend": spark([n for _, n in weeks]),
            "weeks": [(day, n, list_url("reports:waiting", as_of=day)) for day, n in reversed(weeks)],
            "plants": self.plant_rows(),
            "month": rules.month_words(month),
            "reports": self.report_rows(month),
            "windows": self.window_rows(),
            "figures_url": reverse("inventory_windows:figures"),
        }

    @staticmethod
    def tiles(found: dict[Any, dict[str, int]], weeks: list[tuple[Any, int]]) -> list[dict[str, Any]]:
        total = sum(sum(ages.values()) for ages in found.values())
        old = sum(ages[OLD] for ages in found.values())
        return [
            {"number": total, "label": "Requests that wait", "tone": "pri", "note": change(total, weeks[-2][1]),
             "url": reverse("reports:waiting")},
            {"number": old, "label": "Older than 90 days", "tone": "red" if old else "", "note": "Since they were sent",
             "url": list_url("reports:waiting", age=OLD)},
        ]  # fmt: skip

    def plant_rows(self) -> list[dict[str, Any]]:
        """The licenses in force that grow plants, by level."""
        found = queries.plants_by_level(self.user)
        return [
            {"label": label, "share": found[level],
             "url": list_url("licensing:licenses", status="in_force", level=level)}
            for level, label in LEVELS.items() if level in found
        ]  # fmt: skip

    def report_rows(self, month: Any) -> list[dict[str, Any]]:
        found = queries.reports_of(self.user, month)
        return [
            {"label": label, "number": found[key], "tone": tone,
             "url": list_url("licensing:reports", month=f"{month:%Y-%m}", state=key)}
            for key, label, tone in REPORTS
        ]  # fmt: skip

    def window_rows(self) -> list[dict[str, Any]]:
        found = queries.windows(self.desk)
        return [
            {
                "label": WINDOWS[name].label,
                "number": in_figures(n),
                "url": list_url("inventory_windows:desk", view=name),
            }
            for name, n in found.items()
        ]

    def sheets(self) -> Sequence[Sheet]:
        found, month = queries.by_state_and_age(self.desk), queries.last_month(self.desk)
        plants = [(it["label"], it["share"].licenses, it["share"].plants) for it in self.plant_rows()]
        return [
            Sheet("Requests", ("Status", *(age.label for age in AGES)),
                  [(state.label, *ages.values()) for state, ages in found.items()]),
            Sheet("Requests by week", ("Last day", "Waiting"), queries.waiting_by_week(self.desk, self.today)),
            Sheet("Plants", ("Level", "Licenses", "Mature plants"), plants),
            Sheet(f"Reports {month:%Y-%m}", ("Report", "Licenses"),
                  [(it["label"], it["number"]) for it in self.report_rows(month)]),
            Sheet("Windows", ("List", "How many"), [(it["label"], it["number"]) for it in self.window_rows()]),
        ]  # fmt: skip


def state_rows(found: dict[Any, dict[str, int]]) -> list[dict[str, Any]]:
    """Each state with its ages, and all."""
    rows = [
        {
            "label": state.label,
            "cells": [{"number": n, "url": list_url("reports:waiting", state=state.value, age=age)}
                      for age, n in ages.items()],
            "total": {"number": sum(ages.values()), "url": list_url("reports:waiting", state=state.value)},
        }
        for state, ages in found.items()
    ]  # fmt: skip
    return rows


class Waiting(TeamList):
    """The requests about plants that wait, the oldest first."""

    tab = "reports:licensing"
    file = "waiting"
    sorts = SORTS
    title = "Requests that wait"
    lead = "Levels, increases and decreases of mature plants."
    empty = "No request waits here."

    def filter(self) -> Sorted:
        return WaitingFilter(self.request.GET.dict(), sorts=self.sorts, officers=people())

    def rows(self, facts: dict[str, Any]) -> QuerySet[Any]:
        rows = queries.narrowed(queries.waiting(self.desk, facts.get("as_of")), facts, self.today)
        return rows.select_related("file", "license__licensee", "officer")

    def heads(self) -> Sequence[tuple[str, str]]:
        return [("licensee", "Licensee"), ("sent", "Sent"), ("due", "Due"), ("state", "Status"), ("", "Officer")]

    def table(self, rows: Sequence[Any]) -> Sequence[Any]:
        return [self._row(it) for it in rows]

    def _row(self, it: Any) -> dict[str, Any]:
        due = it.file.due_at
        cells = [
            {"label": "Sent", "text": f"{day_short(it.sent_at)}, {self._age(it)} days ago"},
            {"label": "Due", "text": due_words(due, self.desk.at) if due else "–"},
            {"label": "Status", "text": it.get_state_display(), "tone": tone_of(it)},
            {"label": "Officer", "text": it.officer.name if it.officer else "Nobody yet"},
        ]
        about = f"{it.get_kind_display()}, license {it.license.number}. Case {it.file.ref}"
        return {"text": it.license.licensee.name, "url": it.get_absolute_url(), "sub": about, "cells": cells}

    def _age(self, it: Any) -> int:
        return (self.today - local_day(it.sent_at)).days

    def sheets(self) -> Sequence[Sheet]:
        facts = self.filter().facts()
        rows = (it for page in all_pages(self.rows(facts), self.sort(facts)) for it in page)
        head = ("Case", "Licensee", "License", "Kind", "Status", "Sent", "Days", "Officer")
        lines = (
            (it.file.ref, it.license.licensee.name, it.license.number, it.get_kind_display(), it.get_state_display(),
             it.sent_at, self._age(it), it.officer.name if it.officer else "")
            for it in rows
        )  # fmt: skip
        return [Sheet("Requests", head, lines)]
