"""The drives of one officer's day, in the order of its visits."""

from datetime import date

from schedules.models import OfficerSetup, Plan
from schedules.rules.distance import drive_minutes
from schedules.rules.places import Place, place_of


def home_of(officer: int) -> Place | None:
    """Where an officer starts; None while nobody has said."""
    town = OfficerSetup.objects.filter(officer=officer).values_list("town", flat=True).first()
    return place_of(town, "") if town else None


def order_day(plan: Plan, officer: int, day: date) -> None:
    """Number the visits of a day from 1, and count each drive from the place before."""
    before = home_of(officer)
    rows = plan.visits.filter(officer=officer, day=day, skipped_at=None).select_related("premises")
    for position, row in enumerate(rows.order_by("position", "pk"), start=1):
        here = place_of(row.premises.city, row.premises.county)
        row.position, row.drive_minutes = position, drive_minutes(before, here, day) if before else 0
        row.save(update_fields=["position", "drive_minutes"])
        before = here
