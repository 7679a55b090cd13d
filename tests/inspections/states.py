"""A case in any state, as it got there: everything was done through the actions that people use."""

from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from casefile.actions import act
from casefile.models import Delivery
from inspections.actions import correction, discipline, notice
from inspections.actions.correction import Answer, Verdict
from inspections.models import Inspection, Way
from tests import factories
from tests.factories import at

SERVED, RECEIVED = at("2026-11-17 12:00"), at("2026-11-17 15:00")  # a Tuesday
PLAN_SENT, PLAN_READ = at("2026-11-18 16:12"), at("2026-11-19 09:00")
PROOF_SENT, PROOF_SEEN = at("2026-11-20 10:00"), at("2026-11-20 14:00")
REFERRED, DECIDED = at("2026-11-21 10:00"), at("2026-11-22 10:00")


def picture(name: str = "photo.jpg", *, color: str = "#4f7f4d") -> SimpleUploadedFile:
    """A photo of nothing, as a phone would send it."""
    kept = BytesIO()
    Image.new("RGB", (320, 240), color).save(kept, "JPEG")
    return SimpleUploadedFile(name, kept.getvalue(), "image/jpeg")


def fresh(case: Inspection) -> Inspection:
    return Inspection.objects.with_place().get(pk=case.pk)


def owner_of(case: Inspection) -> User:
    row = case.licensee.representatives.filter(standing="owner", removed_at=None).select_related("user").first()
    return row.user if row else factories.representative(case.licensee)


def served(officer: User, **facts) -> Inspection:
    """The notice was sent and nobody is known to have it."""
    return fresh(notice.serve_nolv(factories.with_findings(officer, **facts), by=officer, at=SERVED))


def bounced(officer: User, **facts) -> Inspection:
    case = served(officer, **facts)
    Delivery.objects.filter(notice__file=case.file).update(state=Delivery.State.BOUNCED)
    return case


def waiting_for_plan(officer: User, **facts) -> Inspection:
    case = served(officer, **facts)
    proof = {"proof": "Tomás Lucero signed for it.", "kind": Way.BY_HAND}
    notice.record_receipt(case, received_at=RECEIVED, by=officer, at=RECEIVED, **proof)
    return fresh(case)


def plan_to_review(officer: User, **facts) -> Inspection:
    case = waiting_for_plan(officer, **facts)
    answer = Answer("Move 130 plants out of flower.", "R. Archuleta", date(2026, 12, 1))
    answers = dict.fromkeys(case.violations.values_list("number", flat=True), answer)
    return fresh(correction.submit_cap(case, answers, by=owner_of(case), at=PLAN_SENT))


def waiting_for_proof(officer: User, **facts) -> Inspection:
    case = plan_to_review(officer, **facts)
    verdicts = dict.fromkeys(case.violations.values_list("number", flat=True), Verdict("accepted"))
    return fresh(correction.review_cap(case, verdicts, by=officer, at=PLAN_READ))


def proof_to_review(officer: User, **facts) -> Inspection:
    case = waiting_for_proof(officer, **facts)
    owner = owner_of(case)
    for violation in case.violations.all():
        correction.add_evidence(violation, picture(), by=owner, at=PROOF_SENT)
    notes = dict.fromkeys(case.violations.values_list("number", flat=True), "Fixed.")
    return fresh(correction.send_evidence(case, notes, by=owner, at=PROOF_SENT))


def reviewed(officer: User, *decisions: str, **facts) -> Inspection:
    """Proof was sent for every violation; `decisions` say what the officer said of each."""
    case = proof_to_review(officer, findings=len(decisions), **facts)
    verdicts = {n: Verdict(it, "" if it == "accepted" else "Look again.") for n, it in enumerate(decisions, start=1)}
    return fresh(correction.review_evidence(case, verdicts, by=officer, at=PROOF_SEEN))


def ready_to_close(officer: User, **facts) -> Inspection:
    return reviewed(officer, "accepted", "accepted", **facts)


def closed(officer: User, **facts) -> Inspection:
    return fresh(act(ready_to_close(officer, **facts), "close_out", by=officer, at=DECIDED))


def referred(officer: User, supervisor: User, **facts) -> Inspection:
    case = waiting_for_plan(officer, **facts)
    reason = "No plan came."
    return fresh(discipline.refer_for_discipline(case, reason=reason, by=supervisor, at=REFERRED))


def cancelled(officer: User, **facts) -> Inspection:
    case = factories.planned(officer, **facts)
    return fresh(discipline.cancel_inspection(case, reason="The premises moved.", by=officer, at=SERVED))
