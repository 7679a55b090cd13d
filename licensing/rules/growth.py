"""The stages a plant grows through, which plants are mature, and how many are above a limit."""

from collections.abc import Mapping
from enum import StrEnum

from casefile.law import cites


class GrowthStage(StrEnum):
    """The four stages of 16.8.8.8(A) NMAC; flowering plants are told apart because only females are mature."""

    GERMINATION = "germination"
    SEEDLING = "seedling"
    VEGETATIVE = "vegetative"
    FLOWERING_FEMALE = "flowering_female"
    FLOWERING_MALE = "flowering_male"


STAGE_LABELS: dict[GrowthStage, str] = {
    GrowthStage.GERMINATION: "Germination",
    GrowthStage.SEEDLING: "Seedling",
    GrowthStage.VEGETATIVE: "Vegetative, clones too",
    GrowthStage.FLOWERING_FEMALE: "Flowering, female (mature)",
    GrowthStage.FLOWERING_MALE: "Flowering, male",
}
IMMATURE = frozenset({GrowthStage.GERMINATION, GrowthStage.SEEDLING, GrowthStage.VEGETATIVE})


@cites("16.8.8.8(A) NMAC")
def reasons_against_counts(counts: Mapping[GrowthStage, int]) -> list[str]:
    """Plants are counted by stage, in whole numbers from 0."""
    return [f"{stage.replace('_', ' ').capitalize()}: a count is 0 or more." for stage, n in counts.items() if n < 0]


@cites("16.8.8.8(B), 16.8.8.9(E) NMAC")
def mature_count(counts: Mapping[GrowthStage, int]) -> int:
    """Only female plants in the flowering stage are mature; all others are left out of the count."""
    return counts.get(GrowthStage.FLOWERING_FEMALE, 0)


@cites("16.8.8.9(E) NMAC")
def immature_count(counts: Mapping[GrowthStage, int]) -> int:
    """Plants in germination, seedlings and vegetative plants are immature, and no limit counts them."""
    return sum(n for stage, n in counts.items() if stage in IMMATURE)


@cites("16.8.8.10(C) NMAC")
def over_limit(mature: int, authorized: int) -> int:
    """How many mature plants are above the authorized number; 0 when none are."""
    return max(0, mature - authorized)
