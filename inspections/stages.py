"""What each state is called, whose turn it is, and what they do next: one table for pages, lists and letters."""

from typing import Any

from django.db import models

from casefile.stages import Stage
from inspections import clocks

LICENSEE_CLOCKS = [clocks.CAP_DUE, clocks.CAP_RESEND_DUE, clocks.CORRECTIONS_DUE, clocks.PROOF_RESEND_DUE]
REVIEW_GOALS = [clocks.PLAN_REVIEW_GOAL, clocks.PROOF_REVIEW_GOAL]


class State(models.TextChoices):
    """Where an inspection stands."""

    PLANNED = "planned", "Planned"
    IN_PROGRESS = "in_progress", "Visit in progress"
    FINDINGS_RECORDED = "findings_recorded", "Notice in draft"
    CAP_DUE = "cap_due", "Waiting for plan"
    CAP_IN_REVIEW = "cap_in_review", "Plan to review"
    CORRECTIONS_DUE = "corrections_due", "Waiting for proof"
    CORRECTIONS_IN_REVIEW = "corrections_in_review", "Proof to review"
    CLOSED = "closed", "Closed"
    DISCIPLINE = "discipline", "Referred"
    CANCELLED = "cancelled", "Cancelled"


ACTIVE = [state for state in State if state not in (State.CLOSED, State.CANCELLED)]
AFTER_NOTICE = [State.CAP_DUE, State.CAP_IN_REVIEW, State.CORRECTIONS_DUE, State.CORRECTIONS_IN_REVIEW]
NOTICE_STANDS = [*AFTER_NOTICE, State.DISCIPLINE, State.CLOSED]
WITH_LICENSEE = [State.CAP_DUE, State.CORRECTIONS_DUE]


STAGES = {
    State.PLANNED: Stage("plain", "division", "Begin the visit"),
    State.IN_PROGRESS: Stage("warn", "division", "Record what you see"),
    State.FINDINGS_RECORDED: Stage("warn", "division", "Finish and send the notice"),
    State.CAP_DUE: Stage("wait", "licensee", "Waiting for the plan", "Send your plan"),
    State.CAP_IN_REVIEW: Stage("review", "division", "Review the corrective action plan", "We are reading your plan"),
    State.CORRECTIONS_DUE: Stage("wait", "licensee", "Waiting for proof", "Send proof"),
    State.CORRECTIONS_IN_REVIEW: Stage("review", "division", "Review the proof", "We are checking your proof"),
    State.CLOSED: Stage("done", "", "Closed", "Closed"),
    State.DISCIPLINE: Stage("late", "division", "Decide the outcome", "With the Division"),
    State.CANCELLED: Stage("done", "", "Cancelled"),
}


def no_plan_yet(case: Any) -> bool:
    """No part of the plan was ever sent, so a change of the day of receipt moves the day the plan is due."""
    return not any(violation.plan for violation in case.violations.with_rounds())
