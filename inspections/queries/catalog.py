"""What can be cited at a visit, and what this licensee was cited for before."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from casefile.calendar import local_day
from inspections.models import CatalogEntry, Inspection, Violation
from inspections.stages import NOTICE_STANDS
from licensing.models import Licensee


def rules_for(case: Inspection) -> list[CatalogEntry]:
    """The versions in force on the day of the visit that speak of this type of license."""
    assert case.visit_began_at is not None
    entries = CatalogEntry.objects.on(local_day(case.visit_began_at)).order_by("code")
    return [entry for entry in entries if entry.applies_to(case.premises.license.type)]


def found(entries: Sequence[CatalogEntry], typed: str) -> list[CatalogEntry]:
    """Those whose code, title, citation or description hold every typed word."""
    words = typed.lower().split()
    return [entry for entry in entries if all(word in _text(entry) for word in words)]


def _text(entry: CatalogEntry) -> str:
    return f"{entry.code} {entry.title} {entry.citation} {entry.description}".lower()


def times_cited(case: Inspection) -> dict[str, int]:
    """How often each rule was cited at this licensee before, by code."""
    rows = _before(case).values_list("entry__code").annotate(times=Count("pk")).order_by()
    return dict(rows)


def earlier_citations(case: Inspection, code: str, *, most: int = 5) -> list[Violation]:
    """The latest citations of this rule at this licensee, whatever its premises, before this case."""
    rows = _before(case).filter(entry__code=code).select_related("inspection__file", "inspection__premises")
    return list(rows.order_by("-inspection__visit_began_at", "-pk")[:most])


def _before(case: Inspection) -> QuerySet[Violation]:
    """What was cited in other cases whose notice stands; a dismissed case is no citation."""
    licensee: Licensee = case.licensee
    return Violation.objects.filter(
        inspection__premises__license__licensee=licensee, inspection__state__in=NOTICE_STANDS
    ).exclude(Q(inspection=case) | Q(inspection__outcome=Inspection.Outcome.DISMISSED))
