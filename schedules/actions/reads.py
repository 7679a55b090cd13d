"""That somebody read a plan is on record: one row for each page that was opened."""

from datetime import date, datetime

from accounts.models import User
from licensing.models import Premises
from schedules.models import PlanRead


def note_read(
    user: User, *, month: date, page: str, at: datetime, of: User | None = None, premises: Premises | None = None
) -> None:
    """Write down that `user` opened `page`: the plan of `month` (any day of it), `of` one officer, of one premises."""
    PlanRead.objects.create(by=user, month=month.replace(day=1), page=page, of=of, premises=premises, at=at)
