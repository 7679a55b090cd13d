"""One visit of a plan, what was changed by hand, and who read a plan."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.permissions import ever_allows
from casefile.models import new_key
from inspections.models import Inspection
from licensing.models import Premises
from schedules.models.plans import Plan
from schedules.stages import PlanState, Purpose


class PlannedVisitQuerySet(models.QuerySet["PlannedVisit"]):
    def visible_to(self, user: User) -> "PlannedVisitQuerySet":
        """All for those who see plans; an officer sees their own visits of published plans; nobody else sees any."""
        if ever_allows(user, "schedules.see_plans"):
            return self
        return self.in_force().filter(officer=user) if ever_allows(user, "schedules.see_own_month") else self.none()

    def in_force(self) -> "PlannedVisitQuerySet":
        """Of published plans."""
        return self.filter(plan__state=PlanState.PUBLISHED)

    def with_place(self) -> "PlannedVisitQuerySet":
        """With the rows that every list names, in one query."""
        return self.select_related("plan", "premises__license__licensee", "officer", "case__file")


class PlannedVisit(models.Model):
    """That an officer sees a premises on a day, and why. Nothing of it leaves this app before the visit has begun."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="visits")
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    position = models.PositiveSmallIntegerField(help_text="Within the day of its officer, from 1.")
    minutes = models.PositiveSmallIntegerField(help_text="At the premises.")
    drive_minutes = models.PositiveSmallIntegerField(default=0, help_text="To get there from the place before.")
    purpose = models.CharField(max_length=15, choices=Purpose.choices)
    case = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="The inspection that was planned already, or that a follow-up is about.",
    )  # fmt: skip
    due_on = models.DateField(null=True, blank=True, help_text="By when at the latest, where there is such a day.")
    score = models.PositiveSmallIntegerField(default=0, help_text="Of the risk, 0 to 100.")
    parts: Any = models.JSONField(default=list, help_text="The parts of the score: key, words, points.")
    reasons: Any = models.JSONField(default=list, help_text="Why it is in the plan and why then, as sentences.")
    fixed = models.BooleanField(default=False, help_text="A person wants it so; planning again leaves it.")
    skipped_at = models.DateTimeField(null=True, blank=True)
    skipped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    skip_reason = models.TextField(blank=True)

    objects = PlannedVisitQuerySet.as_manager()

    class Meta:
        ordering = ["day", "officer", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "premises"], name="visit_once_a_plan"),
            models.CheckConstraint(
                condition=Q(skipped_at=None) | ~Q(skip_reason=""), name="visit_skipped_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "officer", "day"], name="visit_of_officer"),
            models.Index(fields=["premises", "day"], name="visit_of_premises"),
        ]

    def __str__(self) -> str:
        return f"{self.premises}, {self.day}"

    def is_assigned_to(self, user: User) -> bool:
        return self.officer_id == user.pk

    def standing_of(self, user: User) -> str:
        """No licensee has anything to do with a planned visit."""
        return ""


class VisitChange(models.Model):
    """What a person changed in a plan, and why. Never changed itself."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="changes")
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20, help_text="added, moved, removed, fixed, freed, skipped, taken up")
    reason = models.TextField(blank=True)
    was: Any = models.JSONField(default=dict)
    now: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.premises} {self.what}"


class PlanRead(models.Model):
    """Somebody read a plan, or a part of one. Never changed."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    page = models.CharField(max_length=40, help_text="The name of the address.")
    of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Whose month it was.",
    )  # fmt: skip
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["by", "-at"], name="read_by_person")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.by} {self.page} {self.at:%Y-%m-%d %H:%M}"
