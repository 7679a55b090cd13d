"""That somebody read a plan is on record: one row for each page that was opened."""

from datetime import date, datetime

from accounts.models import User
from casefile.calendar import local_day, local_hour
from licensing.models import Premises
from schedules.models import PlanRead

FEED = "schedules:feed"


def note_read(
    user: User, *, month: date, page: str, at: datetime, of: User | None = None, premises: Premises | None = None
) -> None:
    """Write down that `user` opened `page`: the plan of `month` (any day of it), `of` one officer, of one premises."""
    PlanRead.objects.create(by=user, month=month.replace(day=1), page=page, of=of, premises=premises, at=at)


def note_feed(officer: User, *, at: datetime) -> None:
    """Write down once a day that the calendar feed of `officer` was read; a phone asks for it every few minutes."""
    day = local_day(at)
    rows = PlanRead.objects.filter(by=officer, page=FEED, at__gte=local_hour(day, 0))
    if not rows.exists():
        note_read(officer, month=day, page=FEED, of=officer, at=at)
