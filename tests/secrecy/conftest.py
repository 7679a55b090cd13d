"""The house in which the worlds are played: built once for a module, at a time that stands still."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from tests import world
from tests.secrecy import dice, senses
from tests.secrecy.run import NOW, Theatre
from tests.secrecy.script import Script


def theatre_of(*, full: bool) -> Iterator[Theatre]:
    """A house with its script; call where the database may be used."""
    with time_machine.travel(NOW, tick=False), senses.undone():
        house = world.build()
        script = Script(house, full=full)
        cache.clear()
        yield Theatre(house, script, dice.counters())


@pytest.fixture(scope="module")
def theatre(django_db_setup, django_db_blocker) -> Iterator[Theatre]:
    with django_db_blocker.unblock():
        yield from theatre_of(full=False)
