"""The plan of a month, the officers it counts on, and who read it. No table of a lower storey points here."""

from schedules.models.officers import Feed, Leave, OfficerSetup
from schedules.models.plans import Plan
from schedules.models.visits import PlannedVisit, PlanRead, VisitChange

__all__ = ["Feed", "Leave", "OfficerSetup", "Plan", "PlanRead", "PlannedVisit", "VisitChange"]
