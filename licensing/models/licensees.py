"""Who holds licenses, who answers for them, and who is written to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from accounts.permissions import ever_allows
from casefile.models import Recipient, new_key
from licensing.models.words import trigrams, with_words, words_field


class LicenseeQuerySet(models.QuerySet["Licensee"]):
    def visible_to(self, user: User) -> "LicenseeQuerySet":
        """Staff see every licensee; a representative sees those they answer for."""
        if user.is_division:
            return self if ever_allows(user, "licensing.see") else self.none()
        return self.filter(Q(representatives__user=user, representatives__removed_at=None))

    def holding(self, typed: str) -> "LicenseeQuerySet":
        """Those with every typed word in their name or trade name."""
        return with_words(self, typed)


class Licensee(models.Model):
    """A person or firm that holds licenses."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=200, db_index=True)
    trade_name = models.CharField(max_length=200, blank=True)
    plain_name = words_field(F("name"))
    words = words_field(F("name"), F("trade_name"))

    objects = LicenseeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["plain_name"], name="licensee_by_plain_name"),
            models.Index(fields=["words", "id"], name="licensee_by_words"),
            trigrams("licensee_with_words"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("licensing:licensee", args=[self.key])

    def is_assigned_to(self, user: User) -> bool:
        """No officer owns a licensee; every right over one reaches any or own."""
        return False

    def standing_of(self, user: User) -> str:
        """Owner, manager or viewer; empty for a stranger."""
        found = self.representatives.filter(user=user, removed_at=None).first()
        return found.standing if found else ""

    def recipients(self) -> list[Recipient]:
        """The contacts who get its letters."""
        return [Recipient(c.name, c.email) for c in self.contacts.filter(receives_notices=True)]


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
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["licensee", "email"], name="contact_once_per_address")]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"
