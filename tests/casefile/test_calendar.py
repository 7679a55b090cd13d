"""How time is counted: the vectors of the law, a second calculation, and what must hold for every day."""

import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import holidays as public_holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.calendar import (
    DENVER,
    Calendar,
    Counted,
    Term,
    business_days,
    business_days_before,
    clock_time,
    days,
    days_before,
    end_of,
    hours,
    hours_before,
    local_day,
    local_days,
    months,
    months_after,
    months_before,
    next_business_morning,
    read_holidays,
    same_time_on,
    term_of,
    valid_months,
)
from casefile.law import citation
from tests.casefile import oracle

STATE = Calendar.of(read_holidays())
FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)


def at(text: str, fold: int = 0) -> datetime:
    """An instant from the local time in Denver, noon unless said."""
    day, _, clock = text.partition(" ")
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock or "12:00"), DENVER).replace(fold=fold)


def due(term: Term, received: str, calendar: Calendar = STATE) -> str:
    return str(term(at(received), calendar).due_on)


class TestHolidays:
    def test_agree_with_the_public_list_for_new_mexico(self) -> None:
        public = public_holidays.country_holidays("US", subdiv="NM", years=range(2024, 2031), observed=True)
        weekdays = {day for day in public if day.weekday() < 5 and 2024 <= day.year <= 2029}
        assert {row.date for row in read_holidays()} == weekdays

    def test_have_a_name_a_source_and_no_false_verification(self) -> None:
        rows = read_holidays()
        assert all(row.name and row.source and not row.verified_by for row in rows)
        assert [row.date for row in rows] == sorted({row.date for row in rows})

    def test_presidents_day_is_kept_after_thanksgiving(self) -> None:
        assert STATE.skips(date(2026, 11, 27)) == "Presidents' Day"
        assert STATE.is_business_day(date(2026, 2, 16))

    @pytest.mark.parametrize(
        ("day", "name"),
        [
            ("2026-07-03", "Independence Day (observed)"),
            ("2027-06-18", "Juneteenth (observed)"),
            ("2027-07-05", "Independence Day (observed)"),
            ("2027-12-31", "New Year's Day (observed)"),
            ("2028-11-10", "Veterans Day (observed)"),
        ],
    )
    def test_of_a_weekend_are_kept_on_the_weekday_beside_it(self, day: str, name: str) -> None:
        assert STATE.skips(date.fromisoformat(day)) == name

    def test_are_known_for_the_seeded_years_only(self) -> None:
        assert [year for year in range(2022, 2032) if STATE.knows(year)] == [2024, 2025, 2026, 2027, 2028, 2029]

    def test_are_read_from_any_file_of_that_form(self, tmp_path: Path) -> None:
        file = tmp_path / "days.csv"
        file.write_text('date,name,source,verified_by\n2026-03-04,"Closed, snow",Governor,A. Person\n', "utf-8")
        assert read_holidays(file) == [(date(2026, 3, 4), "Closed, snow", "Governor", "A. Person")]


class TestCalendar:
    def test_says_why_a_day_does_not_count(self) -> None:
        assert STATE.skips(date(2026, 11, 26)) == "Thanksgiving Day"
        assert STATE.skips(date(2026, 11, 28)) == "weekend"
        assert STATE.skips(date(2026, 11, 30)) is None

    def test_walks_over_days_that_do_not_count(self) -> None:
        assert STATE.next_business_day(date(2026, 11, 25)) == date(2026, 11, 30)
        assert STATE.previous_business_day(date(2026, 11, 30)) == date(2026, 11, 25)

    def test_has_a_version_that_changes_with_any_row_but_not_with_their_order(self) -> None:
        rows = {date(2026, 1, 1): "New Year's Day", date(2026, 12, 25): "Christmas Day"}
        version = Calendar(rows).version
        assert version == Calendar(dict(reversed(rows.items()))).version
        assert version != Calendar(rows | {date(2026, 1, 2): "Snow"}).version
        assert version != Calendar(rows | {date(2026, 1, 1): "New Year"}).version
        assert re.fullmatch(r"[0-9a-f]{12}", version)


