"""One violation, its part of the plan, its proof, and the files that show them."""

from collections.abc import Iterable
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from casefile.models import Document
from inspections import rules
from inspections.models.catalog import SEVERITIES, CatalogEntry


class Decision(models.TextChoices):
    """What the division says of one part that it reviews."""

    WAITS = "", "Waiting for review"
    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Sent back"
    REINSPECT = "reinspect", "To be seen again at the premises"


class ViolationQuerySet(models.QuerySet["Violation"]):
    def with_rounds(self) -> "ViolationQuerySet":
        """With every plan, proof and file, in a fixed number of queries."""
        return self.select_related("entry").prefetch_related(
            "plans", "proofs__evidence__document", "evidence__document"
        )


class Violation(models.Model):
    """One item found wrong at a visit, from the finding to the fix."""

    inspection = models.ForeignKey("inspections.Inspection", on_delete=models.PROTECT, related_name="violations")
    number = models.PositiveSmallIntegerField()
    entry = models.ForeignKey(CatalogEntry, on_delete=models.PROTECT, related_name="+")
    seen = models.TextField(help_text="What was seen.")
    count = models.PositiveIntegerField(default=1, help_text="How many, for example plants over the limit.")
    severity = models.CharField(max_length=10, choices=SEVERITIES)
    severity_reason = models.TextField(blank=True)
    words = models.TextField(blank=True, help_text="How the notice says it; empty: as it was seen.")
    proof_wanted = models.TextField(blank=True, help_text="What would count as proof.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = ViolationQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "number"], name="violation_number_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="violation_counts_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.entry.title}"

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def notice_words(self) -> str:
        return self.words or self.seen

    @property
    def plan(self) -> "PlanItem | None":
        """The latest part of the plan for this violation that was sent."""
        return _latest(self.plans.all())

    @property
    def proof(self) -> "Proof | None":
        """The latest proof for this violation that was sent."""
        return _latest(self.proofs.all())

    @property
    def plan_is_accepted(self) -> bool:
        return self.plan is not None and self.plan.decision == Decision.ACCEPTED

    @property
    def proof_waits(self) -> bool:
        """The division still has to say yes or no to the latest proof."""
        return self.proof is not None and self.proof.decision in (Decision.WAITS, Decision.REINSPECT)

    @property
    def photos(self) -> list["Evidence"]:
        """What the officer took at the visit."""
        return [e for e in self.evidence.all() if e.of == Evidence.Of.FINDING]

    @property
    def unsent(self) -> list["Evidence"]:
        """What the licensee has uploaded and not yet sent as proof."""
        return [e for e in self.evidence.all() if e.of == Evidence.Of.CORRECTION and e.proof_id is None]

    def finding(self) -> rules.Finding:
        return rules.Finding(
            number=self.number, title=self.title, code=self.entry.code, severity=self.severity, count=self.count,
            planned=self.plan_is_accepted, corrected=self.proof is not None, verified=self.verified_at is not None,
        )  # fmt: skip

    def plan_facts(self) -> rules.PlanFacts:
        """What the licensee last said of this violation; a part that was sent back counts as not said."""
        plan = self.plan
        if plan is None or plan.decision == Decision.RETURNED:
            return rules.PlanFacts(number=self.number, title=self.title)
        return rules.PlanFacts(
            number=self.number, title=self.title, how=plan.how, who=plan.who, by_on=plan.by_on,
            accepted=self.plan_is_accepted,
        )  # fmt: skip

    def plan_decision(self) -> rules.Decision:
        plan = self.plan
        return rules.Decision(self.number, plan.decision, plan.remark) if plan else rules.Decision(self.number)


RoundOf = TypeVar("RoundOf", bound="Round")


def _latest(rounds: Iterable[RoundOf]) -> RoundOf | None:
    """The last round that still counts; a round of a notice that was taken back does not."""
    return max((it for it in rounds if not it.set_aside), key=lambda it: it.round, default=None)


class Round(models.Model):
    """Something the licensee sent for one violation, and what the division said of it."""

    round = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    late = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.WAITS, blank=True)
    remark = models.TextField(blank=True, help_text="What is missing.")
    set_aside = models.BooleanField(default=False, help_text="Belongs to a notice that was taken back.")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        abstract = True
        ordering = ["round"]


class PlanItem(Round):
    """How one violation will be corrected, by whom, and by when."""

    violation = models.ForeignKey(Violation, on_delete=models.PROTECT, related_name="plans")
    how = models.TextField()
    who = models.CharField(max_length=200)
    by_on = models.DateField()

    class Meta(Round.Meta):
        constraints = [models.UniqueConstraint(fields=["violation", "round"], name="plan_one_per_round")]

    def __str__(self) -> str:
        return f"Plan {self.round} for {self.violation}"


class Proof(Round):
    """The licensee's word that one violation is corrected, with the files that show it."""

    violation = models.ForeignKey(Violation, on_delete=models.PROTECT, related_name="proofs")
    note = models.TextField(blank=True)

    class Meta(Round.Meta):
        constraints = [models.UniqueConstraint(fields=["violation", "round"], name="proof_one_per_round")]

    def __str__(self) -> str:
        return f"Proof {self.round} for {self.violation}"


class Evidence(models.Model):
    """A file that shows a finding, or its correction."""

    class Of(models.TextChoices):
        FINDING = "finding", "The finding"
        CORRECTION = "correction", "The correction"

    violation = models.ForeignKey(Violation, on_delete=models.PROTECT, related_name="evidence")
    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    of = models.CharField(max_length=12, choices=Of.choices)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"{self.document} for {self.violation}"
