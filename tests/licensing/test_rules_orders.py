"""The law of the later steps of a shortage: each edge on both sides."""

from datetime import date
from decimal import Decimal

import pytest

from licensing import rules
from licensing.rules import Ground, MeasureKind, Order

SET_ASIDE, FEE, EXCLUSION, QUOTA = MeasureKind
ON = date(2026, 11, 17)
STANDS = Ground(shortage_found=True)


@pytest.mark.parametrize(
    ("period_to", "open_"), [(date(2026, 11, 16), True), (date(2026, 11, 17), False), (date(2026, 11, 18), False)]
)
def test_a_period_is_judged_when_it_has_ended(period_to, open_):
    assert (rules.reasons_not_to_find_yet(period_to, on=ON) == []) is open_


@pytest.mark.parametrize(("measures", "reason", "count"), [([], "Wrong", 0), ([], " ", 1), (["A", "B"], "Wrong", 2)])
def test_a_finding_is_withdrawn_with_a_reason_when_nothing_rests_on_it(measures, reason, count):
    assert len(rules.reasons_not_to_withdraw(measures, reason=reason)) == count


@pytest.mark.parametrize(
    ("percent", "fee", "usual", "open_"),
    [
        (50, None, None, True), (None, Decimal("2.50"), None, True), (None, None, None, False),
        (50, Decimal("2.50"), None, False), (None, Decimal("4.99"), Decimal(5), True),
        (None, Decimal(5), Decimal(5), False), (None, Decimal(0), Decimal(5), True), (None, Decimal(-1), None, False),
    ],
)  # fmt: skip
def test_a_lower_fee_is_one_of_two_and_lower(percent, fee, usual, open_):
    assert (rules.reasons_against_fee(percent, fee, usual=usual) == []) is open_


@pytest.mark.parametrize(
    ("usual", "percent", "fee", "is_"),
    [
        (Decimal(5), 50, None, Decimal("2.50")), (Decimal(5), 33, None, Decimal("3.35")), (None, 50, None, None),
        (Decimal(5), None, Decimal(1), Decimal(1)), (None, None, Decimal(1), Decimal(1)), (Decimal(5), None, None, None),
        (Decimal(5), 100, None, Decimal(0)),
    ],
)  # fmt: skip
def test_the_lower_fee_is_known_to_the_cent_or_not_at_all(usual, percent, fee, is_):
    assert rules.lower_fee(usual, percent=percent, fee=fee) == is_


BEGAN = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("kind", "day", "before", "reason", "count"),
    [
        (FEE, BEGAN, None, "Nobody grew more.", 0), (QUOTA, ON, None, "Nobody grew more.", 0),
        (SET_ASIDE, ON, None, "Why", 1), (EXCLUSION, ON, None, "Why", 1), (FEE, date(2026, 5, 31), None, "Why", 1),
        (FEE, date(2026, 11, 18), None, "Why", 1), (FEE, ON, BEGAN, "Why", 1), (FEE, ON, None, "", 1),
    ],
)  # fmt: skip
def test_a_measure_of_production_is_exhausted_once(kind, day, before, reason, count):
    reasons = rules.reasons_not_to_exhaust(kind, starts_on=BEGAN, exhausted_on=day, on=ON, before=before, reason=reason)
    assert len(reasons) == count


