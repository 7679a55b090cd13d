"""What the actions share: rights."""

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.permissions import Thing, allows


def demand(user: User, right: str, thing: Thing | None = None) -> None:
    """Raise PermissionDenied unless the table of rights gives `user` the `right` of the schedule."""
    if not allows(user, f"schedules.{right}", thing):
        raise PermissionDenied(f"{user} may not {right}")
