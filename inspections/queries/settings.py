"""What the Division has set and inspections ask for."""

from datetime import date

from casefile.models import Policy
from inspections import rules

RECEIPT_KINDS = "receipt_kinds"


def receipt_kinds(day: date) -> tuple[str, ...]:
    """The ways of receiving a notice that start the clocks on `day`: as the Division has set it, else as the law is read."""
    try:
        value = Policy.objects.on(RECEIPT_KINDS, day)
    except LookupError:
        return rules.kinds_on(day)
    return tuple(str(kind) for kind in value) if isinstance(value, list) else ()
