"""What the rule says of an increase of mature plants: allowed or not, why, and the most that would be."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casefile.calendar import local_day
from licensing.management.arguments import WRONG_INPUT, add_on, plants
from licensing.rules import (
    TYPES,
    IncreaseAsked,
    Reason,
    largest_increase,
    reasons_not_to_ask_increase,
    why_largest,
)


class Command(BaseCommand):
    help = "Print whether an increase of mature plants (16.8.8.9, 16.8.8.10 NMAC) may be asked for, and the largest."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--authorized", type=plants, required=True, metavar="N", help="the license's authorized mature plants"
        )
        parser.add_argument(
            "--licensee-total", type=plants, required=True, metavar="N",
            help="those of all licenses of the licensee, this one included",
        )  # fmt: skip
        parser.add_argument("--asked", type=plants, required=True, metavar="N", help="how many more are asked for")
        parser.add_argument("--at-renewal", action="store_true", help="asked for at the time of renewal")
        parser.add_argument(
            "--other-requests-this-year", type=plants, default=0, metavar="N",
            help="other increases asked for outside renewal in this license year (%(default)s)",
        )  # fmt: skip
        parser.add_argument("--type", choices=TYPES, default="producer", help="the type of license (%(default)s)")
        add_on(parser)

    def handle(self, *, authorized: int, licensee_total: int, on: date | None, **options: Any) -> None:
        if licensee_total < authorized:
            raise CommandError(
                "--licensee-total counts all licenses of the licensee, this one included, so it is at least "
                f"--authorized, {authorized:,}.",
                returncode=WRONG_INPUT,
            )
        asked = IncreaseAsked(
            license_type=options["type"],
            authorized=authorized,
            licensee_total=licensee_total,
            asked=options["asked"],
            at_renewal=options["at_renewal"],
            other_requests_this_year=options["other_requests_this_year"],
            on=on or local_day(timezone.now()),
        )
        reasons = reasons_not_to_ask_increase(asked)
        self.stdout.write(as_json(asked, reasons) if options["json"] else as_text(asked, reasons))


def as_json(asked: IncreaseAsked, reasons: list[Reason]) -> str:
    """The object that --json prints."""
    answer = {
        "allowed": not reasons,
        "reasons": [{"text": it.text, "cites": it.cites} for it in reasons],
        "largest_allowed": largest_increase(asked),
    }
    return json.dumps(answer)


def as_text(asked: IncreaseAsked, reasons: list[Reason]) -> str:
    """The same in words."""
    answer = "not allowed" if reasons else "allowed"
    lines = [f"{asked.asked:,} more mature plants: {answer}", *(f"  {reason}" for reason in reasons)]
    return "\n".join([*lines, f"The largest increase now is {largest_increase(asked):,}. {why_largest(asked)}"])
