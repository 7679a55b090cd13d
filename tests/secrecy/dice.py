"""Chance and counters in our hands, so that a difference between two worlds is a leak and never luck.

Keys, tokens and session names come from `os.urandom` in the end. With one stream for each world and another for the
script, what the script draws is the same in every world, and no random name has to be cut out of a page.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from unittest.mock import patch

from django.db import connection

Counters = list[tuple[str, int, bool]]


@contextmanager
def loaded(seed: str) -> Iterator[None]:
    """Every draw of this process follows from `seed` until the block ends."""
    stream, before = Random(seed), random.getstate()
    random.seed(f"{seed}, not for secrets")
    with patch.object(os, "urandom", stream.randbytes), patch.object(random, "_urandom", stream.randbytes):
        yield
    random.setstate(before)


def counters() -> Counters:
    """Where every sequence of the database stands; a rollback leaves it where it was driven to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(sequencename), last_value FROM pg_sequences WHERE schemaname = 'public'")
        return [(name, last or 1, last is not None) for name, last in cursor.fetchall()]


def rewind(kept: Counters) -> None:
    """Every sequence back to where it stood, so that each world counts on from the same numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(name::regclass, last, called) FROM unnest(%s::text[], %s::bigint[], %s::bool[])"
            " AS kept(name, last, called)",
            [list(column) for column in zip(*kept, strict=True)],
        )
