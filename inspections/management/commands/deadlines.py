"""When a plan and the corrections are due for a notice received at a given time, and how that was counted."""

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError

from casefile.calendar import (
    DENVER,
    Calendar,
    Counted,
    clock_time,
    is_ambiguous,
    local_day,
    long_day,
    read_holidays,
    read_instant,
    read_zone,
)
from casefile.models import Holiday
from inspections.rules import cap_term, corrections_term

WRONG_INPUT = 2


@dataclass(frozen=True)
class Answer:
    """One received time and what it leads to."""

    received: datetime
    cap: Counted
    corrections: Counted

    def as_json(self) -> dict[str, Any]:
        """The object that --json prints."""
        return {
            "received": self.received.isoformat(),
            "cap_due": self.cap.due_at.astimezone(DENVER).isoformat(),
            "cap_skipped": [{"date": day.isoformat(), "reason": why} for day, why in self.cap.skipped],
            "corrections_due": self.corrections.due_at.astimezone(DENVER).isoformat(),
            "corrections_rolled": [{"date": day.isoformat(), "reason": why} for day, why in self.corrections.rolled],
        }

    def as_text(self) -> str:
        """The same in words."""
        return "\n".join(
            [
                f"Received {long_day(local_day(self.received))}, at {clock_time(self.received)} in Denver",
                f"  Corrective action plan due {_due(self.cap)}",
                f"    {self.cap.sentence(act='send your plan')}",
                f"  Corrections due {_due(self.corrections)}",
                f"    {self.corrections.sentence(act='send your proof')}",
            ]
        )


class Command(BaseCommand):
    help = "Print when the corrective action plan and the corrections are due, and how that was counted."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--received", action="append", required=True, metavar="TIME",
            help="when the notice was received, such as 2025-11-21T15:00; may be given several times",
        )  # fmt: skip
        parser.add_argument(
            "--tz", default=DENVER.key, help="the time zone of TIME (%(default)s); days are always counted in Denver"
        )
        parser.add_argument(
            "--fold", choices=["earlier", "later"], default="earlier",
            help="which is meant of an hour that an autumn night has twice (%(default)s)",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="print a list with one object for each TIME")

    def handle(self, *, received: list[str], tz: str, fold: str, **options: Any) -> None:
        try:
            zone = read_zone(tz)
            read = [self._read(text, zone, fold) for text in received]
            calendar = _calendar()
            answers = [_answer(at, calendar) for at in read]
        except ValueError as wrong:
            raise CommandError(str(wrong), returncode=WRONG_INPUT) from None
        if options["json"]:
            self.stdout.write(json.dumps([answer.as_json() for answer in answers], indent=2))
        else:
            self.stdout.write("\n\n".join(answer.as_text() for answer in answers))

    def _read(self, text: str, zone: ZoneInfo, fold: str) -> datetime:
        at = read_instant(text, zone, later=fold == "later")
        if is_ambiguous(at):
            self.stderr.write(f"{text} comes twice in {zone}; taken as the {fold} one. --fold chooses the other.")
        return at


def _calendar() -> Calendar:
    """The holidays on record; those that come with the program when no database answers or it has none yet."""
    try:
        calendar = Holiday.objects.calendar()
    except DatabaseError:
        calendar = Calendar({})
    return calendar if calendar.holidays else Calendar.of(read_holidays())


def _answer(received: datetime, calendar: Calendar) -> Answer:
    day = local_day(received)
    _must_know(calendar, day.year)
    answer = Answer(received, cap_term(day)(received, calendar), corrections_term(day)(received, calendar))
    for counted in (answer.cap, answer.corrections):
        _must_know(calendar, local_day(counted.due_at).year)
    return answer


def _must_know(calendar: Calendar, year: int) -> None:
    if not calendar.knows(year):
        years = sorted({day.year for day in calendar.holidays if calendar.knows(day.year)})
        known = f"They are known from {years[0]} to {years[-1]}." if years else "None are known."
        raise ValueError(f"The holidays of {year} are not on record, so days cannot be counted. {known}")


def _due(counted: Counted) -> str:
    return f"{long_day(local_day(counted.due_at))}, at {clock_time(counted.due_at)}"
