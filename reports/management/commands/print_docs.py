"""`./run manage print_docs [--check]`: write the papers printed from the code, or say which are out of date."""

from difflib import unified_diff
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.docs import DOCS

FOLDER = Path(__file__).resolve().parent.parent.parent.parent / "docs"


class Command(BaseCommand):
    """Print docs/permissions.md, docs/states.md and docs/law.md."""

    help = "Print the papers in docs/ from the code; with --check fail when one is out of date."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail on a difference.")
        parser.add_argument("--folder", type=Path, default=FOLDER)

    def handle(self, *args: Any, **options: Any) -> None:
        stale = [name for name in DOCS if self.differs(name, options["folder"] / name, check=options["check"])]
        if options["check"] and stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Print again with `./run manage print_docs`.")
        self.stdout.write(f"{len(DOCS)} papers, {len(stale)} {'differ' if options['check'] else 'written'}")

    def differs(self, name: str, file: Path, *, check: bool) -> bool:
        """Whether the paper on file is another than the code prints; without `check` it is written."""
        printed, kept = DOCS[name](), file.read_text() if file.exists() else ""
        if printed == kept:
            return False
        if check:
            lines = unified_diff(kept.splitlines(), printed.splitlines(), str(file.name), "printed", lineterm="", n=0)
            self.stderr.write("\n".join(list(lines)[:40]))
        else:
            file.write_text(printed)
        return True
