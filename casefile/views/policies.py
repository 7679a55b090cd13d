"""What the law leaves open: each point with what counts now, since when and why; and a new version of one."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.calendar import local_day
from casefile.forms import PolicyForm
from casefile.models import Policy
from casefile.policies import POINTS, OpenPoint, decide
from casefile.views.once import OnceView
from casefile.views.settings import SettingsPage

COLUMNS = ["From", "What counts", "Ground", "Counsel", "Decided by"]


class PolicyList(SettingsPage, Guarded, TemplateView):
    """Every open point and its versions, newest first."""

    rights = "casefile.see_policies"
    template_name = "casefile/policies.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = local_day(timezone.now())
        versions: dict[str, list[Policy]] = {}
        for version in Policy.objects.select_related("by").order_by("name", "-since", "-pk"):
            versions.setdefault(version.name, []).append(version)
        points = [shown(point, versions.get(name, []), today) for name, point in sorted(POINTS.items())]
        may = self.may("casefile.change_policies")
        return super().get_context_data(**kwargs) | {"points": points, "columns": COLUMNS, "may_change": may}


def shown(point: OpenPoint, versions: list[Policy], today: date) -> dict[str, Any]:
    """One point as the page shows it: what counts today, and the table of its versions."""
    now = next((version for version in versions if version.since <= today), None)
    counts = now.value if now and isinstance(now.value, list) else point.default(today)
    return {
        "point": point,
        "counts": point.words(counts),
        "verified": now.verified if now else False,
        "rows": [row_of(point, version) for version in versions],
    }


def row_of(point: OpenPoint, version: Policy) -> dict[str, Any]:
    """A version as a line of the table."""
    since = version.since
    value = version.value if isinstance(version.value, list) else []
    return {
        "text": f"{since:%B} {since.day}, {since.year}",
        "cells": [
            {"label": "What counts", "text": point.words(value)},
            {"label": "Ground", "text": version.source},
            {"label": "Counsel", "text": "Confirmed" if version.verified else "Not confirmed"},
            {"label": "Decided by", "text": version.by.name if version.by else ""},
        ],
    }


class DecidePolicy(SettingsPage, OnceView):
    """A new version of one point; the versions before it stay."""

    rights = "casefile.change_policies"
    form_class = PolicyForm
    template_name = "casefile/policies_decide.html"
    success_url = reverse_lazy("casefile:policies")
    done = "The new version is on record."

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["name"] not in POINTS:
            raise Http404
        self.point = POINTS[kwargs["name"]]
        self.today = local_day(timezone.now())

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"choices": self.point.choices, "today": self.today}

    def get_initial(self) -> dict[str, Any]:
        return {"value": list(self.point.on(self.today)), "since": self.today}

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        decide(self.point, **form.cleaned_data, by=self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"point": self.point}
