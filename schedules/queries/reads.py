"""Who read the plans: the record, and what stands out in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from accounts.models import Role, User
from casefile.calendar import DENVER, local_day, local_hour, short_day
from schedules.models import PlanRead
from schedules.rules.reads import days_before, unusual_count

WEEK, COMPARED = timedelta(days=7), timedelta(days=28)
PAGES = {
    "schedules:plans": "List of plans", "schedules:plan": "Plan", "schedules:plan_compare": "Two plans compared",
    "schedules:mine": "Month of an officer", "schedules:day_sheet": "Day sheet", "schedules:feed": "Calendar feed",
    "schedules:hand_over": "Handing over",
}  # fmt: skip


def page_words(page: str) -> str:
    """The name of an address in words."""
    return PAGES.get(page) or page.split(":")[-1].replace("_", " ").capitalize()


def counted(people: Iterable[int] | None, first: date, last: date) -> Mapping[int, dict[date, int]]:
    """By person and day, how many pages of plans were opened from `first` to `last`; a feed's phone does not count."""
    rows = PlanRead.objects.filter(at__gte=local_hour(first, 0), at__lt=local_hour(last + timedelta(days=1), 0))
    rows = rows.exclude(page="schedules:feed").order_by()
    rows = rows if people is None else rows.filter(by__in=people)
    found: dict[int, dict[date, int]] = defaultdict(dict)
    days = rows.values("by", day=TruncDate("at", tzinfo=DENVER)).annotate(n=Count("pk"))
    for row in days:
        found[row["by"]][row["day"]] = row["n"]
    return found


def not_theirs(read: PlanRead) -> bool:
    """An officer read the month of somebody else."""
    return read.by.role == Role.OFFICER and read.of_id is not None and read.of_id != read.by_id


def unusual_days(people: Iterable[int] | None, first: date, last: date) -> dict[tuple[int, date], str]:
    """By person and day, why the reads of the day stand out."""
    found = {}
    for person, days in counted(people, first - COMPARED, last).items():
        for day, n in days.items():
            if first <= day and (why := unusual_count(n, days_before(days, day))):
                found[person, day] = why
    return found


def unusual_reads(at: datetime) -> list[str]:
    """What stands out in the week before `at`, as sentences for supervisors; empty where nothing does."""
    today = local_day(at)
    first, last = today - WEEK, today - timedelta(days=1)
    many = unusual_days(None, first, last)
    names = User.objects.in_bulk({person for person, _ in many})
    lines = [
        f"{names[person].name} opened many pages of plans on {short_day(day)}: {why}."
        for (person, day), why in sorted(many.items(), key=lambda it: (it[0][1], names[it[0][0]].name))
    ]
    theirs = PlanRead.objects.filter(at__gte=local_hour(first, 0), at__lt=local_hour(today, 0), by__role=Role.OFFICER)
    theirs = theirs.filter(~Q(of=F("by")), of__isnull=False).select_related("by", "of")
    rows = {(row.by.name, row.of.name) for row in theirs if row.of is not None}
    return lines + [f"{who} read the month of {whose}." for who, whose in sorted(rows)]
