"""The violation types, each version with the days it is in force."""

from datetime import date

from django.db import models
from django.db.models import Q

from inspections import rules

SEVERITIES = [(severity, severity.capitalize()) for severity in rules.SEVERITIES]


class CatalogQuerySet(models.QuerySet["CatalogEntry"]):
    def on(self, day: date) -> "CatalogQuerySet":
        """The versions in force on `day`."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class CatalogEntry(models.Model):
    """One version of a violation type. A recorded violation keeps the version of the day of the visit."""

    code = models.CharField(max_length=12)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=120)
    citation = models.CharField(max_length=120)
    description = models.TextField()
    severity = models.CharField(max_length=10, choices=SEVERITIES)
    license_types = models.JSONField(default=list, help_text="Codes of license types; empty means all.")

    objects = CatalogQuerySet.as_manager()

    class Meta:
        ordering = ["code", "since"]
        verbose_name_plural = "catalog entries"
        constraints = [models.UniqueConstraint(fields=["code", "since"], name="catalog_one_version_a_day")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def applies_to(self, license_type: str) -> bool:
        return not self.license_types or license_type in self.license_types