class TestVectors:
    @pytest.mark.parametrize(
        ("received", "cap", "corrections"),
        [
            ("2025-11-21", "2025-12-02", "2025-12-22"),
            ("2025-12-24", "2026-01-02", "2026-01-26"),
            ("2026-01-30", "2026-02-06", "2026-03-02"),
            ("2026-01-31", "2026-02-06", "2026-03-02"),
            ("2024-01-31", "2024-02-07", "2024-02-29"),
            ("2026-02-12", "2026-02-19", "2026-03-12"),
            ("2026-06-15", "2026-06-23", "2026-07-15"),
            ("2026-07-01", "2026-07-09", "2026-08-03"),
            ("2026-08-31", "2026-09-08", "2026-09-30"),
            ("2026-10-09", "2026-10-19", "2026-11-09"),
        ],
    )
    def test_of_the_rules(self, received: str, cap: str, corrections: str) -> None:
        assert (due(business_days(5), received), due(months(1), received)) == (cap, corrections)

    @pytest.mark.parametrize(
        ("term", "received", "expected"),
        [
            (business_days(5), "2026-11-20", "2026-12-01"),
            (business_days(5), "2026-11-19", "2026-11-30"),
            (business_days(5), "2026-02-11", "2026-02-18"),
            (business_days(5), "2026-06-15", "2026-06-23"),
            (months(1), "2026-01-31", "2026-03-02"),
            (months(1), "2026-10-27", "2026-11-30"),
            (months(1), "2026-06-04", "2026-07-06"),
            (days(20), "2025-11-30", "2025-12-22"),
            (months(3), "2025-11-30", "2026-03-02"),  # the 28th is a Saturday
        ],
    )
    def test_of_the_golden_cases(self, term: Term, received: str, expected: str) -> None:
        assert due(term, received) == expected

    def test_a_window_may_be_asked_for_again_on_the_last_day_of_a_short_month(self) -> None:
        assert months_after(date(2025, 11, 30), 3) == date(2026, 2, 28)

    @pytest.mark.parametrize(
        ("term", "expected"),
        [(days(10), "2026-12-04"), (days(11), "2026-11-30"), (days(12), "2026-11-30"), (days(13), "2026-12-01")],
    )
    def test_fewer_than_eleven_days_skip_weekends_and_holidays(self, term: Term, expected: str) -> None:
        assert due(term, "2026-11-18") == expected

    @pytest.mark.parametrize(
        ("day", "count", "expected"),
        [
            ("2024-01-29", 1, "2024-02-29"),
            ("2025-01-29", 1, "2025-02-28"),
            ("2025-01-31", 13, "2026-02-28"),
            ("2025-12-31", 2, "2026-02-28"),
            ("2025-11-30", 1, "2025-12-30"),
        ],
    )
    def test_months_end_on_the_same_number_or_the_last_day(self, day: str, count: int, expected: str) -> None:
        assert months_after(date.fromisoformat(day), count) == date.fromisoformat(expected)

    def test_months_go_backward_by_the_same_rule(self) -> None:
        assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
        assert months_before(date(2026, 1, 15), 3) == date(2025, 10, 15)


