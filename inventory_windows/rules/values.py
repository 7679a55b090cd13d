"""The numbers of inventory windows, each with the day it came into force; what the office set itself says so."""

from datetime import date

from casefile.law import Dated

FAQ = "CCD Compliance FAQs"
BEGINNING = date(2021, 6, 29)  # the day the Cannabis Regulation Act came into force; the FAQ itself bears no date
OURS = "Set by the Division for its own review; no law says it."

FIRST_TYPES: Dated[tuple[str, ...]] = Dated(
    ((BEGINNING, ("producer", "producer_microbusiness")),),
    "Verify with counsel: the FAQ says “New Producers and Micro Producers”. Other types that grow are not named.",
    name="License types that get a first window", source=FAQ,
)  # fmt: skip
FIRST_DAYS: Dated[int] = Dated(
    ((BEGINNING, 15),), "Verify with counsel: the FAQ does not say when the 15 days begin, nor if they are moved.",
    name="Days of the first window", source=f"{FAQ}: a 15-day window to enter seeds and clones",
)  # fmt: skip
OPEN_HOURS: Dated[int] = Dated(
    ((BEGINNING, 24),), name="Hours a window is opened again", source=f"{FAQ}: we only open the window for 24 hours"
)  # fmt: skip
MONTHS_BETWEEN: Dated[int] = Dated(
    ((BEGINNING, 3),),
    "Verify with counsel: the FAQ says “request one window opening every 3 months”; from which event it does not say.",
    name="Months from one opening of a window to the next", source=FAQ,
)  # fmt: skip
KINDS: Dated[tuple[str, ...]] = Dated(
    ((BEGINNING, ("seed", "clone", "tissue")),),
    name="What may be entered through a window",
    source=f"{FAQ}: clones and genetics; the Division's BioTrack page: seeds, clones or plant tissue",
)
CORRECTION_FEE: Dated[int] = Dated(
    ((BEGINNING, 200),), "The fee is BioTrack's own, not the state's; it may have changed.",
    name="Dollars from which BioTrack charges for a correction", source=FAQ,
)  # fmt: skip

GROWTH_CYCLE_DAYS: Dated[int] = Dated(
    ((BEGINNING, 120),), OURS, name="Days in which plants grow from seed to harvest", source="office practice"
)  # fmt: skip
MANY_PLANTS: Dated[int] = Dated(
    ((BEGINNING, 200),), OURS, name="Plants that are many for a young license", source="office practice"
)  # fmt: skip
AT_THE_LIMIT_DAYS: Dated[int] = Dated(
    ((BEGINNING, 14),), OURS, name="Days after the three months in which a request is one at the limit",
    source="office practice",
)  # fmt: skip
