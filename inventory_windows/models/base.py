"""What requests, first windows and corrections have in common: a license, a number, an officer, and who may know."""

from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from accounts.permissions import ever_allows
from casefile.models import Case, Document
from inventory_windows import rules
from inventory_windows.models.openings import Opening
from licensing.models import AboutLicense, License

Rows = TypeVar("Rows", bound=models.QuerySet)


def mine(rows: Rows, user: User) -> Rows:
    """Those of the licensees whom `user` answers for."""
    return rows.filter(
        license__licensee__representatives__user=user, license__licensee__representatives__removed_at=None
    )


def for_staff(rows: Rows, user: User) -> Rows:
    """All of them, for those who may know of any."""
    return rows if ever_allows(user, "inventory_windows.see") else rows.none()


class OfLicense(AboutLicense, Case):
    """A case about one license."""

    license = models.ForeignKey(License, on_delete=models.PROTECT, related_name="%(class)ss")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    number = models.CharField(max_length=12, unique=True, null=True, blank=True, help_text="From the day it was sent.")

    related = ("file", "license__licensee")
    page = ""  # the name of the office's page
    own_page = ""  # the name of the licensee's page

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number or 'Draft'}, {self.license}"

    @property
    def ref(self) -> str:
        """What stands in the office's addresses."""
        return self.number or self.file.key

    def get_absolute_url(self) -> str:
        return reverse(f"inventory_windows:{self.page}", args=[self.ref])

    @property
    def own_url(self) -> str:
        """Where its licensee finds it."""
        return reverse(f"inventory_windows:{self.own_page}", args=[self.file.key])

    @property
    def letters_url(self) -> str:
        return self.get_absolute_url()

    def holder(self) -> rules.Holder:
        """The license as the rules see it."""
        return holder_of(self.license)

    @cached_property
    def spans(self) -> list[rules.Span]:
        """Every opening of this license but its own, oldest first."""
        return [row.span() for row in self.license.openings.exclude(file=self.file_id)]


def holder_of(license: License) -> rules.Holder:
    """A license as the rules see it."""
    return rules.Holder(license.number, license.type, license.status, license.get_status_display())


class Opened:
    """What a case knows of the opening it led to."""

    file: Any

    @property
    def opening(self) -> Opening | None:
        return getattr(self.file, "opening", None)

    @property
    def opened_at(self) -> datetime | None:
        return self.opening.opened_at if self.opening else None

    @property
    def closes_at(self) -> datetime | None:
        return self.opening.closes_at if self.opening else None

    def is_confirmed(self) -> bool:
        """Somebody has said that BioTrack has it shut."""
        return self.opening is not None and self.opening.confirmed_at is not None

    def reasons_not_to_confirm_shut(self) -> list[str]:
        return ["It is already confirmed as shut."] if self.is_confirmed() else []


class Question(models.Model):
    """Papers or words that the Division asked for, and when they came."""

    file = models.ForeignKey("casefile.CaseFile", on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=models.Q(answered_at=None), name="question_one_open_per_folder"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Paper(models.Model):
    """A document of a request: added while it is written, sent with it or with an answer."""

    file = models.ForeignKey("casefile.CaseFile", on_delete=models.PROTECT, related_name="papers")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="paper")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["file", "id"], name="paper_of_folder")]

    def __str__(self) -> str:
        return self.document.name
