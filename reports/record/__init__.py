"""What must be true of the record at every moment, each promise as one query that finds where it is broken.

A query yields the folder (nothing where a promise is about no folder) and words that say what is wrong. The tests ask
after every step, `manage.py check_record` asks a running system.
"""

from collections.abc import Sequence

from django.db import connection

from reports.record import clocks, endings, journal, letters, plants
from reports.record.promise import PROMISES, Broken, Promise

__all__ = ["PROMISES", "Broken", "Promise", "broken", "clocks", "endings", "journal", "letters", "plants"]


def broken(promises: Sequence[Promise] = PROMISES) -> list[Broken]:
    """Every place in the whole record where a promise is broken; empty is well."""
    found = []
    with connection.cursor() as cursor:
        for promise in promises:
            cursor.execute(promise.sql)
            found += [Broken(promise.says, file_id, what) for file_id, what in cursor.fetchall()]
    return found
