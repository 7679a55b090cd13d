"""Levels of mature plants (16.8.8.9): every edge on both sides, and numbers that no level holds."""

from datetime import date

import pytest

from licensing.rules import TYPES
from licensing.rules.levels import (
    DESIGNATED_FROM,
    LEVELS,
    Level,
    has_levels,
    level,
    level_of,
    oddities,
    reasons_not_to_designate,
    why_no_level,
)

DAY = date(2026, 11, 21)
FIRST_TEXT, EMERGENCY, SEED = date(2021, 8, 24), date(2022, 1, 13), date(2022, 3, 22)
TOP = "No level goes above 16,000 mature plants. From 16,001 to 20,000 a license comes only by increases."


class TestLevels:
    @pytest.mark.parametrize(
        ("count", "number"),
        [
            (0, None), (200, None), (201, 1), (2_000, 1), (2_001, 2), (6_000, 2), (6_001, 3), (12_000, 3),
            (12_001, 4), (16_000, 4), (16_001, None), (20_000, None), (20_001, None), (-1, None),
        ],
    )  # fmt: skip
    def test_hold_their_range_to_the_plant(self, count: int, number: int | None) -> None:
        found = level_of(count, on=DAY)
        assert (found.number if found else None) == number
        assert bool(why_no_level(count, on=DAY)) == (number is None)

    @pytest.mark.parametrize(
        ("on", "ranges"),
        [
            (FIRST_TEXT, [(201, 1_000), (1_001, 3_000), (3_001, 6_000), (6_001, 8_000)]),
            (date(2022, 1, 12), [(201, 1_000), (1_001, 3_000), (3_001, 6_000), (6_001, 8_000)]),
            (EMERGENCY, [(401, 2_000), (2_001, 6_000), (6_001, 12_000), (12_001, 16_000)]),
            (date(2022, 3, 21), [(401, 2_000), (2_001, 6_000), (6_001, 12_000), (12_001, 16_000)]),
            (SEED, [(201, 2_000), (2_001, 6_000), (6_001, 12_000), (12_001, 16_000)]),
        ],
    )
    def test_are_as_on_the_day(self, on: date, ranges: list[tuple[int, int]]) -> None:
        assert [(it.number, it.first, it.last) for it in LEVELS.on(on)] == [
            (n, first, last) for n, (first, last) in enumerate(ranges, start=1)
        ]

    @pytest.mark.parametrize("on", [FIRST_TEXT, EMERGENCY, SEED])
    def test_follow_each_other_without_a_gap(self, on: date) -> None:
        levels = LEVELS.on(on)
        assert all(a.last + 1 == b.first for a, b in zip(levels, levels[1:], strict=False))

    def test_were_not_there_before_the_rule(self) -> None:
        with pytest.raises(LookupError):
            level_of(500, on=date(2021, 8, 23))

    def test_are_found_by_number(self) -> None:
        assert level(4, on=DAY) == Level(4, 12_001, 16_000)
        assert str(level(2, on=DAY)) == "Level 2: 2,001 to 6,000 mature plants"
        with pytest.raises(LookupError, match="^there is no level 5$"):
            level(5, on=DAY)

    def test_are_for_producers_and_vertically_integrated_establishments(self) -> None:
        assert {key for key in TYPES if has_levels(key)} == {"producer", "vertically_integrated"}


class TestWhyNoLevel:
    @pytest.mark.parametrize(
        ("count", "why"),
        [
            (-1, "A number of plants is 0 or more."),
            (0, "No level holds fewer than 201 mature plants."),
            (150, "No level holds fewer than 201 mature plants."),
            (200, "No level holds fewer than 201 mature plants."),
            (201, ""),
            (16_000, ""),
            (16_001, TOP),
            (16_500, TOP),
            (20_000, TOP),
            (20_001, "No licensee may grow more than 20,000 mature plants at one time."),
        ],
    )
    def test_in_words(self, count: int, why: str) -> None:
        assert why_no_level(count, on=DAY) == why

    def test_the_emergency_text_left_out_201_to_400(self) -> None:
        assert why_no_level(400, on=EMERGENCY) == "No level holds fewer than 401 mature plants."
        assert why_no_level(401, on=EMERGENCY) == why_no_level(201, on=SEED) == ""


