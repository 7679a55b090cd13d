"""The Notice of License Violation: its words, its sending, its receipt."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import Role, User
from casefile import notices
from casefile.actions import Refused, act, drop_drafts, journal, locked, refusals
from casefile.calendar import local_day
from casefile.models import Delivery, Notice, Recipient
from inspections import letters, rules
from inspections.actions.visit import demand
from inspections.models import Inspection, PlanItem, Proof, Receipt, Way
from inspections.queries import receipt_kinds
from inspections.stages import State


@transaction.atomic
def draft_nolv(
    case: Inspection, words: Mapping[int, str], proof_wanted: Mapping[int, str], *, by: User, at: datetime,
    version: int | None = None,
) -> Inspection:  # fmt: skip
    """Keep how the notice says each violation, by number, and what would count as proof."""
    demand(by, "inspections.draft_nolv", case)
    case = locked(case)
    if case.state != State.FINDINGS_RECORDED:
        raise Refused(["The notice is no longer a draft."])
    for violation in case.violations.all():
        violation.words = words.get(violation.number, violation.words)
        violation.proof_wanted = proof_wanted.get(violation.number, violation.proof_wanted)
        violation.save(update_fields=["words", "proof_wanted"])
    drop_drafts(case, "nolv")
    return case


def serve_nolv(
    case: Inspection, *, by: User, at: datetime, version: int | None = None, skip_plan: bool = False, reason: str = ""
) -> Inspection:
    """Serve the notice; a grave case may skip the plan, with a reason."""
    if not skip_plan:
        return act(case, "serve_nolv", by=by, at=at, version=version)
    if reasons := rules.reasons_not_to_skip_plan(case.findings(), reason=reason):
        raise Refused(reasons)
    return act(case, "serve_nolv_without_cap", by=by, at=at, version=version, reason=reason)


@transaction.atomic
def stop_nolv(case: Inspection, *, by: User, at: datetime, version: int | None = None) -> Inspection:
    """Stop the notice in the five minutes in which it is held."""
    case = locked(case)
    notice = case.last_nolv()
    if notice is not None:
        list(notice.deliveries.select_for_update())
    case = act(case, "stop_nolv", by=by, at=at, version=version)
    assert notice is not None
    notices.stop(notice, at=at)
    return case


@transaction.atomic
def rescind_nolv(case: Inspection, *, reason: str, by: User, at: datetime, version: int | None = None) -> Inspection:
    """Take a notice back that has left. What was sent in answer to it stays on record and is asked again."""
    if reasons := rules.reasons_not_to_rescind(reason=reason):
        raise Refused(reasons)
    case = act(case, "rescind_nolv", by=by, at=at, version=version, reason=reason)
    for rounds in (PlanItem.objects, Proof.objects):
        rounds.filter(violation__inspection=case).update(set_aside=True)
    case.violations.update(verified_at=None, verified_by=None)
    return case


@transaction.atomic
def record_receipt(
    case: Inspection, *, kind: str, received_at: datetime, proof: str, by: User, at: datetime, notice: Notice | None = None
) -> Receipt:
    """Write down that the notice was received. Where the kind counts and it is the earliest, both clocks run from it."""
    case = locked(case)
    notice = notice or case.last_nolv()
    if notice is None or case.nolv_served_at is None:
        raise Refused(["The notice has not been served."])
    facts = rules.Receipt(kind=kind, at=received_at, proof=proof)
    counts = kind in receipt_kinds(local_day(received_at))
    if by.role != Role.CLOCKWORK and (
        reasons := rules.reasons_not_to_record_receipt(facts, served_at=case.nolv_served_at, at=at)
    ):
        raise Refused(reasons)
    receipt = Receipt.objects.create(
        inspection=case, notice=notice, kind=kind, received_at=received_at, proof=proof, counts=counts, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    earliest = counts and (case.received_at is None or received_at < case.received_at)
    if earliest and (by.role != Role.CLOCKWORK or not refusals(case, "record_receipt")):
        act(case, "record_receipt", by=by, at=at, received_at=received_at, kind=kind)
    else:
        demand(by, "inspections.record_receipt", case)
        journal(case, "record_receipt", "Another receipt recorded", by=by, at=at, facts={"kind": kind, "at": received_at})
    return receipt


@transaction.atomic
def acknowledge_nolv(case: Inspection, *, by: User, at: datetime, address: str = "") -> Inspection:
    """The licensee, signed in, says that they have the notice. A second time changes nothing."""
    demand(by, "inspections.acknowledge_nolv", case)
    case = locked(case)
    notice = case.last_nolv()
    if notice is None:
        raise Refused(["The notice has not been served."])
    if case.receipts.filter(notice=notice, kind=Way.ACKNOWLEDGED).exists():
        return case
    counts = Way.ACKNOWLEDGED in receipt_kinds(local_day(at))
    Receipt.objects.create(
        inspection=case, notice=notice, kind=Way.ACKNOWLEDGED, received_at=at, counts=counts, recorded_at=at,
        recorded_by=by, proof=f"{by.name}, signed in as {by.email}{f', from {address}' if address else ''}",
    )  # fmt: skip
    notice.deliveries.filter(email__iexact=by.email).update(
        state=Delivery.State.ACKNOWLEDGED, settled_at=at, next_at=None
    )
    if counts:
        return act(case, "acknowledge_nolv", by=by, at=at)
    journal(case, "acknowledge_nolv", "Notice acknowledged by the licensee", by=by, at=at, shown=True)
    return case


@transaction.atomic
def redirect_nolv(case: Inspection, *, name: str, email: str, by: User, at: datetime) -> Delivery:
    """Send the notice, word for word, to one more contact, after a copy came back."""
    demand(by, "inspections.redirect_nolv", case)
    case = locked(case)
    notice = case.last_nolv()
    if notice is None or notice.stopped_at is not None:
        raise Refused(["There is no notice to send."])
    if notice.deliveries.filter(email__iexact=email).exists():
        raise Refused([f"The notice already went to {email}."])
    delivery = notices.send_also_to(notice, Recipient(name, email), at=at)
    journal(case, "redirect_nolv", "Notice sent to another contact", by=by, at=at, facts={"to": email})
    return delivery


def nolv_bounced(case: Inspection) -> bool:
    """The notice reached nobody: a copy came back, and no receipt is on record."""
    notice = case.last_nolv()
    if notice is None or case.received_at is not None:
        return False
    return notice.deliveries.filter(state=Delivery.State.BOUNCED).exists()




NOLVS = (letters.NOLV.key, letters.NOLV_WITHOUT_CAP.key)
