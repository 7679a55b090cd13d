"""One year of a license: applied for, in force, renewed or expired."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField

from accounts.models import Role, User
from accounts.permissions import ever_allows
from casefile.models import Case, Document, Recipient
from licensing.models.licensees import Licensee
from licensing.models.licenses import License
from licensing.stages import TermState


class LicenseTermQuerySet(models.QuerySet["LicenseTerm"]):
    def visible_to(self, user: User) -> "LicenseTermQuerySet":
        """Staff see every term; a representative sees those of their licensees."""
        if user.is_division:
            return self if ever_allows(user, "licensing.see") else self.none()
        return self.filter(
            license__licensee__representatives__user=user, license__licensee__representatives__removed_at=None
        )


class LicenseTerm(Case):
    """Twelve months of a license (NMSA 26-2C-6(E)), with what has to be on record before it is renewed."""

    State = TermState

    license = models.ForeignKey(License, on_delete=models.PROTECT, related_name="terms")
    state = FSMField(choices=TermState.choices, default=TermState.APPLIED, protected=True)
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="The last day.")
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    tax_cleared_on = models.DateField(
        null=True, blank=True, help_text="Taxation and Revenue confirmed that no tax is owed (NMSA 26-2C-6(F))."
    )
    tax_clearance = models.CharField(max_length=200, blank=True, help_text="The letter or number that says so.")
    tax_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LicenseTermQuerySet.as_manager()
    related = ("file", "license__licensee")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TermState.values), name="term_state_is_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("begins_on")), name="term_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["license"], condition=Q(state__in=["applied", "in_force"]), name="term_one_open_per_license"
            ),
        ]
        indexes = [models.Index(fields=["state", "ends_on"], name="term_by_end")]

    def __str__(self) -> str:
        return f"{self.license}, {self.begins_on} to {self.ends_on}"

    @property
    def licensee(self) -> Licensee:
        return self.license.licensee

    @property
    def letters_url(self) -> str:
        return self.license.get_absolute_url()

    def is_assigned_to(self, user: User) -> bool:
        """No officer owns a license."""
        return False

    def standing_of(self, user: User) -> str:
        return self.licensee.standing_of(user)

    def shows(self, document: Document) -> bool:
        return document.by.role == Role.REPRESENTATIVE

    def recipients(self, to: str) -> Iterable[Recipient]:
        if to != "licensee":
            people = User.objects.filter(role=Role.SUPERVISOR, is_active=True)
            return [Recipient(person.name, person.email, person) for person in people]
        return [Recipient(c.name, c.email) for c in self.licensee.contacts.filter(receives_notices=True)]