class TestDesignation:
    def against(self, number: int, count: int, other: int = 0, kind: str = "producer") -> list[str]:
        return reasons_not_to_designate(license_type=kind, level=number, count=count, on=DAY, other_licenses=other)

    @pytest.mark.parametrize(
        ("number", "count", "fits"),
        [
            (1, 200, False), (1, 201, True), (1, 2_000, True), (1, 2_001, False),
            (2, 2_000, False), (2, 2_001, True), (2, 6_000, True), (2, 6_001, False),
            (3, 6_000, False), (3, 6_001, True), (3, 12_000, True), (3, 12_001, False),
            (4, 12_000, False), (4, 12_001, True), (4, 16_000, True), (4, 16_001, False),
        ],
    )  # fmt: skip
    def test_is_inside_the_level(self, number: int, count: int, fits: bool) -> None:
        assert (self.against(number, count) == []) is fits

    def test_says_what_does_not_fit(self) -> None:
        assert self.against(1, 2_001) == ["Level 1: 201 to 2,000 mature plants. 2,001 is outside it."]
        assert self.against(5, 2_001) == ["There is no level 5. Choose one from 1 to 4."]
        assert self.against(0, 2_001) == ["There is no level 0. Choose one from 1 to 4."]

    @pytest.mark.parametrize(
        ("kind", "label"), [("producer_microbusiness", "producer microbusiness"), ("retailer", "retailer")]
    )
    def test_is_for_types_with_levels(self, kind: str, label: str) -> None:
        assert self.against(1, 201, kind=kind) == [f"A license of the type {label} has no level."]
        assert self.against(1, 201, kind="vertically_integrated") == []

    def test_counts_all_licenses_of_the_licensee(self) -> None:
        assert self.against(4, 16_000, other=4_000) == []
        assert self.against(4, 16_000, other=4_001) == [
            "A licensee may grow at most 20,000 mature plants on all licenses. The other licenses have 4,001, so "
            "15,999 are left."
        ]
        assert self.against(1, 201, other=20_500)[0].endswith("The other licenses have 20,500, so 0 are left.")


class TestOddities:
    def odd(self, kind: str = "producer", number: int | None = 2, count: int | None = 3_000, **more) -> list[str]:
        return oddities(license_type=kind, level=number, count=count, on=DAY, **more)

    @pytest.mark.parametrize("count", [2_001, 6_000])
    def test_none_inside_the_level(self, count: int) -> None:
        assert self.odd(count=count) == []

    def test_no_level_and_no_count(self) -> None:
        says = "No level is on record. Licenses issued from Sunday, August 15, 2021 on have one."
        assert self.odd(number=None) == [says]
        assert self.odd(number=None, issued_on=date(2021, 8, 15)) == [says]
        assert self.odd(number=None, issued_on=date(2021, 8, 14)) == []
        assert self.odd(count=None) == ["No authorized count is on record."]
        assert self.odd(number=None, count=None) == ["No authorized count is on record.", says]
        assert DESIGNATED_FROM.on(DAY) == date(2021, 8, 15)

    def test_outside_the_level_without_an_increase(self) -> None:
        tail = "and no approved increase is on record. Level 2: 2,001 to 6,000 mature plants."
        assert self.odd(count=2_000) == [f"2,000 is below its level, {tail}"]
        assert self.odd(count=6_001) == [f"6,001 is above its level, {tail}"]

    @pytest.mark.parametrize(("count", "increments"), [(6_500, 1), (6_001, 1), (10_000, 8), (4_501, 5)])
    def test_none_where_increases_lead_there_from_the_level(self, count: int, increments: int) -> None:
        assert self.odd(count=count, increments=increments) == []

    def test_increases_that_do_not_lead_there(self) -> None:
        assert self.odd(count=6_501, increments=1) == [
            "Without its 1 approved steps of 500 the count would be 6,001, which is outside its level. "
            "Level 2: 2,001 to 6,000 mature plants."
        ]
        assert len(self.odd(count=2_500, increments=1)) == 1

    def test_a_level_that_does_not_exist(self) -> None:
        assert self.odd(number=7) == ["There is no level 7."]
        assert self.odd(number=7, count=None) == ["No authorized count is on record.", "There is no level 7."]

    def test_a_microbusiness_above_its_plants(self) -> None:
        assert self.odd("producer_microbusiness", None, 200) == []
        assert self.odd("integrated_microbusiness", None, 201) == [
            "A microbusiness has at most 200 mature plants, but 201 are on record."
        ]
        assert self.odd("producer_microbusiness", None, None) == ["No authorized count is on record."]

    def test_a_level_where_the_type_has_none(self) -> None:
        assert self.odd("producer_microbusiness", 1, 200) == [
            "A license of the type producer microbusiness has no level, but level 1 is on record."
        ]
        assert self.odd("retailer", 1, None) == [
            "A license of the type retailer has no level, but level 1 is on record."
        ]
        assert self.odd("research_laboratory", None, 5_000) == []

    def test_plants_where_the_type_has_none(self) -> None:
        assert self.odd("retailer", None, 1) == [
            "A license of the type retailer has no mature plants, but 1 are on record."
        ]
        assert self.odd("retailer", None, 0) == self.odd("retailer", None, None) == []

    def test_above_the_cap(self) -> None:
        assert self.odd(number=4, count=20_000, increments=8) == []
        assert self.odd(number=4, count=20_001, increments=9) == [
            "20,001 mature plants are more than the 20,000 that one licensee may grow."
        ]
        assert self.odd("research_laboratory", None, 20_001) == [
            "20,001 mature plants are more than the 20,000 that one licensee may grow."
        ]