class TestDay:
    def test_receipt_in_its_last_instant_still_counts_as_that_day(self) -> None:
        late, next_day = at("2026-11-18 23:59:59.999999"), at("2026-11-19 00:00")
        assert local_day(late) == date(2026, 11, 18)
        assert business_days(5)(late, STATE).due_on == date(2026, 11, 25)
        assert business_days(5)(next_day, STATE).due_on == date(2026, 11, 30)

    def test_is_denvers_whatever_the_zone_of_the_instant(self) -> None:
        assert local_day(datetime(2026, 11, 19, 6, 59, tzinfo=UTC)) == date(2026, 11, 18)
        assert local_day(datetime(2026, 11, 19, 7, 0, tzinfo=UTC)) == date(2026, 11, 19)

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2026-03-07", "2026-03-08T06:59:59"),
            ("2026-03-08", "2026-03-09T05:59:59"),
            ("2026-10-31", "2026-11-01T05:59:59"),
            ("2026-11-01", "2026-11-02T06:59:59"),
        ],
    )
    def test_ends_right_around_both_clock_changes(self, day: str, expected: str) -> None:
        assert end_of(date.fromisoformat(day)) == datetime.fromisoformat(expected).replace(tzinfo=UTC)

    def test_without_an_offset_is_no_instant(self) -> None:
        naive = at("2026-11-18").replace(tzinfo=None)
        for count in (business_days(5), months(1), days(20), hours(24)):
            with pytest.raises(ValueError, match="no offset"):
                count(naive, STATE)

    def test_is_in_time_to_its_last_instant(self) -> None:
        counted = business_days(5)(at("2026-11-18"), STATE)
        assert not counted.is_late(at("2026-11-25 23:59:59.999999"))
        assert counted.is_late(at("2026-11-26 00:00"))


class TestHours:
    @pytest.mark.parametrize("day", ["2026-03-07", "2026-03-08", "2026-10-31", "2026-11-01"])
    @pytest.mark.parametrize("hour", ["00:00", "00:59", "01:30", "03:00", "12:00", "23:59:59"])
    @pytest.mark.parametrize("fold", [0, 1])
    def test_pass_evenly_over_both_clock_changes(self, day: str, hour: str, fold: int) -> None:
        start = at(f"{day} {hour}", fold)
        assert hours(24)(start, STATE).due_at.timestamp() - start.timestamp() == 86_400

    def test_tell_the_two_autumn_hours_apart(self) -> None:
        first, second = at("2026-11-01 01:30", 0), at("2026-11-01 01:30", 1)
        assert hours(24)(second, STATE).due_at - hours(24)(first, STATE).due_at == timedelta(hours=1)

    def test_end_to_the_instant(self) -> None:
        counted = hours(24)(at("2026-11-18"), STATE)
        assert counted.due_on is None
        assert not counted.is_late(at("2026-11-19 12:00"))
        assert counted.is_late(at("2026-11-19 12:00:00.000001"))


HOURS = ("00:00", "00:01", "08:00", "16:59", "17:00", "23:59", "23:59:59")
HOURS_OF_CLOCK_CHANGES = ("01:00", "01:30", "01:59:59", "03:00")


@pytest.fixture(scope="module")
def receipts() -> list[datetime]:
    """Every day of five years, at the hours where mistakes live."""
    found = []
    for ordinal in range(FIRST.toordinal(), LAST.toordinal() + 1):
        day = date.fromordinal(ordinal)
        found += [at(f"{day} {hour}") for hour in HOURS]
        if end_of(day) - end_of(day - timedelta(days=1)) != timedelta(days=1):
            found += [at(f"{day} {hour}", fold) for hour in HOURS_OF_CLOCK_CHANGES for fold in (0, 1)]
    return sorted(found, key=datetime.timestamp)


