"""What `manage.py check --database default` says of the data."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError
from django.utils import timezone

from casefile.calendar import local_day
from casefile.holidays import missing_year
from casefile.models import Holiday


@register(Tags.database)
def holidays_of_next_year(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn in December when the holidays of the next year are not on record."""
    if not databases:
        return []
    try:
        today = local_day(timezone.now())  # noqa: TID251  (a check stands at the edge)
        year = missing_year(today, Holiday.objects.calendar())
    except DatabaseError:  # before the first migration there is no table to ask
        return []
    hint = "Add them under Settings, Holidays, or put them into casefile/data/holidays.csv and start again."
    return [Warning(f"The holidays of {year} are not on record.", hint=hint, id="casefile.W001")] if year else []
