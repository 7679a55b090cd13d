"""Licenses by what is odd, past or soon over; and the table of plants by county and level."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest

from licensing import rules
from licensing.models import License, PlantAuthorization, Premises

Status = License.Status
IN_FORCE = (Status.ACTIVE, Status.SUSPENDED)
GROWING = [key for key, kind in rules.TYPES.items() if kind.cultivates]
LEVELED = [key for key in rules.TYPES if rules.has_levels(key)]
MICRO = [key for key, kind in rules.TYPES.items() if kind.microbusiness]
Source = PlantAuthorization.Source
BASES = (Source.DESIGNATION, Source.RECORD, Source.CORRECTION)
NO_COUNTY = "none"
NO_LEVEL, ANY_LEVEL = "none", "any"


# What is odd


def with_base(rows: QuerySet[License]) -> QuerySet[Any]:
    """With the count from which each grew: when its level was designated, or its record began or was corrected last."""
    history = PlantAuthorization.objects.filter(license=OuterRef("pk"), source__in=BASES).order_by("-since", "-pk")
    return rows.annotate(base=Subquery(history.values("mature_plants")[:1]))


def oddities(license: Any, *, on: date) -> list[str]:
    """What of the level and count of a license `with_base` does not fit the rule, in words."""
    return rules.oddities(
        license_type=license.type, level=license.level, count=license.mature_plants, on=on,
        increments=increments(license.mature_plants, license.base, on=on), issued_on=license.issued_on,
    )  # fmt: skip


def increments(count: int | None, base: int | None, *, on: date) -> int:
    """How many steps a count has grown by since the base."""
    return 0 if count is None or base is None else max(0, count - base) // rules.INCREMENT.on(on)


def odd(rows: QuerySet[License], *, on: date) -> QuerySet[Any]:
    """The licenses of which `oddities` says something; a test holds the two to one another."""
    step = rules.INCREMENT.on(on)
    grown = Greatest(F("mature_plants") - Coalesce(F("base"), F("mature_plants")), 0)
    rows = with_base(rows).annotate(began=F("mature_plants") - grown / step * step)
    return rows.filter(_odd_growers(on) | _odd_others() | _odd_levels(on))


def _odd_growers(on: date) -> Q:
    """Of those who grow: no count, or more than a licensee may have."""
    over = Q(mature_plants=None) | Q(mature_plants__gt=rules.PLANT_CAP.on(on))
    micro = Q(type__in=MICRO, mature_plants__gt=rules.MICROBUSINESS_PLANTS.on(on))
    return Q(type__in=GROWING) & over | micro


def _odd_others() -> Q:
    """Of those who have no level, or no plants: one is on record."""
    return ~Q(type__in=GROWING) & Q(mature_plants__gt=0) | ~Q(type__in=LEVELED) & Q(level__isnull=False)


def _odd_levels(on: date) -> Q:
    """Of those who have levels: none is on record, or the count did not begin inside it."""
    since = rules.DESIGNATED_FROM.on(on)
    none = Q(level=None) & (Q(issued_on=None) | Q(issued_on__gte=since))
    inside = Q()
    for level in rules.LEVELS.on(on):
        inside |= Q(level=level.number, began__range=(level.first, level.last))
    outside = Q(level__isnull=False, mature_plants__isnull=False) & ~inside
    return Q(type__in=LEVELED) & (none | outside)


# What is over, or soon


def past_its_last_day(today: date) -> Q:
    """Said to be active, though the last day on record is over; nobody has said what became of it."""
    return Q(status=Status.ACTIVE, expires_on__lt=today)


def ends_within(days: int, today: date) -> Q:
    """In force, with a last day in the next `days` days."""
    return Q(status__in=IN_FORCE, expires_on__range=(today, today + timedelta(days=days)))


# Where


def with_county(rows: QuerySet[License]) -> QuerySet[Any]:
    """With the county of its first premises, by which a license is counted once; empty where none is on record."""
    first = Premises.objects.filter(license=OuterRef("pk")).order_by("number").values("county")[:1]
    return rows.annotate(county=Coalesce(Subquery(first), Value("")))


def of_level(chosen: str) -> Q:
    """Licenses that grow plants: of one level, of none, or of any."""
    grows = Q(type__in=GROWING)
    if chosen == ANY_LEVEL:
        return grows
    return grows & (Q(level=None) if chosen == NO_LEVEL else Q(level=int(chosen)))


# How many plants where


@dataclass(frozen=True)
class Share:
    """Some licenses and the mature plants they are authorized for."""

    licenses: int = 0
    plants: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.licenses + other.licenses, self.plants + other.plants)


Key = tuple[str, str]  # county or NO_COUNTY; level, NO_LEVEL or ANY_LEVEL
EVERYWHERE = ""


def plant_sums(rows: QuerySet[License]) -> Mapping[Key, Share]:
    """By county and level, and their totals, the licenses in force that grow plants; one query."""
    found = with_county(rows.filter(status__in=IN_FORCE, type__in=GROWING)).order_by().values("county", "level")
    counted = found.annotate(licenses=Count("pk"), plants=Sum("mature_plants"))
    sums: dict[Key, Share] = {}
    for row in counted:
        one = Share(row["licenses"], row["plants"] or 0)
        level = str(row["level"]) if row["level"] else NO_LEVEL
        for key in keys(row["county"] or NO_COUNTY, level):
            sums[key] = sums.get(key, Share()) + one
    return sums


def keys(county: str, level: str) -> Iterable[Key]:
    """The cell of a county and level, and the three totals it counts in."""
    return [(county, level), (county, ANY_LEVEL), (EVERYWHERE, level), (EVERYWHERE, ANY_LEVEL)]
