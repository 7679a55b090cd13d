"""One year of a license: applied for, in force, renewed, expired or ended, and what follows from each step."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from accounts.models import Role, User
from accounts.permissions import ever_allows
from casefile.calendar import local_hour
from casefile.models import Case, Document, Recipient, in_office
from casefile.steps import When, effects, unless
from licensing import clocks, letters, rules
from licensing.models.licensees import Licensee
from licensing.models.licenses import License
from licensing.stages import TermState

OPEN = [TermState.APPLIED, TermState.IN_FORCE]
BEGUN = [TermState.IN_FORCE, TermState.EXPIRED]


class LicenseTermQuerySet(models.QuerySet["LicenseTerm"]):
    def visible_to(self, user: User) -> "LicenseTermQuerySet":
        """Staff see every term; a representative sees those of their licensees."""
        if user.is_division:
            return self if ever_allows(user, "licensing.see") else self.none()
        return self.filter(
            license__licensee__representatives__user=user, license__licensee__representatives__removed_at=None
        )

    def over(self, day: date) -> "LicenseTermQuerySet":
        """Those in force whose last day is before `day`."""
        return self.filter(state=TermState.IN_FORCE, ends_on__lt=day)


class TermFacts(Case):
    """What is known of one year of a license, and what stands against its steps."""

    license = models.ForeignKey(License, on_delete=models.PROTECT, related_name="terms")
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

    class Meta:
        abstract = True

    related = ("file", "license__licensee")
    is_quiet = False

    @property
    def licensee(self) -> Licensee:
        return self.license.licensee

    @property
    def letters_url(self) -> str:
        return self.license.get_absolute_url()

    @property
    def counts_from(self) -> datetime:
        """The first minute of the day from which the twelve months are counted: of issue, or of its anniversary."""
        before = self.follows.ends_on if self.follows else None
        day = before or self.begins_on
        assert day is not None
        return local_hour(day, 0)

    @property
    def renewed_until(self) -> date | None:
        """The last day of the year that a renewal adds."""
        return rules.renewed_until(self.ends_on, issued_on=self.license.issued_on) if self.ends_on else None

    @property
    def late_until(self) -> date | None:
        """The last day on which it can still be renewed once it has expired."""
        return self.ends_on and self.ends_on + timedelta(days=rules.LATE_RENEWAL_DAYS.on(self.ends_on))

    @property
    def has_levels(self) -> bool:
        """Whether more plants can be asked for."""
        return rules.has_levels(self.license.type)

    def is_assigned_to(self, user: User) -> bool:
        """No officer owns a license."""
        return False

    def standing_of(self, user: User) -> str:
        return self.licensee.standing_of(user)

    def shows(self, document: Document) -> bool:
        return document.by.role == Role.REPRESENTATIVE

    def recipients(self, to: str) -> Iterable[Recipient]:
        return self.licensee.recipients() if to == "licensee" else in_office(to)

    # What stands against a step, whatever the day

    def reasons_not_to_approve(self) -> list[str]:
        held = self.license
        return rules.reasons_not_to_issue(license_type=held.type, level=held.level, mature_plants=held.mature_plants)

    def reasons_not_to_renew(self) -> list[str]:
        """Asked for the first day on which the day itself cannot stand against it."""
        if self.ends_on is None:
            return ["The last day of the license is not on record."]
        on = max(self.ends_on, self.tax_cleared_on or self.ends_on)
        return self.against_renewal(on)

    def against_renewal(self, on: date) -> list[str]:
        """What stands against a renewal on the day `on`."""
        return rules.reasons_not_to_renew(
            status=self.license.status, tax_cleared_on=self.tax_cleared_on, expires_on=self.ends_on, on=on
        )


class LicenseTerm(TermFacts):
    """Twelve months of a license (NMSA 26-2C-6(E)), with what has to be on record before it is renewed."""

    State = TermState

    state = FSMField(choices=TermState.choices, default=TermState.APPLIED, protected=True)

    objects = LicenseTermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TermState.values), name="term_state_is_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("begins_on")), name="term_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[TermState.APPLIED, TermState.DENIED])
                | Q(begins_on__isnull=False, ends_on__isnull=False),
                name="term_has_its_days_once_begun",
            ),
            models.UniqueConstraint(
                fields=["license"], condition=Q(state__in=["applied", "in_force"]), name="term_one_open_per_license"
            ),
        ]
        indexes = [models.Index(fields=["state", "ends_on"], name="term_by_end")]

    def __str__(self) -> str:
        return f"{self.license}, {self.begins_on} to {self.ends_on}"

    # Steps

    @transition(
        state, TermState.APPLIED, TermState.IN_FORCE, conditions=unless(TermFacts.reasons_not_to_approve),
        custom=effects(
            "License approved", shown=True, starts=[clocks.TERM_ENDS], sends=[letters.LICENSE_APPROVED]
        ),
    )  # fmt: skip
    def approve_license(self, *, at: datetime, issued_on: date) -> None:
        """The license is issued, for twelve months from the day of issue."""
        self.begins_on, self.ends_on = issued_on, rules.expires_on(issued_on)

    @transition(
        state, TermState.APPLIED, TermState.DENIED,
        custom=effects("License denied", shown=True, sends=[letters.LICENSE_DENIED]),
    )  # fmt: skip
    def deny_license(self, *, at: datetime) -> None:
        """The license is not issued; the letter says why, and that there is a right to a hearing."""

    @transition(
        state, [TermState.IN_FORCE, TermState.EXPIRED], TermState.RENEWED,
        conditions=unless(TermFacts.reasons_not_to_renew),
        custom=effects(
            "License renewed", shown=True, stops=[clocks.TERM_ENDS], sends=[letters.LICENSE_RENEWED]
        ),
    )  # fmt: skip
    def renew_license(self, *, at: datetime) -> None:
        """The license is renewed; its next year begins in the same moment."""

    @transition(state, TermState.IN_FORCE, TermState.EXPIRED, custom=effects("License expired", shown=True))
    def expire_license(self, *, at: datetime) -> None:
        """The last day is over; the letter about it leaves on the next business morning, if it is not renewed."""

    @transition(
        state, [TermState.IN_FORCE, TermState.EXPIRED], TermState.ENDED,
        custom=effects(
            "License ended", shown=True, cancels=[clocks.TERM_ENDS],
            sends=[When(lambda term: not term.is_quiet, letters.LICENSE_ENDED)],
        ),
    )  # fmt: skip
    def end_license(self, *, at: datetime, quietly: bool = False) -> None:
        """The license was given up, closed or revoked; where another letter has told of it, none is written here."""
        self.is_quiet = quietly

    @transition(
        state, TermState.IN_FORCE, None,
        custom=effects("Last day taken over from the register", cancels=[clocks.TERM_ENDS], starts=[clocks.TERM_ENDS]),
    )  # fmt: skip
    def follow_register(self, *, at: datetime, ends_on: date) -> None:
        """The state's register has another last day for this year; the record follows it."""
        self.ends_on = ends_on
