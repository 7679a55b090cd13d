"""The Notice of License Violation: its words, its sending, its receipt."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import Role, User
from casefile import notices
from casefile.actions import Refused, Stale, act, drop_drafts, journal, locked, refusals
from casefile.calendar import local_day
from casefile.models import Delivery, Notice, Recipient
from inspections import letters, rules
from inspections.actions.visit import demand
from inspections.models import Inspection, PlanItem, Proof, Receipt, Violation, Way
from inspections.queries import receipt_kinds
from inspections.queries.notice import earlier_dates
from inspections.stages import AFTER_NOTICE, State

NOLVS = (letters.NOLV.key, letters.NOLV_WITHOUT_CAP.key)
MOVE, KEEP = "move", "keep"  # what a person decides about the dates when an earlier receipt turns up


@transaction.atomic
def draft_nolv(
    case: Inspection, words: Mapping[int, str], proof_wanted: Mapping[int, str], *, by: User, at: datetime,
    version: int | None = None,
) -> Inspection:  # fmt: skip
    """Keep how the notice says each violation, by number, and what would count as proof."""
    demand(by, "inspections.draft_nolv", case)
    case = _unchanged(locked(case), version)
    if case.state != State.FINDINGS_RECORDED:
        raise Refused(["The notice is no longer a draft."])
    changed = [v for v in case.violations.all() if _reword(v, words, proof_wanted)]
    if changed:
        Violation.objects.bulk_update(changed, ["words", "proof_wanted"])
        case.version += 1
        case.save(update_fields=["version"])
        facts = {"violations": [violation.number for violation in changed]}
        journal(case, "draft_nolv", "Words of the notice changed", by=by, at=at, facts=facts)
    drop_drafts(case, "nolv")
    return case


def _reword(violation: Violation, words: Mapping[int, str], proof_wanted: Mapping[int, str]) -> bool:
    """Put the new words on `violation`, none where they are those of the finding; says whether anything changed."""
    was = (violation.words, violation.proof_wanted)
    said = words.get(violation.number, violation.words)
    violation.words = "" if said.split() == violation.seen.split() else said
    violation.proof_wanted = proof_wanted.get(violation.number, violation.proof_wanted)
    return was != (violation.words, violation.proof_wanted)


def _unchanged(case: Inspection, version: int | None) -> Inspection:
    """The locked case, if it is still the one that the reader saw; else Stale."""
    if version is not None and version != case.version:
        raise Stale(case, version)
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
    demand(by, "inspections.stop_nolv", case)
    case = locked(case)
    notice = _with_copies_locked(case)
    if notice is None or case.nolv_served_at is None:
        raise Refused(["There is no notice to stop."])
    left = notice.deliveries.exclude(state=Delivery.State.HELD).exists()
    if reasons := rules.reasons_not_to_stop(left, waited=at - case.nolv_served_at):
        raise Refused(reasons)
    case = act(case, "stop_nolv", by=by, at=at, version=version)
    notices.stop(notice, at=at)
    return case


def _with_copies_locked(case: Inspection) -> Notice | None:
    """The latest notice, its copies held. Who needs both locks the case first, then the copies, as the mail does."""
    notice = case.last_nolv()
    if notice is not None:
        list(notice.deliveries.select_for_update().order_by("pk"))
    return notice


def _stands(case: Inspection) -> bool:
    """A notice was served, was not stopped, and the case still turns on it."""
    return case.nolv_served_at is not None and case.state in (*AFTER_NOTICE, State.DISCIPLINE)


@transaction.atomic
def rescind_nolv(case: Inspection, *, reason: str, by: User, at: datetime, version: int | None = None) -> Inspection:
    """Take a notice back that has left. What was sent in answer to it stays on record and is asked again."""
    demand(by, "inspections.rescind_nolv", case)
    if case.open_to_licensee_at is not None and at < case.open_to_licensee_at:
        raise Refused(["The notice is still held. Stop it instead."])
    if reasons := rules.reasons_not_to_rescind(reason=reason):
        raise Refused(reasons)
    case = act(case, "rescind_nolv", by=by, at=at, version=version, reason=reason)
    for rounds in (PlanItem.objects, Proof.objects):
        rounds.filter(violation__inspection=case).update(set_aside=True)
    case.violations.update(verified_at=None, verified_by=None)
    return case


@transaction.atomic
def record_receipt(
    case: Inspection, *, kind: str, received_at: datetime, proof: str, by: User, at: datetime,
    notice: Notice | None = None, version: int | None = None, dates: str = "",
) -> Receipt:  # fmt: skip
    """Write down that the notice was received. Where the kind counts and it is the earliest, both clocks run from it.

    Where that would move a running date earlier, a person says in `dates` whether to MOVE or KEEP it; unsaid it is
    refused, and the clockwork keeps it.
    """
    demand(by, "inspections.record_receipt", case)
    case = _unchanged(locked(case), version)
    notice = notice or case.last_nolv()
    if notice is None or case.nolv_served_at is None:
        raise Refused(["The notice has not been served."])
    facts = rules.Receipt(kind=kind, at=received_at, proof=proof)
    if by.role != Role.CLOCKWORK and (
        reasons := rules.reasons_not_to_record_receipt(facts, served_at=case.nolv_served_at, at=at)
    ):
        raise Refused(reasons)
    counts = kind in receipt_kinds(local_day(received_at))
    receipt = Receipt.objects.create(
        inspection=case, notice=notice, kind=kind, received_at=received_at, proof=proof, counts=counts, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    if counts and _moves_clocks(case, received_at, dates, by=by):
        act(case, "record_receipt", by=by, at=at, received_at=received_at, kind=kind)
    else:
        said = {"kind": kind, "received_at": received_at, "dates": dates}
        journal(case, "record_receipt", "Another receipt recorded", by=by, at=at, facts=said)
    return receipt


def _moves_clocks(case: Inspection, received_at: datetime, dates: str, *, by: User) -> bool:
    """Whether the clocks run from this receipt; raises Refused when a person has yet to decide."""
    if case.received_at is not None and received_at >= case.received_at:
        return False
    if refusals(case, "record_receipt"):
        return False
    if not earlier_dates(case, received_at) or dates == MOVE:
        return True
    if dates != KEEP and by.role != Role.CLOCKWORK:
        raise Refused(["This receipt is earlier, so both dates would move earlier. Say whether to move them."])
    return False


@transaction.atomic
def acknowledge_nolv(case: Inspection, *, by: User, at: datetime, address: str = "") -> Inspection:
    """The licensee, signed in, says that they have the notice. A second time changes nothing."""
    demand(by, "inspections.acknowledge_nolv", case)
    case = locked(case)
    notice = _with_copies_locked(case)
    if notice is None or not _stands(case):
        raise Refused(["There is no notice to acknowledge."])
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
    if counts and not refusals(case, "acknowledge_nolv"):
        return act(case, "acknowledge_nolv", by=by, at=at)
    journal(case, "acknowledge_nolv", "Notice acknowledged by the licensee", by=by, at=at, shown=True)
    return case


@transaction.atomic
def redirect_nolv(
    case: Inspection, *, name: str, email: str, by: User, at: datetime, version: int | None = None
) -> Delivery:
    """Send the notice, word for word, to one more contact, after a copy came back."""
    demand(by, "inspections.redirect_nolv", case)
    case = _unchanged(locked(case), version)
    notice = case.last_nolv()
    if notice is None or not _stands(case):
        raise Refused(["There is no notice to send."])
    if at < notice.release_at:
        raise Refused(["The notice is still held. Stop it to change who gets it, or wait until it is sent."])
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
