"""What a notice says to its licensee in each state: in the list, the heading, the steps and of each violation."""

from collections.abc import Sequence
from datetime import date

from casefile.calendar import local_day, long_day
from casefile.views.own import Mark
from inspections.models import Decision, Inspection, Violation
from inspections.stages import NOTICE_STANDS, STAGES, State
from inspections.views.licensee.times import Times

TAKEN_BACK = "Taken back"
CHANGE = "Change your plan"
MORE_PROOF = "Send more proof"
TONES = {"warn": "amber", "wait": "blue", "review": "violet", "late": "red"}
OUTCOMES = {
    Inspection.Outcome.COMPLIANT: ("You are in compliance", "We found nothing to fix. You do not need to do anything."),
    Inspection.Outcome.CORRECTED: (
        "Case closed. You are in compliance",
        "You fixed everything. We checked your proof and closed this case. You do not need to do anything else.",
    ),
    Inspection.Outcome.PENALTY: ("Decision: a fine", "The Division decided. Our letter says what you must pay."),
    Inspection.Outcome.SUSPENSION: (
        "Decision: your license is paused",
        "The Division decided. Our letter says from when and until when your license is paused.",
    ),
    Inspection.Outcome.REVOCATION: (
        "Decision: you lose your license",
        "The Division decided. Our letter says what this means and what you can do.",
    ),
    Inspection.Outcome.DISMISSED: ("Case dismissed", "We ended this case. You do not need to do anything else."),
}
ENDED = ("Closed", "This case is closed. You do not need to do anything else.")


def is_taken_back(case: Inspection) -> bool:
    """The notice was opened to the licensee once and does not stand any longer."""
    return case.state not in NOTICE_STANDS


def status(case: Inspection, *, changes: bool = False, more: bool = False) -> Mark:
    """The case in the words of the licensee; `changes` of the plan or `more` proof are asked for."""
    if is_taken_back(case):
        return Mark(TAKEN_BACK)
    stage = STAGES[State(case.state)]
    text = CHANGE if changes and case.state == State.CAP_DUE else stage.licensee
    text = MORE_PROOF if more and case.state == State.CORRECTIONS_DUE else text
    return Mark(text, TONES.get(stage.tone, ""))


def of_violation(violation: Violation, state: str) -> Mark:
    """How far one violation is. That the office wants to see a fix at the premises is not said here."""
    if violation.verified_at:
        return Mark("Fixed", "green")
    if violation.proof is not None:
        returned = violation.proof.decision == Decision.RETURNED
        return Mark(MORE_PROOF, "amber") if returned else Mark("We are checking your proof", "violet")
    if violation.plan is None:
        return Mark("Send proof", "blue") if state == State.CORRECTIONS_DUE else Mark("Not fixed yet")
    return {
        Decision.ACCEPTED: Mark("Plan accepted. Send proof", "blue"),
        Decision.RETURNED: Mark("Change this part", "amber"),
    }.get(Decision(violation.plan.decision), Mark("We are reading your plan", "violet"))


def plan_is_returned(violation: Violation) -> bool:
    """The last answer of the plan was sent back."""
    return violation.plan is not None and violation.plan.decision == Decision.RETURNED


def proof_remark(violation: Violation) -> str:
    """What is missing in the proof that was sent back; what the office thinks of other proof is its own."""
    proof = violation.proof
    return proof.remark if proof is not None and proof.decision == Decision.RETURNED else ""


def heading(case: Inspection) -> str:
    """The heading of the page of one notice."""
    if is_taken_back(case):
        return "We took this notice back"
    if case.state == State.CLOSED:
        return OUTCOMES.get(case.outcome, ENDED)[0]
    return "Your notice: with the Division" if case.state == State.DISCIPLINE else "Your notice: what to do"


