"""Which planned visits have been made: an inspection began at the premises in the month of the plan."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import DateField, Exists, OuterRef
from django.db.models.functions import TruncMonth

from casefile.calendar import DENVER, local_hour
from inspections.models import Inspection
from schedules.models import PlannedVisit
from schedules.models.visits import PlannedVisitQuerySet
from schedules.rules.month import last_of
from schedules.stages import PlanState


def still_to_do(today: date) -> PlannedVisitQuerySet:
    """Visits of this month and later, of plans that are proposed or published, neither skipped nor made."""
    month = today.replace(day=1)
    begun = Inspection.objects.filter(premises=OuterRef("premises"), visit_began_at__gte=local_hour(month, 0))
    begun = begun.annotate(month=TruncMonth("visit_began_at", output_field=DateField(), tzinfo=DENVER))
    rows = PlannedVisit.objects.filter(
        plan__state__in=[PlanState.PROPOSED, PlanState.PUBLISHED], plan__month__gte=month, skipped_at=None
    )
    return rows.exclude(Exists(begun.filter(month=OuterRef("plan__month"))))


def begun_in(month: date, visits: Sequence[PlannedVisit]) -> dict[int, Inspection]:
    """By premises of these visits, the last inspection that began there in the month."""
    month = month.replace(day=1)
    first, after = local_hour(month, 0), local_hour(last_of(month) + timedelta(days=1), 0)
    rows = Inspection.objects.filter(
        premises__in=[visit.premises_id for visit in visits], visit_began_at__gte=first, visit_began_at__lt=after
    )
    return {row.premises_id: row for row in rows.select_related("file").order_by("visit_began_at", "pk")}
