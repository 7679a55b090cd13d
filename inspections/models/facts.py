"""What is known of an inspection, and what the law has against its steps."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Min
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import Role, User
from casefile.calendar import Calendar, Counted, local_day
from casefile.deadlines import Clock
from casefile.models import Case, Deadline, Delivery, Document, Holiday, Notice, Recipient, in_office
from inspections import clocks, letters, rules
from inspections.models.records import Way
from inspections.models.violations import Decision, Evidence, Violation
from inspections.stages import NOTICE_STANDS, State
from licensing.models import Licensee, Premises

PROOF_CLOCKS = (clocks.PROOF_RESEND_DUE, clocks.CORRECTIONS_DUE)

NOLVS = (letters.NOLV.key, letters.NOLV_WITHOUT_CAP.key)


class InspectionFacts(Case):
    """What is known of an inspection, and what the law has against its steps."""

    class Kind(models.TextChoices):
        ROUTINE = "routine", "Routine"
        FOLLOW_UP = "follow_up", "Follow-up"
        COMPLAINT = "complaint", "Complaint"
        INVESTIGATION = "investigation", "Investigation"

    class Outcome(models.TextChoices):
        COMPLIANT = "compliant", "In compliance at the visit"
        ENTRY_REFUSED = "entry_refused", "Entry refused"
        CORRECTED = "corrected", "Corrected and closed out"
        PENALTY = "penalty", "Penalty"
        SUSPENSION = "suspension", "License suspended"
        REVOCATION = "revocation", "License revoked"
        DISMISSED = "dismissed", "Dismissed"

    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="inspections")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inspections")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups")
    planned_on = models.DateField(null=True, blank=True)
    visit_began_at = models.DateTimeField(null=True, blank=True)
    visit_ended_at = models.DateTimeField(null=True, blank=True)
    present = models.TextField(blank=True, help_text="Who was present.")
    reviewed_with = models.CharField(max_length=200, blank=True, help_text="With whom the findings were reviewed.")
    notes = models.TextField(blank=True)
    nolv_served_at = models.DateTimeField(null=True, blank=True)
    open_to_licensee_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by_way_of = models.CharField(max_length=15, choices=Way.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.premises}, case {self.file.ref}"

    objects: Any  # these three come with the model that is made of this
    violations: Any
    penalties: Any

    related = ("file", "premises__license__licensee", "officer")
    accepted_now: Sequence[int] = ()  # the violations whose proof the review in hand accepts
    returned_now: Sequence[int] = ()  # and those whose proof it sends back

    # Who

    @property
    def licensee(self) -> Licensee:
        return self.premises.license.licensee

    def is_assigned_to(self, user: User) -> bool:
        return self.officer_id == user.pk

    def standing_of(self, user: User) -> str:
        if not type(self).objects.visible_to(user).filter(pk=self.pk).exists():
            return ""
        return self.licensee.standing_of(user)

    @property
    def letters_url(self) -> str:
        return reverse("inspections:case_letters", args=[self.file.ref])

    @property
    def findings_are_open(self) -> bool:
        """The licensee has been sent a notice that stands, so they read what was found and see the photos of it."""
        return self.nolv_served_at is not None and self.state in NOTICE_STANDS

    def shows(self, document: Document) -> bool:
        """Their own papers, and the photos of what was found once the notice is theirs to read."""
        if document.by.role == Role.REPRESENTATIVE:
            return True
        found = Evidence.objects.filter(document=document, of=Evidence.Of.FINDING)
        return self.findings_are_open and found.exists()

    def recipients(self, to: str) -> Iterable[Recipient]:
        return self.licensee.recipients() if to == "licensee" else in_office(to, self.officer)

    # Facts

    def gather(self) -> None:
        models.prefetch_related_objects([self], models.Prefetch("violations", Violation.objects.with_rounds()))

    def rounds(self) -> list["Violation"]:
        """The violations with their plans and proofs: as a page has loaded them, else as they stand on record."""
        loaded = getattr(self, "_prefetched_objects_cache", {}).get("violations")
        return list(self.violations.with_rounds() if loaded is None else loaded)

    def findings(self) -> list[rules.Finding]:
        return [violation.finding() for violation in self.rounds()]

    @property
    def returned_plans(self) -> list["Violation"]:
        return [v for v in self.rounds() if v.plan and v.plan.decision == Decision.RETURNED]

    @property
    def returned_proofs(self) -> list["Violation"]:
        return [v for v in self.rounds() if v.proof and v.proof.decision == Decision.RETURNED]

    def deadlines_of(self, *names: Clock) -> list[Deadline]:
        """The rows of these clocks, oldest first: as a page has loaded them, else as they stand on record."""
        keys = [clock.key for clock in names]
        loaded = getattr(self.file, "_prefetched_objects_cache", {}).get("deadlines")
        rows = self.file.deadlines.filter(clock__in=keys) if loaded is None else loaded
        return sorted((row for row in rows if row.clock in keys), key=lambda row: row.pk)

    def running(self, *names: Clock) -> Deadline | None:
        """The running deadline of the first of these clocks that runs."""
        rows = {row.clock: row for row in self.deadlines_of(*names) if row.is_running}
        return next((rows[clock.key] for clock in names if clock.key in rows), None)

    @cached_property
    def calendar(self) -> Calendar:
        """The days that do not count, read once for all questions of a page."""
        return Holiday.objects.calendar()

    def counted(self, clock: Clock, since: datetime) -> Counted:
        """When `clock` would end, were it started at `since`."""
        return clock.term(local_day(since))(since, self.calendar)

    def expected(self, clock: Clock) -> date:
        """The day `clock` would end with, had the notice been received when it was served."""
        since = self.received_at or self.nolv_served_at or self.visit_ended_at
        assert since is not None
        due_on = self.counted(clock, since).due_on
        assert due_on is not None
        return due_on

    @property
    def plan_by(self) -> date:
        """The day by whose end the plan, or the change to it, is due."""
        row = self.running(clocks.CAP_RESEND_DUE, clocks.CAP_DUE)
        return row.due_on if row and row.due_on else self.expected(clocks.CAP_DUE)

    @property
    def proof_by(self) -> date:
        """The day by whose end all proof is due."""
        row = self.running(*PROOF_CLOCKS)
        if row is None:
            stood = [row for row in self.deadlines_of(*PROOF_CLOCKS) if row.end != Deadline.End.CANCELLED]
            row = stood[-1] if stood else None
        return row.due_on if row and row.due_on else self.expected(clocks.CORRECTIONS_DUE)

    @property
    def proof_last_due_at(self) -> datetime | None:
        """The latest instant by which proof was ever due; proof sent back is never due before it."""
        return max((row.due_at for row in self.deadlines_of(*PROOF_CLOCKS)), default=None)

    def all_proof_is_in(self) -> bool:
        """Every violation is verified, or has proof that waits for the division."""
        return all(v.verified_at or v.proof_waits for v in self.rounds())

    def proof_lacks(self) -> bool:
        return not self.all_proof_is_in()

    def proof_waits(self) -> bool:
        return any(v.proof_waits for v in self.rounds())

    def wants_more_proof(self) -> bool:
        """Proof lacks and the time to send it has been met, so a new time starts; sent back again, it starts again."""
        if self.all_proof_is_in() or self.running(clocks.CORRECTIONS_DUE):
            return False
        return bool(self.returned_now) or self.running(clocks.PROOF_RESEND_DUE) is None

    # Reasons

    def reasons_not_to_end_visit(self) -> list[str]:
        return rules.reasons_not_to_end_visit(self.findings(), reviewed_with=self.reviewed_with)

    def reasons_not_to_end_in_compliance(self) -> list[str]:
        return rules.reasons_not_to_end_in_compliance(self.findings())

    def reasons_not_to_serve(self) -> list[str]:
        texts = {violation.number: violation.notice_words for violation in self.violations.all()}
        recipients = sum(contact.receives_notices for contact in self.licensee.contacts.all())
        return rules.reasons_not_to_serve(self.findings(), recipients=recipients, texts=texts)

    def reasons_not_to_stop(self) -> list[str]:
        if self.received_at is not None:
            return ["The licensee already has the notice. A supervisor can rescind it with a reason."]
        notice = self.last_nolv()
        left = notice is None or notice.deliveries.exclude(state=Delivery.State.HELD).exists()
        return rules.reasons_not_to_stop(left)

    def reasons_not_to_submit_cap(self) -> list[str]:
        if self.received_at is None:
            return ["Tell us first that you got the notice."]
        plans = [violation.plan_facts() for violation in self.rounds()]
        return rules.reasons_not_to_submit(
            plans, received_on=local_day(self.received_at), corrections_due_on=self.proof_by
        )

    def reasons_not_to_finish_cap_review(self) -> list[str]:
        return rules.reasons_not_to_finish_review([v.plan_decision() for v in self.rounds() if v.plan])

    def reasons_not_to_return_cap(self) -> list[str]:
        if not self.returned_plans:
            return ["No part of the plan is sent back."]
        return self.reasons_not_to_finish_cap_review()

    def reasons_not_to_approve_cap(self) -> list[str]:
        if self.returned_plans:
            return ["A part of the plan is sent back, so the plan as a whole is not accepted."]
        return self.reasons_not_to_finish_cap_review()

    def reasons_not_to_send_evidence(self) -> list[str]:
        if self.received_at is None and self.state == State.CAP_DUE:
            return ["Tell us first that you got the notice."]
        return [] if self.proof_waits() else ["Add at least one photo or paper that shows the fix."]

    def reasons_not_to_review_evidence(self) -> list[str]:
        decided = [v for v in self.rounds() if v.proof and v.proof.decision]
        return [] if decided else ["Accept at least one proof, or say what is missing."]

    def reasons_not_to_close(self) -> list[str]:
        return rules.reasons_not_to_close(self.findings())

    def reasons_not_to_refer_a_draft(self) -> list[str]:
        if self.outcome == self.Outcome.ENTRY_REFUSED:
            return []
        return ["The notice has not been served. Serve it first, or serve it without a plan."]

    def reasons_not_to_penalize(self) -> list[str]:
        penalties = [penalty.facts() for penalty in self.penalties.select_related("violation")]
        assert self.visit_began_at is not None
        return rules.reasons_not_to_impose_penalty(penalties, on=local_day(self.visit_began_at))

    def last_nolv(self) -> Notice | None:
        """The latest notice of license violation written in this case."""
        return self.file.notices.filter(letter__in=NOLVS).order_by("-queued_at", "-pk").first()

    def open_since(self, at: datetime) -> datetime | None:
        """When the first notice of this case left, if one has left by `at`; what was sent stays open to who got it."""
        left = self.file.notices.filter(letter__in=NOLVS, stopped_at=None, release_at__lte=at)
        return left.aggregate(first=Min("release_at"))["first"]