def lead(case: Inspection, violations: Sequence[Violation]) -> str:
    """What happened, and what is asked, in two or three sentences."""
    if is_taken_back(case):
        return "You do not need to do anything. If we send a new notice, it will show here."
    if case.state == State.CLOSED:
        return OUTCOMES.get(case.outcome, ENDED)[1]
    says = {
        State.CAP_DUE: _plan_is_due,
        State.CAP_IN_REVIEW: lambda *_: "We got your plan. We are reading it. You can start to fix things today.",
        State.CORRECTIONS_DUE: _proof_is_due,
        State.CORRECTIONS_IN_REVIEW: _proof_is_in,
        State.DISCIPLINE: lambda *_: "A supervisor will look at your case and decide what comes next.",
    }
    return says[State(case.state)](case, violations)


def _plan_is_due(case: Inspection, violations: Sequence[Violation]) -> str:
    returned = [v for v in violations if plan_is_returned(v)]
    if returned:
        n, fine = len(returned), len(violations) - len(returned)
        said = f"We read your plan. {some(n, 'part')} {'needs' if n == 1 else 'need'} a change."
        return f"{said} {some(fine, 'part')} {'is' if fine == 1 else 'are'} fine." if fine else said
    n = len(violations)
    each = "it" if n == 1 else "each one"
    return f"{_visited(case)} We found {some(n, 'thing')} to fix. Tell us how you will fix {each}."


def _proof_is_due(case: Inspection, violations: Sequence[Violation]) -> str:
    fixed = sum(v.verified_at is not None for v in violations)
    returned = sum(v.proof is not None and v.proof.decision == Decision.RETURNED for v in violations)
    if not returned:
        accepted = "We accepted your plan. " if all(v.plan_is_accepted for v in violations) else ""
        return f"{accepted}Fix {every(len(violations))}. Then send us photos or papers that show it."
    said = f"We looked at your proof. {fixed} of {len(violations)} {'is' if fixed == 1 else 'are'} fixed."
    return f"{said} {returned} {'needs' if returned == 1 else 'need'} more proof."


def _proof_is_in(case: Inspection, violations: Sequence[Violation]) -> str:
    waits = [v for v in violations if not v.verified_at and not v.proof_waits]
    said = "We got your proof. We are checking it."
    if waits:
        return f"{said} {some(len(waits), 'violation')} still {'needs' if len(waits) == 1 else 'need'} proof."
    return f"{said} You do not need to do anything now."


def _visited(case: Inspection) -> str:
    day = local_day(case.visit_began_at) if case.visit_began_at else None
    return f"We inspected {case.premises.name} on {day:%B} {day.day}." if day else f"We inspected {case.premises.name}."


def some(n: int, noun: str) -> str:
    """ "1 part", "3 parts"."""
    return f"{n} {noun}{'s' * (n != 1)}"


def every(n: int) -> str:
    """How many there are to fix: it, both, all 3."""
    return {1: "it", 2: "both"}.get(n, f"all {n}")


def steps(case: Inspection, violations: Sequence[Violation], times: Times) -> list[dict[str, object]]:
    """What happens next, in four steps, the present one marked; nothing once the case has left this path."""
    now = {
        State.CAP_DUE: 0,
        State.CAP_IN_REVIEW: 1,
        State.CORRECTIONS_DUE: 2,
        State.CORRECTIONS_IN_REVIEW: 3,
    }.get(State(case.state))
    if now is None:
        return []
    plan, proof = _day(times.plan.on), _day(times.proof.on)
    texts = [
        _first_step(plan if now == 0 else "", changes=any(v.plan for v in violations) and now == 0),
        ("We read your plan", "We email you within 3 business days."),
        (
            f"Fix {every(len(violations))} and send photos or papers by {proof}",
            "You can send proof for one violation at a time.",
        ),
        ("We check your proof and close your case", "When everything is fixed, we send you a close-out letter."),
    ]
    return [
        {
            "who": ("We do this" if n % 2 else "You do this") + (" now" if n == now else ""),
            "ours": bool(n % 2),
            "now": n == now,
            "title": title,
            "text": text,
        }
        for n, (title, text) in enumerate(texts)
    ]


def _first_step(day: str, *, changes: bool) -> tuple[str, str]:
    if changes:
        return f"Change your plan by {day}", "Answer our remarks. Your other answers stay."
    title = f"Send your plan by {day}" if day else "Send your plan"
    return title, "It takes about 20 minutes. You can stop and come back."


def _day(day: date) -> str:
    return long_day(day, year=False)
