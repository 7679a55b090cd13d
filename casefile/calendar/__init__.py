"""How time is counted, in pure functions: which days count, when a period ends, and the sentence that says why."""

from casefile.calendar.counted import Counted, clock_time, long_day, short_day
from casefile.calendar.days import (
    DENVER,
    HOLIDAYS_CSV,
    WEEKEND,
    Calendar,
    HolidayRow,
    end_of,
    local_day,
    local_hour,
    months_after,
    months_before,
    read_holidays,
    same_time_on,
)
from casefile.calendar.instants import exists, is_ambiguous, read_instant, read_zone
from casefile.calendar.leads import Lead, business_days_before, days_before, hours_before, next_business_morning
from casefile.calendar.terms import Term, business_days, days, hours, local_days, months, term_of, valid_months

__all__ = [
    "DENVER",
    "HOLIDAYS_CSV",
    "WEEKEND",
    "Calendar",
    "Counted",
    "HolidayRow",
    "Lead",
    "Term",
    "business_days",
    "business_days_before",
    "clock_time",
    "days",
    "days_before",
    "end_of",
    "exists",
    "hours",
    "hours_before",
    "is_ambiguous",
    "local_day",
    "local_days",
    "local_hour",
    "long_day",
    "months",
    "months_after",
    "months_before",
    "next_business_morning",
    "read_holidays",
    "read_instant",
    "read_zone",
    "same_time_on",
    "short_day",
    "term_of",
    "valid_months",
]
