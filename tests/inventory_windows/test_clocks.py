"""Time passes over windows: reminders, the end to the minute, a sweep that slept over it."""

from datetime import datetime, timedelta

import pytest

from casefile.models import Event, Notice
from casefile.tasks import sweep
from inventory_windows.models import Opening
from tests import invariants
from tests.factories import at
from tests.inventory_windows import told
from tests.inventory_windows.told import ASKED, HOUR, OPENS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def until(time_machine):
    """Let time come to an instant, then sweep."""

    def move(when) -> list[str]:
        time_machine.move_to(when, tick=False)
        sweep()
        rows = Notice.objects.order_by("pk").values_list("letter", flat=True)
        return [row.removeprefix("inventory_windows.") for row in rows if row.startswith("inventory_windows.")]

    return move


class TestFifteenDays:
    def test_reminders_5_and_1_days_before_and_the_end_to_the_minute(self, until, marco):
        case = told.first()  # Tuesday, November 17, 10 a.m.; it ends on Wednesday, December 2
        assert until(at("2026-11-27 07:59")) == ["first_opened"]
        assert until(at("2026-11-27 08:00")) == ["first_opened", "first_reminder"]
        assert until(at("2026-12-01 08:00"))[2:] == ["first_reminder"]
        assert until(at("2026-12-02 09:59"))[3:] == [] and told.fresh(case).state == "open"
        assert until(at("2026-12-02 10:00"))[3:] == ["first_shut", "to_shut"]
        assert told.fresh(case).opening.shut_at == at("2026-12-02 10:00")
        invariants.assert_kept()


class TestTwentyFourHours:
    def test_letters_at_opening_2_hours_before_and_at_the_end(self, dana, until):
        case = told.opened(dana)
        ended = case.opening.closes_at
        before = len(until(OPENS))
        assert until(ended - 2 * HOUR - MINUTE)[before:] == []
        assert until(ended - 2 * HOUR)[before:] == ["ending"]
        assert until(ended - MINUTE)[before + 1 :] == []
        assert until(ended)[before + 1 :] == ["shut", "to_shut"]
        assert until(ended + MINUTE)[before + 3 :] == []
        invariants.assert_kept()

    def test_nobody_confirms_so_the_officer_is_told_in_the_morning(self, dana, until):
        case = told.shut(dana)  # ended on Friday, November 20, 9 a.m.
        ended = case.opening.closes_at
        row = case.file.deadlines.running().get()
        assert not row.is_overdue(ended + 2 * HOUR) and row.is_overdue(ended + 2 * HOUR + MINUTE)
        assert until(at("2026-11-23 07:59"))[-1] == "to_shut"
        assert until(at("2026-11-23 08:00"))[-1] == "not_shut"
        invariants.assert_kept()

    def test_nobody_opens_so_the_officer_is_told_in_the_morning(self, dana, until):
        told.approved(dana)
        assert until(at("2026-11-20 07:59"))[-1] == "approved"
        assert until(at("2026-11-20 08:00"))[-1] == "not_opened"


class TestASweepThatSleeps:
    @pytest.mark.parametrize("days", [0, 1, 9])
    def test_shuts_with_the_true_end(self, dana, until, days):
        case = told.opened(dana)
        ended = case.opening.closes_at
        woke = ended + timedelta(days=days, minutes=37)
        assert until(woke)[-2:] == ["shut", "to_shut"]
        case = told.fresh(case)
        event = Event.objects.get(file=case.file, step="shut_window")
        assert (case.opening.shut_at, event.at) == (ended, ended)
        assert datetime.fromisoformat(event.facts["noticed_at"]) == woke
        assert Event.objects.filter(file=case.file, step="skip_reminder").count() == 1
        letter = Notice.objects.get(letter="inventory_windows.shut")
        assert "ended on Friday, November 20, 2026, at 9:00 a.m." in " ".join(letter.text.split())
        assert case.file.deadlines.get(clock="inventory_windows.open_end").end == "met"
        invariants.assert_kept()

    def test_shuts_a_first_window_with_its_true_end(self, until):
        case = told.first()
        until(ASKED + timedelta(days=40))
        assert told.fresh(case).opening.shut_at == ASKED + timedelta(days=15)

    def test_twice_has_one_effect(self, dana, until):
        case = told.opened(dana)
        woke = case.opening.closes_at + HOUR
        assert until(woke) == until(woke)
        assert Event.objects.filter(file=case.file, step="shut_window").count() == 1

    def test_one_that_can_not_be_shut_holds_up_no_other(self, dana, until, monkeypatch):
        broken, sound = told.opened(dana), told.opened(dana)
        from inventory_windows import endings

        def shut(opening, *, at):
            if opening.file_id == broken.file_id:
                raise RuntimeError("broken")
            real(opening, at=at)

        real = endings.shut_window
        monkeypatch.setattr(endings, "shut_window", shut)
        until(sound.opening.closes_at)
        assert [told.fresh(it).state for it in (broken, sound)] == ["open", "shut"]


def test_the_database_keeps_openings_apart(dana):
    """Not by counting: the rows themselves can not be written."""
    from django.db import IntegrityError, transaction

    case = told.shut(dana)
    other = told.drafted(case.license, at=at("2027-03-01 09:00"))
    row = case.opening

    def write(opened_at) -> None:
        Opening.objects.create(
            file=other.file, license=case.license, kind="again", opened_at=opened_at, closes_at=opened_at + 24 * HOUR,
            blocked_until=opened_at + timedelta(days=90),
        )  # fmt: skip

    for opened_at in (row.opened_at, row.blocked_until - MINUTE, row.opened_at - timedelta(days=89)):
        with pytest.raises(IntegrityError, match="opening_one_in_three_months"), transaction.atomic():
            write(opened_at)
    write(row.blocked_until)
