"""Workload: what each officer carries, what they saw this month, who is away; and the planned visits of a month."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from casefile.calendar import short_day
from casefile.work import unowned_count
from inspections.views.rows import case_url
from licensing.forms.filters import Sorted
from licensing.queries.sorting import all_pages
from reports.book import Sheet
from reports.forms import PlannedFilter
from reports.links import cases_url, list_url
from reports.queries import workload as queries
from reports.queries.people import people
from reports.queries.workload import LEFT, MADE, SKIPPED, SORTS, Carried, summed, workload
from reports.views.base import Dashboard, TeamList, TeamPage
from schedules.actions.reads import note_read
from schedules.models import Leave
from schedules.queries.coverage import sees_plans
from schedules.rules.month import last_of

COLUMNS = (
    ("open", "Open"), ("overdue", "Overdue"), ("week", "Due this week"), ("visits", "Visits this month"),
    ("planned", "Planned"), ("made", "Planned and made"),
)  # fmt: skip
PLAN = ("planned", "made")


class MonthPage(TeamPage):
    """A page about the month of today."""

    tab = "reports:workload"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.month = self.today.replace(day=1)
        self.plans = sees_plans(self.user)

    def note(self) -> None:
        """Where visits of plans are shown, that is on record."""
        if self.plans:
            note_read(self.user, month=self.month, page=f"reports:{self.file}", at=self.desk.at)


class Workload(MonthPage, Dashboard):
    """One row for each officer; each number opens its list, each head orders by it."""

    template_name = "reports/workload.html"
    file = "workload"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.note()
        found = workload(self.desk, self.month)
        sort = self.request.GET.get("sort", "")
        sums = summed(found)
        return super().get_context_data(**kwargs) | {
            "month": self.month,
            "columns": self._heads(sort),
            "rows": [self._row(it) for it in ordered(found, sort)],
            "sums": [{"number": sums[name], "url": self._url(name, "")} for name, _ in self.columns()],
            "away": sum(any(is_now(leave, self.today) for leave in it.leave) for it in found),
            "plans": self.plans,
            "unowned": unowned_count(self.desk.at) if self.may("schedules.see_officers") else 0,
        }

    def columns(self) -> list[tuple[str, str]]:
        return [it for it in COLUMNS if self.plans or it[0] not in PLAN]

    def _heads(self, sort: str) -> list[dict[str, str]]:
        """The heads of the table: by name first, then by each number."""
        by_name = {
            "label": "Officer", "url": "?sort=-name" if sort in ("", "name") else "?",
            "way": {"": "ascending", "name": "ascending", "-name": "descending"}.get(sort, ""),
        }  # fmt: skip
        return [by_name, *(self._column(name, label, sort) for name, label in self.columns()), {"label": "Leave"}]

    @staticmethod
    def _column(name: str, label: str, sort: str) -> dict[str, str]:
        way = {name: "descending", f"-{name}": "ascending"}.get(sort, "")
        return {"label": label, "url": f"?sort={'-' if sort == name else ''}{name}", "way": way}

    def _row(self, it: Carried) -> dict[str, Any]:
        return {
            "officer": it,
            "cells": [
                {"label": label, "number": value(it, name), "url": self._url(name, it.email)}
                for name, label in self.columns()
            ],
            "leave": [leave_words(leave, self.today) for leave in it.leave],
        }

    def _url(self, name: str, email: str) -> str:
        if name == "overdue":
            return list_url("reports:team_overdue", officer=email)
        if name == "visits":
            return cases_url(view="visited", since=self.month, until=last_of(self.month), officer=email)
        if name in PLAN:
            return list_url("reports:planned", officer=email, what=MADE if name == "made" else "")
        return cases_url(view=name, officer=email)

    def sheets(self) -> Sequence[Sheet]:
        self.note()
        found = workload(self.desk, self.month)
        head = ("Officer", *(label for _, label in self.columns()), "Leave")
        rows = [
            (it.name, *(value(it, name) for name, _ in self.columns()),
             "; ".join(leave_words(leave, self.today) for leave in it.leave))
            for it in found
        ]  # fmt: skip
        return [Sheet("Workload", head, rows)]


def value(it: Carried, name: str) -> int:
    found: int = getattr(it.plan if name in PLAN else it, name)
    return found


def ordered(found: Sequence[Carried], sort: str) -> list[Carried]:
    """By name, or by a column, the largest first; with a minus the other way round."""
    name = sort.removeprefix("-")
    if name not in dict(COLUMNS):
        return list(reversed(found)) if sort == "-name" else list(found)
    return sorted(found, key=lambda it: value(it, name) * (1 if sort.startswith("-") else -1))


def is_now(leave: Leave, today: date) -> bool:
    return leave.first_on <= today <= leave.last_on


def leave_words(leave: Leave, today: date) -> str:
    """ "Away through Thu, Dec 3. Dana Ortiz stands in"."""
    last = short_day(leave.last_on)
    said = f"Away through {last}" if is_now(leave, today) else f"Away {short_day(leave.first_on)} to {last}"
    return f"{said}. {leave.cover.name} stands in" if leave.cover else f"{said}. Nobody stands in"


class Planned(MonthPage, TeamList):
    """The visits of this month in the published plan."""

    rights = "schedules.see_plans"
    file = "planned"
    sorts = SORTS
    empty = "No visit of a published plan here."
    lead = "Visits of the published plan. Nothing of this may reach a licensee before the visit."

    def file_url(self, kind: str) -> str:
        return reverse("reports:planned_file", kwargs={"kind": kind})

    def filter(self) -> Sorted:
        return PlannedFilter(self.request.GET.dict(), sorts=self.sorts, officers=people())

    def rows(self, facts: dict[str, Any]) -> QuerySet[Any]:
        self.note()
        self.title = f"Planned visits, {self.month:%B %Y}"
        rows = queries.narrowed(queries.planned_visits(self.user, self.month), facts)
        return rows.select_related("premises__license", "officer", "case__file")

    def heads(self) -> Sequence[tuple[str, str]]:
        return [("facility", "Facility"), ("day", "Day"), ("officer", "Officer"), ("", "Standing"), ("", "Why")]

    def table(self, rows: Sequence[Any]) -> Sequence[Any]:
        return [self._row(it) for it in rows]

    def _row(self, it: Any) -> dict[str, Any]:
        tone, words = self._standing(it)
        cells = [
            {"label": "Day", "text": short_day(it.day)}, {"label": "Officer", "text": it.officer.name},
            {"label": "Standing", "text": words, "tone": tone, "sub": it.skip_reason},
            {"label": "Why", "text": it.get_purpose_display(), "url": case_url("case", it.case) if it.case else ""},
        ]  # fmt: skip
        about = " · ".join(filter(None, [it.premises.license.get_type_display(), it.premises.city, it.premises.county]))
        return {"text": it.premises.name, "url": it.premises.get_absolute_url(), "sub": about, "cells": cells}

    def _standing(self, it: Any) -> tuple[str, str]:
        if it.skipped_at:
            return "amber", queries.WHAT[SKIPPED]
        if it.is_made:
            return "green", queries.WHAT[MADE]
        return ("red", "Day has passed") if it.day < self.today else ("blue", queries.WHAT[LEFT])

    def sheets(self) -> Sequence[Sheet]:
        facts = self.filter().facts()
        rows = (it for page in all_pages(self.rows(facts), self.sort(facts)) for it in page)
        lines = (
            (it.premises.name, it.premises.county, it.day, it.officer.name, self._standing(it)[1], it.skip_reason)
            for it in rows
        )
        return [Sheet(self.title, ("Facility", "County", "Day", "Officer", "Standing", "Reason"), lines)]
