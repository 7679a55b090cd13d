"""The inspection as it moves: its states, its steps, and what follows from each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django_fsm import GET_STATE, FSMField, transition

from accounts.models import User
from accounts.permissions import ever_allows
from casefile.steps import When, effects, unless
from inspections import clocks, letters, rules, stages
from inspections.models.facts import InspectionFacts as Facts
from inspections.models.records import Way
from inspections.stages import State


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, user: User) -> "InspectionQuerySet":
        """Staff see every inspection; a representative only those of their licensees that were opened to them."""
        if user.is_division:
            return self if ever_allows(user, "inspections.see") else self.none()
        return self.filter(
            open_to_licensee_at__lte=Now(),
            premises__license__licensee__representatives__user=user,
            premises__license__licensee__representatives__removed_at=None,
        )

    def active(self) -> "InspectionQuerySet":
        return self.exclude(state__in=[State.CLOSED, State.CANCELLED])

    def of(self, officer: User) -> "InspectionQuerySet":
        return self.filter(officer=officer)

    def with_place(self) -> "InspectionQuerySet":
        """With the rows that every list names, in one query."""
        return self.select_related("file", "premises__license__licensee", "officer")


def proof_stage(case: "Inspection", **_: Any) -> State:
    """Where a case goes once its plan is settled: to the division while proof waits for it or all is in."""
    return State.CORRECTIONS_IN_REVIEW if case.proof_waits() or case.all_proof_is_in() else State.CORRECTIONS_DUE


class Inspection(Facts):
    """A visit to a licensed premises and what came of it."""

    State = State

    state = FSMField(choices=State.choices, default=State.PLANNED, protected=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="inspection_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=[State.PLANNED, State.CANCELLED]) | Q(visit_began_at__isnull=False),
                name="inspection_began_before_it_moved",
            ),
            models.CheckConstraint(
                condition=Q(received_at=None) | Q(nolv_served_at__isnull=False),
                name="inspection_served_before_received",
            ),
        ]
        indexes = [
            models.Index(fields=["officer", "state"], name="inspection_of_officer"),
            models.Index(fields=["state", "id"], name="inspection_by_state"),
            models.Index(fields=["premises", "-visit_began_at"], name="inspection_of_premises"),
            models.Index(
                fields=["-closed_at", "-file"], condition=Q(closed_at__isnull=False), name="inspection_by_closing"
            ),
        ]

    # Steps

    @transition(
        state, State.PLANNED, State.IN_PROGRESS,
        custom=effects("Visit began"),
    )  # fmt: skip
    def begin_visit(self, *, at: datetime, present: str = "") -> None:
        """The officer is at the premises; from now on the case has its number."""
        self.visit_began_at = at
        self.present = present

    @transition(
        state, [State.PLANNED, State.IN_PROGRESS], State.FINDINGS_RECORDED,
        custom=effects("Entry refused", starts=[clocks.NOTICE_GOAL]),
    )  # fmt: skip
    def record_entry_refused(self, *, at: datetime) -> None:
        """Nobody let the officer in; what follows is decided at the office."""
        self.visit_began_at = self.visit_began_at or at
        self.visit_ended_at = at
        self.outcome = self.Outcome.ENTRY_REFUSED

    @transition(
        state, State.IN_PROGRESS, State.FINDINGS_RECORDED, conditions=unless(Facts.reasons_not_to_end_visit),
        custom=effects("Visit ended, violations found", starts=[clocks.NOTICE_GOAL]),
    )  # fmt: skip
    def end_visit(self, *, at: datetime) -> None:
        """The findings were gone through with the licensee; the notice can be drafted."""
        self.visit_ended_at = at

    @transition(
        state, State.IN_PROGRESS, State.CLOSED, conditions=unless(Facts.reasons_not_to_end_in_compliance),
        custom=effects(
            "Visit ended, nothing found", shown=True, cancels=[clocks.NOTICE_GOAL], sends=[letters.COMPLIANCE]
        ),
    )  # fmt: skip
    def end_visit_in_compliance(self, *, at: datetime) -> None:
        """Nothing was found; the case closes with a letter of compliance."""
        self.visit_ended_at = self.closed_at = self.open_to_licensee_at = at
        self.outcome = self.Outcome.COMPLIANT

    @transition(
        state, State.FINDINGS_RECORDED, State.CAP_DUE, conditions=unless(Facts.reasons_not_to_serve),
        custom=effects(
            "Notice of License Violation sent", shown=True, stops=[clocks.NOTICE_GOAL], sends=[letters.NOLV]
        ),
    )  # fmt: skip
    def serve_nolv(self, *, at: datetime) -> None:
        """Serve the Notice of License Violation. The licensee's time starts when they receive it."""
        self._serve(at)

    @transition(
        state, State.FINDINGS_RECORDED, State.DISCIPLINE, conditions=unless(Facts.reasons_not_to_serve),
        custom=effects(
            "Notice of License Violation sent, referred at once", shown=True,
            stops=[clocks.NOTICE_GOAL], sends=[letters.NOLV_WITHOUT_CAP],
        ),
    )  # fmt: skip
    def serve_nolv_without_cap(self, *, at: datetime) -> None:
        """Serve the notice of a grave case, which goes to discipline without a corrective action plan."""
        self._serve(at)

    def _serve(self, at: datetime) -> None:
        self.nolv_served_at = at
        self.open_to_licensee_at = at + rules.HOLD
        self.received_at, self.received_by_way_of = None, ""

    @transition(
        state, [State.CAP_DUE, State.DISCIPLINE], State.FINDINGS_RECORDED,
        conditions=unless(Facts.reasons_not_to_stop),
        custom=effects("Notice stopped before it was sent", starts=[clocks.NOTICE_GOAL]),
    )  # fmt: skip
    def stop_nolv(self, *, at: datetime) -> None:
        """Stop the notice while it is held; it never left, and the licensee never saw it."""
        self.nolv_served_at, self.open_to_licensee_at = None, self.open_since(at)

    @transition(
        state, [State.CAP_DUE, State.CAP_IN_REVIEW, State.CORRECTIONS_DUE, State.CORRECTIONS_IN_REVIEW],
        State.FINDINGS_RECORDED,
        custom=effects(
            "Notice of License Violation taken back", shown=True, cancels=stages.LICENSEE_CLOCKS + stages.REVIEW_GOALS,
            starts=[clocks.NOTICE_GOAL], sends=[letters.RESCINDED],
        ),
    )  # fmt: skip
    def rescind_nolv(self, *, at: datetime) -> None:
        """A supervisor takes a notice back that has left; nothing it asked for is asked any longer."""
        self.received_at, self.received_by_way_of = None, ""

    @transition(
        state, State.CAP_DUE, State.CAP_DUE,
        custom=effects(
            "Notice received", shown=True,
            starts=[When(stages.no_plan_yet, clocks.CAP_DUE), When(Facts.proof_lacks, clocks.CORRECTIONS_DUE)],
        ),
    )  # fmt: skip
    @transition(state, State.DISCIPLINE, State.DISCIPLINE, custom=effects("Notice received", shown=True))
    def record_receipt(self, *, at: datetime, received_at: datetime, kind: str) -> None:
        """The notice was received; the earliest proven receipt starts both clocks."""
        self._receive(received_at, kind)

    @transition(
        state, State.CAP_DUE, State.CAP_DUE,
        custom=effects(
            "Notice acknowledged by the licensee", shown=True,
            starts=[When(stages.no_plan_yet, clocks.CAP_DUE), When(Facts.proof_lacks, clocks.CORRECTIONS_DUE)],
        ),
    )  # fmt: skip
    @transition(
        state, State.DISCIPLINE, State.DISCIPLINE, custom=effects("Notice acknowledged by the licensee", shown=True)
    )
    def acknowledge_nolv(self, *, at: datetime) -> None:
        """The licensee, signed in, says that they have the notice."""
        self._receive(at, Way.ACKNOWLEDGED)

    def _receive(self, received_at: datetime, kind: str) -> None:
        if self.received_at is None or received_at < self.received_at:
            self.received_at, self.received_by_way_of = received_at, kind

    @transition(
        state, State.CAP_DUE, State.CAP_IN_REVIEW, conditions=unless(Facts.reasons_not_to_submit_cap),
        custom=effects(
            "Plan sent by the licensee", shown=True, stops=[clocks.CAP_DUE, clocks.CAP_RESEND_DUE],
            starts=[clocks.PLAN_REVIEW_GOAL], sends=[letters.CAP_RECEIPT],
        ),
    )  # fmt: skip
    def submit_cap(self, *, at: datetime, late: bool = False) -> None:
        """The licensee sends the corrective action plan; late is accepted and said."""

    @transition(
        state, State.CAP_IN_REVIEW, State.CAP_DUE, conditions=unless(Facts.reasons_not_to_return_cap),
        custom=effects(
            "Plan sent back", shown=True, stops=[clocks.PLAN_REVIEW_GOAL], starts=[clocks.CAP_RESEND_DUE],
            sends=[letters.CAP_RETURNED],
        ),
    )  # fmt: skip
    def return_cap(self, *, at: datetime) -> None:
        """Parts of the plan lack something; accepted parts stay accepted."""

    @transition(
        state, State.CAP_IN_REVIEW,
        GET_STATE(
            lambda case, **_: State.CORRECTIONS_IN_REVIEW if case.proof_waits() else State.CORRECTIONS_DUE,
            states=[State.CORRECTIONS_DUE, State.CORRECTIONS_IN_REVIEW],
        ),
        conditions=unless(Facts.reasons_not_to_approve_cap),
        custom=effects(
            "Plan accepted", shown=True, stops=[clocks.PLAN_REVIEW_GOAL],
            starts=[When(Facts.proof_waits, clocks.PROOF_REVIEW_GOAL)], sends=[letters.CAP_ACCEPTED],
        ),
    )  # fmt: skip
    def approve_cap(self, *, at: datetime) -> None:
        """Every part of the plan is accepted."""

    @transition(
        state, [State.CAP_DUE], State.CAP_DUE, conditions=unless(Facts.reasons_not_to_send_evidence),
        custom=effects(
            "Proof sent by the licensee", shown=True,
            stops=[When(Facts.all_proof_is_in, clocks.CORRECTIONS_DUE)], sends=[letters.PROOF_RECEIPT],
        ),
    )  # fmt: skip
    @transition(
        state, [State.CAP_IN_REVIEW], State.CAP_IN_REVIEW, conditions=unless(Facts.reasons_not_to_send_evidence),
        custom=effects(
            "Proof sent by the licensee", shown=True,
            stops=[When(Facts.all_proof_is_in, clocks.CORRECTIONS_DUE)], sends=[letters.PROOF_RECEIPT],
        ),
    )  # fmt: skip
    @transition(
        state, [State.CORRECTIONS_DUE, State.CORRECTIONS_IN_REVIEW], State.CORRECTIONS_IN_REVIEW,
        conditions=unless(Facts.reasons_not_to_send_evidence),
        custom=effects(
            "Proof sent by the licensee", shown=True,
            stops=[
                When(Facts.all_proof_is_in, clocks.CORRECTIONS_DUE),
                When(Facts.all_proof_is_in, clocks.PROOF_RESEND_DUE),
            ],
            starts=[clocks.PROOF_REVIEW_GOAL], sends=[letters.PROOF_RECEIPT],
        ),
    )  # fmt: skip
    def send_evidence(self, *, at: datetime, violations: Sequence[int] = (), late: bool = False) -> None:
        """The licensee shows that violations are corrected; time is met when all proof is in."""

    @transition(
        state, State.CORRECTIONS_IN_REVIEW,
        GET_STATE(proof_stage, states=[State.CORRECTIONS_DUE, State.CORRECTIONS_IN_REVIEW]),
        conditions=unless(Facts.reasons_not_to_review_evidence),
        custom=effects(
            "Proof reviewed", stops=[When(lambda case: not case.proof_waits(), clocks.PROOF_REVIEW_GOAL)],
            starts=[When(Facts.wants_more_proof, clocks.PROOF_RESEND_DUE)],
            sends=[
                When(lambda case: case.returned_proofs, letters.PROOF_RETURNED),
                When(lambda case: case.accepted_now and not case.returned_proofs, letters.PROOF_ACCEPTED),
            ],
        ),
    )  # fmt: skip
    def review_evidence(self, *, at: datetime, accepted: list[int], returned: list[int]) -> None:
        """The division accepts proof or says what is missing; a plan is never taken for a fix."""
        self.accepted_now, self.returned_now = accepted, returned

    @transition(
        state, State.CORRECTIONS_IN_REVIEW, State.CLOSED, conditions=unless(Facts.reasons_not_to_close),
        custom=effects(
            "Close Out Letter sent", shown=True, cancels=stages.LICENSEE_CLOCKS + stages.REVIEW_GOALS,
            sends=[letters.CLOSE_OUT],
        ),
    )  # fmt: skip
    def close_out(self, *, at: datetime) -> None:
        """Every violation is verified as corrected; the premises is in compliance."""
        self.closed_at, self.outcome = at, self.Outcome.CORRECTED

    @transition(
        state, [State.CAP_DUE, State.CAP_IN_REVIEW, State.CORRECTIONS_DUE, State.CORRECTIONS_IN_REVIEW],
        State.DISCIPLINE,
        custom=effects(
            "Referred for discipline", shown=True, cancels=stages.LICENSEE_CLOCKS + stages.REVIEW_GOALS,
            sends=[letters.REFERRAL],
        ),
    )  # fmt: skip
    @transition(
        state, State.FINDINGS_RECORDED, State.DISCIPLINE, conditions=unless(Facts.reasons_not_to_refer_a_draft),
        custom=effects(
            "Referred for discipline", shown=True, stops=[clocks.NOTICE_GOAL], sends=[letters.REFERRAL]
        ),
    )  # fmt: skip
    def refer_for_discipline(self, *, at: datetime) -> None:
        """A supervisor takes the case off the friendly path."""
        self.open_to_licensee_at = self.open_to_licensee_at or at

    @transition(
        state, State.DISCIPLINE, State.CLOSED, conditions=unless(Facts.reasons_not_to_penalize),
        custom=effects("Penalty imposed", shown=True, sends=[letters.PENALTY]),
    )  # fmt: skip
    def impose_penalty(self, *, at: datetime, penalties: Mapping[int, tuple[int, int]]) -> None:
        """A civil penalty for each violation, at most the amount of the law for each count."""
        self.closed_at, self.outcome = at, self.Outcome.PENALTY

    @transition(
        state,
        State.DISCIPLINE,
        State.CLOSED,
        custom=effects("License suspended", shown=True, sends=[letters.SUSPENSION]),
    )
    def suspend_license(self, *, at: datetime, starts_on: date, ends_on: date) -> None:
        """The license is suspended, from a day to a day."""
        self.closed_at, self.outcome = at, self.Outcome.SUSPENSION

    @transition(
        state, State.DISCIPLINE, State.CLOSED, custom=effects("License revoked", shown=True, sends=[letters.REVOCATION])
    )
    def revoke_license(self, *, at: datetime) -> None:
        """The license is revoked."""
        self.closed_at, self.outcome = at, self.Outcome.REVOCATION

    @transition(
        state, State.DISCIPLINE,
        GET_STATE(proof_stage, states=[State.CORRECTIONS_DUE, State.CORRECTIONS_IN_REVIEW]),
        custom=effects(
            "Returned to corrections", shown=True, sends=[letters.RETURNED_TO_CORRECTIONS],
            starts=[When(Facts.proof_waits, clocks.PROOF_REVIEW_GOAL)],
        ),
    )  # fmt: skip
    def return_to_corrections(self, *, at: datetime) -> None:
        """The licensee gets another chance to correct, with a date that the supervisor sets."""

    @transition(
        state, State.DISCIPLINE, State.CLOSED, custom=effects("Case dismissed", shown=True, sends=[letters.DISMISSAL])
    )
    def dismiss_case(self, *, at: datetime) -> None:
        """No action is taken."""
        self.closed_at, self.outcome = at, self.Outcome.DISMISSED

    @transition(
        state, [State.PLANNED, State.IN_PROGRESS, State.FINDINGS_RECORDED], State.CANCELLED,
        custom=effects("Inspection cancelled", cancels=[clocks.NOTICE_GOAL]),
    )  # fmt: skip
    def cancel_inspection(self, *, at: datetime) -> None:
        """It will not take place, or leads to nothing; why is in the journal."""
        self.closed_at = at

    @transition(
        state, [State.CAP_DUE, State.CAP_IN_REVIEW, State.CORRECTIONS_DUE, State.CORRECTIONS_IN_REVIEW], None,
        custom=effects("Deadline extended", shown=True, sends=[letters.DATE_MOVED]),
    )  # fmt: skip
    def extend_deadline(self, *, at: datetime, clock: str, due_on: date) -> None:
        """A supervisor gives more time; never less."""

    @transition(state, stages.ACTIVE, None, custom=effects("Reassigned"))
    def reassign_case(self, *, at: datetime, officer: User) -> None:
        """Another officer takes the case over."""
        self.officer = officer

    @transition(state, State.FINDINGS_RECORDED, State.IN_PROGRESS, custom=effects("Findings opened again"))
    def reopen_findings(self, *, at: datetime) -> None:
        """Something was left out or wrong; the visit is taken up again before the notice is sent."""
        self.visit_ended_at, self.outcome = None, ""