@pytest.mark.parametrize(
    ("kind", "starts_on", "ends_on", "last_day", "open_"),
    [
        (SET_ASIDE, BEGAN, None, ON, True), (SET_ASIDE, BEGAN, None, date(2026, 11, 16), False),
        (SET_ASIDE, BEGAN, ON, ON, True), (SET_ASIDE, BEGAN, date(2026, 11, 16), ON, False),
        (SET_ASIDE, BEGAN, date(2026, 12, 1), date(2026, 12, 1), True),
        (SET_ASIDE, BEGAN, date(2026, 12, 1), date(2026, 12, 2), False),
        (EXCLUSION, BEGAN, None, date(2026, 11, 29), False), (EXCLUSION, BEGAN, None, date(2026, 11, 30), True),
        (EXCLUSION, date(2026, 8, 31), None, date(2027, 2, 26), False),
        (EXCLUSION, date(2026, 8, 31), None, date(2027, 2, 27), True),
        (EXCLUSION, date(2026, 12, 1), None, date(2026, 11, 30), True),
        (EXCLUSION, date(2026, 12, 1), None, date(2026, 12, 1), False),
        (EXCLUSION, ON, None, date(2026, 11, 16), False), (QUOTA, date(2026, 12, 1), None, date(2026, 11, 30), True),
        (QUOTA, date(2026, 12, 1), None, date(2026, 11, 29), False), (QUOTA, date(2026, 12, 1), None, ON, False),
    ],
)  # fmt: skip
def test_an_end_lies_ahead_and_an_exclusion_lasts_six_months(kind, starts_on, ends_on, last_day, open_):
    reasons = rules.reasons_not_to_end(
        kind, starts_on=starts_on, ends_on=ends_on, last_day=last_day, on=ON, reason="Why"
    )
    assert (reasons == []) is open_
    more = rules.reasons_not_to_end(kind, starts_on=starts_on, ends_on=ends_on, last_day=last_day, on=ON, reason=" ")
    assert len(more) == len(reasons) + 1


def test_only_an_exclusion_names_its_six_months():
    for kind, said in ((EXCLUSION, True), (SET_ASIDE, False)):
        reason = rules.reasons_not_to_end(kind, starts_on=ON, ends_on=None, last_day=BEGAN, on=ON, reason="Why")
        assert ("at least 6 months" in " ".join(reason)) is said


@pytest.mark.parametrize(
    ("order", "ground", "count"),
    [
        (Order(SET_ASIDE, ON, "Why", percent=Decimal(10)), STANDS, 0),
        (Order(SET_ASIDE, ON, "Why", percent=Decimal(10)), Ground(False), 1),
        (Order(SET_ASIDE, ON, "Why", percent=Decimal(10)), Ground(True, overlapping=["Another"]), 1),
        (Order(SET_ASIDE, date(2026, 11, 16), "Why", percent=Decimal(10)), STANDS, 1),
        (Order(SET_ASIDE, ON, "Why", percent=Decimal(9)), STANDS, 1),
        (Order(QUOTA, ON, "Why", percent=Decimal(25)), STANDS, 0),
        (Order(QUOTA, ON, "Why", percent=Decimal("25.01")), STANDS, 1),
        (Order(QUOTA, ON, "Why", percent=Decimal(0)), STANDS, 1),
        (Order(FEE, ON, "Why", percent=Decimal(50)), STANDS, 0),
        (Order(FEE, ON, "Why"), STANDS, 1),
        (Order(FEE, ON, "Why", fee=Decimal(5)), Ground(True, usual_fee=Decimal(5)), 1),
        (Order(EXCLUSION, ON, "Why"), STANDS, 1),
        (Order(EXCLUSION, ON, "Why"), Ground(True, exhausted=[ON]), 0),
        (Order(EXCLUSION, ON, "Why"), Ground(True, exhausted=[date(2026, 11, 18)]), 1),
        (Order(EXCLUSION, ON, "Why", ends_on=date(2027, 5, 16)), Ground(True, exhausted=[ON]), 0),
        (Order(EXCLUSION, ON, "Why", ends_on=date(2027, 5, 15)), Ground(True, exhausted=[ON]), 1),
        (Order(QUOTA, ON, " ", percent=Decimal(25)), STANDS, 1),
    ],
)  # fmt: skip
def test_an_order_keeps_the_bounds_of_its_kind(order, ground, count):
    assert len(rules.reasons_against_order(order, ground, on=ON)) == count


@pytest.mark.parametrize("others", [[], ["Quota from July 1"], ["A", "B"]])
def test_one_measure_of_a_kind_at_a_time(others):
    assert rules.reasons_against_another(others) == [
        f"Another measure of this kind overlaps. End it first: {other}." for other in others
    ]
