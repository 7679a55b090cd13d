"""What else is written down at a visit and after it: plants, receipts, penalties."""

from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models

from casefile.models import Notice
from inspections import rules
from inspections.models.violations import Violation
from licensing.rules import STAGE_LABELS


class Way(models.TextChoices):
    """A way of receiving a notice."""

    MAIL_ACCEPTED = "mail_accepted", "The recipient's mail server took it"
    ACKNOWLEDGED = "acknowledged", "Acknowledged in the portal"
    BY_HAND = "by_hand", "Handed over"
    CERTIFIED_MAIL = "certified_mail", "Certified mail"


GROWTH_STAGES = list(STAGE_LABELS.items())


class PlantCount(models.Model):
    """How many plants of one growth stage were counted at a visit (16.8.8.8 NMAC)."""

    inspection = models.ForeignKey("inspections.Inspection", on_delete=models.PROTECT, related_name="plant_counts")
    stage = models.CharField(max_length=20, choices=GROWTH_STAGES)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["inspection", "stage"], name="plants_counted_once_per_stage")]

    def __str__(self) -> str:
        return f"{self.count} {self.get_stage_display()}"


class Receipt(models.Model):
    """A proof that the notice was received: how, when, and what shows it."""

    inspection = models.ForeignKey("inspections.Inspection", on_delete=models.PROTECT, related_name="receipts")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=15, choices=Way.choices)
    received_at = models.DateTimeField()
    proof = models.TextField()
    counts = models.BooleanField(help_text="This kind counted on that day, by the Division's setting.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["received_at", "pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.received_at:%Y-%m-%d %H:%M}"


class Penalty(models.Model):
    """A civil penalty for one violation: how often, how much each, in dollars."""

    inspection = models.ForeignKey("inspections.Inspection", on_delete=models.PROTECT, related_name="penalties")
    violation = models.OneToOneField(Violation, on_delete=models.PROTECT, related_name="penalty")
    count = models.PositiveIntegerField()
    amount = models.PositiveIntegerField(help_text="Dollars for each count.")

    class Meta:
        ordering = ["violation__number"]
        verbose_name_plural = "penalties"

    def __str__(self) -> str:
        return f"{self.count} x ${self.amount:,}"

    def facts(self) -> rules.Penalty:
        return rules.Penalty(self.violation.number, self.count, Decimal(self.amount))
