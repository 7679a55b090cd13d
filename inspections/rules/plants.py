"""What a count of plants above the limit amounts to; how plants are counted is in licensing.rules.growth."""

from datetime import date

from casefile.law import cites
from licensing.rules import PLANT_CAP, GrowthStage, mature_count, over_limit, reasons_against_counts

OVER_AUTHORIZED, OVER_CAP = "PLT-01", "PLT-02"  # codes of the violation catalog


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


__all__ = [
    "OVER_AUTHORIZED",
    "OVER_CAP",
    "GrowthStage",
    "mature_count",
    "over_limit",
    "proposed_violations",
    "reasons_against_counts",
]
