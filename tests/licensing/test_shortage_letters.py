"""Whoever a measure binds gets one letter that it was ordered and one that it ends, however often the sweep runs."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings

from casefile.models import Delivery, Notice
from licensing.actions import measure_letters, shortage
from licensing.actions.measure_letters import write_measure_letters
from licensing.models import Licensee, MeasureLetter
from licensing.rules import MeasureKind
from tests import factories
from tests.inspections import plain
from tests.licensing.shortages import EXCLUSION, FEE, NOW, QUOTA, SET_ASIDE, TODAY, exhausted, ordered

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def shop():
    return factories.license(type="retailer", issued_on=date(2025, 1, 5))


def sweep(at=NOW, times: int = 1, **facts) -> list[Notice]:
    for _ in range(times):
        write_measure_letters(at=at, **facts)
    return list(Notice.objects.filter(letter__startswith="licensing.measure").order_by("pk"))


class TestOrdered:
    def test_once_to_each_contact_that_receives_notices(self, marco, shop):
        firm = shop.licensee
        firm.contacts.create(name="Ana Baca", email="ana@example.test")
        firm.contacts.create(name="Quiet", email="quiet@example.test", receives_notices=False)
        factories.license(type="retailer", licensee=firm, issued_on=date(2025, 2, 5))
        ordered(marco)
        letters = sweep(times=5)
        to = sorted(Delivery.objects.values_list("email", flat=True))
        assert to == sorted([firm.contacts.first().email, "ana@example.test"]) and len(letters) == 2
        assert all(number in letters[0].text for number in firm.licenses.values_list("number", flat=True))

    def test_says_what_to_do_and_from_when(self, marco, shop):
        ordered(marco, starts_on=date(2027, 3, 1), ends_on=date(2027, 8, 31))
        (letter,) = sweep()
        assert letter.subject == "From March 1, 2027: keep stock for medical sale"
        assert "From March 1, 2027 you must keep at least 10 percent of your stock" in letter.text
        assert "The last day is August 31, 2027." in letter.text
        assert "Shelves for patients are empty." in letter.text

    def test_not_to_those_whom_it_does_not_bind(self, marco):
        factories.license(type="producer")
        factories.license(type="retailer", status="expired")
        ordered(marco)
        assert sweep() == []

    def test_to_those_who_are_bound_later(self, marco, shop):
        ordered(marco)
        assert len(sweep()) == 1
        factories.license(type="retailer")
        assert len(sweep(at=NOW + 3 * DAY, times=2)) == 2

    def test_of_an_exclusion_to_those_who_applied(self, marco, shop):
        exhausted(marco)
        applied = factories.license(type="manufacturer", status="applied", issued_on=None, expires_on=None)
        factories.license(type="manufacturer", issued_on=date(2025, 1, 5))
        exclusion = ordered(marco, EXCLUSION)
        sweep()
        assert [it.licensee for it in exclusion.letters.all()] == [applied.licensee]

    def test_some_at_each_sweep(self, marco):
        for _ in range(5):
            factories.license(type="retailer")
        ordered(marco)
        assert [len(sweep(batch=2)) for _ in range(4)] == [2, 4, 5, 5]

    def test_one_that_breaks_does_not_hold_up_the_rest(self, marco, shop, monkeypatch):
        other = factories.license(type="retailer")
        write_to = measure_letters.notices.write_to

        def breaks(letter, recipient, **facts):
            if recipient.email == shop.licensee.contacts.get().email:
                raise OSError("no paper")
            return write_to(letter, recipient, **facts)

        ordered(marco)
        monkeypatch.setattr(measure_letters.notices, "write_to", breaks)
        assert len(sweep()) == 1
        assert [it.licensee for it in MeasureLetter.objects.all()] == [other.licensee]
        monkeypatch.undo()
        assert len(sweep()) == 2

    def test_once_when_two_sweeps_take_up_the_same_licensee(self, marco, shop, monkeypatch):
        ordered(marco)
        sweep()
        both = Licensee.objects.filter(pk=shop.licensee.pk)
        monkeypatch.setattr(measure_letters, "untold_of", lambda *_: both)
        assert len(sweep()) == 1

    def test_is_a_chore_of_the_sweep(self):
        assert f"{write_measure_letters.__module__}.write_measure_letters" in settings.CHORES


class TestEnded:
    def test_once_to_those_who_were_told(self, marco, shop):
        measure = ordered(marco)
        sweep()
        factories.license(type="retailer")
        shortage.end_measure(measure, last_day=TODAY + 9 * DAY, reason="Enough", by=marco, at=NOW + DAY)
        letters = sweep(at=NOW + DAY, times=3)
        assert [it.letter for it in letters] == [
            "licensing.measure_ordered", "licensing.measure_ordered", "licensing.measure_ended",
        ]  # fmt: skip
        assert letters[-1].subject == "The rule on medical stock ends November 26, 2026"
        assert len(sweep(at=NOW + 20 * DAY)) == 3, "who was told of the last day in the first letter gets no second"

    def test_after_the_last_day_that_was_ordered(self, marco, shop):
        ordered(marco, ends_on=TODAY + 9 * DAY)
        assert len(sweep(at=NOW)) == 1
        assert len(sweep(at=NOW + 9 * DAY)) == 1
        last = sweep(at=NOW + 10 * DAY, times=2)
        assert len(last) == 2 and "Its last day was November 26, 2026." in last[-1].text

    def test_when_it_is_called_off(self, marco, shop):
        measure = ordered(marco, starts_on=TODAY + 30 * DAY)
        sweep()
        shortage.end_measure(measure, last_day=TODAY + 29 * DAY, reason="No need", by=marco, at=NOW + DAY)
        letters = sweep(at=NOW + DAY, times=2)
        assert len(letters) == 2 and "You do not have to do anything." in letters[-1].text

    def test_nobody_is_told_of_what_was_called_off_before_it_was_told(self, marco, shop):
        measure = ordered(marco, starts_on=TODAY + 30 * DAY)
        shortage.end_measure(measure, last_day=TODAY + 29 * DAY, reason="No need", by=marco, at=NOW)
        assert sweep() == []


@pytest.mark.parametrize("kind", MeasureKind)
def test_every_letter_is_plain_and_has_one_link(marco, kind):
    if kind == EXCLUSION:
        exhausted(marco, FEE)
    bound = {SET_ASIDE: "retailer", FEE: "producer", QUOTA: "producer", EXCLUSION: "manufacturer"}[kind]
    factories.license(type=bound, issued_on=TODAY, licensee=factories.licensee(name="High Mesa"))
    facts = {"tracking": "Tag each medical plant."} if kind == QUOTA else {}
    measure = ordered(marco, kind, words="Patients wait too long.", **facts)
    sweep()
    last = date(2027, 5, 17)
    shortage.end_measure(measure, last_day=last, reason="Enough", by=marco, at=NOW + DAY)
    letters = [it for it in sweep(at=NOW + DAY) if measure.key in it.once]
    assert len(letters) == 2
    for it in letters:
        assert len(it.subject) <= 60
        assert len(re.findall(r"https?://", it.text)) == 1
        assert len(plain.words_in(plain.longest(it.text))) <= 20, plain.longest(it.text)
        assert plain.grade(it.text) <= 6, f"{plain.grade(it.text):.1f}\n{it.text}"
