"""A shortage of medical cannabis: what the Division found, and the measures it ordered (16.8.8.11 NMAC)."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casefile.models import new_key
from licensing.counties import COUNTIES

MEASURE_KINDS = [
    ("set_aside", "Part of the stock is set aside for medical sale"),
    ("fee_reduction", "Lower fee for medical plants"),
    ("commercial_exclusion", "New licenses without commercial activity"),
    ("plant_quota", "Quota of plants for the medical program"),
]


class ShortageFinding(models.Model):
    """The Division found a shortage in a period of six months: where, and on what evidence."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    period_from = models.DateField()
    period_to = models.DateField()
    statewide = models.BooleanField(default=False)
    areas = ArrayField(models.CharField(max_length=20, choices=[(name, name) for name in COUNTIES]), default=list)
    underserved = models.BooleanField(default=False, help_text="The areas are underserved geographical regions.")
    evidence = models.TextField()
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        ordering = ["-period_to", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(period_to__gt=F("period_from")), name="shortage_period_has_days")
        ]

    def __str__(self) -> str:
        return f"Shortage {self.period_from} to {self.period_to}"

    def get_absolute_url(self) -> str:
        return reverse("licensing:shortage_finding", args=[self.key])


class ShortageMeasureQuerySet(models.QuerySet["ShortageMeasure"]):
    def in_force(self, day: date) -> "ShortageMeasureQuerySet":
        """Those that bind somebody on `day`."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class ShortageMeasure(models.Model):
    """A measure against a shortage: what it asks, of whom, from when until when."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    finding = models.ForeignKey(ShortageFinding, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=20, choices=MEASURE_KINDS)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    fee = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, help_text="Dollars for each plant."
    )
    tracking = models.TextField(blank=True, help_text="What has to be tracked besides.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day; empty while no end is set.")
    order = models.TextField(help_text="The words of the order.")
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    exhausted_on = models.DateField(
        null=True, blank=True, help_text="The day on which this measure of production was found to be exhausted."
    )
    exhausted_why = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_why = models.TextField(blank=True)

    objects = ShortageMeasureQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="measure_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.starts_on}"

    def is_in_force(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
