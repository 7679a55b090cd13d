"""Bring the help on record up to the project's files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from help_center.actions.loading import load_articles, load_counties
from help_center.articles.reading import DATA, read_articles

WRONG_INPUT = 2


class Command(BaseCommand):
    help = "Load the articles of the help and the list of counties. What staff wrote stands; nothing is rewritten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=DATA, help="where the articles lie (the project's own)")

    def handle(self, *, folder: Path, verbosity: int, **options: Any) -> None:
        try:
            written = read_articles(folder)
        except (OSError, ValueError) as wrong:
            raise CommandError(str(wrong), returncode=WRONG_INPUT) from None
        counts = load_articles(written, at=timezone.now())
        counties = load_counties()
        if verbosity:
            words = ("added", "changed", "kept", "unchanged")
            self.stdout.write(", ".join(f"{counts[word]} {word}" for word in words) + f"; {counties['added']} counties")
