"""The people of the Division: asked in, given another role, let go, let in again."""

import logging
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import STAFF, Invitation, Role, User
from accounts.permissions import allows
from casefile import notices
from casefile.actions import Refused
from casefile.letters import Letter
from casefile.models import Recipient

logger = logging.getLogger(__name__)

INVITATION = Letter("casefile.invitation", "Invitation", "{{ invitation.invited_by.name }} invites you to sign in")


def send_invitation(user: User, *, by: User, at: datetime, acts_for: object = "") -> Invitation:
    """Write `user` a letter with a link to choose a password; links of earlier letters stop working."""
    invitation, key = Invitation.objects.issue(user, by=by, at=at)
    notices.write_to(
        INVITATION, Recipient(user.name, user.email, user), once=f"invitation:{invitation.pk}", at=at,
        invitation=invitation, key=key, acts_for=acts_for,
    )  # fmt: skip
    return invitation


@transaction.atomic
def invite_staff(*, name: str, email: str, role: str, phone: str, by: User, at: datetime) -> User:
    """Add a person of the Division and ask them in. Raises Refused when the address is taken."""
    check_may_change(by)
    if User.objects.filter(email=email.strip().lower()).exists():
        raise Refused(["Somebody with this email address is already here."])
    user = User.objects.create_user(email, name=name, role=Role(role), phone=phone)
    send_invitation(user, by=by, at=at)
    logger.info("%s added %s as %s", by.email, user.email, role)
    return user


@transaction.atomic
def invite_again(user: User, *, by: User, at: datetime) -> None:
    """Send a new link to somebody who has not come in yet."""
    check_may_change(by)
    if user.has_usable_password():
        raise Refused([f"{user.name} has a password already, and can ask for a new one on the sign-in page."])
    send_invitation(user, by=by, at=at)


@transaction.atomic
def change_role(user: User, *, role: str, by: User) -> None:
    """Give a person of the Division another role; open pages of theirs end."""
    user = hold(user, by=by)
    if role != Role.ADMINISTRATOR:
        keep_an_administrator(user)
    user.role = Role(role)
    user.save(update_fields=["role"])
    user.end_sessions()
    logger.info("%s made %s %s", by.email, user.email, role)


@transaction.atomic
def deactivate(user: User, *, by: User) -> None:
    """Let a person go: signed out everywhere at once, and never let in again until reactivated."""
    user = hold(user, by=by)
    keep_an_administrator(user)
    user.deactivate()
    logger.info("%s deactivated %s", by.email, user.email)


@transaction.atomic
def reactivate(user: User, *, by: User) -> None:
    """Let a person in again, with the password they had."""
    user = hold(user, by=by)
    user.is_active = True
    user.save(update_fields=["is_active"])
    logger.info("%s reactivated %s", by.email, user.email)


def check_may_change(by: User) -> None:
    """Raise PermissionDenied unless `by` may change who works here."""
    if not allows(by, "accounts.change_staff"):
        raise PermissionDenied(f"{by} may not change who works here")


def hold(user: User, *, by: User) -> User:
    """The person as they stand; with them all administrators, so that two changes at once keep one."""
    check_may_change(by)
    list(User.objects.filter(role=Role.ADMINISTRATOR).order_by("pk").select_for_update())
    return User.objects.filter(role__in=STAFF).select_for_update().get(pk=user.pk)


def keep_an_administrator(user: User) -> None:
    """Raise Refused when nobody could undo the change."""
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)
    if user.role == Role.ADMINISTRATOR and not others.exists():
        raise Refused([f"{user.name} is the only administrator. Make somebody else an administrator first."])
