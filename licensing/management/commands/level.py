"""The level of mature plants that holds a count, or why none does."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from casefile.calendar import local_day
from casefile.law import citation
from licensing.management.arguments import add_on, plants
from licensing.rules import level_of, why_no_level


class Command(BaseCommand):
    help = "Print the level (16.8.8.9 NMAC) that holds a count of mature plants, or why none does."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=plants, metavar="N", help="how many mature plants")
        add_on(parser)

    def handle(self, *, count: int, on: date | None, **options: Any) -> None:
        day = on or local_day(timezone.now())
        level, why = level_of(count, on=day), why_no_level(count, on=day)
        answer = {
            "count": count,
            "level": level.number if level else None,
            "range": [level.first, level.last] if level else None,
            "reason": why or None,
            "cites": citation(why_no_level if why else level_of),
        }
        said = f"{why or level} ({answer['cites']})"
        self.stdout.write(json.dumps(answer) if options["json"] else said)
