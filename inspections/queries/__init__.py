"""The lists and values that need more than one queryset method."""

from inspections.queries.settings import RECEIPT_KINDS, receipt_kinds

__all__ = ["RECEIPT_KINDS", "receipt_kinds"]
