"""Have the plan of a month made, and wait for it."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from accounts.models import Role, User
from casefile.actions import Refused
from schedules.actions import plans
from schedules.models import Plan
from schedules.planner.problem import Wishes
from schedules.stages import PlanState
from schedules.tasks import work_out

WRONG_INPUT = 2


def month(text: str) -> date:
    """The first day of a month such as 2026-12."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a month such as 2026-12.") from None


class Command(BaseCommand):
    help = (
        "Have the plan of a month made. What is done, skipped or fixed in the published plan of the month stays. "
        "Officers see nothing of it before it is published."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", required=True, type=month, metavar="YYYY-MM", help="such as 2026-12")
        parser.add_argument("--seed", type=int, metavar="N", help="of the random part; the same number, the same plan")
        parser.add_argument("--by", metavar="EMAIL", help="the supervisor who asks (the one who has been here longest)")
        parser.add_argument("--publish", action="store_true", help="publish it at once, in place of the published one")
        parser.add_argument("--json", action="store_true", help="print what it comes to as one JSON object")

    def handle(self, **options: Any) -> None:
        supervisor = _supervisor(options["by"])
        try:
            plan = _make(supervisor, options)
            if options["publish"]:
                plan = _publish(plan, supervisor)
        except Refused as refused:
            raise CommandError(" ".join(refused.reasons), returncode=WRONG_INPUT) from None
        self.stdout.write(json.dumps(_as_json(plan)) if options["json"] else _words(plan))


def _supervisor(email: str | None) -> User:
    people = User.objects.filter(role=Role.SUPERVISOR, is_active=True).order_by("pk")
    found = people.filter(email__iexact=email).first() if email else people.first()
    if found is None:
        raise CommandError(
            f"{email} is not an active supervisor." if email else "There is no active supervisor.",
            returncode=WRONG_INPUT,
        )
    return found


def _make(supervisor: User, options: dict[str, Any]) -> Plan:
    """A plan that was proposed. Raises Refused, and CommandError with the words of a planner that gave up."""
    first, quiet = options["month"], options["json"] and not sys.stderr.isatty()
    base = Plan.objects.filter(month=first, state=PlanState.PUBLISHED).first()
    wishes, seed = Wishes(first, first), options["seed"]
    plan = plans.make_plan(first, wishes, by=supervisor, at=timezone.now(), base=base, seed=seed, rings=False)
    with tqdm(total=100, desc=f"Planning {first:%B %Y}", unit="%", file=sys.stderr, disable=quiet, ncols=80) as bar:
        work_out(plan.pk, tell=lambda percent: bar.update(percent - bar.n))
        bar.update(100 - bar.n)
    plan = Plan.objects.select_related("file").get(pk=plan.pk)
    if plan.state != PlanState.PROPOSED:
        raise CommandError(plan.failure or "Somebody else works on this plan. Look at it on the page /schedule/.")
    return plan


def _publish(plan: Plan, supervisor: User) -> Plan:
    there = Plan.objects.filter(month=plan.month, state=PlanState.PUBLISHED).first()
    return plans.publish_plan(plan, by=supervisor, at=timezone.now(), replaces=there.number if there else None)


def _as_json(plan: Plan) -> dict[str, Any]:
    """Figures and warnings; no premises is named."""
    figures = {name: value for name, value in plan.figures.items() if name not in ("left_out", "warnings")}
    counts = {name: len(plan.figures.get(name, [])) for name in ("left_out", "warnings")}
    return {"plan": plan.ref, "state": plan.state, "starts_on": plan.starts_on.isoformat(), **figures, **counts}


def _words(plan: Plan) -> str:
    it = plan.figures
    lines = [
        f"{plan}, {plan.get_state_display().lower()}, planned from {plan.starts_on}",
        f"  {it['visits']:,} visits, {it['routine']:,} of them routine",
        f"  {it['overdue_covered']:,} overdue premises in the plan, {it['overdue_left']:,} left",
        f"  {it['dated_on_time']:,} of {it['dated']:,} visits with a latest day on time",
        f"  {it['km']:,} km; officers are busy for {it['load_low']} to {it['load_high']} percent of their hours",
        f"  {len(it['left_out']):,} could not be planned, {len(it['warnings']):,} rules broken",
        f"Look at it under /schedule/plans/{plan.ref}/",
    ]
    return "\n".join(lines)
