"""What the law leaves open about windows. Of several ways that are chosen the one that ends last counts."""

from datetime import date

from casefile.policies import OpenPoint
from inventory_windows import rules

FIRST_WINDOW_DAYS = OpenPoint(
    "first_window_days",
    "How the 15 days of a first window are counted",
    decides="If the window ends at the time of day at which it began, or with the day, moved to the next working day.",
    choices=(
        (rules.SAME_TIME, "To the same time of day, 15 days later"),
        (rules.BUSINESS_DAY, "To the end of day 15, moved off weekends and holidays"),
    ),
    default=lambda _day: (rules.SAME_TIME,),
    cites=rules.FIRST_DAYS.source,
)
WINDOW_MONTHS = OpenPoint(
    "window_months",
    "From when the three months between two windows run",
    decides="Which event starts the three months in which no other window opens. A refused request never does.",
    choices=(
        (rules.OPENING, "The opening in BioTrack"),
        (rules.APPROVAL, "The approval"),
        (rules.REQUEST, "The request"),
    ),
    default=lambda _day: (rules.OPENING,),
    cites=rules.MONTHS_BETWEEN.source,
)


def first_window_ways(day: date) -> tuple[str, ...]:
    """How the days of a first window that begins on `day` are counted."""
    return FIRST_WINDOW_DAYS.on(day)
