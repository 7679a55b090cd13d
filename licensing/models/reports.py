"""What licensees report each month: plants by growth stage, harvest, production, sales, stock."""

from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.permissions import ever_allows
from casefile.models import new_key
from licensing.models.licenses import License
from licensing.models.register import Waiting
from licensing.rules.reports import LABELS

NUMBERS = tuple(LABELS)  # the columns that hold what was counted and weighed


def grams(help_text: str = "") -> models.DecimalField:
    """A weight of cannabis in grams."""
    return models.DecimalField(
        default=0, max_digits=14, decimal_places=3, validators=[MinValueValidator(0)], help_text=help_text
    )


class MonthlyReportQuerySet(models.QuerySet["MonthlyReport"]):
    def visible_to(self, user: User) -> "MonthlyReportQuerySet":
        """Staff see every report; a representative sees those of their licensees."""
        if user.is_division:
            return self if ever_allows(user, "licensing.see_reports") else self.none()
        return self.filter(
            license__licensee__representatives__user=user, license__licensee__representatives__removed_at=None
        )

    def current(self) -> "MonthlyReportQuerySet":
        """Those that no correction has replaced."""
        return self.filter(replaced_at=None)


class MonthlyReport(models.Model):
    """What one license reported for one month. A correction is a new row; the row before keeps its values."""

    class Source(models.TextChoices):
        ONLINE = "online", "Sent by the licensee"
        IMPORT = "import", "Taken in by the Division"

    license = models.ForeignKey(License, on_delete=models.PROTECT, related_name="reports")
    month = models.DateField(help_text="The first day of the month.")
    revision = models.PositiveSmallIntegerField(default=1)
    germination = models.PositiveIntegerField(default=0)
    seedling = models.PositiveIntegerField(default=0)
    vegetative = models.PositiveIntegerField(default=0)
    flowering_female = models.PositiveIntegerField(default=0)
    flowering_male = models.PositiveIntegerField(default=0)
    medical_plants = models.PositiveIntegerField(
        default=0, help_text="Mature plants set apart for the medical program."
    )
    harvested_plants = models.PositiveIntegerField(default=0)
    produced_g = grams()
    sold_g = grams()
    sold_medical_g = grams()
    sold_commercial_g = grams()
    stock_g = grams("On hand at the end of the month.")
    stock_medical_g = grams("Of it, set apart for medical sale.")
    notes = models.TextField(blank=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(
        null=True, blank=True,
        help_text="The day on which the licensee sent the first report of the month; empty when a file did not say.",
    )  # fmt: skip
    reason = models.TextField(blank=True, help_text="Why it corrects the row before.")
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = MonthlyReportQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["license", "month", "revision"], name="report_once_per_revision"),
            models.UniqueConstraint(
                fields=["license", "month"], condition=Q(replaced_at=None), name="report_one_current_per_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="report_month_is_a_first_day"),
            models.CheckConstraint(
                condition=Q(sold_g=models.F("sold_medical_g") + models.F("sold_commercial_g")),
                name="report_sales_add_up",
            ),
        ]
        indexes = [models.Index(fields=["month", "license"], name="report_of_month")]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="values_stand", exclude=["replaced_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.license}, {self.month:%B %Y}"

    @property
    def licensee(self) -> Any:
        return self.license.licensee

    @property
    def numbers(self) -> dict[str, int | Decimal]:
        """What was counted and weighed, by column."""
        return {name: getattr(self, name) for name in NUMBERS}

    @property
    def is_corrected(self) -> bool:
        return self.revision > 1

    def is_assigned_to(self, user: User) -> bool:
        """No officer owns a report."""
        return False

    def standing_of(self, user: User) -> str:
        return self.license.standing_of(user)


class ReportDraft(models.Model):
    """What was typed of a report and not sent, as it was typed."""

    license = models.ForeignKey(License, on_delete=models.CASCADE, related_name="report_drafts")
    month = models.DateField()
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["license", "month"], name="report_draft_one_per_month")]

    def __str__(self) -> str:
        return f"{self.license}, {self.month}"


class ReportImport(models.Model):
    """One file of reports that the Division took in for one month, with what became of its rows."""

    month = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    created = models.PositiveIntegerField()
    corrected = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    held = models.PositiveIntegerField()
    notes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    rows=models.F("created") + models.F("corrected") + models.F("unchanged") + models.F("held")
                ),
                name="report_import_drops_no_row",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.at:%Y-%m-%d %H:%M}"


class HeldReport(Waiting, models.Model):
    """A row of a file of reports that a person has to look at. The same row read again is the same held row."""

    class State(models.TextChoices):
        OPEN = "open", "To settle"
        CORRECTED = "corrected", "Set right"
        SET_ASIDE = "set_aside", "Set aside"
        IMPORTED = "imported", "Taken in later"

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    run = models.ForeignKey(ReportImport, on_delete=models.PROTECT, related_name="held_rows")
    line = models.PositiveIntegerField()
    month = models.DateField()
    facts = models.JSONField(help_text="The row as it came.")
    fingerprint = models.CharField(max_length=64)
    reason = models.CharField(max_length=40, help_text="The first reason, by which it is counted.")
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    corrected = models.JSONField(null=True, blank=True, help_text="The row as a person set it right.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_how = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["month", "fingerprint"], name="held_report_once"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="held_report_settled_or_open",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="held_report_open")]

    def __str__(self) -> str:
        return f"line {self.line} of {self.run}"

    def get_absolute_url(self) -> str:
        return reverse("licensing:held_report", args=[self.key])

    @property
    def name(self) -> str:
        return self.facts.get("license_number", "").strip() or "No number"
