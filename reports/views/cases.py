"""The lists of cases behind the numbers; the overdue ones say whose they are and since when."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from casefile.calendar import short_day
from casefile.templatetags.ccd import day_short
from inspections.models import Inspection
from inspections.queries import Standing, standings
from inspections.queries.lists import narrowed
from inspections.views.export import lines
from inspections.views.rows import row_of
from licensing.forms.filters import Sorted
from licensing.queries.sorting import all_pages
from reports.book import Sheet
from reports.forms import CaseFilter, LateFilter
from reports.queries import cases as queries
from reports.queries.cases import SORTS, TOOK, VIEWS
from reports.queries.people import people
from reports.queries.team import late_cases
from reports.views.base import TeamList
from reports.views.team import late_row

MORE = {"visit_began_at": "visit", "closed_at": "closed", "nolv_served_at": "notice"}  # the column that a view adds


class Cases(TeamList):
    """Any cases that a dashboard counts."""

    file = "cases"
    sorts = (*SORTS, TOOK)
    extra_heads = (("visit", "Visit"), ("notice", "Notice sent"), ("closed", "Closed"), ("took", "Days"))

    def filter(self) -> Sorted:
        return CaseFilter(self.request.GET.dict(), sorts=self.get_sorts(), officers=people())

    def rows(self, facts: dict[str, Any]) -> QuerySet[Inspection]:
        self.view = VIEWS[facts.get("view") or "open"]
        self.title, self.empty = self.view.label, self.view.empty
        self.lead = self._lead(facts)
        return queries.listed(self.desk, facts)

    @staticmethod
    def _lead(facts: dict[str, Any]) -> str:
        """The days that the list is about, in words."""
        if day := facts.get("as_of"):
            return f"As it was at the end of {short_day(day)}, {day.year}. The status is that of today."
        ends = [facts.get("since"), facts.get("until")]
        words = [
            f"{word} {short_day(day)}, {day.year}" for word, day in zip(("From", "through"), ends, strict=True) if day
        ]
        return f"{' '.join(words)}." if words else ""

    def heads(self) -> Sequence[tuple[str, str]]:
        return [
            ("facility", "Facility"), ("due", "Due"), ("officer", "Officer"), ("status", "Status"),
            *(it for it in self.extra_heads if it[0] in self._extra()),
        ]  # fmt: skip

    def _extra(self) -> tuple[str, ...]:
        """The columns that this view is about."""
        if not self.view.dates:
            return ()
        return (MORE[self.view.dates],) if self.view.dates == "visit_began_at" else ("notice", "closed", "took")

    def table(self, rows: Sequence[Inspection]) -> Sequence[Any]:
        return [self._row(it) for it in standings(rows, self.desk.at)]

    def _row(self, standing: Standing) -> dict[str, Any]:
        row, case = row_of(standing, self.user), standing.case
        due = f"{row.due.words}, {row.due.note}" if row.due else "–"
        cells: list[dict[str, Any]] = [
            {"label": "Due", "text": due}, {"label": "Officer", "text": row.officer},
            {"label": "Status", "text": row.step.status, "tone": row.step.tone or "plain"},
        ]  # fmt: skip
        facts = {"visit": case.visit_began_at, "notice": case.nolv_served_at, "closed": case.closed_at}
        for name, label in (it for it in self.extra_heads if it[0] in self._extra()):
            text = day_short(facts[name]) if name in facts else took(case)
            cells.append({"label": label, "text": text, "num": name == TOOK.name})
        about = f"{row.about}. Case {row.ref}" if row.ref else row.about
        return {"text": row.facility, "url": row.url, "sub": about, "cells": cells}

    def sheets(self) -> Sequence[Sheet]:
        form = self.filter()
        facts = form.facts()
        rows = self.rows(facts)
        pages = (standings(page, self.desk.at) for page in all_pages(rows, self.sort(facts)))
        found: Iterator[Any] = lines(pages)
        return [Sheet(self.title, next(found), found)]


def took(case: Inspection) -> str:
    """Days from the notice to the end."""
    if case.closed_at is None or case.nolv_served_at is None:
        return "–"
    return f"{round((case.closed_at - case.nolv_served_at).total_seconds() / 86_400)}"


class Overdue(Cases):
    """Each late thing, whose it is, since when."""

    template_name = "reports/overdue.html"
    tab = "reports:team_overdue"
    file = "overdue"

    def filter(self) -> Sorted:
        return LateFilter(self.request.GET.dict(), sorts=self.get_sorts(), officers=people())

    def rows(self, facts: dict[str, Any]) -> QuerySet[Inspection]:
        self.view, self.title = VIEWS["overdue"], "Overdue"
        return narrowed(late_cases(self.desk), facts)

    def table(self, rows: Sequence[Inspection]) -> Sequence[Any]:
        return [late_row(it, self.user) for it in standings(rows, self.desk.at)]

    def heads(self) -> Sequence[tuple[str, str]]:
        return [("facility", "Facility"), ("due", "Since when"), ("officer", "Officer"), ("status", "Status")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        many = f"{len(context['rows'])} overdue case{'s' * (len(context['rows']) != 1)}"
        here = " on this page" if context["previous_url"] or context["next_url"] else ""
        default = "longest overdue first" if "sort" not in self.facts else "in the order you chose"
        return context | {"late": context["rows"], "caption": f"{many}{here}, {default}."}
