"""What the law and the office say of coverage, risk and the month of an officer, in pure functions."""

from schedules.rules.distance import (
    IN_TOWN_KM,
    IN_TOWN_MINUTES,
    ROAD_FACTOR,
    SPEED_KMH,
    drive_minutes,
    great_circle_km,
    road_km,
)
from schedules.rules.month import (
    SPARE_PERCENT,
    WEEKDAYS,
    days_between,
    is_due_this_year,
    is_overdue,
    last_of,
    pace,
    working_days,
)
from schedules.rules.places import Place, place_of, places, seats
from schedules.rules.risk import Part, Past, parts_of_risk, score

__all__ = [
    "IN_TOWN_KM",
    "IN_TOWN_MINUTES",
    "ROAD_FACTOR",
    "SPARE_PERCENT",
    "SPEED_KMH",
    "WEEKDAYS",
    "Part",
    "Past",
    "Place",
    "days_between",
    "drive_minutes",
    "great_circle_km",
    "is_due_this_year",
    "is_overdue",
    "last_of",
    "pace",
    "parts_of_risk",
    "place_of",
    "places",
    "road_km",
    "score",
    "seats",
    "working_days",
]
