"""A violation as a card: what was found, the plan, who and when, the proof, and the photos of both."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from casefile.calendar import local_day, short_day
from casefile.models import Document
from inspections.models import Decision, Evidence, Inspection, PlanItem, Proof, Violation

PLAN_STATES = {
    Decision.ACCEPTED: ("Waiting for proof", "blue"),
    Decision.RETURNED: ("Plan sent back", "amber"),
    Decision.WAITS: ("Plan to review", "violet"),
}
PROOF_STATES = {
    Decision.ACCEPTED: ("Fixed", "green"),
    Decision.RETURNED: ("Proof sent back", "amber"),
    Decision.WAITS: ("Proof to review", "violet"),
    Decision.REINSPECT: ("To see again", "violet"),
}


def cards_of(case: Inspection) -> list[dict[str, Any]]:
    """The violations of a loaded case, as `components/violation_card.html` wants them."""
    return [_card(violation, case) for violation in case.rounds()]


def _card(violation: Violation, case: Inspection) -> dict[str, Any]:
    state, tone = state_of(violation, case)
    return {
        "number": violation.number, "title": violation.title, "citation": violation.entry.citation, "state": state,
        "tone": tone, "rows": _rows(violation), "photos": before_and_after(violation),
    }  # fmt: skip


def state_of(violation: Violation, case: Inspection) -> tuple[str, str]:
    """How far one violation is, and the tone of its tag; a plan is never shown as a fix."""
    if violation.verified_at is not None:
        return "Fixed", "green"
    if case.nolv_served_at is None or case.closed_at is not None:
        return violation.get_severity_display(), ""
    if violation.proof is not None:
        return PROOF_STATES[Decision(violation.proof.decision)]
    if violation.plan is not None:
        return PLAN_STATES[Decision(violation.plan.decision)]
    return "Waiting for plan", "blue"


def _rows(violation: Violation) -> list[dict[str, str]]:
    plan, proof = violation.plan, violation.proof
    rows = [("What we found", _found(violation)), ("Severity", _severity(violation))]
    if plan is not None:
        rows += [("Their plan", plan.how), ("Who and when", f"{plan.who}, by {short_day(plan.by_on)}")]
        rows += _said("Plan", plan)
    if proof is not None:
        files = sum(evidence.proof_id == proof.pk for evidence in violation.evidence.all())
        sent = f"{files} file{'s' * (files != 1)}, sent {short_day(local_day(proof.sent_at))}{', late' * proof.late}"
        rows += [("Proof", "\n".join(filter(None, [sent, proof.note]))), *_said("Proof", proof)]
    return [{"label": label, "value": value} for label, value in rows]


def _found(violation: Violation) -> str:
    return f"{violation.seen}\nCount: {violation.count:,}" if violation.count > 1 else violation.seen


def _severity(violation: Violation) -> str:
    shown = violation.get_severity_display()
    return f"{shown}: {violation.severity_reason}" if violation.severity_reason else shown


def _said(what: str, part: PlanItem | Proof) -> list[tuple[str, str]]:
    """What the division said of a part, once it has."""
    if part.decided_at is None or not part.decision:
        return []
    on = short_day(local_day(part.decided_at))
    if part.decision == Decision.ACCEPTED:
        return [(f"{what} accepted", on)]
    return [("What is missing" if part.decision == Decision.RETURNED else "To see again", f"{part.remark} ({on})")]


def photos_of(violation: Violation) -> list[dict[str, str]]:
    """The officer's photos, as `components/photos.html` wants them."""
    return _photos(violation.photos, violation)


def before_and_after(violation: Violation) -> list[dict[str, str]]:
    """The officer's photos, then those of the latest proof."""
    proof = violation.proof.pk if violation.proof else None
    after = [it for it in violation.evidence.all() if it.proof_id is not None and it.proof_id == proof]
    return photos_of(violation) + _photos(after, violation)


def _photos(evidence: Iterable[Evidence], violation: Violation) -> list[dict[str, str]]:
    shown = [it for it in evidence if it.document.has_copy]
    return [photo(it, n, violation.number) for n, it in enumerate(shown, start=1)]


def photo(evidence: Evidence, n: int, number: int) -> dict[str, str]:
    """One photo: which it is and of what, never its file name."""
    found = evidence.of == Evidence.Of.FINDING
    shown = f"{document_url(evidence.document)}?view=1"
    return {
        "url": shown, "src": shown, "alt": f"Photo {n} of the {'finding' if found else 'fix'} in violation {number}",
        "caption": f"{'Found' if found else 'Fix'}, {short_day(local_day(evidence.document.received_at))}",
    }  # fmt: skip


def document_url(document: Document) -> str:
    return reverse("casefile:document", kwargs={"key": document.key})