class TestEveryDay:
    @pytest.mark.slow  # 12,869 receipts, each counted twice
    @pytest.mark.parametrize(
        ("term", "slowly"), [(business_days(5), oracle.five_business_days), (months(1), oracle.one_month)]
    )
    def test_agrees_with_a_second_calculation(self, receipts: list[datetime], term: Term, slowly) -> None:
        closed = oracle.holidays()
        differences = [
            start for start in receipts
            if term(start, STATE).due_at.timestamp() != slowly(int(start.timestamp()), closed)
        ]  # fmt: skip
        assert len(receipts) == 1827 * 7 + 10 * 8
        assert differences == []

    @pytest.mark.slow  # each term over all receipts
    @pytest.mark.parametrize("term", [business_days(5), months(1), days(20), days(10), hours(24)], ids=str)
    def test_a_later_receipt_is_never_due_earlier(self, receipts: list[datetime], term: Term) -> None:
        dues = [term(start, STATE).due_at for start in receipts]
        assert all(earlier <= later for earlier, later in pairwise(dues))

    @pytest.mark.parametrize("term", [business_days(5), months(1), days(20), days(10)], ids=str)
    def test_nothing_is_due_on_a_day_that_does_not_count(self, receipts: list[datetime], term: Term) -> None:
        ends = {term(start, STATE).due_on for start in receipts[::7]}
        assert all(end and STATE.is_business_day(end) for end in ends)


DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
TERMS = st.builds(
    lambda unit, n: unit(n), st.sampled_from([business_days, days, months]), st.integers(min_value=1, max_value=40)
)


class TestAnyCalendar:
    @given(DAYS, TERMS, st.dictionaries(DAYS, st.just("Closed"), max_size=30), DAYS)
    def test_another_holiday_never_makes_a_deadline_earlier(
        self, day: date, term: Term, closed: dict[date, str], another: date
    ) -> None:
        start = datetime.combine(day, time(9), DENVER)
        before, after = term(start, Calendar(closed)), term(start, Calendar(closed | {another: "Snow"}))
        assert before.due_at <= after.due_at

    @given(DAYS, st.integers(min_value=1, max_value=40), st.dictionaries(DAYS, st.just("Closed"), max_size=30))
    def test_a_count_of_business_days_accounts_for_every_day(self, day: date, n: int, closed: dict[date, str]) -> None:
        counted = business_days(n)(datetime.combine(day, time(9), DENVER), Calendar(closed))
        assert counted.due_on
        assert (counted.due_on - day).days == n + len(counted.skipped)

    @given(DAYS, TERMS)
    def test_a_count_survives_storage(self, day: date, term: Term) -> None:
        counted = term(datetime.combine(day, time(9), DENVER), STATE)
        assert Counted.from_json(counted.to_json()) == counted
        assert term_of(counted.rule)(datetime.combine(day, time(9), DENVER), STATE) == counted


class TestValidMonths:
    @pytest.mark.parametrize(
        ("start", "last"),
        [
            ("2025-07-04", "2026-07-04"),  # a holiday kept on Friday, then a Saturday
            ("2025-11-26", "2026-11-26"),  # Thanksgiving
            ("2024-02-29", "2025-02-28"),
            ("2025-11-29", "2026-11-29"),  # a Sunday
        ],
    )
    def test_end_on_their_day_whatever_day_it_is(self, start: str, last: str) -> None:
        counted = valid_months(12)(at(start), STATE)
        assert (counted.due_on, counted.rolled) == (date.fromisoformat(last), ())
        assert counted.due_at == end_of(date.fromisoformat(last))


class TestTerm:
    @pytest.mark.parametrize("term", [business_days(5), months(1), days(20), valid_months(12), hours(24)], ids=str)
    def test_is_known_by_its_rule(self, term: Term) -> None:
        assert term_of(str(term)) == term

    @pytest.mark.parametrize("rule", ["", "weeks(1)", "months", "months(-1)", "months(1) ", "__init__(1)"])
    def test_of_an_unknown_rule_is_refused(self, rule: str) -> None:
        with pytest.raises(ValueError, match="not a way of counting"):
            term_of(rule)

    @pytest.mark.parametrize("unit", [business_days, days, months, valid_months, hours])
    def test_lasts_at_least_one(self, unit) -> None:
        with pytest.raises(ValueError, match="at least 1"):
            unit(0)

    @pytest.mark.parametrize("unit", [business_days, days, months, valid_months, hours, local_days])
    def test_cites_its_law(self, unit) -> None:
        assert "12-2A-7" in citation(unit)


