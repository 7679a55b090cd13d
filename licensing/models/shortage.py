"""A shortage of medical cannabis: what the Division found, and the measures it ordered (16.8.8.11 NMAC)."""

from datetime import date, timedelta
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casefile.fields import words as plain_day
from casefile.models import new_key
from licensing.counties import COUNTIES
from licensing.models.licensees import Licensee

MEASURE_KINDS = [
    ("set_aside", "Part of the stock is set aside for medical sale"),
    ("fee_reduction", "Lower fee for medical plants"),
    ("commercial_exclusion", "New licenses without commercial activity"),
    ("plant_quota", "Quota of plants for the medical program"),
]


class ShortageFindingQuerySet(models.QuerySet["ShortageFinding"]):
    def standing(self) -> "ShortageFindingQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class ShortageFinding(models.Model):
    """What the Division found for a period of six months: a shortage or none, where, and on what evidence."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    period_from = models.DateField()
    period_to = models.DateField()
    is_shortage = models.BooleanField(default=True, help_text="Not set where there was none.")
    statewide = models.BooleanField(default=False)
    areas = ArrayField(models.CharField(max_length=20, choices=[(name, name) for name in COUNTIES]), default=list)
    underserved = models.BooleanField(default=False, help_text="The areas are underserved geographical regions.")
    evidence = models.TextField()
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ShortageFindingQuerySet.as_manager()

    class Meta:
        ordering = ["-period_to", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(period_to__gt=F("period_from")), name="shortage_period_has_days")
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="values_stand", exclude=["withdrawn_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {plain_day(self.period_from)} to {plain_day(self.period_to)}"

    @property
    def what(self) -> str:
        return "Shortage" if self.is_shortage else "No shortage"

    @property
    def where(self) -> str:
        """The whole state, the counties, or both."""
        counties = f"{', '.join(self.areas)} {'County' if len(self.areas) == 1 else 'counties'}" if self.areas else ""
        return "; ".join(part for part in ("Throughout the state" if self.statewide else "", counties) if part)

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
    ends_on = models.DateField(
        null=True,
        blank=True,
        help_text="The last day; empty while no end is set, the day before the first when called off.",
    )
    order = models.TextField(help_text="The words of the order.")
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    exhausted_on = models.DateField(
        null=True, blank=True, help_text="The day on which this measure of production was found to be exhausted."
    )
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When a person set its end.")

    objects = ShortageMeasureQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on") - timedelta(days=1)),
                name="measure_ends_no_earlier_than_called_off",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="order_stands", exclude=["ends_on", "exhausted_on", "ended_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, from {plain_day(self.starts_on)}"

    def get_absolute_url(self) -> str:
        return reverse("licensing:shortage_measure", args=[self.key])

    @property
    def is_called_off(self) -> bool:
        """It was ended before its first day, so it has no day."""
        return self.ends_on is not None and self.ends_on < self.starts_on

    def is_in_force(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class ShortageEvent(models.Model):
    """A line of the record of findings and measures, which are no cases: who did what, when and why."""

    finding = models.ForeignKey(ShortageFinding, on_delete=models.PROTECT, related_name="events")
    measure = models.ForeignKey(ShortageMeasure, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    step = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    facts: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title


class MeasureLetter(models.Model):
    """A licensee was written to that a measure was ordered, or that it ends; once each, whoever its contacts are."""

    class News(models.TextChoices):
        ORDERED = "ordered", "It was ordered"
        ENDED = "ended", "It ends"

    measure = models.ForeignKey(ShortageMeasure, on_delete=models.PROTECT, related_name="letters")
    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="+")
    news = models.CharField(max_length=8, choices=News.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "licensee", "news"], name="measure_letter_once_per_licensee")
        ]

    def __str__(self) -> str:
        return f"{self.measure} to {self.licensee}: {self.get_news_display()}"
