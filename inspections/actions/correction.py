"""The plan, the proof, and what the division says of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from casefile import documents
from casefile.actions import Refused, Stale, act, drop_drafts, journal, locked, refusals
from casefile.models import Document
from inspections import clocks, rules
from inspections.actions.visit import demand, plan_inspection
from inspections.models import Decision, Evidence, Inspection, PlanItem, Proof, Violation
from inspections.models.violations import Round
from inspections.stages import AFTER_NOTICE, State


@dataclass(frozen=True)
class Answer:
    """What the licensee says of one violation in the plan."""

    how: str
    who: str
    by_on: date


@transaction.atomic
def submit_cap(
    case: Inspection, answers: Mapping[int, Answer], *, by: User, at: datetime, version: int | None = None
) -> Inspection:
    """Send the plan; `answers` by number of violation, one for each part that is not accepted yet."""
    demand(by, "inspections.submit_cap", case)
    case = locked(case)
    deadline = case.running(clocks.CAP_RESEND_DUE, clocks.CAP_DUE)
    late = deadline is not None and deadline.is_past(at)
    for violation in case.violations.with_rounds():
        if violation.number in answers and not violation.plan_is_accepted:
            answer = answers[violation.number]
            PlanItem.objects.create(
                violation=violation, round=_next(violation.plans.all()), how=answer.how, who=answer.who,
                by_on=answer.by_on, sent_at=at, sent_by=by, late=late,
            )  # fmt: skip
    case = act(case, "submit_cap", by=by, at=at, version=version, late=late)
    drop_drafts(case, "cap")
    return case


def _next(rounds: Iterable[Round]) -> int:
    """The number of the next round; those of a notice that was taken back keep theirs."""
    return max((it.round for it in rounds), default=0) + 1


@dataclass(frozen=True)
class Verdict:
    """What the division says of one part: accepted, returned or (proof only) reinspect, with a remark."""

    decision: str
    remark: str = ""


@transaction.atomic
def review_cap(
    case: Inspection, verdicts: Mapping[int, Verdict], *, by: User, at: datetime, version: int | None = None
) -> Inspection:
    """Finish the review of the plan, part by part; one letter says it all. Parts accepted before stay accepted."""
    demand(by, "inspections.approve_cap", case)
    case = locked(case)
    parts = {v.number: v.plan for v in case.violations.with_rounds() if v.plan and not v.plan_is_accepted}
    said = {number: verdict for number, verdict in verdicts.items() if number in parts}
    if any(verdict.decision == Decision.REINSPECT for verdict in said.values()):
        raise Refused(["A plan is accepted or sent back. Only proof is seen again at the premises."])
    step = "return_cap" if any(v.decision == Decision.RETURNED for v in said.values()) else "approve_cap"
    _decide(parts, said, by=by, at=at)
    case = act(case, step, by=by, at=at, version=version)
    drop_drafts(case, "cap_review")
    return case


def _decide(parts: Mapping[int, Any], verdicts: Mapping[int, Verdict], *, by: User, at: datetime) -> None:
    """Write the verdicts onto the parts that wait for one; a returned part says what is missing."""
    for number, part in parts.items():
        verdict = verdicts.get(number, Verdict(""))
        if verdict.decision:
            part.decision, part.remark = verdict.decision, verdict.remark
            part.decided_at, part.decided_by = at, by
            part.save(update_fields=["decision", "remark", "decided_at", "decided_by"])


def add_evidence(violation: Violation, upload: UploadedFile, *, by: User, at: datetime) -> Evidence:
    """Take in one file of the licensee for one violation. It is kept, and sent with the next proof.

    The same file again is the same file. The bytes are kept and judged before the case is locked, for that takes time.
    Raises NotTaken with words for the sender.
    """
    demand(by, "inspections.send_evidence", violation.inspection)
    _demand_open(violation.inspection, violation)
    stored = documents.keep(upload)
    with transaction.atomic():
        case = locked(violation.inspection)
        _demand_open(case, violation)
        unsent = violation.evidence.filter(of=Evidence.Of.CORRECTION, proof=None)
        same = unsent.filter(document__sha256=stored.sha256).first()
        if same is not None:
            documents.drop(stored)
            return same
        document = documents.record(stored, case, by=by, at=at)
        return Evidence.objects.create(violation=violation, of=Evidence.Of.CORRECTION, document=document)


def _demand_open(case: Inspection, violation: Violation) -> None:
    """Raise Refused where no more proof is taken for this violation."""
    if case.state not in AFTER_NOTICE:
        raise Refused(["Proof can not be added to this case now."])
    if case.violations.filter(pk=violation.pk, verified_at__isnull=False).exists():
        raise Refused(["This violation is fixed. We need no more proof of it."])


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User, at: datetime) -> None:
    """Take a file out of the proof that is being prepared; what was sent stays."""
    case = evidence.violation.inspection
    demand(by, "inspections.send_evidence", case)
    case = locked(case)
    evidence = Evidence.objects.select_related("document").get(pk=evidence.pk)
    if case.state not in AFTER_NOTICE:
        raise Refused(["Nothing can be taken out of this case now."])
    if evidence.proof_id is not None or evidence.of != Evidence.Of.CORRECTION:
        raise Refused(["This file was already sent. It stays on the record."])
    facts = {"name": evidence.document.name, "sha256": evidence.document.sha256}
    journal(case, "remove_evidence", "A file was taken out before it was sent", by=by, at=at, facts=facts)
    evidence.delete()


@transaction.atomic
def send_evidence(
    case: Inspection, notes: Mapping[int, str], *, by: User, at: datetime, version: int | None = None
) -> Inspection:
    """Send the files that were added as proof, for each violation in `notes` (its number and a word about the fix)."""
    demand(by, "inspections.send_evidence", case)
    case = locked(case)
    if not notes:
        raise Refused(["Choose at least one violation to send proof for."])
    deadline = case.running(clocks.PROOF_RESEND_DUE, clocks.CORRECTIONS_DUE)
    late = deadline is not None and deadline.is_past(at)
    for violation in case.violations.with_rounds():
        if violation.number not in notes:
            continue
        reasons = rules.reasons_not_to_send_evidence(
            files=len(violation.unsent), verified=violation.verified_at is not None
        )
        if reasons:
            raise Refused([f"Violation {violation.number}, {violation.title}: {reason}" for reason in reasons])
        _send_proof(violation, notes[violation.number], late=late, by=by, at=at)
    case = act(case, "send_evidence", by=by, at=at, version=version, violations=sorted(notes), late=late)
    drop_drafts(case, *(f"proof:{number}" for number in notes))
    return case


def _send_proof(violation: Violation, note: str, *, late: bool, by: User, at: datetime) -> Proof:
    proof = Proof.objects.create(
        violation=violation, round=_next(violation.proofs.all()), note=note, sent_at=at, sent_by=by, late=late
    )
    Evidence.objects.filter(pk__in=[evidence.pk for evidence in violation.unsent]).update(proof=proof)
    return proof


@transaction.atomic
def review_evidence(
    case: Inspection, verdicts: Mapping[int, Verdict], *, by: User, at: datetime, version: int | None = None
) -> Inspection:
    """Say of each proof that it is accepted, what is missing, or that it must be seen at the premises."""
    demand(by, "inspections.review_evidence", case)
    case = locked(case)
    if version is not None and version != case.version:
        raise Stale(case, version)
    decisions = [rules.Decision(number, v.decision, v.remark) for number, v in verdicts.items()]
    if case.state != State.CORRECTIONS_IN_REVIEW:
        raise Refused(refusals(case, "review_evidence"))
    if reasons := rules.reasons_not_to_finish_review(decisions):
        raise Refused(reasons)
    waiting = {v.number: v for v in case.violations.with_rounds() if v.proof_waits and v.number in verdicts}
    if not waiting:
        raise Refused(["This proof was already reviewed."])
    _decide({number: v.proof for number, v in waiting.items()}, verdicts, by=by, at=at)
    accepted = [number for number in waiting if verdicts[number].decision == Decision.ACCEPTED]
    returned = [number for number in waiting if verdicts[number].decision == Decision.RETURNED]
    case.violations.filter(number__in=accepted).update(verified_at=at, verified_by=by)
    case = act(case, "review_evidence", by=by, at=at, version=version, accepted=accepted, returned=returned)
    _plan_follow_up(case, [v for n, v in waiting.items() if verdicts[n].decision == Decision.REINSPECT], by=by, at=at)
    drop_drafts(case, "proof_review")
    return case


def _plan_follow_up(case: Inspection, seen_again: Sequence[Violation], *, by: User, at: datetime) -> None:
    """Plan one visit to see the fixes; there is one open follow-up of a case at a time."""
    if seen_again and not case.follow_ups.active().exists():
        notes = "\n".join(f"See the fix of {violation}." for violation in seen_again)
        plan_inspection(
            case.premises, kind=Inspection.Kind.FOLLOW_UP, officer=case.officer, by=by, at=at, follows=case, notes=notes
        )


def proof_of(case: Inspection) -> list[tuple[Violation, list[Document]]]:
    """Each violation with the files of its accepted proof, as the Close Out Letter lists them."""
    return [
        (violation, [evidence.document for evidence in violation.proof.evidence.all()] if violation.proof else [])
        for violation in case.violations.with_rounds()
    ]
