"""Nothing is found: the case closes where it began, with a letter of compliance."""

import pytest

from casefile.models import Notice
from inspections.models import Inspection
from tests import invariants

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


def test_no_violation_ends_in_the_letter_of_compliance(place, clock, dana, tomas):
    dana.signs_in()
    dana.starts_a_visit(place.number)
    clock.wait(hours=2)
    dana.ends_the_visit()
    dana.reads("The visit has ended in compliance.")
    case, letter = Inspection.objects.get(), Notice.objects.get()
    assert letter.letter == "inspections.compliance" and letter.deliveries.get().state == "accepted"

    tomas.signs_in()
    tomas.opens_the_notice(case.file.key)
    tomas.reads("You are in compliance", "You do not need to do anything")
    words = tomas.keeps_the_letter("Your inspection: you are in compliance")
    assert "in compliance" in words and place.name in words
    clock.wait(days=40)
    assert list(Notice.objects.exclude(file=None)) == [letter]
    invariants.assert_kept()
