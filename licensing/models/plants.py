"""How many mature plants a license has had, and since when: written once for each change, never corrected."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from licensing.models.licenses import License


class AuthorizationQuerySet(models.QuerySet["PlantAuthorization"]):
    def on(self, day: date) -> "PlantAuthorization | None":
        """What was in force on `day`; None before the first."""
        return self.filter(since__lte=day).order_by("-since", "-pk").first()


class PlantAuthorization(models.Model):
    """From a day on a license has this designated level and this authorized count: two facts, each may be unknown."""

    class Source(models.TextChoices):
        RECORD = "record", "On record before"
        DESIGNATION = "designation", "Designation"
        INCREASE = "increase", "Increase"
        DECREASE = "decrease", "Decrease"
        CORRECTION = "correction", "Correction of the record"

    license = models.ForeignKey(License, on_delete=models.PROTECT, related_name="authorizations")
    since = models.DateField()
    level = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The designated level, 1 to 4.")
    mature_plants = models.PositiveIntegerField(null=True, blank=True, help_text="Authorized mature plants.")
    source = models.CharField(max_length=12, choices=Source.choices)
    request = models.OneToOneField(
        "licensing.PlantRequest", on_delete=models.PROTECT, null=True, blank=True, related_name="authorization"
    )
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AuthorizationQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(level=None) | Q(level__range=(1, 4)), name="authorization_level_exists"),
        ]
        indexes = [models.Index(fields=["license", "-since", "-id"], name="authorization_of_license")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        level = f"level {self.level}" if self.level else "no level"
        return f"{self.license}: {level}, {self.mature_plants or 0:,} mature plants since {self.since}"
