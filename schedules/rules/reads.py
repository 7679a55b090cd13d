"""When reading plans is unusual: much more than the same person reads on other days, or what is not theirs to read."""

from collections.abc import Iterable
from datetime import date
from statistics import median

from casefile.law import cites

MANY = 25  # pages a day below which nobody is unusual
TIMES = 3  # the usual number


@cites("office practice: reads of plans are on record and looked at (asks G)")
def unusual_count(pages: int, before: Iterable[int]) -> str:
    """Why so many pages in a day are unusual, given the counts of the other days; empty where they are not."""
    others = [n for n in before if n]
    usual = round(median(others)) if others else 0
    if pages < MANY or pages < TIMES * usual:
        return ""
    return f"{pages} pages in one day; usual is {usual}" if others else f"{pages} pages on the first day"


def days_before(counts: dict[date, int], day: date, days: int = 28) -> list[int]:
    """The counts of the days before one, as far back as is compared."""
    return [n for other, n in counts.items() if 0 < (day - other).days <= days]
