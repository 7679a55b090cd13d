"""What no sequence of requests, approvals and decreases may ever lead to (Hypothesis)."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from licensing.rules import (
    PLANT_CAP,
    IncreaseAsked,
    is_at_renewal,
    largest_increase,
    level_of,
    license_year,
    next_chance,
    reasons_not_to_ask_decrease,
    reasons_not_to_ask_increase,
    reasons_not_to_designate,
    reasons_not_to_grant,
    renewed_until,
    why_no_level,
)

FIRST_DAY = date(2023, 1, 1)
QUICK = settings(max_examples=150, deadline=None)


@dataclass
class License:
    """One license with its plants and what it was granted."""

    issued_on: date
    expires_on: date
    plants: int
    began: int
    granted: list[tuple[date, bool, int]] = field(default_factory=list)
    given_up: int = 0

    def others_in_year_of(self, day: date) -> int:
        first, last = license_year(self.issued_on, day)
        return sum(first <= on <= last and not at_renewal for on, at_renewal, _ in self.granted)


def facts(its: License, all_of_them: list[License], asked: int, on: date, at_renewal: bool) -> IncreaseAsked:
    return IncreaseAsked(
        license_type="producer",
        authorized=its.plants,
        licensee_total=sum(it.plants for it in all_of_them),
        asked=asked,
        at_renewal=at_renewal,
        other_requests_this_year=its.others_in_year_of(on),
        on=on,
    )


steps = st.lists(
    st.tuples(
        st.integers(0, 2),  # which license
        st.integers(0, 220),  # days later
        st.one_of(st.integers(1, 9).map(lambda n: n * 500), st.integers(-100, 5_000)),  # asked
        st.one_of(st.integers(1, 9).map(lambda n: n * 500), st.integers(-100, 5_000)),  # granted
        st.booleans(),  # decrease
    ),
    max_size=30,
)


@QUICK
@given(st.lists(st.integers(0, 16_000), min_size=1, max_size=3).filter(lambda its: sum(its) <= 20_000), steps)
def test_no_sequence_of_approvals_breaks_the_rule(begins: list[int], moves: list[tuple]) -> None:
    """The cap holds, counts move by 500, and no license gets two increases outside renewal in one of its years."""
    licenses = [
        License(FIRST_DAY + timedelta(days=40 * n), renewed_until(FIRST_DAY + timedelta(days=40 * n)), plants, plants)
        for n, plants in enumerate(begins)
    ]
    day = FIRST_DAY + timedelta(days=90)
    for which, later, asked, granted, fewer in moves:
        day += timedelta(days=later)
        its = licenses[which % len(licenses)]
        while its.expires_on < day:
            its.expires_on = renewed_until(its.expires_on, issued_on=its.issued_on)
        if fewer:
            if not reasons_not_to_ask_decrease(license_type="producer", authorized=its.plants, asked=asked):
                its.plants, its.given_up = its.plants - asked, its.given_up + asked
        else:
            at_renewal = is_at_renewal(its.expires_on, day)
            request = facts(its, licenses, asked, day, at_renewal)
            if not reasons_not_to_ask_increase(request) and not reasons_not_to_grant(request, granted):
                assert granted <= asked
                its.plants += granted
                its.granted.append((day, at_renewal, granted))
        holds(licenses, day)


def holds(licenses: list[License], day: date) -> None:
    assert sum(it.plants for it in licenses) <= PLANT_CAP.on(day) == 20_000
    for it in licenses:
        assert it.plants >= 0
        added = it.plants + it.given_up - it.began
        assert added % 500 == 0 and all(500 <= n <= 4_000 and n % 500 == 0 for _, _, n in it.granted)
        outside = [license_year(it.issued_on, on) for on, at_renewal, _ in it.granted if not at_renewal]
        assert len(outside) == len(set(outside))


@QUICK
@given(
    st.integers(0, 21_000),
    st.integers(0, 21_000),
    st.booleans(),
    st.integers(0, 2),
    st.sampled_from(["producer", "vertically_integrated", "producer_microbusiness", "retailer"]),
)
def test_the_largest_increase_is_lawful_and_none_above_it_is(
    authorized: int, more: int, at_renewal: bool, others: int, kind: str
) -> None:
    def ask(plants: int) -> IncreaseAsked:
        return IncreaseAsked(kind, authorized, authorized + more, plants, at_renewal, others, date(2026, 11, 21))

    largest = largest_increase(ask(500))
    assert largest % 500 == 0 and 0 <= largest <= 4_000
    assert not largest or not reasons_not_to_ask_increase(ask(largest))
    assert all(reasons_not_to_ask_increase(ask(largest + 500 * n)) for n in range(1, 10))


@QUICK
@given(st.integers(-5, 30_000), st.dates(date(2021, 8, 24), date(2030, 1, 1)))
def test_a_count_has_a_level_or_a_reason_never_both(count: int, on: date) -> None:
    level, why = level_of(count, on=on), why_no_level(count, on=on)
    assert bool(level) != bool(why)
    if level:
        assert not reasons_not_to_designate(license_type="producer", level=level.number, count=count, on=on)


@QUICK
@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 4_000))
def test_every_day_lies_in_one_license_year(issued: date, days: int) -> None:
    on = issued + timedelta(days=days)
    first, last = license_year(issued, on)
    assert first <= on <= last and 364 <= (last - first).days <= 365
    assert license_year(issued, last) == (first, last) != license_year(issued, last + timedelta(days=1))


@QUICK
@given(st.dates(date(2022, 1, 1), date(2027, 1, 1)), st.integers(0, 1_500), st.integers(0, 2), st.integers(0, 1))
def test_the_next_chance_lies_ahead_and_within_a_year(issued: date, days: int, others: int, renewals: int) -> None:
    on, expires = issued + timedelta(days=days), renewed_until(issued, issued_on=issued)
    found = next_chance(
        issued_on=issued, expires_on=expires, on=on, other_requests_this_year=others, renewal_requests=renewals
    )
    assert found is not None and on <= found <= on + timedelta(days=366)
    assert (found == on) == (others == 0 or (is_at_renewal(expires, on) and not renewals))
