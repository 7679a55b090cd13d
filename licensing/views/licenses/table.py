"""How many mature plants are authorized, by county and level; each number opens the licenses it counts."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.calendar import local_day
from casefile.views.export import csv_file
from licensing.counties import COUNTIES
from licensing.forms.licenses import IN_FORCE
from licensing.models import License
from licensing.queries.licenses import ANY_LEVEL, EVERYWHERE, NO_COUNTY, NO_LEVEL, Key, Share, plant_sums

LEVELS = (*(str(n) for n in range(1, 5)), NO_LEVEL, ANY_LEVEL)
HEADS = {NO_LEVEL: "No level", ANY_LEVEL: "All"} | {str(n): f"Level {n}" for n in range(1, 5)}
NAMES = {NO_COUNTY: "No county on record", EVERYWHERE: "New Mexico"}
FILE_HEAD = ("County", "Level", "Licenses", "Authorized mature plants", "Percent of all plants")


class PlantTable(Guarded, TemplateView):
    """Counties down, levels across."""

    rights = "licensing.see_plant_table"
    template_name = "licensing/plant_table.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sums = plant_sums(License.objects.visible_to(self.user))
        return super().get_context_data(**kwargs) | {
            "heads": [HEADS[level] for level in LEVELS],
            "rows": [row(sums, county) for county in places(sums)],
            "total": sums.get((EVERYWHERE, ANY_LEVEL), Share()),
            "at": timezone.now(),
            "file_url": reverse("licensing:plant_file"),
        }


class PlantFile(Guarded):
    """The same table as a file, one line for each county and level."""

    rights = "licensing.see_plant_table"

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        sums = plant_sums(License.objects.visible_to(self.user))
        day = local_day(timezone.now()).isoformat()
        return csv_file([FILE_HEAD, *lines(sums)], name=f"plants-{day}.csv")


def places(sums: Mapping[Key, Share]) -> list[str]:
    """The counties with licenses that grow plants, by name; the state comes first."""
    there = {county for county, _ in sums}
    return [place for place in (EVERYWHERE, *COUNTIES, NO_COUNTY) if place in there]


def row(sums: Mapping[Key, Share], county: str) -> dict[str, Any]:
    """One county: its cells in the order of the levels, and its percent of all plants."""
    return {
        "name": NAMES.get(county, county),
        "cells": [cell(sums, county, level) for level in LEVELS],
        "percent": percent(sums, sums[county, ANY_LEVEL]),
    }


def cell(sums: Mapping[Key, Share], county: str, level: str) -> dict[str, Any]:
    """The licenses and plants of a county and level, and where the list of exactly these is."""
    found = sums.get((county, level), Share())
    facts = {"status": IN_FORCE, "level": level} | ({"county": county} if county else {})
    return {"head": HEADS[level], "sum": found, "url": f"{reverse('licensing:licenses')}?{urlencode(facts)}"}


def percent(sums: Mapping[Key, Share], of: Share) -> str:
    """The share of all authorized plants, with one decimal."""
    every = sums[EVERYWHERE, ANY_LEVEL].plants
    return f"{100 * of.plants / every:.1f}" if every else "0.0"


def lines(sums: Mapping[Key, Share]) -> Iterator[list[object]]:
    """The cells that hold something, the totals too."""
    for county in places(sums):
        for level in LEVELS:
            if found := sums.get((county, level)):
                yield [NAMES.get(county, county), HEADS[level], found.licenses, found.plants, percent(sums, found)]
