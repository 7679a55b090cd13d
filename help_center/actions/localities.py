"""Whom to call about odor, place by place."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from accounts.permissions import allows
from casefile.actions import Refused
from help_center.models import Locality, LocalityContact


@dataclass(frozen=True)
class Contact:
    """Whom to call; all empty takes the contact off."""

    office: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


@transaction.atomic
def change_contact(locality: Locality, contact: Contact, *, source: str, by: User, at: datetime) -> LocalityContact:
    """Write down whom to call from now on; what stood before stays on record. Raises PermissionDenied."""
    _demand(by)
    Locality.objects.select_for_update().get(pk=locality.pk)
    last = locality.contacts.aggregate(last=Max("number"))["last"] or 0
    return locality.contacts.create(number=last + 1, source=source, by=by, at=at, **asdict(contact))


@transaction.atomic
def add_place(kind: str, name: str, county: str, *, by: User) -> Locality:
    """Put a city, town or village on the list. Raises PermissionDenied, Refused where it is on it."""
    _demand(by)
    place, new = Locality.objects.get_or_create(kind=kind, name=name, county=county)
    if not new:
        raise Refused([f"{place} is on the list already."])
    return place


def _demand(by: User) -> None:
    if not allows(by, "help_center.change_contact"):
        raise PermissionDenied(f"{by} may not change whom to call")
