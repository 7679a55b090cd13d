"""Who is licensed for what, where, and who answers for them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.permissions import ever_allows
from casefile.models import new_key
from licensing import rules
from licensing.counties import COUNTIES

LICENSE_TYPES = [(code, kind.label) for code, kind in rules.TYPES.items()]


class LicenseeQuerySet(models.QuerySet["Licensee"]):
    def visible_to(self, user: User) -> "LicenseeQuerySet":
        """Staff see every licensee; a representative sees those they answer for."""
        if user.is_division:
            return self if ever_allows(user, "licensing.see") else self.none()
        return self.filter(Q(representatives__user=user, representatives__removed_at=None))


class Licensee(models.Model):
    """A person or firm that holds licenses."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=200, db_index=True)
    trade_name = models.CharField(max_length=200, blank=True)

    objects = LicenseeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def is_assigned_to(self, user: User) -> bool:
        """No officer owns a licensee; every right over one reaches any or own."""
        return False

    def standing_of(self, user: User) -> str:
        """Owner, manager or viewer; empty for a stranger."""
        found = self.representatives.filter(user=user, removed_at=None).first()
        return found.standing if found else ""


class Representative(models.Model):
    """A person who may act for a licensee, and how far."""

    class Standing(models.TextChoices):
        OWNER = "owner", "Owner"
        MANAGER = "manager", "Manager"
        VIEWER = "viewer", "Can read only"

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="representatives")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="represents")
    standing = models.CharField(max_length=10, choices=Standing.choices)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["licensee", "user"], condition=Q(removed_at=None), name="representative_once_per_licensee"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.licensee}"


class Contact(models.Model):
    """Someone at a licensee who is written to. A notice goes to every contact that receives notices."""

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=80, blank=True)
    receives_notices = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["licensee", "email"], name="contact_once_per_address")]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


class License(models.Model):
    """A license: its number, what it allows, and until when."""

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        EXPIRED = "expired", "Expired"
        SUSPENDED = "suspended", "Suspended"
        REVOKED = "revoked", "Revoked"
        CLOSED = "closed", "Closed"

    class Market(models.TextChoices):
        MEDICAL = "medical", "Medical"
        COMMERCIAL = "commercial", "Commercial"
        BOTH = "both", "Medical and commercial"

    number = models.CharField(max_length=20, unique=True)
    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="licenses")
    type = models.CharField(max_length=30, choices=LICENSE_TYPES)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ACTIVE)
    market = models.CharField(max_length=12, choices=Market.choices, default=Market.BOTH)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    mature_plants = models.PositiveIntegerField(null=True, blank=True, help_text="Authorized mature plants.")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(expires_on=None) | Q(expires_on__gte=models.F("issued_on")),
                name="license_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PremisesQuerySet(models.QuerySet["Premises"]):
    def visible_to(self, user: User) -> "PremisesQuerySet":
        """Staff see every premises; a representative sees those of their licensees."""
        if user.is_division:
            return self if ever_allows(user, "licensing.see") else self.none()
        return self.filter(
            license__licensee__representatives__user=user, license__licensee__representatives__removed_at=None
        )

    def with_licensee(self) -> "PremisesQuerySet":
        return self.select_related("license__licensee")


class Premises(models.Model):
    """A licensed place."""

    number = models.CharField(max_length=24, unique=True, help_text="The license number with the premises suffix.")
    license = models.ForeignKey(License, on_delete=models.PROTECT, related_name="premises")
    name = models.CharField(max_length=200)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    zip_code = models.CharField(max_length=10, blank=True)
    county = models.CharField(max_length=20, blank=True, choices=[(name, name) for name in COUNTIES])
    operating = models.BooleanField(default=True)

    objects = PremisesQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "premises"
        indexes = [models.Index(fields=["name", "id"], name="premises_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def suffix(self) -> str:
        return self.number.rsplit("-", 1)[-1]

    @property
    def licensee(self) -> Licensee:
        return self.license.licensee

    @property
    def address(self) -> str:
        """One line; empty parts left out."""
        place = " ".join(part for part in (f"{self.city}, NM" if self.city else "", self.zip_code) if part)
        return ", ".join(part for part in (self.street, place) if part)

    def is_assigned_to(self, user: User) -> bool:
        """No officer owns a premises."""
        return False

    def standing_of(self, user: User) -> str:
        return self.licensee.standing_of(user)
