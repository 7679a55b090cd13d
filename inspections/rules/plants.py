"""Plants counted by growth stage, and what a count above the limit amounts to."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from casefile.law import cites
from licensing.rules import PLANT_CAP

OVER_AUTHORIZED, OVER_CAP = "PLT-01", "PLT-02"  # codes of the violation catalog


class GrowthStage(StrEnum):
    """The four stages of 16.8.8.8(A) NMAC; flowering plants are told apart because only females are mature."""

    GERMINATION = "germination"
    SEEDLING = "seedling"
    VEGETATIVE = "vegetative"
    FLOWERING_FEMALE = "flowering_female"
    FLOWERING_MALE = "flowering_male"


@cites("16.8.8.8(A) NMAC")
def reasons_against_counts(counts: Mapping[GrowthStage, int]) -> list[str]:
    """Plants are counted by stage, in whole numbers from 0."""
    return [f"{stage.replace('_', ' ').capitalize()}: a count is 0 or more." for stage, n in counts.items() if n < 0]


@cites("16.8.8.8(B), 16.8.8.9(E) NMAC")
def mature_count(counts: Mapping[GrowthStage, int]) -> int:
    """Only female plants in the flowering stage are mature; all others are left out of the count."""
    return counts.get(GrowthStage.FLOWERING_FEMALE, 0)


@cites("16.8.8.10(C) NMAC")
def over_limit(mature: int, authorized: int) -> int:
    """How many mature plants are above the authorized number; 0 when none are."""
    return max(0, mature - authorized)


@cites("16.8.8.10(C), 16.8.8.9(F) NMAC")
def proposed_violations(mature: int, authorized: int, *, on: date, all_licenses: int = 0) -> list[tuple[str, int]]:
    """Catalog code and count of what a count proposes: above the license, and above the cap of one licensee.

    `all_licenses` is the licensee's mature plants on all of its licenses, these included; 0 when unknown.
    """
    over = {
        OVER_AUTHORIZED: over_limit(mature, authorized),
        OVER_CAP: over_limit(max(mature, all_licenses), PLANT_CAP.on(on)),
    }
    return [(code, count) for code, count in over.items() if count]
