"""What the law leaves open about inspections."""

from casefile.policies import OpenPoint
from inspections import rules
from inspections.models import Way

RECEIPT_KINDS = OpenPoint(
    "receipt_kinds",
    "How a notice can be received",
    decides="Which ways of receiving a notice start the time for the plan and for the proof. The earliest one counts.",
    choices=Way.choices,
    default=rules.kinds_on,
    cites=rules.RECEIPT_KINDS.source,
)
