"""The lists and values that need more than one queryset method."""

from inspections.queries.settings import RECEIPT_KINDS, receipt_kinds
from inspections.queries.standing import Parts, Standing, standing, standings
from inspections.queries.steps import Step, next_step

__all__ = [
    "RECEIPT_KINDS",
    "Parts",
    "Standing",
    "Step",
    "next_step",
    "receipt_kinds",
    "standing",
    "standings",
]
