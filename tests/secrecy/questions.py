"""What a request asks the database, and what it is told: all that a reply can depend on, once chance and clock are held.

A request that asks the same questions and is told the same rows gives the same bytes. So most requests of a world need
not be made again: their questions are asked, which takes a tenth of the time.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import connection

CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET ")
Question = tuple[str, str]


@dataclass
class Book:
    """The questions of each request of the first world, and what the database told there."""

    asked: dict[str, set[Question]] = field(default_factory=dict)
    writes: set[str] = field(default_factory=set)
    answers: dict[Question, bytes] = field(default_factory=dict)
    values: dict[Question, Any] = field(default_factory=dict)
    now: str = ""

    @contextmanager
    def hearing(self, name: str) -> Iterator[None]:
        """While the request `name` asks."""
        self.now = name
        self.asked.setdefault(name, set())
        with connection.execute_wrapper(self):
            yield

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """The wrapper of the connection."""
        if not sql.startswith("SELECT"):
            self.writes |= {self.now} if not sql.startswith(CONTROL) else set()
        else:
            question = (sql, repr(params))
            self.asked[self.now].add(question)
            self.values[question] = params
        return execute(sql, params, many, context)

    def close(self) -> None:
        """Keep what the database tells; call in the world of the requests, before anything is written."""
        self.answers = self._ask(self.values)

    def changed(self) -> set[Question]:
        """The questions that the world of now answers in another way."""
        told = self._ask(self.values)
        return {question for question, rows in self.answers.items() if told[question] != rows}

    def settled(self, name: str, changed: set[Question]) -> bool:
        """Whether the reply to this request cannot be another one."""
        return name in self.asked and name not in self.writes and not self.asked[name] & changed

    def _ask(self, questions: Iterable[Question]) -> dict[Question, bytes]:
        with connection.cursor() as cursor:
            return {it: self._told(cursor, it) for it in questions}

    def _told(self, cursor: Any, question: Question) -> bytes:
        cursor.execute(question[0], self.values[question])
        rows = [[bytes(it) if isinstance(it, memoryview) else it for it in row] for row in cursor.fetchall()]
        return sha256(repr(rows).encode()).digest()
