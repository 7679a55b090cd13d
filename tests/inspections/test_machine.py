"""Twenty thousand steps in any order: no promise of the record is ever broken. This file takes one half of them."""

import pytest

from tests.inspections.machine import run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000), pytest.mark.django_db(transaction=True)]


def test_every_promise_holds_after_every_step(capsys):
    run.half(0, capsys)
