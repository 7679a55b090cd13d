"""What the plan has to know of an officer: from where they start, where they drive, when they are away."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from licensing.counties import COUNTIES


class OfficerSetup(models.Model):
    """How an officer works: their town, their counties, their days and hours."""

    officer = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    town = models.CharField(max_length=80, help_text="Where the day begins and ends.")
    counties = ArrayField(
        models.CharField(max_length=20, choices=[(name, name) for name in COUNTIES]), default=list, blank=True,
        help_text="Where they drive; empty: everywhere.",
    )  # fmt: skip
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="Monday is 0.")
    minutes = models.PositiveSmallIntegerField(default=480, help_text="Of a working day, driving included.")
    in_plans = models.BooleanField(default=True, help_text="Visits are planned for this officer.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minutes__lte=720), name="setup_day_of_a_human")]

    def __str__(self) -> str:
        return str(self.officer)


class LeaveQuerySet(models.QuerySet["Leave"]):
    def touching(self, first: date, last: date) -> "LeaveQuerySet":
        """Leave on any day from `first` to `last`."""
        return self.filter(ended_at=None, first_on__lte=last, last_on__gte=first)


class Leave(models.Model):
    """Days on which an officer is away, and who covers for them."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was taken back.")

    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="leave_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(cover=F("officer")), name="leave_is_covered_by_another"),
        ]
        indexes = [models.Index(fields=["officer", "first_on"], name="leave_of_officer")]

    def __str__(self) -> str:
        return f"{self.officer}, {self.first_on} to {self.last_on}"


class Feed(models.Model):
    """The private calendar feed of an officer. Only the digest of its key is kept; a new key ends the old one."""

    officer = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.officer)
