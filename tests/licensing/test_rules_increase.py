"""Increases and decreases (16.8.8.9 C, D, F; 16.8.8.10): steps, cap and times, with the edge on both sides."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from casefile.calendar import Calendar
from licensing.rules.increase import (
    DECISION_DAYS,
    INCREMENT,
    MOST_INCREMENTS,
    OFF_RENEWAL_REQUESTS,
    IncreaseAsked,
    Reason,
    decision_term,
    largest_increase,
    reasons_not_to_ask_decrease,
    reasons_not_to_ask_increase,
    reasons_not_to_grant,
    why_largest,
)

DAY = date(2026, 11, 21)
STEPS = Reason("Plants are added in steps of 500.", "16.8.8.9(C) NMAC")
EIGHT = Reason("At most 8 steps of 500, 4,000 plants, are added at a time.", "16.8.8.9(D) NMAC")
SECOND = Reason(
    "An increase was already requested this year outside renewal. You may ask at renewal and at one other time per "
    "year.",
    "16.8.8.9(C), 16.8.8.10(A) NMAC",
)
TWICE = Reason("An increase was already requested at this renewal.", "16.8.8.9(C), 16.8.8.10(A) NMAC")
MICRO = Reason(
    "A microbusiness has at most 200 mature plants and gets no increases. To grow more, apply for another type of "
    "license.",
    "16.8.8.9(A) NMAC; NMSA 26-2C-2",
)


def asked(plants: int, authorized: int = 2_000, total: int | None = None, **more) -> IncreaseAsked:
    facts = {"license_type": "producer", "at_renewal": False, "other_requests_this_year": 0, "on": DAY}
    return IncreaseAsked(
        authorized=authorized,
        licensee_total=authorized if total is None else total,
        asked=plants,
        **facts | more,
    )


def cap(has: int, left: int) -> Reason:
    return Reason(
        f"A licensee may grow at most 20,000 mature plants on all licenses. You have {has:,}, so {left:,} are left.",
        "16.8.8.9(F) NMAC",
    )


class TestSteps:
    @pytest.mark.parametrize(
        ("plants", "reasons"),
        [
            (-500, [STEPS]), (0, [STEPS]), (1, [STEPS]), (499, [STEPS]), (500, []), (501, [STEPS]), (750, [STEPS]),
            (1_000, []), (3_500, []), (3_999, [STEPS]), (4_000, []), (4_001, [STEPS, EIGHT]), (4_500, [EIGHT]),
        ],
    )  # fmt: skip
    def test_are_of_500_one_to_eight_at_a_time(self, plants: int, reasons: list[Reason]) -> None:
        assert reasons_not_to_ask_increase(asked(plants)) == reasons

    def test_are_dated_values(self) -> None:
        assert (INCREMENT.on(DAY), MOST_INCREMENTS.on(DAY), OFF_RENEWAL_REQUESTS.on(DAY)) == (500, 8, 1)


class TestCap:
    @pytest.mark.parametrize(
        ("authorized", "total", "plants", "reasons"),
        [
            (16_000, 16_000, 4_000, []),
            (16_200, 16_200, 3_500, []),
            (16_200, 16_200, 4_000, [cap(16_200, 3_800)]),
            (19_500, 19_500, 500, []),
            (19_501, 19_501, 500, [cap(19_501, 499)]),
            (20_000, 20_000, 500, [cap(20_000, 0)]),
            (20_500, 20_500, 500, [cap(20_500, 0)]),
            (2_000, 18_000, 2_000, []),
            (2_000, 18_000, 2_500, [cap(18_000, 2_000)]),
            (19_800, 100, 500, [cap(19_800, 200)]),
        ],
    )
    def test_is_20_000_over_all_licenses(self, authorized: int, total: int, plants: int, reasons: list[Reason]) -> None:
        assert reasons_not_to_ask_increase(asked(plants, authorized, total)) == reasons

    def test_was_10_000_before_2022(self) -> None:
        assert reasons_not_to_ask_increase(asked(500, 9_500, on=date(2022, 1, 12))) == []
        assert reasons_not_to_ask_increase(asked(1_000, 9_500, on=date(2022, 1, 12)))[0].cites == "16.8.8.9(F) NMAC"
        assert reasons_not_to_ask_increase(asked(1_000, 9_500, on=date(2022, 1, 13))) == []

    def test_every_reason_is_said_at_once(self) -> None:
        assert reasons_not_to_ask_increase(asked(4_001, 18_000, other_requests_this_year=1)) == [
            SECOND, STEPS, EIGHT, cap(18_000, 2_000),
        ]  # fmt: skip


class TestTime:
    @pytest.mark.parametrize(
        ("at_renewal", "others", "renewals", "reasons"),
        [
            (False, 0, 0, []), (False, 1, 0, [SECOND]), (False, 2, 0, [SECOND]), (False, 0, 1, []),
            (True, 0, 0, []), (True, 1, 0, []), (True, 0, 1, [TWICE]), (True, 1, 1, [TWICE]),
        ],
    )  # fmt: skip
    def test_is_renewal_and_one_other(
        self, at_renewal: bool, others: int, renewals: int, reasons: list[Reason]
    ) -> None:
        it = asked(500, at_renewal=at_renewal, other_requests_this_year=others, renewal_requests=renewals)
        assert reasons_not_to_ask_increase(it) == reasons


class TestLicense:
    @pytest.mark.parametrize("kind", ["producer_microbusiness", "integrated_microbusiness"])
    def test_microbusinesses_get_no_increase(self, kind: str) -> None:
        it = asked(100, 100, license_type=kind)
        assert reasons_not_to_ask_increase(it) == [MICRO]
        assert (largest_increase(it), why_largest(it)) == (0, MICRO.text)

    @pytest.mark.parametrize(
        ("kind", "label"), [("retailer", "retailer"), ("research_laboratory", "research laboratory")]
    )
    def test_types_without_levels_get_no_increase(self, kind: str, label: str) -> None:
        assert reasons_not_to_ask_increase(asked(500, 0, license_type=kind)) == [
            Reason(f"A license of the type {label} gets no increases.", "16.8.8.9(A) NMAC")
        ]

    def test_a_license_that_is_not_active_gets_no_increase(self) -> None:
        assert reasons_not_to_ask_increase(asked(500, status_active=False)) == [
            Reason("The license is not active. Only a license in force can be increased.", "16.8.8.10(A) NMAC")
        ]
        assert reasons_not_to_ask_increase(asked(500, license_type="vertically_integrated")) == []

    def test_a_reason_reads_with_its_citation(self) -> None:
        assert str(STEPS) == "Plants are added in steps of 500. (16.8.8.9(C) NMAC)"


class TestLargest:
    @pytest.mark.parametrize(
        ("authorized", "total", "largest"),
        [
            (0, 0, 4_000), (150, 150, 4_000), (2_000, 2_000, 4_000), (15_999, 15_999, 4_000), (16_000, 16_000, 4_000),
            (16_001, 16_001, 3_500), (16_200, 16_200, 3_500), (16_500, 16_500, 3_500), (16_501, 16_501, 3_000),
            (19_500, 19_500, 500), (19_501, 19_501, 0), (20_000, 20_000, 0), (20_001, 20_001, 0),
            (2_000, 17_000, 3_000), (2_000, 20_000, 0),
        ],
    )  # fmt: skip
    def test_is_as_many_steps_as_fit(self, authorized: int, total: int, largest: int) -> None:
        it = asked(500, authorized, total)
        assert largest_increase(it) == largest
        assert not largest or reasons_not_to_ask_increase(replace(it, asked=largest)) == []
        assert reasons_not_to_ask_increase(replace(it, asked=largest + 500))

    def test_is_none_outside_the_times(self) -> None:
        it = asked(500, other_requests_this_year=1)
        assert (largest_increase(it), why_largest(it)) == (0, SECOND.text)
        assert largest_increase(replace(it, at_renewal=True)) == 4_000

    @pytest.mark.parametrize(
        ("authorized", "why"),
        [
            (16_000, "At most 8 steps of 500 plants may be added at a time."),
            (16_001, "A licensee may grow at most 20,000 mature plants on all licenses, so 3,999 are left."),
            (20_000, "A licensee may grow at most 20,000 mature plants on all licenses, so 0 are left."),
        ],
    )
    def test_says_why(self, authorized: int, why: str) -> None:
        assert why_largest(asked(500, authorized)) == why


class TestGrant:
    @pytest.mark.parametrize(
        ("granted", "reasons"),
        [
            (500, []), (2_000, []), (0, [STEPS]), (750, [STEPS]),
            (2_500, [Reason("2,000 plants were asked for. Grant no more than that.", "16.8.8.10(B) NMAC")]),
        ],
    )  # fmt: skip
    def test_is_all_or_part_in_steps(self, granted: int, reasons: list[Reason]) -> None:
        assert reasons_not_to_grant(asked(2_000), granted) == reasons

    def test_keeps_the_cap_of_the_day_of_decision(self) -> None:
        now = asked(2_000, 2_000, 18_500)
        assert reasons_not_to_grant(now, 1_500) == []
        assert reasons_not_to_grant(now, 2_000) == [cap(18_500, 1_500)]

    def test_grants_no_second_one_outside_renewal(self) -> None:
        assert reasons_not_to_grant(asked(500, other_requests_this_year=1), 500) == [SECOND]


class TestDecrease:
    @pytest.mark.parametrize(
        ("authorized", "fewer", "text"),
        [
            (2_000, 1, ""), (2_000, 333, ""), (2_000, 2_000, ""),
            (2_000, 0, "Ask for at least 1 plant fewer."), (2_000, -1, "Ask for at least 1 plant fewer."),
            (2_000, 2_001, "The license has 2,000 mature plants. Ask for no more than that."),
            (0, 1, "The license has 0 mature plants. Ask for no more than that."),
        ],
    )  # fmt: skip
    def test_is_any_number_down_to_none(self, authorized: int, fewer: int, text: str) -> None:
        expected = [Reason(text, "16.8.2.23(A)(4) NMAC")] if text else []
        assert reasons_not_to_ask_decrease(license_type="producer", authorized=authorized, asked=fewer) == expected

    def test_is_for_those_who_grow(self) -> None:
        assert reasons_not_to_ask_decrease(license_type="producer_microbusiness", authorized=200, asked=100) == []
        assert reasons_not_to_ask_decrease(license_type="retailer", authorized=5, asked=1) == [
            Reason("A license of the type retailer has no mature plants.", "16.8.8.2 NMAC")
        ]


def test_a_complete_request_is_decided_within_ninety_days() -> None:
    assert DECISION_DAYS.on(DAY) == 90
    complete = datetime(2026, 8, 3, 18, 0, tzinfo=UTC)
    due = decision_term(date(2026, 8, 3))(complete, Calendar({}))
    assert due.due_on == date(2026, 11, 2)  # the ninetieth day is a Sunday
    assert str(decision_term(DAY)) == "days(90)"
