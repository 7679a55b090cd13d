"""Who: the people who sign in, each with one role, and how they are asked in."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac


class Role(models.TextChoices):
    """What a person is to the Division. A row of the table of rights speaks of these."""

    OFFICER = "officer", "Compliance Officer"
    SUPERVISOR = "supervisor", "Supervisor"
    ADMINISTRATOR = "administrator", "Administrator"
    AUDITOR = "auditor", "Auditor"
    REPRESENTATIVE = "representative", "Representative"
    CLOCKWORK = "clockwork", "Clockwork"


INVITATION_LASTS = timedelta(days=7)
STAFF = (Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)


class UserManager(BaseUserManager["User"]):
    """Makes people; an address is kept in small letters so that one person has one account."""

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "User":
        """Store a person. Without a password they cannot sign in until they accept an invitation."""
        user = self.model(email=email.strip().lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())

    def staff(self) -> "models.QuerySet[User]":
        """Everybody who works for the Division or did; those who were let go stand last."""
        return self.filter(role__in=STAFF).order_by("-is_active", "name", "pk")

    def clockwork(self) -> "User":
        """The system itself, which takes the steps that time or a mail server makes."""
        user, _ = self.get_or_create(
            email="clockwork@localhost",
            defaults={"name": "the system", "role": Role.CLOCKWORK, "is_active": False, "password": "!"},
        )
        return user


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    session_epoch = models.PositiveIntegerField(default=0, help_text="Raised to end every session at once.")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_in_small_letters"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_is_known"),
            models.CheckConstraint(
                condition=~models.Q(role=Role.CLOCKWORK) | models.Q(is_active=False), name="user_clockwork_stays_out"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Tie every session to the password and to `session_epoch`."""
        return self._epoch_hash()

    def get_session_auth_fallback_hash(self):
        return iter(())

    def _epoch_hash(self) -> str:
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac("accounts.session", value, algorithm="sha256").hexdigest()

    def end_sessions(self) -> None:
        """Sign this person out everywhere, from the next request on."""
        type(self).objects.filter(pk=self.pk).update(session_epoch=models.F("session_epoch") + 1)

    def deactivate(self) -> None:
        """Take every right away, from the next request on."""
        type(self).objects.filter(pk=self.pk).update(is_active=False, session_epoch=models.F("session_epoch") + 1)
        self.is_active = False

    @property
    def is_division(self) -> bool:
        """Works for the Division, so uses the office pages."""
        return self.role in STAFF

    # What the Django admin asks

    @property
    def is_staff(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and self.role == Role.ADMINISTRATOR and ".view_" in perm

    def has_perms(self, perm_list: Iterable[str], obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.role == Role.ADMINISTRATOR


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> "InvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(accepted_at=None, expires_at__gt=at, user__is_active=True)

    def of_key(self, key: str) -> "InvitationQuerySet":
        """The one that the link with `key` speaks of, if any."""
        return self.filter(key_sha256=sha256(key.encode()).hexdigest())

    def issue(self, user: User, *, by: User, at: datetime) -> tuple["Invitation", str]:
        """Ask `user` in; with it the key of the link, of which only the digest is kept. Earlier links stop working."""
        self.filter(user=user).open(at).update(expires_at=at)
        key = secrets.token_urlsafe(32)
        invitation = self.create(
            user=user,
            key_sha256=sha256(key.encode()).hexdigest(),
            invited_by=by,
            at=at,
            expires_at=at + INVITATION_LASTS,
        )
        return invitation, key


class Invitation(models.Model):
    """A person was asked in; the link in the mail lets them choose a password, once, for 7 days."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    key_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user}, {self.at:%Y-%m-%d}"
