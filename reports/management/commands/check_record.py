"""Look whether every promise of the record holds: `manage.py check_record`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from casefile.models import CaseFile
from reports.record import PROMISES, broken


class Command(BaseCommand):
    help = "Print every place where the record breaks one of its promises; ends with 1 when there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the same as JSON")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        found = broken()
        files = CaseFile.objects.filter(pk__in={it.file_id for it in found})
        refs: dict[int | None, str | None] = dict(files.values_list("pk", "number"))
        if options["json"]:
            places = [{"promise": it.says, "case": refs.get(it.file_id), "what": it.what} for it in found]
            self.stdout.write(json.dumps({"promises": len(PROMISES), "broken": places}, indent=1))
        else:
            for it in found:
                self.stdout.write(f"{refs.get(it.file_id) or it.file_id or 'all cases'}: {it}")
            self.stdout.write(f"{len(PROMISES)} promises, {len(found)} broken places")
        if found:
            raise SystemExit(1)
