"""Days, times and deadlines as pages write them; always Denver, whatever the machine's clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import override_settings

from casefile.templatetags import ccd, paper

EVENING = datetime(2026, 11, 26, 6, 59, 59, tzinfo=UTC)  # Wednesday, November 25, 11:59:59 p.m. in Denver


class TestWords:
    @pytest.mark.parametrize(
        "words, expected",
        [
            (ccd.day_long, "Wednesday, November 25, 2026"),
            (ccd.day_plain, "November 25, 2026"),
            (ccd.day_short, "Wed, Nov 25"),
            (ccd.time_12, "11:59 p.m."),
            (ccd.instant, "Wed, Nov 25, 11:59 p.m."),
            (ccd.machine_time, "2026-11-25T23:59:59-07:00"),
        ],
    )
    def test_an_instant_is_told_by_the_clock_of_denver(self, words, expected):
        assert words(EVENING) == expected

    @pytest.mark.parametrize(
        "words", [ccd.day_long, ccd.day_plain, ccd.day_short, ccd.time_12, ccd.instant, ccd.machine_time]
    )
    def test_nothing_is_nothing(self, words):
        assert words(None) == ""

    @pytest.mark.parametrize(
        "hour, minute, said",
        [
            (0, 0, "12:00 a.m."),
            (0, 5, "12:05 a.m."),
            (11, 59, "11:59 a.m."),
            (12, 0, "12:00 p.m."),
            (13, 1, "1:01 p.m."),
        ],
    )
    def test_noon_and_midnight(self, hour, minute, said):
        assert ccd.time_12(datetime(2026, 7, 1, hour, minute, tzinfo=ccd.DENVER)) == said

    def test_a_day_stays_a_day(self):
        assert ccd.day_long(date(2026, 12, 4)) == "Friday, December 4, 2026"

    @override_settings(TIME_ZONE="Asia/Tokyo")
    def test_the_setting_of_the_machine_does_not_matter(self):
        assert ccd.instant(EVENING) == "Wed, Nov 25, 11:59 p.m."


class TestDue:
    @pytest.mark.parametrize(
        "before, words, tone",
        [
            (timedelta(seconds=-1), "Overdue since Wed, Nov 25", "over"),
            (timedelta(0), "Due today by 11:59 p.m.", "soon"),
            (timedelta(hours=23), "Due today by 11:59 p.m.", "soon"),
            (timedelta(hours=24), "Due tomorrow, Wed, Nov 25", "soon"),
            (timedelta(days=5), "Due Wed, Nov 25", "soon"),  # Friday: Monday, Tuesday, Wednesday
            (timedelta(days=6), "Due Wed, Nov 25", "later"),
            (timedelta(days=400), "Due Wed, Nov 25", "later"),
        ],
    )
    def test_words_and_shape(self, before, words, tone):
        at = EVENING - before
        assert (ccd.due_words(EVENING, at), ccd.due_tone(EVENING, at)) == (words, tone)


class TestPaper:
    def test_says_the_same_words_in_paragraphs_and_lists(self):
        html = paper.as_page(
            "Hello,\n\nWhat we found:\n1. One thing\n2. Another\n   thing\n\n- a\n- b\n\nDana\nOfficer\n"
        )
        assert html == (
            "<p>Hello,</p>\n<p>What we found:</p><ol><li>One thing</li><li>Another<br>   thing</li></ol>\n"
            "<ul><li>a</li><li>b</li></ul>\n<p>Dana<br>Officer</p>"
        )

    def test_links_addresses_and_escapes_words(self):
        html = paper.as_page('See http://127.0.0.1:8000/n/?a=1&b=2 <script>alert("x")</script>')
        assert '<a href="http://127.0.0.1:8000/n/?a=1&amp;b=2">' in html
        assert "<script" not in html

    def test_a_list_that_goes_on_keeps_its_numbers(self):
        assert '<ol start="3">' in paper.as_page("3. Third\n4. Fourth")


class TestParts:
    def test_an_icon_is_hidden_from_readers(self):
        assert 'aria-hidden="true"' in ccd.icon("cal")

    @override_settings(DIVISION={"phone": "505-555-0199"})
    def test_an_installation_may_say_its_own_phone(self):
        assert (ccd.division("phone"), ccd.division("name")) == ("505-555-0199", "Cannabis Control Division")

    @pytest.mark.parametrize(
        "done, half, total, marks",
        [(1, 1, 3, ["on", "half", ""]), (0, 0, 2, ["", ""]), (5, 0, 2, ["on", "on"]), (1, None, 1, ["on"])],
    )
    def test_segments_fill_a_whole(self, done, half, total, marks):
        assert ccd.segments(done, half, total) == marks
