"""Licensees: the list, and everything one firm holds."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from licensing.forms.filters import LicenseeFilter
from licensing.models import License, Licensee, Premises
from licensing.queries.compliance import compliance_record
from licensing.queries.pages import Page, page_by_words
from licensing.views.lists import FilteredList
from licensing.views.premises import layout

MOST_PLACES = 200


class LicenseeList(FilteredList):
    """Every licensee, by name."""

    rights = "licensing.see_licensees"
    template_name = "licensing/licensee_list.html"
    filter_class = LicenseeFilter

    def page(self, facts: dict[str, str], ends: dict[str, str]) -> Page[Licensee]:
        return page_by_words(Licensee.objects.visible_to(self.user).holding(facts.get("q", "")), **ends)

    def table(self, rows: Sequence[Licensee]) -> list[dict[str, Any]]:
        licenses = License.objects.visible_to(self.user).filter(licensee__in=rows).order_by()
        counts = licenses.values_list("licensee").annotate(Count("pk", distinct=True), Count("premises"))
        held = {licensee: (licenses, places) for licensee, licenses, places in counts}
        return [
            {"licensee": row, "licenses": held.get(row.pk, (0, 0))[0], "places": held.get(row.pk, (0, 0))[1]}
            for row in rows
        ]


class LicenseePage(Guarded, TemplateView):
    """One firm: its licenses, premises, contacts and cases over the years."""

    rights = "licensing.see"
    template_name = "licensing/licensee.html"
    licensee: Licensee

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.licensee = get_object_or_404(Licensee.objects.visible_to(self.user), key=kwargs["key"])

    def get_guarded(self) -> Licensee:
        return self.licensee

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = Premises.objects.visible_to(self.user).with_licensee().filter(license__licensee=self.licensee)
        places = list(mine.order_by("number")[:MOST_PLACES])
        return super().get_context_data(**kwargs) | {
            "layout": layout(self.user.is_division),
            "office": self.user.is_division,
            "licensee": self.licensee,
            "licenses": self.licensee.licenses.order_by("number")[:MOST_PLACES],
            "places": places,
            "contacts": self.licensee.contacts.all(),
            "record": compliance_record(self.user, places, at=timezone.now()),
        }
