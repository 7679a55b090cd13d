"""What is licensed, and where."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.permissions import ever_allows
from licensing import rules
from licensing.counties import COUNTIES
from licensing.models.licensees import Licensee
from licensing.models.words import trigrams, with_words, words_field

LICENSE_TYPES = [(code, kind.label) for code, kind in rules.TYPES.items()]


class LicenseQuerySet(models.QuerySet["License"]):
    def visible_to(self, user: User) -> "LicenseQuerySet":
        """Staff see every license; a representative sees those of their licensees."""
        if user.is_division:
            return self if ever_allows(user, "licensing.see") else self.none()
        return self.filter(licensee__representatives__user=user, licensee__representatives__removed_at=None)


class License(models.Model):
    """A license: its number, what it allows, and until when."""

    class Status(models.TextChoices):
        APPLIED = "applied", "Applied for"
        ACTIVE = "active", "Active"
        EXPIRED = "expired", "Expired"
        SUSPENDED = "suspended", "Suspended"
        REVOKED = "revoked", "Revoked"
        CLOSED = "closed", "Closed"
        DENIED = "denied", "Denied"

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
    level = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The designated level, 1 to 4.")
    mature_plants = models.PositiveIntegerField(null=True, blank=True, help_text="Authorized mature plants.")
    operations_began_on = models.DateField(null=True, blank=True)
    operations_ended_on = models.DateField(null=True, blank=True)
    biotrack_account = models.CharField(max_length=120, blank=True, help_text="The name of its account in BioTrack.")
    biotrack_email = models.EmailField(blank=True, help_text="Who was named as its administrator in BioTrack.")

    objects = LicenseQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(expires_on=None) | Q(expires_on__gte=models.F("issued_on")),
                name="license_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(level=None) | Q(level__range=(1, 4)), name="license_level_exists"),
        ]
        indexes = [models.Index(fields=["type", "status", "level", "id"], name="license_by_level")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("licensing:license", args=[self.number])

    @property
    def tone(self) -> str:
        """The color of the tag that says the status."""
        return {self.Status.ACTIVE: "green", self.Status.SUSPENDED: "amber", self.Status.REVOKED: "red"}.get(
            self.Status(self.status), ""
        )

    def is_assigned_to(self, user: User) -> bool:
        """No officer owns a license."""
        return False

    def standing_of(self, user: User) -> str:
        return self.licensee.standing_of(user)


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

    def holding(self, typed: str) -> "PremisesQuerySet":
        """Those with every typed word in their name, number or city."""
        return with_words(self, typed)


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
    words = words_field(F("name"), F("number"), F("city"))

    objects = PremisesQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "premises"
        indexes = [
            models.Index(fields=["name", "id"], name="premises_by_name"),
            models.Index(fields=["words", "id"], name="premises_by_words"),
            models.Index(fields=["county", "words", "id"], name="premises_of_county"),
            trigrams("premises_with_words"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("licensing:place", args=[self.number])

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
