"""Bring the catalog of violations on record up to the project's file."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casefile.calendar import local_day
from inspections.actions.catalog import load_catalog
from inspections.catalog import DATA, read_catalog

WRONG_INPUT = 2


class Command(BaseCommand):
    help = "Load the catalog of violations. A changed rule becomes a new version; nothing is rewritten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, default=DATA, help="the catalog (the project's own)")
        parser.add_argument(
            "--from", dest="day", type=date.fromisoformat, help="the first day of changed versions (today)"
        )

    def handle(self, *, file: Path, day: date | None, verbosity: int, **options: Any) -> None:
        try:
            versions = read_catalog(file)
        except (OSError, ValueError) as wrong:
            raise CommandError(f"{file.name}: {wrong}", returncode=WRONG_INPUT) from None
        counts = load_catalog(versions, on=day or local_day(timezone.now()))
        if verbosity:
            words = ("added", "changed", "ended", "unchanged")
            self.stdout.write(", ".join(f"{counts[word]} {word}" for word in words))
