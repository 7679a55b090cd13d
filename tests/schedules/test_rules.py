"""Places, distances, the days of a month, what the year owes, and the parts of a risk."""

import csv
from datetime import date
from pathlib import Path

import pytest

from casefile.law import citation
from licensing.counties import COUNTIES
from schedules import rules
from schedules.rules import (
    Part,
    Past,
    drive_minutes,
    is_due_this_year,
    is_overdue,
    last_of,
    pace,
    parts_of_risk,
    place_of,
    places,
    road_km,
    score,
    seats,
    working_days,
)

DAY = date(2026, 12, 1)
TOWNS = Path(__file__).parents[2] / "demonstration/data/towns.csv"
THANKSGIVING, AFTER = date(2026, 11, 26), date(2026, 11, 27)


def towns() -> list[tuple[str, str]]:
    with TOWNS.open(encoding="utf-8") as lines:
        return [(row["town"], row["county"]) for row in csv.DictReader(lines)]


class TestEveryRule:
    @pytest.mark.parametrize(
        "rule",
        [
            place_of, road_km, drive_minutes, working_days, is_due_this_year, is_overdue, pace, parts_of_risk, score,
        ],
    )  # fmt: skip
    def test_cites(self, rule):
        assert citation(rule)


class TestPlaces:
    def test_every_county_has_one_seat_among_its_places(self):
        assert sorted(seats()) == sorted(COUNTIES)

    def test_no_county_is_invented(self):
        assert {place.county for place in places().values()} == set(COUNTIES)

    @pytest.mark.parametrize(("town", "county"), towns())
    def test_every_town_of_the_demonstration_is_known(self, town, county):
        place = place_of(town, county)
        assert place.known and place.county == county

    def test_all_lie_in_new_mexico(self):
        for it in places().values():
            assert 31.3 < it.latitude < 37.0 and -109.05 < it.longitude < -103.0, it.name

    def test_no_place_lies_far_from_its_county_seat(self):
        far = [it.name for it in places().values() if road_km(it, seats()[it.county], DAY) > 200]
        assert not far

    @pytest.mark.parametrize("name", ["ESPANOLA", "Española", " española "])
    def test_marks_and_capitals_do_not_matter(self, name):
        assert place_of(name, "Rio Arriba").name == "Española"

    def test_an_unknown_town_stands_in_the_middle_of_its_county(self):
        place = place_of("Nowhere", "Taos")
        assert not place.known and road_km(place, seats()["Taos"], DAY) < 40

    def test_a_town_alone_is_found_without_its_county(self):
        assert place_of("Taos", "").name == "Taos"

    def test_nothing_known_is_the_middle_of_the_state(self):
        assert not place_of("Nowhere", "Nowhere").known


class TestDistance:
    @pytest.mark.parametrize(
        ("one", "other", "km"),  # by road, from any atlas
        [
            (("Albuquerque", "Bernalillo"), ("Santa Fe", "Santa Fe"), 103),
            (("Albuquerque", "Bernalillo"), ("Las Cruces", "Doña Ana"), 360),
            (("Santa Fe", "Santa Fe"), ("Taos", "Taos"), 113),
            (("Roswell", "Chaves"), ("Carlsbad", "Eddy"), 122),
            (("Albuquerque", "Bernalillo"), ("Gallup", "McKinley"), 222),
            (("Clovis", "Curry"), ("Tucumcari", "Quay"), 133),
        ],
    )
    def test_is_within_a_quarter_of_the_road(self, one, other, km):
        assert road_km(place_of(*one), place_of(*other), DAY) == pytest.approx(km, rel=0.25)

    def test_is_the_same_both_ways_and_never_less_than_a_drive_in_town(self):
        some = list(places().values())[::7]
        for one in some:
            for other in some:
                assert road_km(one, other, DAY) == road_km(other, one, DAY) >= rules.IN_TOWN_KM.on(DAY)
                assert drive_minutes(one, other, DAY) >= rules.IN_TOWN_MINUTES.on(DAY)

    def test_minutes_follow_the_speed(self):
        one, other = place_of("Albuquerque", "Bernalillo"), place_of("Hobbs", "Lea")
        hours = road_km(one, other, DAY) / rules.SPEED_KMH.on(DAY)
        assert hours * 60 <= drive_minutes(one, other, DAY) < hours * 60 + 1


class TestMonth:
    @pytest.mark.parametrize(
        ("month", "last"),
        [(date(2026, 12, 1), 31), (date(2028, 2, 11), 29), (date(2027, 2, 28), 28), (date(2026, 4, 30), 30)],
    )
    def test_last_day(self, month, last):
        assert last_of(month) == month.replace(day=last)

    def test_no_weekend_holiday_or_leave(self):
        leave = [(date(2026, 11, 2), date(2026, 11, 3)), (date(2026, 11, 30), date(2026, 12, 4))]
        days = working_days(date(2026, 11, 1), date(2026, 11, 30), holidays={THANKSGIVING, AFTER}, leave=leave)
        assert len(days) == 21 - 2 - 2 - 1
        assert not {THANKSGIVING, AFTER, date(2026, 11, 2), date(2026, 11, 30)} & set(days)
        assert all(day.weekday() < 5 for day in days)

    def test_only_the_weekdays_of_the_officer_and_never_a_sunday(self):
        days = working_days(date(2026, 11, 1), date(2026, 11, 30), weekdays=(0, 6))
        assert [day.day for day in days] == [2, 9, 16, 23, 30]

    @pytest.mark.parametrize(
        ("last", "due", "overdue"),
        [
            (None, True, True),
            (date(2024, 12, 31), True, True),  # the whole of 2025 went by
            (date(2025, 1, 1), True, False),
            (date(2025, 12, 31), True, False),
            (date(2026, 1, 1), False, False),
        ],
    )
    def test_due_and_overdue_count_calendar_years(self, last, due, overdue):
        assert (is_due_this_year(last, DAY), is_overdue(last, DAY)) == (due, overdue)

    @pytest.mark.parametrize(
        ("due", "month", "visits"),
        [(0, 1, 0), (1200, 1, 110), (1200, 7, 220), (100, 11, 55), (100, 12, 100), (1, 1, 1)],
    )
    def test_pace_spreads_what_is_due_over_the_months_left_with_a_tenth_to_spare(self, due, month, visits):
        assert pace(due, date(2026, month, 1)) == visits


class TestRisk:
    def test_nothing_known_is_no_risk(self):
        assert parts_of_risk(Past({}, days_since=0), DAY) == ()

    def test_parts_say_what_they_rest_on(self):
        past = Past({"critical": 1, "minor": 2}, repeats=1, overdue=2, over_limit=120, days_since=365)
        assert parts_of_risk(past, DAY) == (
            Part("severity", "1 critical, 2 minor violations in two years", 17),
            Part("repeats", "1 repeat violation", 10),
            Part("overdue", "2 overdue answers", 10),
            Part("over_limit", "120 plants over the limit at the last count", 10),
            Part("time", "365 days since the last visit", 10),
        )

    def test_is_never_above_a_hundred(self):
        past = Past({"critical": 99}, repeats=99, overdue=99, over_limit=1)
        assert score(parts_of_risk(past, DAY)) == 100

    def test_never_visited_counts_in_full(self):
        assert parts_of_risk(Past({}), DAY) == (Part("time", "never visited", 20),)

    def test_no_day_stands_out_from_the_one_before(self):
        points = [score(parts_of_risk(Past({}, days_since=n), DAY)) for n in range(800)]
        assert all(0 <= later - earlier <= 1 for earlier, later in zip(points, points[1:], strict=False))
