"""The geometry of the charts, as tables: numbers in, points of an SVG out."""

from datetime import date

import pytest

from licensing.counties import COUNTIES
from reports.charts.bars import bars
from reports.charts.counties import GRID, TONES, county_map, tone_of
from reports.charts.pace import nice, pace, ticks
from reports.charts.spark import change, in_words, spark


class TestSpark:
    @pytest.mark.parametrize(
        ("values", "line"),
        [
            ([0, 10], "4.0,24.0 116.0,4.0"),
            ([10, 0], "4.0,4.0 116.0,24.0"),
            ([7, 7, 7], "4.0,14.0 60.0,14.0 116.0,14.0"),
            ([3], "4.0,14.0"),
            ([], ""),
        ],
    )
    def test_runs_from_the_first_to_the_last(self, values, line):
        assert spark(values).line == line

    def test_says_itself_in_words(self):
        assert in_words([12, 7, 1400, 9]) == "From 12 to 9, between 7 and 1,400"
        assert in_words([]) == "No numbers"

    @pytest.mark.parametrize(
        ("now", "before", "words"),
        [
            (5, 10, "5 fewer than the week before"),
            (10, 5, "5 more than the week before"),
            (5, 5, "As many as the week before"),
        ],
    )
    def test_a_change_is_words(self, now, before, words):
        assert change(now, before) == words


class TestPace:
    def test_the_straight_line_ends_with_all_at_the_end_of_the_year(self):
        drawn = pace(2026, 120, [])
        assert drawn.straight == "40.0,200.0 470.0,10.0"

    def test_the_line_of_what_was_seen_is_where_its_days_are(self):
        drawn = pace(2026, 120, [(date(2026, 7, 2), 60), (date(2026, 12, 31), 120)])
        assert [(mark.x, mark.y) for mark in drawn.marks] == [("255.6", "105.0"), ("470.0", "10.0")]
        assert drawn.seen.startswith("40.0,200.0 255.6,105.0")

    def test_a_division_without_premises_has_a_chart(self):
        assert pace(2028, 0, [(date(2028, 2, 29), 0)]).marks[0].y == "200.0"

    @pytest.mark.parametrize(
        ("value", "end"), [(0, 4), (1, 4), (4, 4), (5, 8), (100, 120), (1064, 1200), (3000, 3200), (41, 80)]
    )
    def test_an_axis_ends_with_a_round_number(self, value, end):
        assert nice(value) == end >= value
        assert all(isinstance(it, int) and it * 4 % end == 0 for it in ticks(end))


class TestCounties:
    def test_each_has_one_square(self):
        assert sorted(name for row in GRID for name in row if name) == sorted(COUNTIES)
        assert len({(tile.x, tile.y) for tile in county_map({}, 50)}) == 33

    def test_stands_about_where_it_is(self):
        where = {tile.county: (tile.x, tile.y) for tile in county_map({}, 50)}
        west, east, north, south = (where[it] for it in ("Catron", "Curry", "Taos", "Doña Ana"))
        assert west[0] < east[0] and north[1] < south[1]

    @pytest.mark.parametrize(
        ("seen", "total", "key"),
        [(0, 0, "none"), (4, 4, "all"), (8, 10, "pace"), (79, 100, "behind"), (60, 100, "behind"), (59, 100, "far"), (0, 3, "far")],
    )  # fmt: skip
    def test_its_tone_follows_the_pace(self, seen, total, key):
        assert tone_of(seen, total, pace=80).key == key

    def test_says_in_words_what_the_color_says(self):
        tiles = {tile.county: tile.words for tile in county_map({"Mora": (2, 5), "Taos": (3, 3)}, 80)}
        assert tiles["Mora"] == "Mora: 40% seen, far behind"
        assert tiles["Taos"] == "Taos: 100% seen, all seen"
        assert tiles["Lea"] == "Lea: no premises"

    @pytest.mark.parametrize("tone", TONES, ids=lambda it: it.key)
    def test_words_can_be_read_on_their_color(self, tone):
        assert contrast(tone.fill, "#ffffff" if tone.dark else "#1b1b1b") >= 4.5


def contrast(one: str, other: str) -> float:
    """As WCAG 2 counts it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [it / 12.92 if it <= 0.03928 else ((it + 0.055) / 1.055) ** 2.4 for it in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_bars_are_parts_of_the_longest():
    drawn = bars([(4, 1), (2, 2), (0, 0)])
    assert [(bar.width, bar.part) for bar in drawn] == [("100.0", "25.0"), ("50.0", "50.0"), ("0.0", "0.0")]
    assert bars([(0, 0)])[0].width == "0.0"
