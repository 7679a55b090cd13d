"""The supervisor's view: a year of windows in figures, the list behind each figure, and that list as a file."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.calendar import local_day
from casefile.templatetags.ccd import instant
from casefile.views.export import csv_file
from inventory_windows import rules
from inventory_windows.models import WindowRequest
from inventory_windows.queries.figures import FACTS, REFUSED, SENT, WENT_OPEN, Month, figures, narrowed, read_month
from inventory_windows.rules import LABELS
from licensing.queries.pages import page_by_newest

HEAD = (
    "Number", "Licensee", "License", "Sent", "Purpose", "Seeds", "Clones", "Plant tissue", "State", "Decided",
    "Ground", "Opened", "Shut in BioTrack",
)  # fmt: skip
BATCH = 500


class FiguresPage(Guarded):
    """A page of figures; the list it counts is named in the address."""

    rights = "inventory_windows.see_figures"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()
        self.facts = {name: request.GET[name] for name in FACTS if request.GET.get(name)}


class Figures(FiguresPage, TemplateView):
    """A year of windows: opened by month, reasons, quantities, refusals, licenses at the limit, time to decision."""

    template_name = "inventory_windows/figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = figures(self.user, self.at)
        return super().get_context_data(**kwargs) | {
            "figures": found,
            "at": self.at,
            "tiles": tiles(found),
            "months": [month_row(month) for month in found.months],
            "tables": [
                {"id": "why", "title": "Why windows were asked for", "rows": linked(found.purposes, "purpose")},
                {"id": "no", "title": "Why requests were refused", "rows": linked(found.grounds, "ground")},
                {"id": "kinds", "title": "Entered through open windows", "rows": linked(found.quantities, "kind")},
            ],
            "median": in_words(found.median),
            "slowest": in_words(found.slowest),
        }


def list_url(**facts: str) -> str:
    return f"{reverse('inventory_windows:figures_list')}?{urlencode(facts)}"


def tiles(found: Any) -> list[dict[str, Any]]:
    """The four numbers."""
    sums = {name: sum(getattr(month, name) for month in found.months) for name in ("opened", "sent", "refused")}
    limit = len(found.at_the_limit)
    return [
        {"number": sums["sent"], "label": "Requests", "note": "12 months", "tone": "", "url": list_url(what=SENT)},
        {"number": sums["opened"], "label": "Opened", "note": "12 months", "tone": "pri",
         "url": list_url(what=WENT_OPEN)},
        {"number": sums["refused"], "label": "Refused", "note": "12 months", "tone": "amber",
         "url": list_url(what=REFUSED)},
        {"number": limit, "label": "Licenses at the limit", "note": "Asked again at once",
         "tone": "red" if limit else "", "url": "#limit"},
    ]  # fmt: skip


def month_row(month: Month) -> dict[str, Any]:
    """One month, each number with its list."""
    key = f"{month.first:%Y-%m}"
    return {
        "month": f"{month.first:%B %Y}",
        "first": month.first_windows,
        "cells": [
            {"label": label, "number": number, "url": list_url(month=key, what=what) if number else ""}
            for label, number, what in (
                ("Requests", month.sent, SENT), ("Opened", month.opened, WENT_OPEN), ("Refused", month.refused, REFUSED)
            )
        ],
    }  # fmt: skip


def linked(rows: Sequence[tuple[str, str, int]], name: str) -> list[dict[str, Any]]:
    return [{"words": words, "number": number, "url": list_url(**{name: key})} for key, words, number in rows]


def in_words(span: timedelta | None) -> str:
    """ "2 days 4 hours"."""
    if span is None:
        return "Nothing was decided yet"
    days, hours = span.days, span.seconds // 3600
    said = f"{hours} hour{'s' * (hours != 1)}"
    return f"{days} day{'s' * (days != 1)} {said}" if days else said


class FiguresList(FiguresPage, TemplateView):
    """The requests that one figure counts."""

    template_name = "inventory_windows/figures_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        get = self.request.GET
        rows = narrowed(self.user, self.facts, self.at).with_license().prefetch_related("items")  # type: ignore[attr-defined]
        page = page_by_newest(rows, after=get.get("after", ""), before=get.get("before", ""))
        return super().get_context_data(**kwargs) | {
            "title": title_of(self.facts),
            "columns": ["Request", "Sent", "Why", "To enter", "State"],
            "rows": [list_row(case) for case in page.rows],
            "file_url": f"{reverse('inventory_windows:figures_file')}?{urlencode(self.facts)}",
            **page.links(self.request.path, self.facts),
        }


def title_of(facts: dict[str, str]) -> str:
    """What the list holds, in words."""
    choices = {
        "purpose": dict(WindowRequest.Purpose.choices), "ground": dict(WindowRequest.Ground.choices), "kind": LABELS,
        "what": {SENT: "Requests", WENT_OPEN: "Windows opened", REFUSED: "Requests refused"},
    }  # fmt: skip
    said = [str(choices[name].get(value, value)) for name, value in facts.items() if name in choices]
    first = read_month(facts.get("month", ""))
    return ", ".join([*(said or ["Requests"]), *([f"{first:%B %Y}"] if first else [])])


def list_row(case: WindowRequest) -> dict[str, Any]:
    """One request in the list."""
    many = {rules.LABELS[kind].lower(): n for kind, n in rules.quantities(case.items_as_asked()).items() if n}
    return {
        "text": case.licensee.name, "url": case.get_absolute_url(), "sub": f"{case.number}, {case.license.number}",
        "cells": [
            {"label": "Sent", "text": instant(case.sent_at)},
            {"label": "Why", "text": case.get_purpose_display()},
            {"label": "To enter", "text": ", ".join(f"{n:,} {kind}" for kind, n in many.items())},
            {"label": "State", "text": case.get_state_display(), "sub": case.get_ground_display()},
        ],
    }  # fmt: skip


class FiguresFile(FiguresPage):
    """The same list as a file: all its pages, one line for each request."""

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        day = local_day(self.at).isoformat()
        return csv_file(self._lines(), name=f"windows-{day}.csv")

    def _lines(self) -> Iterator[tuple]:
        yield HEAD
        rows = narrowed(self.user, self.facts, self.at).with_license().prefetch_related("items")  # type: ignore[attr-defined]
        yield from (file_line(case) for case in rows.order_by("pk").iterator(chunk_size=BATCH))


def file_line(case: WindowRequest) -> tuple:
    """One request as a line of the file."""
    many = rules.quantities(case.items_as_asked())
    opening = case.opening
    return (
        case.number, case.licensee.name, case.license.number, case.sent_at, case.get_purpose_display(), *many.values(),
        case.get_state_display(), case.decided_at, case.get_ground_display(), opening and opening.opened_at,
        opening and opening.shut_in_biotrack_at,
    )  # fmt: skip
