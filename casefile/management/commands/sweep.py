"""`./run manage sweep [--every 60]`: what Celery beat asks for each minute, without Celery."""

import logging
import signal
import threading
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from casefile.tasks import sweep

logger = logging.getLogger(__name__)


def seconds(text: str) -> int:
    """A whole number of seconds, at least one."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a number of seconds; give 1 or more")
    return int(text)


class Command(BaseCommand):
    """Tell what time asks for: reminders, overdue letters, waiting mail, the mail of the morning. Safe at any time."""

    help = "Do what time asks for, once, or again and again with --every. Safe beside Celery, beside itself, and late."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=seconds, metavar="SECONDS", help="Go on until told to stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["every"]:
            return sweep()
        stopping = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, lambda number, frame: stopping.set())
        while not stopping.is_set():
            try:
                sweep()
            except Exception:
                logger.exception("the sweep could not begin; it is tried again")
            close_old_connections()
            stopping.wait(options["every"])
        return None
