"""`./run manage check_unowned`: say which work has no owner; ends with 1 where there is any."""

import sys
from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from casefile.work import kinds


class Command(BaseCommand):
    """Find work of people who cannot do it, and work that nobody has."""

    help = "Find work of people who were let go, and work that nobody has. Ends with 1 where there is any."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        found = 0
        for kind in kinds():
            if n := kind.unowned(at).count():
                found += n
                self.stdout.write(f"{kind.counted(n)} without an owner")
        if found:
            self.stdout.write("Open /schedule/unowned/ to hand it over.")
            sys.exit(1)
        self.stdout.write("All open work has an owner.")
