"""All licenses, narrowed by what needs a look."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casefile.calendar import local_day
from licensing.forms.licenses import IN_FORCE, LicenseFilter
from licensing.models import License, Licensee
from licensing.queries import licenses as queries
from licensing.queries.sorting import by_count, by_day, by_text
from licensing.views.lists import SortedList

SOON = 90
SORTS = (
    by_text("number", "License", "number"),
    by_text("type", "Type", "type"),
    by_text("status", "Status", "status"),
    by_count("level", "Level", "level"),
    by_count("plants", "Mature plants", "mature_plants", down=True),
    by_day("ends", "Last day", "expires_on"),
)


class LicenseList(SortedList):
    """Every license, by number where its reader wants nothing else."""

    rights = "licensing.see_licenses"
    template_name = "licensing/license_list.html"
    filter_class = LicenseFilter
    sorts = SORTS

    def heads(self) -> Sequence[tuple[str, str]]:
        return [*((it.name, it.label) for it in SORTS), ("", "To look at")]

    def rows(self, facts: dict[str, str]) -> QuerySet[License]:
        rows = queries.with_base(License.objects.visible_to(self.user).select_related("licensee"))
        if "q" in facts:
            rows = rows.filter(with_words(facts["q"], self.user))
        return narrowed(rows, facts, on=self.today)

    @property
    def today(self) -> date:
        return local_day(timezone.now())

    def table(self, rows: Sequence[License]) -> list[dict[str, Any]]:
        today = self.today
        return [
            {
                "license": row,
                "odd": queries.oddities(row, on=today),
                "past": bool(row.expires_on and row.expires_on < today and row.status == License.Status.ACTIVE),
                "soon": bool(
                    row.expires_on and 0 <= (row.expires_on - today).days <= SOON and row.status in queries.IN_FORCE
                ),
            }
            for row in rows
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        new = ("Enter a new license", reverse("licensing:license_new"))
        table = ("Plants by county and level", reverse("licensing:plant_table"))
        return super().get_context_data(**kwargs) | {
            "primary": new if self.may("licensing.apply_license") else None,
            "actions": [table] if self.may("licensing.see_plant_table") else [],
        }


def narrowed(rows: QuerySet[License], facts: dict[str, str], *, on: date) -> QuerySet[License]:
    """The licenses that all chosen filters leave, words aside."""
    exact = {name: facts[name] for name in ("type", "status") if name in facts and facts[name] != IN_FORCE}
    rows = rows.filter(**exact)
    if facts.get("status") == IN_FORCE:
        rows = rows.filter(status__in=queries.IN_FORCE)
    if "level" in facts:
        rows = rows.filter(queries.of_level(facts["level"]))
    if "county" in facts:
        county = "" if facts["county"] == queries.NO_COUNTY else facts["county"]
        rows = queries.with_county(rows).filter(county=county)
    return of_note(rows, facts, on=on)


def of_note(rows: QuerySet[License], facts: dict[str, str], *, on: date) -> QuerySet[License]:
    """Those that end soon, are past their last day, or have odd numbers."""
    match facts.get("expiring"):
        case "past":
            rows = rows.filter(queries.past_its_last_day(on))
        case str(days):
            rows = rows.filter(queries.ends_within(int(days), on))
    return queries.odd(rows, on=on) if "odd" in facts else rows


def with_words(typed: str, user: User) -> Q:
    """A part of the number, or words of the licensee's name."""
    return Q(number__icontains=typed.strip()) | Q(licensee__in=Licensee.objects.visible_to(user).holding(typed))
