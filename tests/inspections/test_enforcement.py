"""What requests about plants learn of inspections: which cases are enforcement, and the plants counted at visits."""

from datetime import date, timedelta
from itertools import count

import pytest

from casefile.actions import act
from inspections.actions import visit
from inspections.queries.enforcement import enforcement
from licensing.actions.plants import authorize
from licensing.queries import compliance
from tests import factories
from tests.factories import MORNING
from tests.inspections import told

LONG_AGO = date(2020, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    return factories.licensee()


@pytest.fixture
def somewhere(firm):
    """Premises of their own for each case of the firm, under one license."""
    license = factories.license(licensee=firm, mature_plants=2_000)
    serial = count(1)
    return lambda: {"premises": factories.premises(license=license, number=f"{license.number}-{next(serial):03}")}


def words(firm, user, since=LONG_AGO) -> list[tuple[str, bool]]:
    return [(it.kind, it.is_final) for it in enforcement(user, firm.pk, since).actions]


def test_a_notice_that_stands_is_pending_and_a_draft_or_a_close_out_is_none(dana, firm, somewhere):
    factories.with_findings(dana, **somewhere())
    closed = told.all_fixed(dana, **somewhere())
    act(closed, "close_out", by=dana, at=closed.received_at + 5 * told.LATER)
    assert words(firm, dana) == []
    case = told.received(dana, **somewhere())
    (found,) = enforcement(dana, firm.pk, LONG_AGO).actions
    assert (found.kind, found.number, found.is_final) == ("Notice of License Violation", case.file.number, False)
    assert found.words == "Waiting for plan, 3 violations" and found.on == told.SERVED.date()


def test_a_referral_is_pending_and_its_outcome_final(dana, marco, firm, somewhere):
    case = told.referred(dana, marco, **somewhere())
    assert words(firm, dana) == [("Referral for discipline", False)]
    case = act(case, "suspend_license", by=marco, at=case.received_at + 9 * told.LATER, starts_on=None, ends_on=None)
    assert words(firm, dana) == [("License suspended", True)]
    assert compliance.enforcement(dana, firm, since=LONG_AGO).actions[0].is_final


def test_cases_of_others_do_not_count_and_a_stranger_learns_nothing(dana, firm, somewhere, stranger):
    told.received(dana)
    assert words(firm, dana) == []
    told.received(dana, **somewhere())
    assert words(firm, stranger) == []


def test_mature_plants_of_a_visit_stand_beside_the_count_of_that_day(dana, marco, firm, somewhere):
    case = factories.in_progress(dana, **somewhere())
    counts = {"flowering_female": 2_118, "flowering_male": 30, "vegetative": 900}
    visit.count_plants(case, counts, by=dana, at=MORNING)
    license, day = case.premises.license, MORNING.date()
    (found,) = enforcement(dana, firm.pk, day).counts
    assert (found.source, found.on, found.mature, found.authorized, found.over) == (
        "inspection",
        day,
        2_118,
        2_000,
        118,
    )
    facts = {"level": 2, "source": "increase", "by": marco, "at": MORNING + timedelta(days=2)}
    authorize(license, mature_plants=2_500, since=day + timedelta(days=1), **facts)
    assert enforcement(dana, firm.pk, day).counts == [found]
    assert enforcement(dana, firm.pk, day + timedelta(days=1)).counts == []
