"""The morning mail to an officer, only if something is in it."""

from datetime import datetime


def write(*, at: datetime) -> None:
    """Write each officer's mail of the day, once."""
