"""The promises of the record: they hold on what came through the door, and each finds what breaks it."""

import pytest

from tests import factories, invariants

pytestmark = pytest.mark.django_db


def test_hold_on_a_case_that_came_through_the_door(holidays):
    factories.with_findings()
    invariants.assert_kept()
    invariants.prepare()
