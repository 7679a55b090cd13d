"""Premises: the list, and one premises at a glance."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.permissions import allows
from accounts.rights import Guarded
from licensing.forms.filters import PremisesFilter
from licensing.models import Premises
from licensing.queries.compliance import compliance_record, visits
from licensing.queries.pages import Page, page_by_words
from licensing.views.lists import FilteredList

MAP = "https://www.openstreetmap.org/search"


class PremisesList(FilteredList):
    """Every licensed place, by name."""

    rights = "licensing.see_premises"
    template_name = "licensing/premises_list.html"
    filter_class = PremisesFilter

    def page(self, facts: dict[str, str], ends: dict[str, str]) -> Page[Premises]:
        chosen = {"county": "county", "type": "license__type", "status": "license__status"}
        exact = {path: facts[name] for name, path in chosen.items() if name in facts}
        rows = Premises.objects.visible_to(self.user).with_licensee().filter(**exact)
        return page_by_words(rows.holding(facts.get("q", "")), **ends)

    def table(self, rows: Sequence[Premises]) -> list[dict[str, Any]]:
        seen = visits(self.user, rows)
        return [{"place": place, "visits": seen.get(place.pk)} for place in rows]


class Place(Guarded, TemplateView):
    """One premises: its license and holder, what was found there, and the start of an inspection."""

    rights = "licensing.see"
    template_name = "licensing/place.html"
    place: Premises

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Premises.objects.visible_to(self.user).with_licensee()
        self.place = get_object_or_404(rows, number=kwargs["number"])

    def get_guarded(self) -> Premises:
        return self.place

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = self.place
        return super().get_context_data(**kwargs) | {
            "layout": layout(self.user.is_division),
            "office": self.user.is_division,
            "place": place,
            "facts": facts_of(place),
            "primary": self._primary(),
            "visits": visits(self.user, [place]).get(place.pk) if self.user.is_division else None,
            "record": compliance_record(self.user, [place], at=timezone.now()),
            "contacts": place.licensee.contacts.all(),
            "others": place.license.premises.exclude(pk=place.pk).order_by("number")[:10],
            "map_url": f"{MAP}?{urlencode({'query': place.address})}" if place.street else "",
        }

    def _primary(self) -> tuple[str, str] | None:
        """The start of an inspection, for those who may start one."""
        if not allows(self.user, "inspections.start_inspection", self.place):
            return None
        try:
            return "Start an inspection", reverse("inspections:inspection_start", args=[self.place.number])
        except NoReverseMatch:
            return None


def layout(is_office: bool) -> str:
    """The frame of a page that both sides read."""
    return "layouts/office.html" if is_office else "layouts/public.html"


def facts_of(place: Premises) -> list[tuple[str, str]]:
    """The line under the name of a premises."""
    facts = [("Premises", place.number), ("Type", place.license.get_type_display())]
    return [*facts, ("County", place.county)] if place.county else facts
