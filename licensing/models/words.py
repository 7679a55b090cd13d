"""Words as they are searched and sorted: small letters, no accents, one space between them."""

from typing import TypeVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

Rows = TypeVar("Rows", bound=models.QuerySet)


class Plain(Func):
    """A text without case and accents, as the database writes it (`ccd_plain` of migration 0002)."""

    function = "ccd_plain"
    arity = 1
    output_field = models.TextField()


def words_field(*parts: Combinable) -> models.GeneratedField:
    """A column that holds the plain words of several columns; lists are searched in it and sorted by it."""
    return models.GeneratedField(expression=Plain(_joined(*parts)), output_field=models.TextField(), db_persist=True)


def _joined(first: Combinable, *others: Combinable) -> Combinable:
    return Concat(first, *(piece for part in others for piece in (Value(" "), part))) if others else first


def trigrams(name: str) -> GinIndex:
    """Finds any part of a word in the column `words`."""
    return GinIndex(fields=["words"], opclasses=["gin_trgm_ops"], name=name)


def with_words(rows: Rows, typed: str) -> Rows:
    """Those of `rows` whose words hold every word that was typed, in any order."""
    for word in typed.split():
        rows = rows.filter(words__contains=Plain(Value(word, output_field=models.TextField())))
    return rows
