"""Rules of inventory windows: both daylight-saving days, ends of months, every refusal with what to do instead."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casefile.calendar import Calendar, read_holidays
from casefile.law import citation
from inventory_windows import rules
from inventory_windows.rules import Asked, Holder, Item, Seen, Span
from tests.factories import at
from tests.inspections import plain

STATE = Calendar.of(read_holidays())
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ACTIVE = Holder("CCD-2026-0001", "producer", "active")
NOW = at("2026-11-24 10:00")
CHANGES = (date(2026, 3, 8), date(2026, 11, 1), date(2027, 3, 14), date(2027, 11, 7))


def span(opened: str, *, first: bool = False) -> Span:
    opened_at = at(opened)
    closes_at = opened_at + 15 * DAY if first else rules.closes_at(opened_at)
    return Span(opened_at, closes_at, closes_at if first else rules.blocked_until({rules.OPENING: opened_at}))


class TestEveryRule:
    def test_cites(self) -> None:
        ours = [rule for name, rule in vars(rules).items() if name.startswith(("reasons_", "missing_"))]
        assert len(ours) > 10 and not [rule.__name__ for rule in ours if not citation(rule)]


class TestTwentyFourHours:
    @pytest.mark.parametrize("day", CHANGES, ids=str)
    @pytest.mark.parametrize("n", range(20))
    def test_are_86400_seconds_over_both_changes_of_the_clock(self, day: date, n: int) -> None:
        """Twenty instants from the noon before to the end of the day after each night."""
        opened = datetime(day.year, day.month, day.day, tzinfo=UTC) - 5 * HOUR + n * timedelta(hours=2, minutes=17)
        assert (rules.closes_at(opened) - opened).total_seconds() == 86_400
        counted = rules.open_term(opened)(opened, STATE)
        assert counted.due_at == rules.closes_at(opened) and counted.due_on is None

    def test_the_last_instant_is_not_in_it(self) -> None:
        window = span("2026-11-24 10:00")
        second = timedelta(seconds=1)
        asked = [window.opened_at - second, window.opened_at, window.closes_at - second, window.closes_at]
        assert [window.is_open(it) for it in asked] == [False, True, True, False]


class TestFifteenDays:
    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ("2026-11-06 10:17", "2026-11-21 10:17"),  # a Saturday
            ("2026-11-11 08:00", "2026-11-26 08:00"),  # Thanksgiving
            ("2026-10-20 09:00", "2026-11-04 09:00"),
            ("2026-02-27 09:00", "2026-03-14 09:00"),
            ("2027-12-20 09:00", "2028-01-04 09:00"),
            ("2028-02-20 09:00", "2028-03-06 09:00"),
        ],
    )
    def test_end_at_the_same_time_whatever_day_that_is(self, start: str, end: str) -> None:
        assert rules.first_term(at(start))(at(start), STATE).due_at == at(end)

    def test_may_be_moved_off_a_weekend_where_the_division_decides_so(self) -> None:
        start = at("2026-11-06 10:17")
        counted = rules.first_term(start, [rules.BUSINESS_DAY])(start, STATE)
        assert str(counted.due_on) == "2026-11-23"
        both = rules.first_term(start, [rules.SAME_TIME, rules.BUSINESS_DAY])(start, STATE)
        assert both.due_at == counted.due_at

    @pytest.mark.parametrize(
        ("kind", "gets"),
        [
            ("producer", True),
            ("producer_microbusiness", True),
            ("integrated_microbusiness", False),
            ("retailer", False),
        ],
    )
    def test_are_for_new_producers_and_micro_producers(self, kind: str, gets: bool) -> None:
        assert rules.gets_first_window(kind, NOW) is gets


class TestThreeMonths:
    @pytest.mark.parametrize(
        ("opened", "free"),
        [
            ("2026-11-30 10:00", "2027-02-28 10:00"),
            ("2027-11-30 10:00", "2028-02-29 10:00"),  # a leap year
            ("2027-11-29 10:00", "2028-02-29 10:00"),
            ("2026-11-28 10:00", "2027-02-28 10:00"),
            ("2026-08-31 10:00", "2026-11-30 10:00"),
            ("2026-01-31 23:59", "2026-04-30 23:59"),
            ("2026-12-08 02:30", "2027-03-08 02:30"),
            ("2026-12-14 02:30", "2027-03-14 03:30"),  # a time that night leaves out
            ("2026-12-01 09:00", "2027-03-01 09:00"),
        ],
    )
    def test_end_on_the_same_day_or_the_last_of_the_month(self, opened: str, free: str) -> None:
        assert rules.blocked_until({rules.OPENING: at(opened)}) == at(free)

    def test_the_edge_to_the_minute(self) -> None:
        last = span("2026-11-30 10:00")
        free = at("2027-02-28 10:00")
        assert rules.reasons_not_to_open(ACTIVE, [last], free - MINUTE)[1] == (
            "We can open one window every 3 months. The next one can open on Sunday, February 28, 2027, at 10:00 a.m."
        ).replace("a.m..", "a.m.")
        assert rules.reasons_not_to_open(ACTIVE, [last], free) == []
        assert rules.opens_from(ACTIVE, [last], NOW) == free

    def test_count_from_what_the_division_decided(self) -> None:
        events = {
            rules.OPENING: at("2026-11-30 10:00"), rules.APPROVAL: at("2026-11-28 10:00"),
            rules.REQUEST: at("2026-11-20 10:00"),
        }  # fmt: skip
        assert rules.blocked_until(events, [rules.REQUEST]) == at("2027-02-20 10:00")
        assert rules.blocked_until(events, [rules.REQUEST, rules.APPROVAL]) == at("2027-02-28 10:00")
        assert rules.blocked_until(events, []) == at("2027-02-28 10:00")

    def test_the_first_window_blocks_while_it_is_open_and_no_longer(self) -> None:
        first = span("2026-11-10 10:00", first=True)
        assert rules.reasons_not_to_open(ACTIVE, [first], NOW) == [
            "A window is open until Wednesday, November 25, 2026, at 10:00 a.m."
        ]
        assert rules.reasons_not_to_open(ACTIVE, [first], first.closes_at) == []

    def test_an_opening_that_lies_ahead_blocks_too(self) -> None:
        assert rules.reasons_not_to_open(ACTIVE, [span("2026-12-24 10:00")], NOW)
        assert not rules.reasons_not_to_open(ACTIVE, [span("2027-02-24 10:00")], NOW)


class TestLicense:
    def test_must_be_active_and_grow(self) -> None:
        against = rules.reasons_not_to_open(Holder("X", "retailer", "suspended", "Suspended"), [], NOW)
        assert against == [
            "A window is for licenses that grow plants. License X is for a retailer.",
            "License X is suspended. Only an active license can have a window.",
        ]
        assert rules.opens_from(Holder("X", "retailer", "active"), [], NOW) is None


class TestKinds:
    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            (rules.FLOWER, ("only for seeds, clones, and plant tissue", "manifest and a source code")),
            (rules.CORRECTION, ("Call BioTrack support", "State approval", "from $200")),
            (rules.TRANSFER, ("manifest and a source code", "Ask the sender")),
        ],
    )
    def test_anything_else_is_refused_with_what_to_do_instead(self, kind: str, words: tuple[str, ...]) -> None:
        (reason,) = rules.reasons_against_kinds({kind, rules.SEED}, NOW)
        assert all(it in reason for it in words)
        assert plain.grade(reason) <= 6 and len(plain.words_in(plain.longest(reason))) <= 20

    def test_seeds_clones_and_tissue_are_allowed(self) -> None:
        assert rules.reasons_against_kinds({rules.SEED, rules.CLONE, rules.TISSUE}, NOW) == []

    def test_one_request_waits_at_a_time(self) -> None:
        assert rules.reasons_not_to_request({rules.SEED}, ACTIVE, [], at=NOW, pending="W26-0001") == [
            "We have your request W26-0001. You can ask again when it is done."
        ]

    def test_every_reason_reads_at_grade_six(self) -> None:
        said = rules.reasons_not_to_open(ACTIVE, [span("2026-11-23 10:00")], NOW + DAY)
        said += rules.reasons_against_license(Holder("X", "retailer", "suspended", "Suspended"))
        assert said and all(plain.grade(it) <= 6 for it in said), [(it, plain.grade(it)) for it in said]


class TestMissing:
    WHOLE = Asked((Item("seed", "Haze", 4, "Mesa"),), "new", "New strain.", "Tomás", "505", "t@example.test")

    def test_nothing(self) -> None:
        assert rules.missing_in_request(self.WHOLE) == []

    @pytest.mark.parametrize("name", ["purpose", "message", "contact", "phone", "email"])
    def test_each_answer_is_asked_for(self, name: str) -> None:
        assert len(rules.missing_in_request(Asked(**{**vars(self.WHOLE), name: " " if name != "purpose" else ""}))) == 1

    @pytest.mark.parametrize(
        "item", [Item("seed"), Item("seed", "H", 0, "M"), Item("seed", " ", 4, "M"), Item("seed", "H", 4)]
    )
    def test_a_line_is_whole(self, item: Item) -> None:
        assert rules.missing_in_request(Asked(**{**vars(self.WHOLE), "items": (item,)}))
        assert rules.missing_in_request(Asked(**{**vars(self.WHOLE), "items": ()})) == [rules.NOTHING]

    def test_of_a_correction(self) -> None:
        assert len(rules.missing_in_correction("", " ", "")) == 3
        assert rules.missing_in_correction("1", "a", "b") == []


class TestConfirming:
    APPROVED = at("2026-11-24 08:00:30")

    @pytest.mark.parametrize(
        ("opened", "stands"), [("2026-11-24 07:59", True), ("2026-11-24 08:00", False), ("2026-11-24 10:01", True)]
    )
    def test_an_opening_lies_between_the_approval_and_now(self, opened: str, stands: bool) -> None:
        assert bool(rules.reasons_not_to_confirm(at(opened), approved_at=self.APPROVED, at=NOW)) is stands

    @pytest.mark.parametrize(
        ("shut", "stands"), [("2026-11-24 08:59", True), ("2026-11-24 09:00", False), ("2026-11-24 10:01", True)]
    )
    def test_a_shutting_lies_between_the_end_and_now(self, shut: str, stands: bool) -> None:
        window = span("2026-11-23 09:00")
        assert bool(rules.reasons_not_to_confirm_shut(at(shut), span=window, at=NOW)) is stands

    def test_an_approval_is_for_a_time_ahead_at_which_a_window_may_open(self) -> None:
        assert rules.reasons_not_to_approve(NOW - MINUTE, ACTIVE, [], at=NOW)
        assert rules.reasons_not_to_approve(NOW, ACTIVE, [], at=NOW) == []
        assert rules.reasons_not_to_approve(NOW, ACTIVE, [span("2026-10-01 09:00")], at=NOW)

    def test_words_are_wanted(self) -> None:
        assert rules.reasons_not_to_refuse(" ") and rules.reasons_not_to_ask("")
        assert not rules.reasons_not_to_refuse("No invoice.") and not rules.reasons_not_to_ask("The invoice.")


class TestFlags:
    CLONES = (Item("clone", "Piñon", 2_001, "Own"),)

    def seen(self, **facts) -> Seen:
        return Seen(
            **{"items": (Item("seed", "Haze", 10, "Mesa"),), "asked_at": NOW, "issued_on": date(2020, 1, 1)} | facts
        )

    def test_none_for_a_plain_request(self) -> None:
        assert rules.flags(self.seen(authorized=2000, plants_on_site=5, last_visit_on=date(2026, 1, 1))) == []

    @pytest.mark.parametrize(("age", "total", "stands"), [(119, 200, True), (120, 200, False), (119, 199, False)])
    def test_a_young_license_with_many_plants(self, age: int, total: int, stands: bool) -> None:
        items = (Item("clone", "Piñon", total, "Own"),)
        found = rules.young_license(self.seen(items=items, issued_on=NOW.date() - age * DAY))
        assert bool(found) is stands
        assert not found or f"{age} days before the request" in found.facts[0]

    def test_more_than_is_authorized_or_than_the_level_holds(self) -> None:
        assert rules.above_authorized(self.seen(items=self.CLONES, authorized=2_001, level_top=2_001)) is None
        found = rules.above_authorized(self.seen(items=self.CLONES, authorized=2_000, level_top=2_000))
        assert found and found.facts[:2] == (
            "2,001 plants asked for, 2,000 authorized mature plants.", "2,001 plants asked for, 2,000 the top of its level.",
        )  # fmt: skip
        assert rules.above_authorized(self.seen(items=(Item("seed", "H", 9_000, "M"),), authorized=2)) is None

    def test_an_open_notice(self) -> None:
        assert rules.open_case(self.seen()) is None
        assert rules.open_case(self.seen(open_cases=["Case 26-0001"])).facts == ("Case 26-0001",)

    @pytest.mark.parametrize(("plants", "stands"), [(None, False), (0, True), (1, False)])
    def test_nothing_on_site(self, plants: int | None, stands: bool) -> None:
        assert bool(rules.nothing_on_site(self.seen(plants_on_site=plants, last_visit_on=date(2026, 9, 1)))) is stands

    @pytest.mark.parametrize(("days", "stands"), [(-1, False), (0, True), (14, True), (15, False)])
    def test_again_at_the_limit(self, days: int, stands: bool) -> None:
        before = span("2026-08-01 09:00")
        assert bool(rules.at_the_limit(self.seen(spans=[before], asked_at=before.blocked_until + days * DAY))) is stands
        assert rules.at_the_limit(self.seen()) is None

    def test_another_licensee_as_source(self) -> None:
        found = rules.other_licensee(self.seen(sources=["Enchanted Acre Farm"]))
        assert found and found.facts[0] == "Named as a source: Enchanted Acre Farm."

    def test_another_kind(self) -> None:
        assert rules.other_kind(self.seen(items=(Item("flower", "", 1, ""),)))

    def test_quantities_by_kind(self) -> None:
        assert rules.quantities([*self.CLONES, Item("seed", "H", 5, "M")]) == {"seed": 5, "clone": 2_001, "tissue": 0}
