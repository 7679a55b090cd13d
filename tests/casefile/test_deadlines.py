"""Clocks as rows: started, moved, ended; and what a sweep tells of them, however late it wakes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casefile import deadlines
from casefile.models import Deadline, Holiday, Notice
from inspections import clocks, letters
from inspections.actions import correction, discipline, notice
from inspections.models import Inspection, Way
from tests import factories
from tests.inspections import stories
from tests.inspections.stories import on

pytestmark = pytest.mark.django_db

End = Deadline.End
MINUTE = timedelta(minutes=1)


@pytest.fixture
def case(dana, place, holidays) -> Inspection:
    """Received on Tuesday, November 17: the plan is due on Tuesday 24, the proof on Thursday, December 17."""
    return stories.received(dana, place)


def row_of(case: Inspection, clock=clocks.CAP_DUE) -> Deadline:
    return case.file.deadlines.running().get(clock=clock.key)


def told(case: Inspection, *kinds) -> list[str]:
    """The subjects of the letters about time, in order."""
    kinds = kinds or (letters.CAP_REMINDER, letters.CAP_OVERDUE, letters.PROOF_REMINDER, letters.PROOF_OVERDUE)
    rows = Notice.objects.filter(file=case.file, letter__in=[kind.key for kind in kinds])
    return list(rows.order_by("queued_at", "pk").values_list("subject", flat=True))


def skipped(case: Inspection) -> list[str]:
    return [it.facts["lead"] for it in case.file.events.filter(step="skip_reminder").order_by("pk")]


def live(case: Inspection, start: datetime, end: datetime, step: timedelta = timedelta(hours=1)) -> None:
    """Sweep at every step from one instant to another, as beat would."""
    at = start
    while at <= end:
        for pk in Deadline.objects.awake(at).values_list("pk", flat=True):
            deadlines.wake(pk, at=at)
        at += step


class TestLooking:
    def test_is_at_eight_in_denver_on_the_days_before(self, case) -> None:
        assert row_of(case).next_at == on("11-20 08:00")
        assert row_of(case, clocks.CORRECTIONS_DUE).next_at == on("12-07 08:00")

    def test_goes_from_lead_to_lead_to_the_morning_after(self, case) -> None:
        row, looks = row_of(case), []
        while row.next_at:
            looks.append(row.next_at)
            deadlines.wake(row.pk, at=row.next_at)
            row = Deadline.objects.get(pk=row.pk)
        assert looks == [on("11-20 08:00"), on("11-23 08:00"), on("11-25 08:00")]

    def test_keeps_eight_on_both_sides_of_a_change_of_the_clocks(self, dana, place, holidays) -> None:
        case = notice.serve_nolv(stories.found(dana, place), by=dana, at=stories.SERVED)
        deadlines.set_due(
            clocks.CORRECTIONS_DUE, case, due_on=date(2027, 3, 16), at=on("11-18 09:00"), by=dana, reason="x"
        )
        looks = [
            look
            for look, _ in clocks.CORRECTIONS_DUE.leads(
                row_of(case, clocks.CORRECTIONS_DUE), Holiday.objects.calendar()
            )
        ]
        assert [look.astimezone(UTC).hour for look in looks] == [15, 15, 14]
        assert [look.astimezone(factories.DENVER).hour for look in looks] == [8, 8, 8]

    def test_is_at_once_for_a_clock_that_is_over_when_it_starts(self, dana, place, holidays) -> None:
        case = stories.served(dana, place)
        late = on("12-01 14:00")
        notice.record_receipt(
            case, kind=Way.CERTIFIED_MAIL, received_at=on("11-18 10:00"), proof="RR 7", by=dana, at=late
        )
        row = row_of(case)
        assert row.is_overdue(late) and row.next_at == late
        deadlines.wake(row.pk, at=late)
        assert told(case) == [f"Your plan is late. Send it today. Case {case.file.number}"]
        assert skipped(case) == []


class TestReminders:
    def test_come_once_each_though_the_sweep_runs_every_minute(self, case) -> None:
        live(case, on("11-20 07:00"), on("11-20 09:00"), MINUTE)
        live(case, on("11-23 07:00"), on("11-23 09:00"), MINUTE)
        assert told(case) == [
            "2 business days left: send your plan by Tue, Nov 24",
            "1 business day left: send your plan by Tue, Nov 24",
        ]
        first = Notice.objects.filter(letter=letters.CAP_REMINDER.key).earliest("queued_at")
        assert first.queued_at == on("11-20 08:00")

    def test_for_the_proof_come_ten_three_and_one_day_before(self, case, tomas) -> None:
        stories.plan(case, tomas, on("11-19 09:00"))
        live(case, on("11-20 00:00"), on("12-17 23:00"))
        assert told(case) == [
            "10 days left: send your proof by Thu, Dec 17",
            "3 days left: send your proof by Thu, Dec 17",
            "1 day left: send your proof by Thu, Dec 17",
        ]

    def test_do_not_come_for_what_was_sent_in(self, case, tomas) -> None:
        stories.plan(case, tomas, on("11-20 07:59"))
        live(case, on("11-20 08:00"), on("11-26 08:00"))
        assert told(case) == []

    def test_are_not_stopped_by_proof_of_a_part(self, case, tomas) -> None:
        stories.plan(case, tomas, on("11-19 09:00"))
        stories.prove(case, tomas, on("11-20 09:00"), 1)
        live(case, on("12-07 08:00"), on("12-07 08:00"))
        assert len(told(case, letters.PROOF_REMINDER)) == 1


class TestSleep:
    def test_of_an_hour_only_makes_it_late(self, case) -> None:
        live(case, on("11-20 09:00"), on("11-20 09:00"))
        assert told(case) == ["2 business days left: send your plan by Tue, Nov 24"]
        assert skipped(case) == []

    def test_over_both_leads_tells_the_last_and_journals_the_first(self, case) -> None:
        live(case, on("11-23 15:00"), on("11-24 15:00"))
        assert told(case) == ["1 business day left: send your plan by Tue, Nov 24"]
        assert skipped(case) == ["business_days_before(2)"]

    def test_to_the_last_day_says_so(self, case) -> None:
        live(case, on("11-24 15:00"), on("11-24 16:00"))
        assert told(case) == ["Last day: send your plan by Tue, Nov 24"]

    def test_of_thirty_one_days_over_the_end_of_the_month_tells_what_still_makes_sense(self, case) -> None:
        live(case, on("12-18 09:00"), on("12-20 09:00"))
        assert told(case) == [
            f"Your plan is late. Send it today. Case {case.file.number}",
            f"Your proof is late. Send it today. Case {case.file.number}",
        ]
        assert skipped(case) == [
            "business_days_before(2)", "business_days_before(1)", "days_before(10)", "days_before(3)", "days_before(1)",
        ]  # fmt: skip

    def test_over_the_night_the_clocks_go_back_loses_nothing(self, dana, place, holidays) -> None:
        served = factories.at("2026-10-26 10:00")
        case = factories.with_findings(dana, premises=place, when=factories.at("2026-10-26 09:00"))
        case = notice.serve_nolv(case, by=dana, at=served)
        notice.record_receipt(case, kind=Way.BY_HAND, received_at=served, proof="Tomás", by=dana, at=served)
        assert row_of(case).due_on == date(2026, 11, 2)
        live(case, on("10-29 08:00"), on("10-29 09:00"))
        live(case, on("11-01 00:30"), on("11-03 10:00"))
        assert told(case, letters.CAP_REMINDER, letters.CAP_OVERDUE) == [
            "2 business days left: send your plan by Mon, Nov 2",
            "1 business day left: send your plan by Mon, Nov 2",
            f"Your plan is late. Send it today. Case {case.file.number}",
        ]
        assert Notice.objects.get(letter=letters.CAP_OVERDUE.key).queued_at == on("11-03 08:30")

    def test_gives_the_same_whatever_its_length(self, dana, place, holidays) -> None:
        """Told or skipped, each reminder once: for sleeps from one hour to forty days."""
        for hours in (1, 7, 24, 25, 96, 24 * 31, 24 * 40):
            case = stories.received(dana, factories.premises())
            live(case, on("11-17 11:00"), on("12-31 11:00"), timedelta(hours=hours))
            assert len(told(case, letters.CAP_REMINDER)) + len([it for it in skipped(case) if "business" in it]) == 2
            assert (
                len(told(case, letters.PROOF_REMINDER)) + len([it for it in skipped(case) if "business" not in it]) == 3
            )
            assert len(told(case, letters.CAP_OVERDUE)) == len(told(case, letters.PROOF_OVERDUE)) == 1


class TestOverdue:
    def test_is_a_mark_at_once_and_a_letter_on_the_next_business_morning(self, case) -> None:
        row = row_of(case)
        assert not row.is_overdue(on("11-24 23:59")) and row.is_overdue(on("11-25 00:00"))
        live(case, on("11-24 23:00"), on("11-25 07:59"), MINUTE)
        assert told(case, letters.CAP_OVERDUE) == []
        live(case, on("11-25 08:00"), on("11-25 12:00"), MINUTE)
        assert len(told(case, letters.CAP_OVERDUE)) == 1
        assert case.file.events.filter(step="tell_overdue").count() == 1

    def test_waits_over_a_weekend_and_a_holiday(self, case, marco) -> None:
        discipline.extend_deadline(
            case, clocks.CAP_DUE, due_on=date(2026, 11, 25), reason="x", by=marco, at=on("11-18 09:00")
        )
        live(case, on("11-26 00:00"), on("12-01 00:00"))
        assert Notice.objects.get(letter=letters.CAP_OVERDUE.key).queued_at == on("11-30 08:00")

    def test_is_told_again_of_a_date_that_was_extended(self, case, marco) -> None:
        live(case, on("11-25 08:00"), on("11-25 08:00"))
        discipline.extend_deadline(
            case, clocks.CAP_DUE, due_on=date(2026, 12, 2), reason="x", by=marco, at=on("11-25 09:00")
        )
        live(case, on("11-25 10:00"), on("12-04 00:00"))
        assert len(told(case, letters.CAP_OVERDUE)) == 2

    def test_is_nothing_the_sweep_acts_on(self, case) -> None:
        live(case, on("11-25 08:00"), on("12-31 08:00"), timedelta(days=1))
        case = Inspection.objects.get(pk=case.pk)
        assert case.state == Inspection.State.CAP_DUE
        assert row_of(case).is_running

    def test_writes_no_letter_for_goals_of_the_office(self, dana, place, holidays) -> None:
        case = stories.found(dana, place)
        goal = case.file.deadlines.get(clock=clocks.NOTICE_GOAL.key)
        assert goal.next_at is None and goal.is_overdue(on("12-31 00:00"))


class TestEnds:
    def test_by_the_instant_the_licensee_sent_it(self, case, tomas) -> None:
        stories.plan(case, tomas, on("11-24 23:59") + timedelta(seconds=59.9))
        assert case.file.deadlines.get(clock=clocks.CAP_DUE.key).end == End.MET

    def test_late_when_the_day_is_over(self, case, tomas) -> None:
        stories.plan(case, tomas, on("11-25 00:00"))
        assert case.file.deadlines.get(clock=clocks.CAP_DUE.key).end == End.LATE

    def test_extended_keeps_the_date_before(self, case, marco) -> None:
        discipline.extend_deadline(
            case, clocks.CAP_DUE, due_on=date(2026, 12, 1), reason="Snow.", by=marco, at=on("11-18 09:00")
        )
        old, new = case.file.deadlines.filter(clock=clocks.CAP_DUE.key).order_by("pk")
        assert (old.end, old.due_on) == (End.EXTENDED, date(2026, 11, 24))
        assert (new.follows, new.by, new.reason, new.due_on) == (old, marco, "Snow.", date(2026, 12, 1))

    def test_counted_again_from_an_earlier_receipt(self, case, dana) -> None:
        earlier = stories.SERVED + timedelta(minutes=5)
        notice.record_receipt(case, kind=Way.BY_HAND, received_at=earlier, proof="Ana", by=dana, at=on("11-19 09:00"))
        assert case.file.deadlines.filter(clock=clocks.CAP_DUE.key, end=End.SUPERSEDED).count() == 1
        assert row_of(case).started_at == earlier

    def test_keep_the_folder_sorted_by_the_earliest(self, case, tomas) -> None:
        assert Inspection.objects.get(pk=case.pk).file.due_at == row_of(case).due_at
        case = stories.plan(case, tomas, on("11-19 09:00"))
        case = Inspection.objects.get(pk=case.pk)
        assert case.file.due_at == row_of(case, clocks.PLAN_REVIEW_GOAL).due_at


class TestLeft:
    @pytest.mark.parametrize(
        ("at", "words"),
        [
            ("11-18 09:00", "4 business days left"), ("11-20 23:59", "2 business days left"),
            ("11-22 09:00", "2 business days left"), ("11-23 08:00", "1 business day left"), ("11-24 08:00", "Last day"),
        ],
    )  # fmt: skip
    def test_counts_business_days_for_the_plan(self, case, at, words) -> None:
        assert deadlines.left(row_of(case), on(at)) == words

    def test_counts_days_for_the_proof(self, case) -> None:
        assert deadlines.left(row_of(case, clocks.CORRECTIONS_DUE), on("12-07 08:00")) == "10 days left"
        assert deadlines.left(row_of(case, clocks.CORRECTIONS_DUE), on("12-16 08:00")) == "1 day left"


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_sixteen_sweeps_tell_once(self, dana, place, holidays) -> None:
        from concurrent.futures import ThreadPoolExecutor
        from threading import Barrier

        from django.db import connection

        case = stories.received(dana, place)
        pk, start = row_of(case).pk, Barrier(16)

        def sweep(_: int) -> None:
            start.wait()
            deadlines.wake(pk, at=on("11-23 09:00"))
            connection.close()

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(sweep, range(16)))
        assert len(told(case)) == 1 and len(skipped(case)) == 1


class TestSentBack:
    def test_change_to_the_plan_is_reminded_too(self, case, dana, tomas) -> None:
        case = stories.plan(case, tomas, on("11-18 09:00"))
        verdicts = {
            1: correction.Verdict("returned", "Who?"),
            2: correction.Verdict("accepted"),
            3: correction.Verdict("accepted"),
        }
        case = correction.review_cap(case, verdicts, by=dana, at=on("11-19 09:00"))
        row = row_of(case, clocks.CAP_RESEND_DUE)
        assert row.due_on == date(2026, 11, 30)
        live(case, on("11-24 08:00"), on("11-30 12:00"))
        assert told(case, letters.CAP_REMINDER) == [
            "2 business days left: send your plan by Mon, Nov 30",
            "1 business day left: send your plan by Mon, Nov 30",
        ]
