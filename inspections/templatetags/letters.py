"""What the letters say of a case, where one word of the case is not enough."""

from datetime import date, datetime

from django import template
from django.template.defaultfilters import filesizeformat

from casefile.calendar import local_day, long_day
from casefile.models import Deadline
from inspections import clocks, rules
from inspections.models import Evidence, Inspection, Violation

register = template.Library()

CLOCKS = {"plan": (clocks.CAP_RESEND_DUE, clocks.CAP_DUE), "proof": (clocks.PROOF_RESEND_DUE, clocks.CORRECTIONS_DUE)}
GOALS = {"plan": clocks.PLAN_REVIEW_GOAL, "proof": clocks.PROOF_REVIEW_GOAL}
FIRST = {"plan": clocks.CAP_DUE, "proof": clocks.CORRECTIONS_DUE}


@register.filter
def counted(case: Inspection, what: str) -> str:
    """How the day for the "plan" or the "proof" is counted, had the notice been received when it was served."""
    assert case.nolv_served_at is not None
    return case.counted(FIRST[what], case.nolv_served_at).sentence("You get the notice", FIRST[what].act)


@register.filter
def running(case: Inspection, what: str) -> Deadline | None:
    """The deadline for the "plan" or the "proof" that runs now."""
    return case.running(*CLOCKS[what])


@register.filter
def proof_due(case: Inspection, at: datetime) -> str:
    """ "is due by Thursday, December 17, 2026", or "was due on ..." when that day is over."""
    past = case.proof_by < local_day(at)
    return f"{'was due on' if past else 'is due by'} {long_day(case.proof_by)}"


@register.filter
def review_by(case: Inspection, what: str) -> date | None:
    """The day by which the division means to have read the "plan" or the "proof"; None where no time is set."""
    row = case.running(GOALS[what])
    return row.due_on if row else None


@register.filter
def sent(case: Inspection, at: datetime) -> list[Violation]:
    """The violations of which a part of the plan was sent at this instant."""
    return [it for it in case.rounds() if it.plan and it.plan.sent_at == at]


@register.filter
def shown(case: Inspection, at: datetime) -> list[Violation]:
    """The violations of which proof was sent at this instant."""
    return [it for it in case.rounds() if it.proof and it.proof.sent_at == at]


@register.filter
def unproven(case: Inspection) -> list[Violation]:
    """The violations that still want proof."""
    return [it for it in case.rounds() if not it.verified_at and not it.proof_waits]


@register.filter
def files(violation: Violation) -> list[str]:
    """Each file of the proof in words that are ours: what it is, its size, when it came, how its checksum begins."""
    return [_file(evidence) for evidence in violation.proof.evidence.all()] if violation.proof else []


def _file(evidence: Evidence) -> str:
    paper = evidence.document
    kind = "Photo" if paper.is_image else "Paper"
    size = filesizeformat(paper.size).replace("\xa0", " ")
    return f"{kind}, {size}, received {long_day(local_day(paper.received_at))}, SHA-256 {paper.sha256[:16]}"


@register.filter
def penalty(case: Inspection) -> list[str]:
    """The calculation of the penalty, line by line, with its total and to whom it is paid."""
    return rules.penalty_explained([it.facts() for it in case.penalties.select_related("violation")])


@register.filter
def most(case: Inspection) -> str:
    """The most that a penalty may be for each violation, by the law of the day of the visit."""
    assert case.visit_began_at is not None
    return rules.money(rules.PENALTY_MAX.on(local_day(case.visit_began_at)))
