"""Whether a window of a license may be opened at a time, why not, and from when."""

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casefile.calendar import DENVER, read_instant
from inventory_windows import rules
from inventory_windows.models import holder_of
from inventory_windows.queries.facts import pending_of, spans_of
from licensing.models import License
from licensing.rules import read_number

WRONG_INPUT = 2


@dataclass(frozen=True)
class Answer:
    """What the rule says of one license at one instant."""

    license: str
    at: datetime
    reasons: list[str]
    opens_from: datetime | None
    open_until: datetime | None
    pending: str

    def as_json(self) -> dict[str, Any]:
        """The object that --json prints."""
        return {
            "license": self.license,
            "at": _local(self.at),
            "may_open": not self.reasons,
            "reasons": self.reasons,
            "from": _local(self.opens_from),
            "open_until": _local(self.open_until),
            "pending_request": self.pending or None,
        }

    def as_text(self) -> str:
        """The same in words."""
        lines = [f"License {self.license}, {rules.moment(self.at)}"]
        lines.append("  A window may be opened." if not self.reasons else "  No window may be opened.")
        lines += [f"    {reason}" for reason in self.reasons]
        if self.reasons:
            lines.append(f"  From {rules.moment(self.opens_from)}" if self.opens_from else "  From no time we know of.")
        return "\n".join([*lines, *([f"  Request {self.pending} waits."] if self.pending else [])])


def _local(at: datetime | None) -> str | None:
    return at.astimezone(DENVER).isoformat() if at else None


class Command(BaseCommand):
    help = "Print whether a window of a license may be opened at a time, why not, and from when."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--license", required=True, metavar="NUMBER", help="such as CCD-2022-0064")
        parser.add_argument("--at", metavar="TIME", help="such as 2026-11-21T15:00, in Denver (now)")
        parser.add_argument("--json", action="store_true", help="print the answer as an object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = read_number(options["license"]).license
            at = read_instant(options["at"], DENVER) if options["at"] else timezone.now()
        except ValueError as wrong:
            raise CommandError(str(wrong), returncode=WRONG_INPUT) from None
        found = License.objects.filter(number=number).first()
        if found is None:
            raise CommandError(f"License {number} is not on record.", returncode=WRONG_INPUT)
        answer = _answer(found, at)
        self.stdout.write(json.dumps(answer.as_json(), indent=2) if options["json"] else answer.as_text())


def _answer(license: License, at: datetime) -> Answer:
    holder, spans = holder_of(license), spans_of(license)
    now = next((span for span in spans if span.is_open(at)), None)
    return Answer(
        license.number, at, rules.reasons_not_to_open(holder, spans, at), rules.opens_from(holder, spans, at),
        now.closes_at if now else None, pending_of(license),
    )  # fmt: skip
