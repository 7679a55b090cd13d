"""Take in a file of monthly reports."""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from casefile.actions import Refused
from licensing.actions.register import Busy
from licensing.actions.report_import import Outcome, import_reports
from licensing.management.progress import row_by_row
from licensing.register.files import read_file
from licensing.report_import.rows import COLUMNS, REPORTS
from licensing.rules.reporting import reported_month

WRONG_INPUT = 2
NUMBERS = (
    "Numbers are written 1234.5 or 1,234.5: a comma, a space or an apostrophe parts thousands, a point the fraction."
)


class Command(BaseCommand):
    help = (
        "Take in the reports of licensees for one month (CSV). Every row ends as created, corrected, unchanged or held "
        "for a person; a correction keeps the report before it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = (
            "columns:\n" + "\n".join(f"  {names}\n      {words}" for names, words in COLUMNS) + f"\n{NUMBERS}"
        )
        parser.add_argument("file", type=Path, metavar="FILE", help="a CSV file, one row for each license")
        parser.add_argument("--month", required=True, metavar="YYYY-MM", help="the month that the file reports on")
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")

    def handle(self, *, file: Path, month: str, **options: Any) -> None:
        quiet = options["json"] and not sys.stdout.isatty()
        try:
            extract, first = read_file(file, REPORTS), reported_month(month)
            with row_by_row(extract, quiet=quiet) as progress:
                outcome = import_reports(
                    extract, first, by=User.objects.clockwork(), at=timezone.now(), progress=progress
                )
        except ValueError as wrong:  # WrongFile is one
            raise CommandError(str(wrong), returncode=WRONG_INPUT) from None
        except Refused as refused:
            raise CommandError(" ".join(refused.reasons), returncode=WRONG_INPUT) from None
        except Busy as busy:
            raise CommandError(str(busy)) from None
        self.stdout.write(json.dumps(outcome.as_json()) if options["json"] else _words(outcome))


def _words(outcome: Outcome) -> str:
    counts = outcome.as_json()
    lines = [f"{counts['rows']:,} rows for {counts['month']}"]
    lines += [f"  {counts[fate]:>7,} {fate}" for fate in ("created", "corrected", "unchanged", "held")]
    lines += [f"          {times:>7,} {reason}" for reason, times in counts["held_reasons"].items()]
    lines += counts["notes"]
    if counts["held"]:
        lines.append("Held rows wait for a person on the page /reports/held/.")
    return "\n".join(lines)
