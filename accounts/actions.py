"""What people do about their own account."""

from datetime import datetime

from django.db import transaction

from accounts.models import Invitation, User


@transaction.atomic
def accept_invitation(key: str, password: str, *, at: datetime) -> User | None:
    """Give the person whom `key` asks in their password, once; nothing when the link no longer works."""
    found = Invitation.objects.of_key(key).open(at).select_for_update(of=("self",)).select_related("user").first()
    if found is None:
        return None
    found.accepted_at = at
    found.save(update_fields=["accepted_at"])
    found.user.set_password(password)
    found.user.save(update_fields=["password"])
    return found.user
