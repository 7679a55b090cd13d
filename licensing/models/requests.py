"""A licensee's request about mature plants: a level at the start, an increase or a decrease, and what came with it."""

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django_fsm import FSMField

from accounts.models import Role, User
from accounts.permissions import ever_allows
from casefile.models import Case, Document, Recipient
from licensing.models.licensees import Licensee
from licensing.models.licenses import License
from licensing.stages import PENDING, RequestState


class PlantRequestQuerySet(models.QuerySet["PlantRequest"]):
    def visible_to(self, user: User) -> "PlantRequestQuerySet":
        """Staff see every request that was sent; a representative sees those of their licensees."""
        if user.is_division:
            return self.exclude(sent_at=None) if ever_allows(user, "licensing.see_requests") else self.none()
        return self.filter(
            license__licensee__representatives__user=user, license__licensee__representatives__removed_at=None
        )

    def pending(self) -> "PlantRequestQuerySet":
        """Sent and not decided."""
        return self.filter(state__in=PENDING)

    def with_license(self) -> "PlantRequestQuerySet":
        """With the rows that every list names, in one query."""
        return self.select_related("file", "license__licensee", "officer")


class PlantRequest(Case):
    """A request of a licensee about the mature plants of one license, from the first draft to the decision."""

    State = RequestState

    class Kind(models.TextChoices):
        DESIGNATION = "designation", "Level at the start"
        INCREASE = "increase", "Increase"
        DECREASE = "decrease", "Decrease"

    license = models.ForeignKey(License, on_delete=models.PROTECT, related_name="plant_requests")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="plant_requests"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = FSMField(choices=RequestState.choices, default=RequestState.DRAFT, protected=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The level that is asked for.")
    plants = models.PositiveIntegerField(
        null=True, blank=True, help_text="The count asked for at the start; else how many more, or fewer."
    )
    at_renewal = models.BooleanField(default=False)
    year_began_on = models.DateField(null=True, blank=True, help_text="First day of the license year it counts for.")
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When it was first sent.")
    complete_at = models.DateTimeField(null=True, blank=True, help_text="When the last missing piece had come.")
    decided_at = models.DateTimeField(null=True, blank=True)
    granted_level = models.PositiveSmallIntegerField(null=True, blank=True)
    granted = models.PositiveIntegerField(
        null=True, blank=True, help_text="The count given at the start; else how many more, or fewer."
    )
    reasons = models.TextField(blank=True, help_text="Why it was decided so, as the letter says it.")
    factors = models.JSONField(null=True, blank=True, help_text="The factors as the person who decided saw them.")

    objects = PlantRequestQuerySet.as_manager()
    related = ("file", "license__licensee", "officer")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=RequestState.DRAFT) | Q(sent_at__isnull=False) | Q(state=RequestState.WITHDRAWN),
                name="request_sent_before_it_moved",
            ),
            models.UniqueConstraint(
                fields=["license"], condition=Q(state__in=PENDING), name="request_one_pending_per_license"
            ),
            models.UniqueConstraint(
                fields=["license", "year_began_on"],
                condition=Q(kind="increase", state=RequestState.APPROVED, at_renewal=False),
                name="increase_once_a_year_beside_renewal",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="request_by_state"),
            models.Index(fields=["license", "-id"], name="request_of_license"),
            models.Index(fields=["officer", "state"], name="request_of_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.license}, {self.file.ref}"

    @property
    def licensee(self) -> Licensee:
        return self.license.licensee

    def get_absolute_url(self) -> str:
        return reverse("licensing:request", args=[self.file.ref])

    @property
    def letters_url(self) -> str:
        return self.get_absolute_url()

    def is_assigned_to(self, user: User) -> bool:
        return self.officer_id == user.pk

    def standing_of(self, user: User) -> str:
        return self.licensee.standing_of(user)

    def shows(self, document: Document) -> bool:
        """The licensee reads what its own people handed in."""
        return document.by.role == Role.REPRESENTATIVE

    def recipients(self, to: str) -> Iterable[Recipient]:
        if to == "officer" and self.officer is not None:
            return [Recipient(self.officer.name, self.officer.email, self.officer)]
        if to != "licensee":
            people = User.objects.filter(role=Role.SUPERVISOR, is_active=True)
            return [Recipient(person.name, person.email, person) for person in people]
        return [Recipient(c.name, c.email) for c in self.licensee.contacts.filter(receives_notices=True)]


class RequestPiece(models.Model):
    """One piece of information the rule asks for, as it was sent; sent again it is a new row, and the newest counts."""

    request = models.ForeignKey(PlantRequest, on_delete=models.PROTECT, related_name="pieces")
    round = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40, help_text="A key of licensing.rules.pieces.")
    typed: Any = models.JSONField(default=dict, help_text="What was typed, field by field.")
    documents = models.ManyToManyField(Document, related_name="+")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["request", "key", "round"], name="piece_once_per_round")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.key} of {self.request_id}, round {self.round}"
