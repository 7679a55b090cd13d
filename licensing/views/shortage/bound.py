"""The licenses that a duty is on, with what they reported: as a list with filters, and as a file."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from casefile.calendar import local_day
from casefile.views.export import csv_file
from licensing import rules
from licensing.forms.shortage import BoundFilter
from licensing.models import License, Licensee, LicenseQuerySet, Premises
from licensing.queries.pages import Page, page_by_number
from licensing.queries.standing import LABELS, Duty, Standing, asked_in, efforts, month_by_month, reports_of
from licensing.views.lists import FilteredList
from licensing.views.shortage.rows import crumbs

TONES = {Standing.MET: "green", Standing.NOT_MET: "red", Standing.MISSING: "amber"}
HEAD = ("Month", "License", "Licensee", "Type", "Standing", "Asked, percent", "Set apart", "Of", "Unit")


class BoundList(FilteredList):
    """Licenses that a duty is on, with what they reported for one month; or those that a measure binds."""

    rights = "licensing.see_shortage"
    duty: Duty | None

    def filter(self) -> BoundFilter:
        return BoundFilter(self.request.GET.dict(), months=self.duty.months if self.duty else ())

    def month(self, facts: dict[str, str]) -> date | None:
        """The month that the list shows: the one chosen, else the last."""
        if self.duty is None or not self.duty.months:
            return None
        return rules.read_month(facts["month"]) if "month" in facts else self.duty.months[-1]

    def everyone(self) -> LicenseQuerySet:
        """Whom it binds, where no report tells."""
        raise NotImplementedError

    def licenses(self, facts: dict[str, str]) -> LicenseQuerySet:
        """What the filters leave."""
        month = self.month(facts)
        rows = asked_in(self.duty, month, facts.get("standing", "")) if self.duty and month else self.everyone()
        rows = rows.select_related("licensee")
        if "county" in facts:
            places = Premises.objects.visible_to(self.user).filter(license=OuterRef("pk"), county=facts["county"])
            rows = rows.filter(Exists(places))
        if "q" in facts:
            named = Licensee.objects.visible_to(self.user).holding(facts["q"])
            rows = rows.filter(Q(number__icontains=facts["q"]) | Q(licensee__in=named))
        return rows.filter(type=facts["type"]) if "type" in facts else rows

    def page(self, facts: dict[str, str], ends: dict[str, str]) -> Page[License]:
        self.shown = self.month(facts)
        return page_by_number(self.licenses(facts), after=ends["after"], before=ends["before"])

    def table(self, rows: Sequence[License]) -> list[dict[str, Any]]:
        if self.duty is None or self.shown is None:
            return [{"license": row} for row in rows]
        reports = reports_of(self.duty, rows, self.shown)
        found = []
        for row in rows:
            report = reports.get(row.pk)
            standing = self.duty.standing(report)
            part, whole = self.duty.shares(report) if report else (None, None)
            found.append(
                {"license": row, "standing": LABELS[standing], "tone": TONES[standing], "part": part, "whole": whole}
            )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        here = self.request.path
        facts = context["filter"].data
        return context | {
            "duty": self.duty,
            "shown": self.shown and rules.month_words(self.shown),
            "months": [
                {
                    "text": rules.month_words(it.month), "url": f"{here}?month={it.month:%Y-%m}",
                    "cells": [
                        {"label": LABELS[Standing.MET], "text": f"{it.met:,}"},
                        {"label": LABELS[Standing.NOT_MET], "text": f"{it.not_met:,}"},
                        {"label": LABELS[Standing.MISSING], "text": f"{it.missing:,}"},
                    ],
                }
                for it in (month_by_month(self.duty) if self.duty else [])
            ],
            "month_columns": ["Month", *LABELS.values()],
            "file_url": f"{here}licenses.csv?{urlencode(facts)}",
        }  # fmt: skip


class File(BoundList):
    """The same list as a file: all its pages, one line per license."""

    def get(  # type: ignore[override]  # a file, where a page would be
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> StreamingHttpResponse:
        facts = self.filter().facts()
        self.shown = self.month(facts)
        return csv_file(self._lines(facts), name=f"shortage-{self.shown or local_day(timezone.now()):%Y-%m}.csv")

    def _lines(self, facts: dict[str, str]) -> Iterator[tuple]:
        yield HEAD
        rows, after = self.licenses(facts), ""
        while True:
            page = page_by_number(rows, after=after, size=500)
            yield from map(self._line, self.table(page.rows))
            if not (after := page.next):
                return

    def _line(self, row: dict[str, Any]) -> tuple:
        held, percent, unit = row["license"], self.duty and self.duty.percent, self.duty and self.duty.unit
        month = self.shown and f"{self.shown:%Y-%m}"
        return (
            month, held.number, held.licensee.name, held.get_type_display(), row.get("standing"), percent,
            row.get("part"), row.get("whole"), unit,
        )  # fmt: skip


class Efforts(BoundList):
    """Who sold a quarter to the medical program, until December 31, 2022."""

    template_name = "licensing/shortage_efforts.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.duty = efforts()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"crumbs": crumbs(("Until December 31, 2022", ""))}


class EffortsFile(Efforts, File):
    """The efforts of a month as a file."""
