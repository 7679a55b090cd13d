"""Coverage of a year: the numbers, the pace, the map and its table, and the premises behind each number."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from licensing.counties import COUNTIES
from licensing.models import LICENSE_TYPES
from licensing.queries.sorting import sorted_page
from reports.book import Sheet
from reports.charts.counties import TONES, VIEW_BOX, county_map
from reports.charts.pace import pace
from reports.views.base import Dashboard
from reports.views.premises import FIRST_YEAR, YearPage, columns, row_of
from schedules.queries import coverage as queries
from schedules.queries.coverage import (
    DUE,
    NEVER,
    NO_COUNTY,
    NOBODY,
    OVERDUE,
    PLANNED,
    SEEN,
    SORTS,
    Share,
    expected,
)
from schedules.rules.month import last_of

WORST = 10
TYPES = dict(LICENSE_TYPES)


class Coverage(YearPage, Dashboard):
    """How far the year has come, where it is behind, and who was never seen."""

    template_name = "reports/coverage.html"
    file = "coverage"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.note()
        places, year = queries.places(self.user, self.year), self.year
        counties = queries.shares(places, "county", year)
        total = queries.whole(counties)
        line = expected(total.total, year.last_day)
        months = queries.months(total.total, queries.first_seen(places, year), year.last_day)
        rows = self.county_rows(counties)
        behind = [it for it in rows if it["tone"].key in ("behind", "far")]
        worst = sorted_page(places.filter(queries.holds(DUE, year)).select_related("license"), SORTS[0], size=WORST)
        return super().get_context_data(**kwargs) | {
            "year": year,
            "is_over": year.year < self.today.year,
            "years": [(str(n), reverse("reports:coverage_of", kwargs={"year": n})) for n in self._years()],
            "tiles": self.tiles(total, line),
            "total": total,
            "expected": line,
            "months": [self.month_row(it) for it in months],
            "counties": rows,
            "behind": behind,
            "map": [(tile, self.premises_url(what=DUE, county=tile.county)) for tile in self.map(counties, total)],
            "map_box": VIEW_BOX,
            "tones": TONES,
            "types": self.rows(queries.shares(places, "license__type", year), "type", TYPES),
            "officers": self.officer_rows(places),
            "worst": [row_of(it, self.year, self.plans) for it in worst.rows],
            "heads": [label for _, label in columns(self.plans)],
            "plans": self.plans,
            "all_url": self.premises_url(what=DUE),
        } | self.chart(months, total)  # fmt: skip

    def chart(self, months: Sequence[queries.Month], total: Share) -> dict[str, Any]:
        """The line of the year until its last day."""
        last = self.year.last_day
        ends = [(last if it is months[-1] else last_of(it.first), it.so_far) for it in months]
        return {"pace": pace(self.year.year, total.total, ends)}

    def _years(self) -> range:
        return range(max(FIRST_YEAR, self.today.year - 3), self.today.year + 1)

    def tiles(self, total: Share, line: int) -> list[dict[str, Any]]:
        """The numbers of the year, each with its list."""
        ahead = total.seen - line
        note = f"On pace: {line:,}" if ahead >= 0 else f"{-ahead:,} behind the pace of {line:,}"
        shown = [
            (total.seen, "Seen this year", f"{total.percent}% of {total.total:,}. {note}", "pri", SEEN),
            (total.due, "Still due this year", "Not seen since January 1", "amber", DUE),
            (total.never, "Never visited", "No visit on record", "red" if total.never else "", NEVER),
            (total.overdue, "Not seen this year or last", "The longest wait", "red" if total.overdue else "", OVERDUE),
        ]
        if self.plans:
            shown.append((total.planned, "In a plan", "Published, from today on", "", PLANNED))
        return [
            {"number": f"{n:,}", "label": label, "note": note, "tone": tone, "url": self.premises_url(what=what)}
            for n, label, note, tone, what in shown
        ]

    def month_row(self, month: queries.Month) -> dict[str, Any]:
        return {
            "month": month, "url": self.premises_url(what=SEEN, month=month.first.month),
            "ahead": month.so_far - month.expected,
        }  # fmt: skip

    def map(self, counties: dict[str, Share], total: Share) -> list[Any]:
        found = {name: (share.seen, share.total) for name, share in counties.items()}
        return county_map(found, self._pace())

    def _pace(self) -> int:
        """The percent of any premises that a straight line has seen."""
        return expected(100, self.year.last_day)

    def county_rows(self, counties: dict[str, Share]) -> list[dict[str, Any]]:
        """All 33 counties, those most behind first, and premises without one."""
        tones = {tile.county: tile.tone for tile in self.map(counties, Share())}
        rows = self.rows({name: counties.get(name, Share()) for name in COUNTIES}, "county", {})
        if "" in counties:
            rows += self.rows({NO_COUNTY: counties[""]}, "county", {NO_COUNTY: "No county on record"})
        rows = [row | {"tone": tones.get(row["key"], TONES[-1])} for row in rows]
        return sorted(rows, key=lambda it: (not it["share"].total, it["share"].percent, it["label"]))

    def officer_rows(self, places: QuerySet[Any]) -> list[dict[str, Any]]:
        found = {key or NOBODY: share for key, share in queries.shares(places, "officer_email", self.year).items()}
        names = dict(User.objects.filter(email__in=found).values_list("email", "name"))
        return self.rows(found, "officer", names | {NOBODY: "Nobody yet"})

    def rows(self, found: dict[str, Share], by: str, words: dict[str, str]) -> list[dict[str, Any]]:
        """A row for each part, each number with its list."""
        rows = [self._row(key, share, by, words.get(key, key)) for key, share in found.items()]
        return sorted(rows, key=lambda it: it["label"])

    def _row(self, key: str, share: Share, by: str, label: str) -> dict[str, Any]:
        numbers = [("", share.total), (DUE, share.due), (NEVER, share.never)]
        numbers += [(PLANNED, share.planned)] if self.plans else []
        cells = [{"number": n, "url": self.premises_url(what=what, **{by: key})} for what, n in numbers]
        return {"key": key, "label": label, "share": share, "cells": cells}

    def sheets(self) -> Sequence[Sheet]:
        self.note()
        places, year = queries.places(self.user, self.year), self.year
        counties = queries.shares(places, "county", year)
        total = queries.whole(counties)
        months = queries.months(total.total, queries.first_seen(places, year), year.last_day)
        types = self.rows(queries.shares(places, "license__type", year), "type", TYPES)
        parts = (("Counties", self.county_rows(counties)), ("License types", types),
                 ("Last seen by", self.officer_rows(places)))  # fmt: skip
        return [
            Sheet("Months", ("Month", "Seen first", "So far", "On pace"),
                  [(f"{it.first:%Y-%m}", it.seen, it.so_far, it.expected) for it in months]),
            *(_sheet(name, rows, self.plans) for name, rows in parts),
        ]  # fmt: skip


def _sheet(name: str, rows: Sequence[dict[str, Any]], plans: bool) -> Sheet:
    head = ("Name", "Premises", "Seen", "Still due", "Never visited", "Percent seen", *(["In a plan"] if plans else []))
    shares = [(row["label"], row["share"]) for row in rows]
    return Sheet(
        name, head,
        [(label, it.total, it.seen, it.due, it.never, it.percent, *([it.planned] if plans else []))
         for label, it in shares],
    )  # fmt: skip
