"""The plan never comes: each reminder once, one letter that it is overdue, then a supervisor; and the penalty."""

from collections import Counter

import pytest

from casefile.models import Deadline, Delivery, Event, Notice
from inspections.models import Inspection
from tests import factories, invariants

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


def letters() -> Counter[str]:
    """How often each letter about a case was written; mails to officers about their day or week are about none."""
    written = Notice.objects.exclude(file=None).values_list("letter", flat=True)
    return Counter(key.removeprefix("inspections.") for key in written)


def test_a_plan_that_never_comes_ends_in_a_penalty(place, clock, dana, tomas, marco):
    dana.signs_in()
    dana.starts_a_visit(place.number)
    dana.records("Labels missing batch number", "12 of 20 jars had no batch number.")
    dana.records("No visitor log", "No log since March 1.")
    dana.ends_the_visit()
    case = Inspection.objects.get()
    number = case.file.number
    dana.opens_the_case(number)
    dana.sends_the_notice("40 jars carried no batch number.")
    clock.wait(minutes=6)  # Monday, March 4: received; the plan is due on Monday, March 11

    clock.until(factories.at("2024-03-07 07:59"))
    assert letters() == {"nolv": 1}
    clock.until(factories.at("2024-03-07 08:00"))
    assert letters() == {"nolv": 1, "cap_reminder": 1}
    clock.until(factories.at("2024-03-08 08:00"))
    assert letters() == {"nolv": 1, "cap_reminder": 2}
    clock.until(factories.at("2024-03-11 23:59"))
    clock.until(factories.at("2024-03-12 07:59"))
    assert letters() == {"nolv": 1, "cap_reminder": 2}
    clock.until(factories.at("2024-03-12 08:00"))
    assert letters() == {"nolv": 1, "cap_reminder": 2, "cap_overdue": 1}
    assert [row.clock for row in Deadline.objects.overdue(clock.now)] == ["inspections.cap_due"]

    marco.signs_in()
    marco.goes_to("/team/overdue/")
    marco.reads(place.name)
    clock.day_by_day(factories.at("2024-04-05 09:00"))  # April 4 was the last day for the proof
    wanted = {"nolv": 1, "cap_reminder": 2, "cap_overdue": 1, "proof_reminder": 3, "proof_overdue": 1}
    assert letters() == wanted
    assert not Event.objects.filter(step="skip_reminder").exists()
    tomas.signs_in()
    tomas.opens_the_notice(case.file.key)
    tomas.reads("late")

    marco.signs_in()
    marco.refers(number, "No plan and no proof came, and nobody answers the phone.")
    marco.imposes(number, {1: 2500, 2: 10_000}, "Nothing was corrected in a month.")
    marco.reads("This case is closed. It can only be read.")
    tomas.opens_the_notice(case.file.key)
    words = tomas.keeps_the_letter("Decision in your case")
    assert "$12,500" in words and "$2,500" in words and "$10,000" in words
    clock.day_by_day(factories.at("2024-04-20 09:00"))
    assert letters() == wanted | {"referral": 1, "penalty": 1}
    assert not case.file.deadlines.running().exists()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted"}
    assert all(copy.attempts == 1 for copy in Delivery.objects.all())
    invariants.assert_kept()
