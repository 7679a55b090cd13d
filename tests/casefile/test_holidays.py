"""A change of the table of holidays: what it would move, what it moves, and what only a person may move."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from casefile import deadlines, holidays
from casefile.actions import Refused
from casefile.calendar import HolidayRow
from casefile.models import Deadline, Holiday, Notice
from inspections import clocks, letters
from inspections.actions import discipline
from tests import factories
from tests.inspections import stories
from tests.inspections.stories import on

pytestmark = pytest.mark.django_db

SNOW = HolidayRow(date(2026, 11, 20), "Snow day", "Order of the Governor 26-9")


@pytest.fixture
def case(dana, place, db):
    factories.holidays()
    return stories.received(dana, place)


@pytest.fixture
def admin(db):
    return factories.user("administrator")


def row_of(case, clock=clocks.CAP_DUE) -> Deadline:
    return case.file.deadlines.running().get(clock=clock.key)


def shifts(add=(), remove=()):
    now = Holiday.objects.calendar()
    return holidays.affected_by(now, holidays.changed(now, add=add, remove=remove))


class TestAffected:
    def test_names_the_running_dates_that_would_move(self, case) -> None:
        [shift] = shifts(add=[SNOW])
        assert (shift.row, shift.label) == (row_of(case), "Corrective action plan")
        assert (shift.old_due, shift.new_due, shift.is_earlier) == (date(2026, 11, 24), date(2026, 11, 25), False)

    def test_leaves_ended_dates_and_dates_a_person_set(self, case, marco, tomas) -> None:
        discipline.extend_deadline(
            case, clocks.CAP_DUE, due_on=date(2026, 12, 1), reason="x", by=marco, at=on("11-18 09:00")
        )
        assert shifts(add=[SNOW]) == []
        stories.plan(case, tomas, on("11-18 10:00"))
        assert [it.row.clock for it in shifts(add=[SNOW])] == [clocks.PLAN_REVIEW_GOAL.key]

    def test_asks_one_query_however_many_run(self, case, dana, django_assert_num_queries) -> None:
        for _ in range(3):
            stories.received(dana, factories.premises())
        now = Holiday.objects.calendar()
        with django_assert_num_queries(1):
            found = holidays.affected_by(now, holidays.changed(now, add=[SNOW]))
            assert len({str(shift.row.file.case.file.ref) for shift in found}) == 4


class TestChange:
    def test_moves_later_with_a_line_and_a_letter(self, case, admin) -> None:
        [moved] = holidays.change(by=admin, at=on("11-18 09:00"), add=[SNOW])
        row = row_of(case)
        assert (row, row.due_on, row.follows.end) == (moved, date(2026, 11, 25), Deadline.End.SUPERSEDED)
        assert "Snow day" in row.how_counted.sentence()
        event = case.file.events.get(step="move_deadline")
        assert (event.by, event.shown, event.facts["due_on"]) == (admin, True, "2026-11-25")
        assert event.reason == "Snow day, Friday, November 20, 2026, is now a holiday."
        letter = Notice.objects.get(letter=letters.DATE_MOVED.key)
        assert "Send your plan by Wednesday, November 25, 2026" in letter.text

    def test_never_moves_earlier_by_itself(self, case, admin) -> None:
        holidays.change(by=admin, at=on("11-18 09:00"), add=[SNOW])
        [shift] = shifts(remove=[SNOW.date])
        assert shift.is_earlier
        assert holidays.change(by=admin, at=on("11-18 10:00"), remove=[SNOW.date]) == []
        assert row_of(case).due_on == date(2026, 11, 25)

    def test_moves_earlier_what_a_person_confirmed(self, case, admin) -> None:
        [moved] = holidays.change(by=admin, at=on("11-18 09:00"), add=[SNOW])
        holidays.change(by=admin, at=on("11-18 10:00"), remove=[SNOW.date], confirmed=[moved.pk])
        assert row_of(case).due_on == date(2026, 11, 24)

    def test_leaves_a_date_that_was_met_meanwhile(self, case, admin, tomas) -> None:
        seen = shifts(add=[SNOW])
        stories.plan(case, tomas, on("11-18 08:00"))
        assert holidays.move(seen, by=admin, at=on("11-18 09:00"), reason="x") == []

    def test_lets_reminders_go_on_the_days_that_now_come_before(self, case, admin) -> None:
        """The proof is due on the same day, but one business day before the plan is another day."""
        monday = HolidayRow(date(2026, 11, 23), "Snow day", "Order")
        row = row_of(case)
        assert row.next_at == on("11-20 08:00")
        holidays.change(by=admin, at=on("11-19 09:00"), add=[monday])
        row = row_of(case)
        assert (row.due_on, row.next_at) == (date(2026, 11, 25), on("11-20 08:00"))

    def test_reminder_whose_day_moved_behind_us_goes_at_once(self, case, admin, marco) -> None:
        discipline.extend_deadline(
            case, clocks.CAP_DUE, due_on=date(2026, 11, 25), reason="x", by=marco, at=on("11-18 09:00")
        )
        deadlines.wake(row_of(case).pk, at=on("11-23 08:00"))
        assert row_of(case).next_at == on("11-24 08:00")
        late = on("11-23 14:00")
        holidays.change(by=admin, at=late, add=[HolidayRow(date(2026, 11, 24), "Snow day", "Order")])
        row = row_of(case)
        assert row.next_at == on("11-23 08:00")
        deadlines.wake(row.pk, at=late)
        subjects = (
            Notice.objects.filter(letter=letters.CAP_REMINDER.key).order_by("pk").values_list("subject", flat=True)
        )
        assert list(subjects) == [
            "2 business days left: send your plan by Wed, Nov 25", "1 business day left: send your plan by Wed, Nov 25",
        ]  # fmt: skip

    def test_is_refused_for_a_day_that_is_there(self, case, admin) -> None:
        with pytest.raises(Refused, match="already"):
            holidays.change(by=admin, at=on("11-18 09:00"), add=[HolidayRow(date(2026, 11, 26), "x", "y")])

    def test_is_for_administrators(self, case, dana) -> None:
        with pytest.raises(PermissionDenied):
            holidays.change(by=dana, at=on("11-18 09:00"), add=[SNOW])
