"""What was read from extracts of the state's register: each import, and the rows that wait for a person."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from casefile.models import new_key
from licensing.models.licenses import License, Premises


class RegisterRun(models.Model):
    """One import of a register extract, with what became of its rows."""

    at = models.DateTimeField()
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    created = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    held = models.PositiveIntegerField()
    notes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=models.F("created") + models.F("updated") + models.F("unchanged") + models.F("held")),
                name="register_run_drops_no_row",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.at:%Y-%m-%d %H:%M}"


class HeldRowQuerySet(models.QuerySet["HeldRow"]):
    def open(self) -> "HeldRowQuerySet":
        """Those that wait for a person."""
        return self.filter(state=HeldRow.State.OPEN)


class Waiting:
    """What every row has that waits for a person until it is settled."""

    state: str

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def tone(self) -> str:
        """The color of the tag that says the state."""
        return "amber" if self.is_open else ""


class HeldRow(Waiting, models.Model):
    """A row of an extract that a person has to look at. The same row read again is the same held row."""

    class State(models.TextChoices):
        OPEN = "open", "To settle"
        MATCHED = "matched", "Matched"
        CORRECTED = "corrected", "Corrected"
        SET_ASIDE = "set_aside", "Set aside"
        IMPORTED = "imported", "Taken in later"

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    run = models.ForeignKey(RegisterRun, on_delete=models.PROTECT, related_name="held_rows")
    line = models.PositiveIntegerField()
    facts = models.JSONField(help_text="The row as it came; only the columns that we use.")
    fingerprint = models.CharField(max_length=64)
    nth = models.PositiveIntegerField(default=1, help_text="Which of several equal rows of one file.")
    reason = models.CharField(max_length=40, help_text="The first reason, by which it is counted.")
    reasons = models.JSONField(default=list, help_text="Every reason in words.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    license = models.ForeignKey(License, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    corrected = models.JSONField(null=True, blank=True, help_text="The row as a person corrected it.")
    note = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = HeldRowQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["fingerprint", "nth"], name="held_row_once"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="held_row_settled_or_open",
            ),
        ]
        indexes = [models.Index(fields=["state", "reason", "-id"], name="held_row_by_reason")]

    def __str__(self) -> str:
        return f"Line {self.line} of {self.run.file_name}"

    def get_absolute_url(self) -> str:
        return reverse("licensing:held_row", args=[self.key])

    @property
    def name(self) -> str:
        return self.facts.get("business_legal_name", "").strip() or "No name"
