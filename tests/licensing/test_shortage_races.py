"""Two supervisors at the same instant: quotas never pass the limit together, a finding is not withdrawn under a measure,
and two sweeps write one letter. Real threads, real transactions."""

from datetime import timedelta
from functools import partial

import pytest

from casefile.actions import Refused
from casefile.models import Notice
from licensing.actions import shortage
from licensing.actions.measure_letters import write_measure_letters
from licensing.models import MeasureLetter, ShortageEvent, ShortageMeasure
from tests import factories
from tests.inspections.test_races import at_once, tally
from tests.licensing.shortages import NOW, QUOTA, TODAY, found, ordered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def no_bell(settings):
    settings.DOORBELL = ""


def test_of_many_quotas_at_once_one_is_ordered(marco):
    finding = found(marco)
    results = at_once(*[partial(ordered, marco, QUOTA, finding=finding, percent=25) for _ in range(8)])
    assert tally("quotas", [it if isinstance(it, Exception) else "ordered" for it in results]) == {
        "ordered": 1, "Refused": 7,
    }  # fmt: skip
    assert ShortageMeasure.objects.count() == ShortageEvent.objects.filter(step="order_measure").count() == 1


def test_a_finding_is_withdrawn_or_measured_never_both(marco):
    for n in range(4):
        finding = found(marco)
        withdraw = partial(shortage.withdraw_finding, finding, reason="Wrong", by=marco, at=NOW)
        both = at_once(withdraw, partial(ordered, marco, finding=finding, starts_on=TODAY + n * timedelta(2)))
        assert sum(isinstance(it, Refused) for it in both) == 1, both
        for measure in ShortageMeasure.objects.filter(ended_at=None):
            shortage.end_measure(measure, last_day=measure.starts_on, reason="Next", by=marco, at=NOW)


def test_sweeps_at_once_write_to_each_once(marco):
    for _ in range(5):
        factories.license(type="retailer")
    ordered(marco)
    at_once(*[partial(write_measure_letters, at=NOW)] * 4)
    assert MeasureLetter.objects.count() == Notice.objects.count() == 5
