"""What the division says of a plan and of a proof, and the end of a case that is in compliance."""

from datetime import datetime
from typing import Any

from django.forms import Form
from django.utils import timezone

from casefile import notices
from casefile.actions import act, refusals
from casefile.models import Notice
from casefile.views.shown import as_shown
from inspections import letters
from inspections.actions import correction
from inspections.forms.review import ProofForm, ReviewForm
from inspections.models import Decision, Violation
from inspections.stages import State
from inspections.views.act_page import Drafted, LastLook, facts_among, load, papers, photos_among
from inspections.views.cards import photos_of

ACCEPT_ALL = "accept_all"


class Review(Drafted):
    """Decide violation by violation; nothing is sent before the review is finished."""

    consequence = "The licensee gets one letter for the whole review."

    def waits(self, violation: Violation) -> bool:
        """Whether this violation is asked about."""
        raise NotImplementedError

    def get_all(self) -> list[Violation]:
        """Every violation of the case."""
        return load(self.case)

    def get_parts(self) -> list[Violation]:
        return [violation for violation in self.get_all() if self.waits(violation) or self._was_asked(violation)]

    def _was_asked(self, violation: Violation) -> bool:
        """The page that was sent asked about it; whatever a colleague decided meanwhile, its words are shown again."""
        return f"v{violation.number}-remark" in self.request.POST

    def change_typed(self, typed: dict[str, Any]) -> dict[str, Any]:
        if self.request.POST.get("save") != ACCEPT_ALL:
            return typed
        return typed | {f"v{part.number}-decision": Decision.ACCEPTED.value for part in self.get_parts()}


class ReviewPlan(Review):
    """Accept each part of the plan, or say what is missing."""

    rights = "inspections.approve_cap"
    template_name = "inspections/plan_review.html"
    form_class = ReviewForm
    draft = "cap_review"
    title = "Review the plan"
    lead = "Accept each part, or say what is missing. The licensee gets one letter when you finish."

    def get_all(self) -> list[Violation]:
        return load(self.case, "plans", "evidence__document")

    def waits(self, violation: Violation) -> bool:
        return violation.plan is not None and not violation.plan_is_accepted

    def get_refusals(self) -> list[str]:
        return [] if self.case.state == State.CAP_IN_REVIEW else refusals(self.case, "approve_cap")

    def perform(self, form: ReviewForm, **common: Any) -> None:  # type: ignore[override]
        case = correction.review_cap(self.case, form.verdicts(), **common)
        sent_back = case.state == State.CAP_DUE
        self.done = "Review finished. We sent one letter. " + (
            "Parts are sent back." if sent_back else "The plan is accepted."
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [_plan_row(part) for part in context["form"].parts]
        accepted = [violation for violation in self.case.violations.all() if violation.plan_is_accepted]
        return context | {"rows": rows, "accepted": accepted, "accept_all": ACCEPT_ALL}


def _plan_row(part: Any) -> dict[str, Any]:
    violation = part.violation
    before = [plan for plan in violation.plans.all() if plan.decision == Decision.RETURNED and not plan.set_aside]
    return {"part": part, "plan": violation.plan, "before": before, "photos": photos_of(violation)}


class ReviewProof(Review):
    """See each proof beside what was found; accept it, say what is missing, or that it must be seen."""

    rights = "inspections.review_evidence"
    template_name = "inspections/proof_review.html"
    form_class = ProofForm
    draft = "proof_review"
    title = "Review the proof"
    lead = "Before is left, after is right. You can decide some now and the others later."
    done = "Review finished."

    def waits(self, violation: Violation) -> bool:
        return violation.proof_waits and violation.verified_at is None

    def get_refusals(self) -> list[str]:
        in_review = self.case.state == State.CORRECTIONS_IN_REVIEW
        return [] if in_review else refusals(self.case, "review_evidence")[:1]

    def perform(self, form: ProofForm, **common: Any) -> None:  # type: ignore[override]
        case = correction.review_evidence(self.case, form.verdicts(), **common)
        fixed = case.violations.exclude(verified_at=None).count()
        self.done = f"Review finished. {fixed} of {case.violations.count()} are fixed."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asked = {part.violation.pk for part in context["form"].parts}
        others = [violation for violation in self.case.violations.all() if violation.pk not in asked]
        return context | {
            "rows": [_proof_row(part) for part in context["form"].parts],
            "others": [{"violation": it, "words": proof_words(it)} for it in others],
            "accept_all": ACCEPT_ALL,
        }


def _proof_row(part: Any) -> dict[str, Any]:
    violation, proof = part.violation, part.violation.proof
    sent = list(proof.evidence.all())
    before = [it for it in violation.proofs.all() if it.decision == Decision.RETURNED and not it.set_aside]
    return {
        "part": part,
        "proof": proof,
        "plan": violation.plan,
        "before": before,
        "found": photos_of(violation),
        "sent": photos_among(sent, violation.number),
        "facts": facts_among(sent),
        "papers": papers(sent),
        "seen_again": proof.decision == Decision.REINSPECT,
    }


def proof_words(violation: Violation) -> str:
    """How far one violation is, in a few words; a plan is never called a fix."""
    if violation.verified_at:
        return "Fixed"
    if violation.proof is None:
        return "No proof yet"
    return "More proof is asked for" if violation.proof.decision == Decision.RETURNED else "Proof waits for review"


class CloseOut(LastLook):
    """End a case whose violations are all fixed."""

    rights = "inspections.close_out"
    step = "close_out"
    template_name = "inspections/close_out.html"
    title = "Close the case"
    button = "Send close-out letter"
    done = "Case closed. The close-out letter is on its way."
    consequence = "The case closes and can then only be read. The letter says that the premises is in compliance."

    def get_refusals(self) -> list[str]:
        if not hasattr(self, "_refusals"):
            load(self.case, "plans", "proofs__evidence__document")
            self._refusals = refusals(self.case, self.step)
        return self._refusals

    def perform(self, form: Form, **common: Any) -> None:
        act(self.case, self.step, **common)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = None if context["refusals"] else as_shown(self._written(timezone.now()))
        items = [
            {"violation": it, "fixed": it.verified_at is not None, "words": proof_words(it)}
            for it in self.case.violations.all()
        ]
        return context | {"items": items, "shown": shown}

    def _written(self, at: datetime) -> Notice:
        """The letter, as if the case closed now."""
        self.case.closed_at = at
        return notices.preview(letters.CLOSE_OUT, self.case, at=at)
