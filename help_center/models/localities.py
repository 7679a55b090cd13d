"""Cities, towns, villages and counties, and whom to call there about odor. A change is a new contact."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch

from licensing.counties import COUNTIES
from licensing.models.words import with_words, words_field


class LocalityQuerySet(models.QuerySet["Locality"]):
    def holding(self, typed: str) -> "LocalityQuerySet":
        """Those with every typed word in their name or county."""
        return with_words(self, typed)

    def with_contact(self) -> "LocalityQuerySet":
        """Each with its last contact as `last`, a list of at most one."""
        last = LocalityContact.objects.order_by("locality_id", "-number").distinct("locality_id")
        newest = LocalityContact.objects.filter(pk__in=last.values("pk"))
        return self.prefetch_related(Prefetch("contacts", newest, to_attr="last"))


class Locality(models.Model):
    """A place with a local government."""

    class Kind(models.TextChoices):
        COUNTY = "county", "County"
        CITY = "city", "City"
        TOWN = "town", "Town"
        VILLAGE = "village", "Village"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=60)
    county = models.CharField(max_length=20, choices=[(name, name) for name in COUNTIES])
    words = words_field(F("name"), F("county"))

    objects = LocalityQuerySet.as_manager()
    last: list["LocalityContact"]

    class Meta:
        ordering = ["county", "pk"]
        verbose_name_plural = "localities"
        constraints = [models.UniqueConstraint(fields=["kind", "name", "county"], name="locality_once")]

    def __str__(self) -> str:
        return f"{self.name} County" if self.kind == self.Kind.COUNTY else f"{self.get_kind_display()} of {self.name}"


class LocalityContact(models.Model):
    """Whom to call about odor at one place, as staff wrote it down; empty where nobody is to be called any longer."""

    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="contacts")
    number = models.PositiveIntegerField()
    office = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(max_length=300, blank=True)
    source = models.CharField(max_length=300, help_text="Where we know it from, or why it was taken off.")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["locality", "-number"]
        constraints = [models.UniqueConstraint(fields=["locality", "number"], name="locality_contact_number_once")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.locality} {self.number}"

    @property
    def is_empty(self) -> bool:
        return not (self.office or self.phone or self.email or self.website)
