"""`./run manage load_holidays`: bring the table of holidays up to the file. A year that is on record stays as it is."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casefile import holidays
from casefile.calendar import read_holidays
from casefile.models import Holiday


class Command(BaseCommand):
    """Add the years of the file that have no row yet, so that what people added, changed or removed stays theirs."""

    help = "Load the state's holidays from the project's own file; may be run again and again."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        before = Holiday.objects.select_for_update().calendar()
        known = {day.year for day in before.holidays}
        new = [row for row in read_holidays() if row.date.year not in known]
        Holiday.objects.bulk_create(Holiday(**row._asdict()) for row in new)
        moved = holidays.take_in(before, by=User.objects.clockwork(), at=timezone.now()) if new and known else []
        if options["verbosity"]:
            self.stdout.write(f"{len(new)} holidays added to {len(before.holidays)}, {len(moved)} deadlines moved")
