"""The folders on which plans hang; only the pages of plans show what is in them."""

from django.db.models import QuerySet

from schedules.models import Plan


def of_plans() -> QuerySet[Plan, dict[str, int]]:
    """The folder of every plan, as a subquery."""
    return Plan.objects.values("file")
