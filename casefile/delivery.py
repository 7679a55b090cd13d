"""One letter to one recipient, sent so that it is never lost and never doubled."""

from datetime import datetime


def deliver(delivery_id: int, *, at: datetime) -> None:
    """Send one copy of a letter."""
