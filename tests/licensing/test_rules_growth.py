"""Growth stages: one vocabulary for inspections and reports, and which plants are mature (16.8.8.8)."""

import pytest

from licensing.rules.growth import (
    STAGE_LABELS,
    GrowthStage,
    immature_count,
    mature_count,
    over_limit,
    reasons_against_counts,
)

ALL = {stage: n for n, stage in enumerate(GrowthStage, start=1)}


def test_every_stage_has_its_words() -> None:
    assert list(STAGE_LABELS) == list(GrowthStage)


def test_only_flowering_females_are_mature() -> None:
    assert mature_count(ALL) == ALL[GrowthStage.FLOWERING_FEMALE] == 4
    assert mature_count({}) == 0
    assert mature_count({GrowthStage.FLOWERING_MALE: 9, GrowthStage.VEGETATIVE: 9}) == 0


def test_germination_seedlings_and_vegetative_plants_are_immature() -> None:
    assert immature_count(ALL) == 1 + 2 + 3
    assert immature_count({GrowthStage.FLOWERING_FEMALE: 9, GrowthStage.FLOWERING_MALE: 9}) == 0


@pytest.mark.parametrize(("mature", "authorized", "over"), [(1999, 2000, 0), (2000, 2000, 0), (2001, 2000, 1)])
def test_over_limit_begins_with_one_plant_more(mature: int, authorized: int, over: int) -> None:
    assert over_limit(mature, authorized) == over


def test_a_count_is_zero_or_more() -> None:
    counts = {GrowthStage.SEEDLING: 0, GrowthStage.FLOWERING_MALE: -1}
    assert reasons_against_counts(counts) == ["Flowering male: a count is 0 or more."]
