"""Who may act for a licensee: asked in, given another standing, removed. One owner always remains."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Role, User
from accounts.permissions import allows
from casefile import notices
from casefile.actions import Refused
from casefile.models import Recipient
from casefile.people import send_invitation
from licensing import letters
from licensing.models import Licensee, Representative

OWNER = Representative.Standing.OWNER


@transaction.atomic
def invite_person(
    licensee: Licensee, *, name: str, email: str, standing: str, by: User, at: datetime
) -> Representative:
    """Let a person act for `licensee`; somebody new gets a link to come in. Raises Refused."""
    held(licensee, by=by)
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(email, name=name, role=Role.REPRESENTATIVE)
    elif user.role != Role.REPRESENTATIVE or not user.is_active:
        raise Refused(["This email address cannot be added here. Use another one, or call us."])
    elif licensee.representatives.filter(user=user, removed_at=None).exists():
        raise Refused(["Somebody with this email address is already on the list."])
    person = licensee.representatives.create(user=user, standing=standing, added_at=at, added_by=by)
    tell(person, by=by, at=at)
    return person


def tell(person: Representative, *, by: User, at: datetime) -> None:
    """Write to somebody who was added: a link to come in, or that they may act for one more licensee."""
    if not person.user.has_usable_password():
        send_invitation(person.user, by=by, at=at, acts_for=person.licensee)
        return
    to = Recipient(person.user.name, person.user.email, person.user)
    facts = {"licensee": person.licensee, "person": person, "by": by}
    notices.write_to(letters.PERSON_ADDED, to, once=f"representative:{person.pk}:added", at=at, **facts)


@transaction.atomic
def change_standing(person: Representative, *, standing: str, by: User, at: datetime) -> Representative:
    """Give a person another standing; the one before stays on record."""
    licensee = held(person.licensee, by=by)
    if person.standing == standing:
        return person
    if standing != OWNER:
        keep_an_owner(licensee, person)
    end(person, by=by, at=at)
    return licensee.representatives.create(user=person.user, standing=standing, added_at=at, added_by=by)


@transaction.atomic
def remove_person(person: Representative, *, by: User, at: datetime) -> None:
    """Let a person act for this licensee no longer; they are signed out everywhere at once."""
    keep_an_owner(held(person.licensee, by=by), person)
    end(person, by=by, at=at)
    person.user.end_sessions()


def held(licensee: Licensee, *, by: User) -> Licensee:
    """The licensee, whose people nobody else can change meanwhile. Raises PermissionDenied."""
    if not allows(by, "licensing.change_people", licensee):
        raise PermissionDenied(f"{by} may not change who acts for {licensee}")
    return Licensee.objects.select_for_update().get(pk=licensee.pk)


def keep_an_owner(licensee: Licensee, person: Representative) -> None:
    """Raise Refused when no owner would be left."""
    others = licensee.representatives.filter(standing=OWNER, removed_at=None).exclude(pk=person.pk)
    if person.standing == OWNER and not others.exists():
        raise Refused([f"{person.user.name} is the only owner. Make somebody else an owner first."])


def end(person: Representative, *, by: User, at: datetime) -> None:
    """End one standing. Raises Refused when somebody else was first."""
    current = Representative.objects.filter(pk=person.pk, removed_at=None)
    if not current.update(removed_at=at, removed_by=by):
        raise Refused(["Somebody else has changed this just now. Look at the list again."])
