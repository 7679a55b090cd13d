"""One run: the script in a world with these plans, and everything of it that a licensee could ever get hold of."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from casefile import deadlines
from casefile.models import Deadline
from tests import factories
from tests.inspections import told
from tests.secrecy import dice, senses
from tests.secrecy.questions import Book
from tests.secrecy.script import Ask, Script
from tests.world import World

NOW = factories.at("2026-11-20 10:00")
MORNING = factories.at("2026-11-23 08:00")
Plans = Callable[[], Any]
Hearing = Callable[[str], AbstractContextManager[Any]]
Seen = dict[str, bytes]


@dataclass
class Theatre:
    """The house in which every world is played, and the counters that each begins with."""

    house: World
    script: Script
    kept: dice.Counters
    book: Book = field(default_factory=Book)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    statements: set[str] = field(default_factory=set)  # what requests of licensees and strangers ask the database

    @contextmanager
    def world(self, plans: Plans, seed: str = "") -> Iterator[None]:
        """A world with these plans; nothing of it stays."""
        with senses.undone():
            dice.rewind(self.kept)
            with dice.loaded(f"plans {seed}"):
                plans()
            yield

    def first(self) -> Seen:
        """The world without plans: every request is made, and its questions are kept."""
        with self.world(list):
            seen = self.read(self.script.reads, hearing=self.book.hearing)
            self.book.close()
            return seen | self.act()

    def play(self, plans: Plans, seed: str = "") -> Seen:
        """Another world, in which every request is made too."""
        with self.world(plans, seed):
            return self.read(self.script.reads) | self.act()

    def glance(self, plans: Plans, seed: str, turn: Iterable[Ask], *, acts: bool) -> Seen:
        """Another world, in which those requests are made whose questions are answered anew, and those whose turn it is."""
        with self.world(plans, seed):
            changed = self.book.changed()
            asks = [ask for ask in self.script.reads if not self.book.settled(ask.name, changed)]
            return self.read(dict.fromkeys([*asks, *turn])) | (self.act() if acts else {})

    def read(self, asks: Iterable[Ask], *, hearing: Hearing = nullcontext) -> Seen:
        """Requests that have nothing to do with each other, each with chance and cookies of its own."""
        with self._perceived() as found:
            for ask in asks:
                lines = found.lines.count
                with dice.loaded(ask.name), hearing(ask.name):
                    found.seen[ask.name] = self._answer(ask, keep=False) + found.lines.since(lines)
            return found.seen | {"cache after reading": senses.cached()}

    def act(self, asks: Iterable[Ask] | None = None, *, later: bool = True) -> Seen:
        """What is sent, in order; then a visit is begun and its notice served, a night passes, and all is looked at again."""
        with self._perceived() as found, dice.loaded("acts"):
            for who in ("owner", "anonymous", "manager"):
                self.house.browser(who)
            sent = self.script.acts if asks is None else asks
            found.seen |= {f"then {ask.name}": self._answer(ask, keep=True) for ask in sent}
            found.seen |= self._later(found.lines) if later else {}
            return found.seen | found.left()

    @contextmanager
    def _perceived(self) -> Iterator[senses.Found]:
        found = senses.Found()
        with found.lines.listening():
            yield found

    def _answer(self, ask: Ask, *, keep: bool) -> bytes:
        browser = self.house.browsers[ask.who] if keep else self.house.browser(ask.who)
        began = time.perf_counter()
        with connection.execute_wrapper(self._note):
            reply = getattr(browser, ask.method.lower())(ask.url, ask.data)
        self.seconds.setdefault(ask.name, []).append(time.perf_counter() - began)
        return senses.everything(reply)

    def _note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements |= {sql} if sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")) else set()
        return execute(sql, params, many, context)

    def _later(self, lines: senses.Lines) -> Seen:
        with lines.deaf(), patch.object(factories, "_serial", count(10_000)):
            case = told.received(self.house.people["officer"], premises=self.house.premises, when=NOW)
            for pk in Deadline.objects.awake(MORNING).order_by("pk").values_list("pk", flat=True):
                deadlines.wake(pk, at=MORNING)
            for chore in settings.CHORES:
                import_string(chore)(at=MORNING)
        notice = f"/notices/{case.file.key}/"
        paths = ("/notices/", "/notices/record/", f"/premises/{case.premises.number}/", notice, f"{notice}calendar.ics")
        seen = {f"later GET {path}": self._answer(Ask("owner", "GET", path), keep=True) for path in paths}
        return seen | {"number": case.file.ref.encode()}
