"""When the demonstration's visits are, and how each of them goes."""

from datetime import date, timedelta
from random import Random

from casefile.calendar import Calendar
from demonstration.stories import ENDINGS, Course

PAST = timedelta(days=182)
AHEAD = timedelta(days=21)


def days(rng: Random, calendar: Calendar, today: date, count: int) -> list[date]:
    """`count` business days of the past half year and the three weeks ahead, today among them, in order."""
    chosen = [today if calendar.is_business_day(today) else calendar.previous_business_day(today)]
    while len(chosen) < count:
        day = today - PAST + timedelta(days=rng.randrange((PAST + AHEAD).days))
        if calendar.is_business_day(day):
            chosen.append(day)
    return sorted(chosen)


def course(rng: Random, n: int, *, recent: bool) -> Course:
    """How the `n`th inspection goes: every odd turn comes up at its own interval, the rest is chance.

    Only a `recent` one waits for a second visit; an older one would have had it.
    """
    if n % 6 == 0:
        return Course(findings=0)
    return Course(
        findings=rng.choice((1, 2, 3, 3, 4, 5, 6)),
        refused=n % 47 == 13,
        cancelled=n % 31 == 7,
        bounces=n % 29 == 5,
        plan="never" if n % 11 == 4 else rng.choice(("prompt", "prompt", "prompt", "late")),
        plan_returned=rng.random() < 0.3,
        proof="never" if n % 13 == 8 else rng.choice(("prompt", "prompt", "slow")),
        proof_returned=rng.random() < 0.3,
        extended=n % 17 == 2,
        rescinded=n % 53 == 20,
        reinspected=recent and n % 9 == 4,
        ending=ENDINGS[n // 7 % len(ENDINGS)],
        pace=rng.choice((1, 2, 2, 3)),
    )


def first_case(calendar: Calendar, today: date) -> tuple[date, Course]:
    """High Mesa Organics: the notice came days ago, the plan is due soon."""
    return _business_days_ago(calendar, today, 3), Course(findings=3, plan="late", pace=0)


def second_case(calendar: Calendar, today: date) -> tuple[date, Course]:
    """Enchanted Acre Farm: the plan waits for the officer."""
    return _business_days_ago(calendar, today, 5), Course(findings=4, pace=4)


def standing(calendar: Calendar, today: date) -> list[tuple[date, Course]]:
    """One case for each state that chance may leave out on the day of loading."""
    return [
        (_business_days_ago(calendar, today, 1), Course(stops_at="visit")),
        (_business_days_ago(calendar, today, 2), Course(stops_at="draft")),
        (_business_days_ago(calendar, today, 60), Course(plan="never", stops_at="referral")),
        (_business_days_ago(calendar, today, 15), Course(plan_returned=False, proof="never", pace=1)),
        (_business_days_ago(calendar, today, 20), Course(reinspected=True, pace=1)),
    ]


def _business_days_ago(calendar: Calendar, today: date, count: int) -> date:
    for _ in range(count):
        today = calendar.previous_business_day(today)
    return today
