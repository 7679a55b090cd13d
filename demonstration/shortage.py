"""The shortage of the demonstration: one finding, one measure in force, and its letters."""

from datetime import datetime
from decimal import Decimal

from casefile.calendar import local_day, local_hour, months_before
from demonstration.people import World
from licensing import rules
from licensing.actions.measure_letters import write_measure_letters
from licensing.actions.shortage import find_shortage, order_measure
from licensing.rules import MeasureKind

MONTHS = 6
EVIDENCE = (
    "Twelve dispensaries in four counties had fewer than three kinds of flower for patients on most days. "
    "Patients waited four days on average. Counted from monthly reports and two rounds of calls."
)
ORDER = (
    "Retailers keep at least 10 percent of each month's stock for patients, caregivers and reciprocal participants, "
    "because shelves for patients were empty in rural counties."
)


def tell(world: World, at: datetime) -> None:
    """Three months ago a shortage was found for the half year before; since the next month a set-aside is in force."""
    by, found_on = world.supervisors[0], months_before(local_day(at), 3)
    period_from = months_before(rules.month_of(found_on), MONTHS)
    told_at = local_hour(found_on, 10)
    finding = find_shortage(
        period_from=period_from, period_to=rules.shortage_period_ends_on(period_from), evidence=EVIDENCE,
        areas=["Catron", "Hidalgo", "Mora", "Taos"], underserved=True, by=by, at=told_at,
    )  # fmt: skip
    starts_on = months_before(rules.month_of(local_day(at)), 2)
    percent = Decimal(rules.SET_ASIDE_PERCENT.on(starts_on))
    order = rules.Order(MeasureKind.SET_ASIDE, starts_on, ORDER, percent=percent)
    order_measure(finding, order, by=by, at=told_at)
    write_measure_letters(at=told_at, batch=1_000)
