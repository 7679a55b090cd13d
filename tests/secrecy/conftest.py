"""The house in which the worlds are played: built once for a module, at a time that stands still."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from tests import world
from tests.secrecy import dice, senses
from tests.secrecy.run import NOW, Theatre
from tests.secrecy.script import Script


@pytest.fixture(scope="module")
def theatre(django_db_setup, django_db_blocker) -> Iterator[Theatre]:
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), senses.undone():
        house = world.build()
        script = Script(house)
        cache.clear()
        yield Theatre(house, script, dice.counters())
