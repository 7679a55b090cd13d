"""Who is written to. At least one contact of a licensee receives notices."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.permissions import allows
from casefile.actions import Refused
from licensing.models import Contact, Licensee

LAST = "Notices have to reach somebody. Add another contact who receives notices first."


@transaction.atomic
def save_contact(
    licensee: Licensee, contact: Contact | None, facts: Mapping[str, Any], *, by: User, at: datetime
) -> Contact:
    """Add a contact, or change one. Raises Refused when the address is taken or no one would receive notices."""
    hold(licensee, by=by)
    email = facts["email"].strip().lower()
    others = licensee.contacts.exclude(pk=contact.pk if contact else 0)
    if others.filter(email__iexact=email).exists():
        raise Refused(["Another contact has this email address."])
    if not facts["receives_notices"] and not others.filter(receives_notices=True).exists():
        raise Refused([LAST])
    saved = contact or Contact(licensee=licensee)
    for name, value in {**facts, "email": email, "changed_at": at, "changed_by": by}.items():
        setattr(saved, name, value)
    saved.save()
    return saved


@transaction.atomic
def remove_contact(contact: Contact, *, by: User) -> None:
    """Write to this contact no longer. Letters that went there stay on record with the address."""
    licensee = hold(contact.licensee, by=by)
    if not licensee.contacts.exclude(pk=contact.pk).filter(receives_notices=True).exists():
        raise Refused([LAST])
    contact.delete()


def hold(licensee: Licensee, *, by: User) -> Licensee:
    """The licensee, whose contacts nobody else can change meanwhile. Raises PermissionDenied."""
    if not allows(by, "licensing.change_contacts", licensee):
        raise PermissionDenied(f"{by} may not change the contacts of {licensee}")
    return Licensee.objects.select_for_update().get(pk=licensee.pk)
