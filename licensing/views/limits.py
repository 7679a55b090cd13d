"""Limits on mature plants in plain words, for everybody: what the rule says today, and how many more one may get."""

import re
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from accounts.rights import OPEN, Guarded
from casefile.calendar import local_day, long_day
from casefile.law import citation
from licensing import rules
from licensing.forms.limits import HowManyForm
from licensing.views.mine.answers import Answer, Chance, of_increase

ACT = re.compile(r"NMSA [\w()-]+")


@method_decorator(login_not_required, name="dispatch")
class Limits(Guarded, TemplateView):
    """The page; with numbers in its address it also answers."""

    rights = OPEN
    template_name = "licensing/limits.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        today = local_day(timezone.now())
        form = HowManyForm(request.GET if "authorized" in request.GET else None)
        answer = answered(form, today) if form.is_bound and form.is_valid() else None
        facts = {"form": form, "answer": answer, "has_errors": bool(form.errors), "today": today}
        return self.render_to_response(self.get_context_data(**facts, **numbers(today)))


def answered(form: HowManyForm, on: date) -> Answer:
    """What the rule says of the numbers that were typed."""
    said = form.cleaned_data
    once, authorized = int(said["earlier"]), said["authorized"]
    asked = rules.IncreaseAsked(
        license_type=said["type"], authorized=authorized, licensee_total=max(said["total"] or 0, authorized),
        asked=said["asked"] or 0, at_renewal=said["at_renewal"], other_requests_this_year=once, on=on,
    )  # fmt: skip
    return of_increase(asked, Chance(known=False))


def numbers(on: date) -> dict[str, Any]:
    """Every number of the page, as the rule has it on a day."""
    step, times = rules.INCREMENT.on(on), rules.MOST_INCREMENTS.on(on)
    levels = rules.LEVELS.on(on)
    return {
        "levels": [{"text": f"Level {it.number}", "cells": [cell(it)]} for it in levels],
        "columns": ["Level", "Mature plants"],
        "top": levels[-1].last,
        "step": step,
        "times": times,
        "most": step * times,
        "cap": rules.PLANT_CAP.on(on),
        "microbusiness": rules.MICROBUSINESS_PLANTS.on(on),
        "renewal_days": rules.RENEWAL_DAYS.on(on),
        "decision_days": rules.DECISION_DAYS.on(on),
        "harvested": rules.HARVESTED_PERCENT.on(on),
        "sold": rules.SALES_PERCENT.on(on),
        "sold_each_month": rules.SOLD_PERCENT.on(on),
        "months": rules.OPERATED_MONTHS.on(on),
        "stages": [rules.STAGE_LABELS[it] for it in rules.GrowthStage],
        "for_designation": rules.REQUIRED_FOR_DESIGNATION,
        "for_increase": rules.REQUIRED_FOR_INCREASE,
        "as_of": long_day(on),
        "citations": citations(),
    }


def cell(level: rules.Level) -> dict[str, str]:
    """The range of a level in the table."""
    return {"label": "Mature plants", "text": f"{level.first:,} to {level.last:,}"}


def citations() -> list[str]:
    """Where each part of the page stands in the law."""
    told = (
        ("Which plants are mature", rules.mature_count),
        ("Which plants do not count", rules.immature_count),
        ("Who has a level", rules.has_levels),
        ("What the levels hold", rules.level_of),
        ("How many more you may ask for", rules.largest_increase),
        ("When you may ask", rules.next_chance),
        ("The license year", rules.license_year),
        ("By when we decide", rules.decision_term),
        ("Fewer plants", rules.reasons_not_to_ask_decrease),
    )
    values = (rules.PLANT_CAP, rules.MICROBUSINESS_PLANTS)
    return [f"{what}: {sources(citation(rule))}" for what, rule in told] + [f"{it.name}: {it.source}" for it in values]


def sources(cited: str) -> str:
    """The places in the law that a citation names, without the notes for counsel."""
    parts = [part.strip() for part in cited.split(";")]
    named = [" ".join(ACT.findall(part)) if "verify" in part else part for part in parts]
    return "; ".join(part for part in named if part)
