"""The rules that can be cited, in plain words: the list, and one rule with its versions."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.calendar import local_day
from inspections.forms.catalog import CatalogFilter
from inspections.models import CatalogEntry
from inspections.queries.catalog import found
from licensing.models import LICENSE_TYPES

TYPE_LABELS = dict(LICENSE_TYPES)
TONES = {"critical": "red", "major": "amber"}


class Rules(Guarded, TemplateView):
    """Every rule in force on one day."""

    rights = "inspections.see_catalog"
    template_name = "inspections/catalog.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = CatalogFilter(self.request.GET)
        form.is_valid()
        facts = {name: value for name, value in form.cleaned_data.items() if value}
        day, kind = facts.get("on") or local_day(timezone.now()), facts.get("type", "")
        entries = found(list(CatalogEntry.objects.on(day).order_by("code")), facts.get("q", ""))
        return super().get_context_data(**kwargs) | {
            "form": form,
            "day": day,
            "chips": [(_words(name, value), _url(facts, without=name)) for name, value in facts.items()],
            "clear_url": reverse("inspections:rules"),
            "rows": [_row(entry, facts) for entry in entries if not kind or entry.applies_to(kind)],
        }


class Rule(Guarded, TemplateView):
    """One rule: what it said on a day, and every version."""

    rights = "inspections.see_catalog"
    template_name = "inspections/catalog_rule.html"
    versions: list[CatalogEntry]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.versions = list(CatalogEntry.objects.filter(code=kwargs["code"]).order_by("-since"))
        if not self.versions:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = self._day()
        of_day = next((it for it in self.versions if it.since <= day and (it.until is None or day <= it.until)), None)
        shown = of_day or self.versions[0]
        return super().get_context_data(**kwargs) | {
            "rule": shown,
            "tone": TONES.get(shown.severity, ""),
            "day": day,
            "in_force": of_day is not None,
            "types": _types(shown),
            "versions": self.versions,
        }

    def _day(self) -> date:
        """The day the reader asks for; today when they ask for none or for nonsense."""
        try:
            return date.fromisoformat(self.request.GET.get("on", ""))
        except ValueError:
            return local_day(timezone.now())


def _row(entry: CatalogEntry, facts: dict[str, Any]) -> dict[str, Any]:
    day = {"on": facts["on"].isoformat()} if "on" in facts else {}
    url = reverse("inspections:rule", args=[entry.code])
    return {
        "text": entry.title,
        "sub": entry.code,
        "url": f"{url}?{urlencode(day)}" if day else url,
        "cells": [
            {"label": "Rule", "text": entry.citation},
            {"label": "Severity", "text": entry.get_severity_display(), "tone": TONES.get(entry.severity, "plain")},
            {"label": "License types", "text": _types(entry)},
        ],
    }


def _types(entry: CatalogEntry) -> str:
    return ", ".join(TYPE_LABELS.get(key, key) for key in entry.license_types) or "All"


def _words(name: str, value: Any) -> str:
    if name == "type":
        return TYPE_LABELS[value]
    return f"On {value:%b} {value.day}, {value.year}" if name == "on" else f"“{value}”"


def _url(facts: dict[str, Any], *, without: str) -> str:
    left = {name: value for name, value in facts.items() if name != without}
    return f"{reverse('inspections:rules')}?{urlencode(left)}"
