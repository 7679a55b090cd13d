"""A second way to count, written apart from the first and slow on purpose: no zoneinfo, no shared code, one day at a time.

Instants are seconds since 1970 in UTC. Denver is seven hours behind, six from the second Sunday of March, 2 a.m.,
to the first Sunday of November, 2 a.m.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

HOUR = 3600
EPOCH = date(1970, 1, 1).toordinal()


def holidays() -> set[int]:
    """Ordinals of the days in the table, read as text."""
    table = Path(__file__).parents[2] / "casefile" / "data" / "holidays.csv"
    return {date(*map(int, line[:10].split("-"))).toordinal() for line in table.read_text().splitlines()[1:]}


def nth_sunday(year: int, month: int, n: int) -> int:
    sundays = [o for o in range(date(year, month, 1).toordinal(), date(year, month, 28).toordinal()) if o % 7 == 0]
    return sundays[n - 1]


def hours_behind(seconds: int) -> int:
    year = datetime.fromtimestamp(seconds, UTC).year
    spring = (nth_sunday(year, 3, 2) - EPOCH) * 24 * HOUR + 9 * HOUR
    autumn = (nth_sunday(year, 11, 1) - EPOCH) * 24 * HOUR + 8 * HOUR
    return 6 if spring <= seconds < autumn else 7


def local_ordinal(seconds: int) -> int:
    return EPOCH + (seconds - hours_behind(seconds) * HOUR) // (24 * HOUR)


def last_second(ordinal: int) -> int:
    """The last second of a local day: of all seconds that could be it, the one that is."""
    midnight_after = (ordinal + 1 - EPOCH) * 24 * HOUR
    found = [midnight_after + behind * HOUR - 1 for behind in (6, 7)]
    return max(second for second in found if local_ordinal(second) == ordinal)


def works(ordinal: int, closed: set[int]) -> bool:
    return ordinal % 7 not in (6, 0) and ordinal not in closed


def five_business_days(seconds: int, closed: set[int]) -> int:
    """The first day that has five working days between the day of receipt and itself."""
    received = local_ordinal(seconds)
    for last in range(received + 1, received + 40):
        if sum(works(day, closed) for day in range(received + 1, last + 1)) == 5:
            return last_second(last)
    raise AssertionError("five working days within forty days")


def one_month(seconds: int, closed: set[int]) -> int:
    """Walk into the next month as long as the day's number is not above that of the day of receipt; then to a working day."""
    received = date.fromordinal(local_ordinal(seconds))
    day = received
    while day.month == received.month:
        day += timedelta(days=1)
    month = day.month
    while (day + timedelta(days=1)).month == month and day.day < received.day:
        day += timedelta(days=1)
    last = day.toordinal()
    while not works(last, closed):
        last += 1
    return last_second(last)