class TestLocalDays:
    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ("2026-11-06 10:17", "2026-11-21 10:17"),  # a Saturday
            ("2026-11-11 10:17", "2026-11-26 10:17"),  # Thanksgiving
            ("2026-10-20 09:00", "2026-11-04 09:00"),  # over the night that gives an hour back
            ("2026-02-25 09:00", "2026-03-12 09:00"),  # over the night that takes an hour
            ("2026-02-21 02:30", "2026-03-08 03:30"),  # a time that night leaves out
            ("2028-02-20 23:59", "2028-03-06 23:59"),  # a leap year
        ],
    )
    def test_end_at_the_same_time_and_roll_over_nothing(self, start: str, end: str) -> None:
        assert local_days(15)(at(start), STATE).due_at == at(end)

    def test_end_at_the_later_of_two_equal_times(self) -> None:
        assert local_days(15)(at("2026-10-17 01:30"), STATE).due_at == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
        assert same_time_on(date(2026, 11, 1), at("2026-10-17 01:30")).tzinfo is UTC

    def test_say_so(self) -> None:
        counted = local_days(15)(at("2026-11-06 10:17"), STATE)
        assert counted.sentence("Your window opened", "add seeds and clones") == (
            "Your window opened on Friday, November 6, 2026. 15 days later it is Saturday, November 21. "
            "It ends at 10:17 a.m. that day. You can add seeds and clones until then."
        )
        assert term_of(counted.rule) == local_days(15) and counted.due_on is None


class TestLead:
    def due_at(self, day: str) -> datetime:
        return end_of(date.fromisoformat(day))

    @pytest.mark.parametrize(
        ("lead", "due_on", "expected"),
        [
            (business_days_before(1), "2026-12-01", "2026-11-30 08:00"),
            (business_days_before(2), "2026-12-01", "2026-11-25 08:00"),
            (business_days_before(1), "2026-11-30", "2026-11-25 08:00"),
            (days_before(10), "2026-03-12", "2026-03-02 08:00"),
            (days_before(3), "2026-03-09", "2026-03-06 08:00"),
            (days_before(1), "2026-11-30", "2026-11-29 08:00"),
            (days_before(1, hour=17), "2026-11-30", "2026-11-29 17:00"),
        ],
    )
    def test_is_eight_in_the_morning_in_denver(self, lead, due_on: str, expected: str) -> None:
        assert lead(self.due_at(due_on), STATE) == at(expected)
        assert lead(self.due_at(due_on), STATE).tzinfo is UTC

    def test_of_hours_is_elapsed_time(self) -> None:
        assert hours_before(2)(at("2026-11-01 02:30"), STATE) == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
        assert hours_before(2)(at("2026-03-08 04:00"), STATE) == at("2026-03-08 01:00")
        assert str(hours_before(2)) == "hours_before(2)"

    def test_has_a_name_for_the_key_of_its_reminder(self) -> None:
        assert (str(business_days_before(2)), str(days_before(10))) == ("business_days_before(2)", "days_before(10)")

    @pytest.mark.parametrize(
        ("due_on", "expected"),
        [("2026-11-25", "2026-11-30 08:00"), ("2026-11-30", "2026-12-01 08:00"), ("2026-03-06", "2026-03-09 08:00")],
    )
    def test_the_morning_after_is_a_business_day(self, due_on: str, expected: str) -> None:
        assert next_business_morning(self.due_at(due_on), STATE) == at(expected)


def grade(text: str) -> float:
    """Flesch-Kincaid grade, with groups of vowels for syllables."""
    sentences = len(re.findall(r"[.!?](?:\s|$)", text.replace("p.m.", "pm").replace("a.m.", "am")))
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


