"""Take in an extract of the state's register of licenses."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from licensing.actions.register import Busy, Report, import_register
from licensing.management.progress import row_by_row
from licensing.register.reading import WrongFile, read_extract

WRONG_INPUT = 2


class Command(BaseCommand):
    help = "Take in a register extract (CSV). Every row ends as created, updated, unchanged or held for a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the extract, a CSV file")
        parser.add_argument("--dry-run", action="store_true", help="say what would become of each row; write nothing")
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        quiet = options["json"] and not sys.stdout.isatty()
        try:
            extract = read_extract(file)
            with row_by_row(extract, quiet=quiet) as progress:
                report = import_register(extract, at=timezone.now(), dry_run=dry_run, progress=progress)
        except WrongFile as wrong:
            raise CommandError(str(wrong), returncode=WRONG_INPUT) from None
        except Busy as busy:
            raise CommandError(str(busy)) from None
        self.stdout.write(json.dumps(report.as_json()) if options["json"] else _words(report, dry_run))


def _words(report: Report, dry_run: bool) -> str:
    counts = report.as_json()
    lines = [f"{counts['rows']:,} rows" + (" (nothing was written)" if dry_run else "")]
    lines += [f"  {counts[fate]:>7,} {fate}" for fate in ("created", "updated", "unchanged", "held")]
    lines += [f"          {times:>7,} {reason}" for reason, times in counts["held_reasons"].items()]
    lines += report.notes
    if counts["held"] and not dry_run:
        lines.append("Held rows wait for a person on the page /register/.")
    return "\n".join(lines)
