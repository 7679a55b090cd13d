"""The planner at work: a plan by its id, any number of times; and the sweep's care for drafts whose bell was lost."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.utils import timezone

from accounts.models import User
from casefile.actions import Refused
from schedules.actions import plans
from schedules.models import Plan
from schedules.planner.problem import Problem, Proposal
from schedules.queries.candidates import gather
from schedules.stages import PlanState

logger = logging.getLogger(__name__)

LOCK = 0x43434405  # with the id of a plan: one planner on it at a time
LOST_AFTER = timedelta(minutes=2)
GIVEN_UP_AFTER = timedelta(minutes=30)
TOO_LONG = "The planner ran out of time. Ask for fewer routine visits, or try again when the computer has less to do."
BROKE = "The planner stopped with an error. Try again. If it stops again, tell the people who run this system."
NEVER_BACK = "The planner did not come back within half an hour. Try again."
Tell = Callable[[int], None]  # told how far the planner is, in percent


@shared_task
def solve(plan_id: int) -> None:
    """Make one plan; does nothing where that is done, given up or under way."""
    work_out(plan_id)


def work_out(plan_id: int, *, tell: Tell | None = None) -> None:
    """Ask the planner and put its answer, or why there is none, on record."""
    with alone(plan_id) as mine:
        plan = Plan.objects.filter(pk=plan_id, state=PlanState.DRAFT, failure="").first()
        if plan is None or not mine:
            return
        clockwork = User.objects.clockwork()
        try:
            gathered = gather(plan, at=timezone.now())
            proposal = ask(gathered.problem, Progress(plan_id, tell))
            plans.propose_plan(plan, gathered, proposal, by=clockwork, at=timezone.now())
        except Exception as error:
            plans.record_failure(plan, words_of(error), by=clockwork, at=timezone.now())


def ask(problem: Problem, progress: Tell) -> Proposal:
    """The planner's answer; it is loaded only where it works."""
    from schedules.planner.solve import propose

    return propose(problem, progress=progress)


def words_of(error: Exception) -> str:
    """Why there is no plan, for the supervisor; nothing of the plan goes into the log."""
    if isinstance(error, Refused):
        return " ".join(error.reasons)
    if isinstance(error, SoftTimeLimitExceeded):
        return TOO_LONG
    logger.error("a plan could not be made: %s", type(error).__name__)
    return BROKE


class Progress:
    """Writes down how far the planner is, at most once a second."""

    def __init__(self, plan_id: int, tell: Tell | None) -> None:
        self.plan_id, self.tell, self.written = plan_id, tell, monotonic()

    def __call__(self, percent: int) -> None:
        """So many percent of the work are done; the last one is the commit."""
        percent = min(99, percent)
        if self.tell:
            self.tell(percent)
        if monotonic() - self.written >= 1:
            self.written = monotonic()
            Plan.objects.filter(pk=self.plan_id).update(progress=percent)


@contextmanager
def alone(plan_id: int) -> Iterator[bool]:
    """Whether nobody else works on this plan; the lock ends with the block, or with the worker that dies in it."""
    mine = _asked("SELECT pg_try_advisory_lock(%s::int, %s::int)", plan_id)
    try:
        yield mine
    finally:
        if mine:
            _asked("SELECT pg_advisory_unlock(%s::int, %s::int)", plan_id)


def _asked(sql: str, plan_id: int) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, [LOCK, plan_id])
        return cursor.fetchone()[0]


def pick_up(*, at: datetime) -> None:
    """Ring again for drafts whose bell was lost; give up on those that nobody could make."""
    waiting = Plan.objects.filter(state=PlanState.DRAFT, failure="", made_at__lte=at - LOST_AFTER)
    for plan in waiting:
        if plan.made_at <= at - GIVEN_UP_AFTER:
            plans.record_failure(plan, NEVER_BACK, by=User.objects.clockwork(), at=at)
        else:
            plans.ring(plan.pk)
