"""Cases told up to a point, each through the door: served, received, with a plan, with proof, all fixed, referred."""

from datetime import date, datetime, timedelta
from hashlib import sha256

from accounts.models import User
from casefile.models import Document, new_key
from inspections import rules
from inspections.actions import correction, discipline, notice
from inspections.actions.correction import Answer, Verdict
from inspections.models import Decision, Evidence, Inspection, Violation, Way
from tests import factories

SERVED = factories.at("2026-11-17 12:00")
LATER = timedelta(hours=1)


def served(officer: User, *, findings: int = 3, when: datetime = SERVED, **facts) -> Inspection:
    """The notice is out; its five minutes run from `when`."""
    case = factories.with_findings(officer, findings=findings, **facts)
    return notice.serve_nolv(case, by=officer, at=when)


def received(officer: User, **facts) -> Inspection:
    """The notice was handed over an hour later."""
    case = served(officer, **facts)
    at = case.nolv_served_at + LATER
    notice.record_receipt(case, kind=Way.BY_HAND, received_at=at, proof="Tomás Lucero took it.", by=officer, at=at)
    return fresh(case)


def fresh(case: Inspection) -> Inspection:
    return Inspection.objects.with_place().get(pk=case.pk)


def owner_of(case: Inspection) -> User:
    found = case.licensee.representatives.filter(removed_at=None).first()
    return found.user if found else factories.representative(case.licensee)


def with_plan(officer: User, **facts) -> Inspection:
    """The licensee sent a plan for every violation."""
    case = received(officer, **facts)
    return send_plan(case, at=case.received_at + LATER)


def send_plan(case: Inspection, *, at: datetime) -> Inspection:
    answers = {
        it.number: Answer(how=f"Fix {it.number}.", who="Luz Sena", by_on=date(2026, 12, 1))
        for it in case.violations.with_rounds()
        if not it.plan_is_accepted
    }
    return correction.submit_cap(case, answers, by=owner_of(case), at=at)


def accept(numbers) -> dict[int, Verdict]:
    return {number: Verdict(Decision.ACCEPTED) for number in numbers}


def in_corrections(officer: User, **facts) -> Inspection:
    """The plan is accepted; proof is waited for."""
    case = with_plan(officer, **facts)
    numbers = case.violations.values_list("number", flat=True)
    return correction.review_cap(case, accept(numbers), by=officer, at=case.received_at + 2 * LATER)


def evidence(violation: Violation, by: User, at: datetime, *, of: str = Evidence.Of.CORRECTION) -> Evidence:
    """A file on record without its bytes."""
    document = Document.objects.create(
        file=violation.inspection.file, name="IMG_0001.jpg", media_type="image/jpeg", size=2_100_000,
        sha256=sha256(new_key().encode()).hexdigest(), has_copy=True, received_at=at, by=by,
    )  # fmt: skip
    return Evidence.objects.create(violation=violation, of=of, document=document)


def send_proof(case: Inspection, numbers, *, at: datetime) -> Inspection:
    """The licensee sends one photo for each of these violations."""
    owner = owner_of(case)
    for violation in case.violations.filter(number__in=numbers):
        evidence(violation, owner, at)
    return correction.send_evidence(case, dict.fromkeys(numbers, "Done."), by=owner, at=at)


def with_proof(officer: User, *, numbers=(1, 2, 3), **facts) -> Inspection:
    """Proof of these violations waits for the division."""
    case = in_corrections(officer, **facts)
    return send_proof(case, numbers, at=case.received_at + 3 * LATER)


def all_fixed(officer: User, **facts) -> Inspection:
    """Every violation is verified; only the letter is missing."""
    findings = facts.pop("findings", 3)
    numbers = range(1, findings + 1)
    case = with_proof(officer, findings=findings, numbers=numbers, **facts)
    return correction.review_evidence(case, accept(numbers), by=officer, at=case.received_at + 4 * LATER)


def referred(officer: User, supervisor: User, **facts) -> Inspection:
    """A supervisor referred the case after the notice was received."""
    case = received(officer, **facts)
    at = case.received_at + LATER
    return discipline.refer_for_discipline(case, reason="No plan came.", by=supervisor, at=at)


def after_the_hold(case: Inspection) -> datetime:
    assert case.nolv_served_at is not None
    return case.nolv_served_at + rules.HOLD


def form(page, **typed) -> dict[str, str]:
    """What a browser would send back of this page: its control fields, with what was typed."""
    context = page.context
    return {"once": context["once"], "version": str(context["version"]), **typed}
