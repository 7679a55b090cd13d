"""The premises behind the numbers of the coverage of a year."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from casefile.calendar import local_day, short_day
from casefile.templatetags.ccd import day_plain
from licensing.forms.filters import Sorted
from licensing.queries.sorting import Sort, all_pages
from reports.book import Sheet
from reports.forms import CoverageFilter
from reports.queries.people import people
from reports.views.base import TeamList, TeamPage
from schedules.actions.reads import note_read
from schedules.queries import coverage as queries
from schedules.queries.coverage import BY_PLAN, SORTS, Year, sees_plans

FIRST_YEAR = 2021
HEAD = ("Facility", "License", "License type", "County", "City", "Last visit", "Days since", "Last seen by", "Standing")


class YearPage(TeamPage):
    """A page about a calendar year; without one in the address it is this year."""

    tab = "reports:coverage"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        said = kwargs.get("year") or request.GET.get("year") or self.today.year
        if not str(said).isdecimal() or not FIRST_YEAR <= int(said) <= self.today.year:
            raise Http404("No such year.")
        self.year = Year(int(said), self.desk.at)
        self.plans = sees_plans(self.user) and self.year.year == self.today.year

    def note(self) -> None:
        """Where days of plans are shown, that is on record."""
        if self.plans:
            note_read(self.user, month=self.today, page=f"reports:{self.file}", at=self.desk.at)

    def files(self) -> list[tuple[str, str]]:
        asked = urlencode(self.asked() | {"year": self.year.year})
        return [(kind.upper(), f"{self.file_url(kind)}?{asked}") for kind in ("csv", "xlsx")]

    def premises_url(self, **facts: Any) -> str:
        here = reverse("reports:premises_of", kwargs={"year": self.year.year})
        said = {name: value for name, value in facts.items() if value != ""}
        return f"{here}?{urlencode(said)}" if said else here


class PremisesOfYear(YearPage, TeamList):
    """The premises that one number of the coverage counts; without a filter all, the longest unseen first."""

    file = "premises"
    lead = "Every premises that operates. Never visited on top."
    empty = "No premises here."

    def get_sorts(self) -> Sequence[Sort]:
        return (*SORTS, BY_PLAN) if self.plans else SORTS

    def filter(self) -> Sorted:
        return CoverageFilter(
            self.request.GET.dict(), sorts=self.get_sorts(), officers=people(), plans=self.plans
        )  # fmt: skip

    def rows(self, facts: dict[str, Any]) -> QuerySet[Any]:
        self.note()
        self.title = f"Premises in {self.year.year}"
        return queries.narrowed(queries.places(self.user, self.year), facts, self.year).select_related("license")

    def heads(self) -> Sequence[tuple[str, str]]:
        return columns(self.plans)

    def table(self, rows: Sequence[Any]) -> Sequence[Any]:
        return [row_of(it, self.year, self.plans) for it in rows]

    def sheets(self) -> Sequence[Sheet]:
        facts = self.filter().facts()
        pages = all_pages(self.rows(facts), self.sort(facts))
        head = (*HEAD, "Planned for") if self.plans else HEAD
        return [Sheet(self.title, head, (self._line(it) for page in pages for it in page))]

    def _line(self, it: Any) -> tuple[Any, ...]:
        since = days_since(it, self.year)
        found = (
            it.name, it.license.number, it.license.get_type_display(), it.county, it.city,
            local_day(it.last_at) if it.last_at else None, since, it.officer_name, standing(it, self.year)[1],
        )  # fmt: skip
        return (*found, it.planned_on) if self.plans else found


def columns(plans: bool) -> list[tuple[str, str]]:
    """The heads of a list of premises, each with the name of its order."""
    found = [("name", "Facility"), ("seen", "Last visit"), ("officer", "Last seen by"), ("", "Standing")]
    return [*found, ("planned", "Planned for")] if plans else found


def days_since(it: Any, year: Year) -> int | None:
    """Days from the last visit to the last day of the year, or to today."""
    return (year.last_day - local_day(it.last_at)).days if it.last_at else None


def standing(it: Any, year: Year) -> tuple[str, str]:
    """The tone and the words of a premises in a year."""
    if it.last_at is None:
        return "red", "Never visited"
    return ("green", f"Seen in {year.year}") if it.last_at >= year.begins else ("amber", f"Due in {year.year}")


def row_of(it: Any, year: Year, plans: bool) -> dict[str, Any]:
    """One premises of `queries.places` as a row of a list."""
    days = days_since(it, year)
    tone, words = standing(it, year)
    last = f"{day_plain(it.last_at)}, {days:,} day{'s' * (days != 1)} ago" if days is not None else "Never"
    cells = [
        {"label": "Last visit", "text": last}, {"label": "Last seen by", "text": it.officer_name or "Nobody yet"},
        {"label": "Standing", "text": words, "tone": tone},
    ]  # fmt: skip
    if plans:
        cells.append({"label": "Planned for", "text": short_day(it.planned_on) if it.planned_on else "–"})
    about = " · ".join(filter(None, [it.license.get_type_display(), it.city, it.county]))
    return {"text": it.name, "url": it.get_absolute_url(), "sub": about, "cells": cells}
