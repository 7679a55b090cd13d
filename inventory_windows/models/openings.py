"""Each time a window was opened: from when, until when, and until when no other may be open."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from accounts.models import User
from accounts.permissions import ever_allows
from casefile.models import Case, CaseFile
from inventory_windows import rules
from licensing.models import License


class Blocked(Func):
    """The time in which no other window may open, as a range with its first instant and without its last."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, user: User) -> "OpeningQuerySet":
        """Staff see every opening; a representative sees those of their licensees."""
        if user.is_division:
            return self if ever_allows(user, "inventory_windows.see") else self.none()
        return self.filter(
            license__licensee__representatives__user=user, license__licensee__representatives__removed_at=None
        )

    def over(self, at: datetime) -> "OpeningQuerySet":
        """Open windows whose end has come."""
        return self.filter(shut_at=None, closes_at__lte=at)

    def open_now(self, at: datetime) -> "OpeningQuerySet":
        return self.filter(opened_at__lte=at, closes_at__gt=at)

    def to_shut(self, at: datetime) -> "OpeningQuerySet":
        """Ended, and nobody has confirmed that BioTrack has it shut."""
        return self.filter(closes_at__lte=at, confirmed_at=None)

    def with_case(self) -> "OpeningQuerySet":
        """With the rows that every list names, in one query."""
        return self.select_related("license__licensee", "file__windowrequest", "file__firstwindow")


class Opening(models.Model):
    """A window that was opened in BioTrack."""

    class Kind(models.TextChoices):
        FIRST = "first", "First window"
        AGAIN = "again", "Opened again"

    file = models.OneToOneField(CaseFile, on_delete=models.PROTECT, related_name="opening")
    license = models.ForeignKey(License, on_delete=models.PROTECT, related_name="openings")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    opened_at = models.DateTimeField(help_text="When BioTrack had it open, to the minute.")
    closes_at = models.DateTimeField()
    blocked_until = models.DateTimeField(help_text="Until then no other window of this license may open.")
    shut_at = models.DateTimeField(null=True, blank=True, help_text="Its true end, whenever that was noticed.")
    shut_in_biotrack_at = models.DateTimeField(null=True, blank=True, help_text="When BioTrack had it shut.")
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When somebody said so.")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            ExclusionConstraint(
                name="opening_one_in_three_months",
                expressions=[
                    ("license", RangeOperators.EQUAL),
                    (Blocked("opened_at", "blocked_until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at"), blocked_until__gte=F("closes_at")),
                name="opening_blocks_while_open",
            ),
            models.CheckConstraint(
                condition=Q(shut_at=None) | Q(shut_at=F("closes_at")), name="opening_shut_at_its_end"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, shut_in_biotrack_at=None)
                | Q(confirmed_at__isnull=False, shut_in_biotrack_at__isnull=False),
                name="opening_confirmed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at", "id"], condition=Q(shut_at=None), name="opening_open"),
            models.Index(fields=["closes_at", "id"], condition=Q(confirmed_at=None), name="opening_to_confirm"),
            models.Index(fields=["opened_at", "id"], name="opening_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.license}, {self.opened_at:%Y-%m-%d %H:%M}"

    @property
    def case(self) -> Case:
        """The request, or the first window, that this opening belongs to."""
        return self.file.case

    @property
    def number(self) -> str:
        """The number of its request or first window; the rows come with `with_case`."""
        case = getattr(self.file, "windowrequest", None) or getattr(self.file, "firstwindow", None)
        return case.number if case else ""

    def get_absolute_url(self) -> str:
        return reverse("inventory_windows:window", args=[self.number])

    def span(self) -> rules.Span:
        """As the rules see it."""
        return rules.Span(self.opened_at, self.closes_at, self.blocked_until)

    def is_open(self, at: datetime) -> bool:
        return self.span().is_open(at)


class RequestSeries(models.Model):
    """The last number given in a year in one series, such as W26-0012. Locked while one is taken."""

    prefix = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="series_once_a_year")]

    def __str__(self) -> str:
        return f"{self.prefix}{self.year}: {self.last}"

    @classmethod
    def take(cls, prefix: str, year: int) -> str:
        """The next number of `year`. Call inside a transaction."""
        cls.objects.get_or_create(prefix=prefix, year=year)
        series = cls.objects.select_for_update().get(prefix=prefix, year=year)
        series.last += 1
        series.save(update_fields=["last"])
        return f"{prefix}{year % 100:02d}-{series.last:04d}"