class TestSentence:
    CASES = [
        (
            business_days(5), "2026-11-18", "send your plan",
            "You got the notice on Wednesday, November 18, 2026. Day 1 is Thursday, November 19. We skip weekends. "
            "Day 5 is Wednesday, November 25. You can send your plan until 11:59 p.m. that day.",
        ),
        (
            business_days(5), "2026-11-20", "send your plan",
            "You got the notice on Friday, November 20, 2026. Day 1 is Monday, November 23. We skip weekends and state "
            "holidays (Thanksgiving Day, Thu, Nov 26; Presidents' Day, Fri, Nov 27). Day 5 is Tuesday, December 1. "
            "You can send your plan until 11:59 p.m. that day.",
        ),
        (
            business_days(1), "2025-12-31", "stop it",
            "You got the notice on Wednesday, December 31, 2025. We skip weekends and state holidays (New Year's Day, "
            "Thu, Jan 1). Day 1 is Friday, January 2, 2026. You can stop it until 11:59 p.m. that day.",
        ),
        (
            months(1), "2026-11-18", "send your proof",
            "You got the notice on Wednesday, November 18, 2026. One month later is Friday, December 18. "
            "You can send your proof until 11:59 p.m. that day.",
        ),
        (
            months(1), "2026-01-30", "send your proof",
            "You got the notice on Friday, January 30, 2026. February has no day 30, so one month later is Saturday, "
            "February 28. That is a weekend, so the last day moves to Monday, March 2. "
            "You can send your proof until 11:59 p.m. that day.",
        ),
        (
            months(1), "2026-10-27", "send your proof",
            "You got the notice on Tuesday, October 27, 2026. One month later is Friday, November 27. That is a state "
            "holiday (Presidents' Day), then a weekend, so the last day moves to Monday, November 30. "
            "You can send your proof until 11:59 p.m. that day.",
        ),
        (
            days(20), "2025-11-30", "ask for a hearing",
            "You got the notice on Sunday, November 30, 2025. Day 1 is Monday, December 1. Day 20 is Saturday, "
            "December 20. That is a weekend, so the last day moves to Monday, December 22. "
            "You can ask for a hearing until 11:59 p.m. that day.",
        ),
        (
            hours(24), "2026-10-31 15:05", "add plants",
            "You got the notice at 3:05 p.m. on Saturday, October 31, 2026. 24 hours later it is 2:05 p.m. on Sunday, "
            "November 1. You can add plants until then.",
        ),
    ]  # fmt: skip

    @pytest.mark.parametrize(("term", "received", "act", "expected"), CASES)
    def test_explains_the_count(self, term: Term, received: str, act: str, expected: str) -> None:
        assert term(at(received), STATE).sentence(act=act) == expected

    @pytest.mark.parametrize("text", [case[3] for case in CASES])
    def test_can_be_read_at_grade_six(self, text: str) -> None:
        assert grade(text) <= 6

    def test_names_its_event(self) -> None:
        said = business_days(5)(at("2026-11-18"), STATE).sentence(event="We sent your plan back")
        assert said.startswith("We sent your plan back on Wednesday, November 18, 2026.")

    def test_says_when_a_person_set_the_day(self) -> None:
        counted = Counted(end_of(date(2026, 12, 4)), "set_by_hand(1)", date(2026, 11, 18), "x", date(2026, 12, 4))
        assert counted.sentence(act="send your plan") == (
            "You got the notice on Wednesday, November 18, 2026. The Division set a last day for you: Friday, "
            "December 4. You can send your plan until 11:59 p.m. that day."
        )

    @pytest.mark.parametrize(
        ("clock", "said"),
        [("00:05", "12:05 a.m."), ("11:59", "11:59 a.m."), ("12:00", "12:00 p.m."), ("23:59:59", "11:59 p.m.")],
    )
    def test_tells_time_as_people_do(self, clock: str, said: str) -> None:
        assert clock_time(at(f"2026-11-18 {clock}")) == said
