"""What the Division has set and inspections ask for."""

from datetime import date

from inspections.policies import RECEIPT_KINDS


def receipt_kinds(day: date) -> tuple[str, ...]:
    """The ways of receiving a notice that start the clocks on `day`: as decided, else as the law is read."""
    return RECEIPT_KINDS.on(day)
