"""A visit to a licensed premises, what was found, and what came of it."""

from inspections.models.catalog import SEVERITIES, CatalogEntry
from inspections.models.inspection import Inspection
from inspections.models.records import GROWTH_STAGES, Penalty, PlantCount, Receipt, Way
from inspections.models.violations import Decision, Evidence, PlanItem, Proof, Violation

__all__ = [
    "GROWTH_STAGES",
    "SEVERITIES",
    "CatalogEntry",
    "Decision",
    "Evidence",
    "Inspection",
    "Penalty",
    "PlanItem",
    "PlantCount",
    "Proof",
    "Receipt",
    "Violation",
    "Way",
]
