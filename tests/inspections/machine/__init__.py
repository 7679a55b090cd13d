"""Inspections as Hypothesis drives them: everything that people, time, mail and the calendar may do, in any order.

After each step every promise of the record (`reports.record`) is asked of the folder that was touched; at the end of an
example, of the whole record. A rule draws one number, from which all its choices follow.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Min
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from casefile import actions as door
from casefile import deadlines, delivery, holidays
from casefile.actions import Refused
from casefile.calendar import HolidayRow, local_day
from casefile.models import Deadline, Delivery, Holiday
from casefile.transports import Answer
from inspections.actions import visit
from inspections.models import Inspection
from inspections.stages import ACTIVE, State
from tests.inspections.machine.base import BY_ROLE, MINUTE, TAKEN, TALLY
from tests.inspections.machine.deeds import Deeds
from tests.inspections.machine.trouble import Trouble
from tests.inspections.machine.world import POST, World, outside

__all__ = ["BY_ROLE", "TAKEN", "TALLY", "Machine", "World", "expected", "outside"]

PICK = st.integers(0, 2**20)
AT_MOST = 4  # cases at a time: enough for two licensees to be in each other's way, few enough to reach endings


class Machine(Deeds, Trouble):
    """The office, two licensees, the clock, the mail and the calendar."""

    @initialize(pick=PICK, far=st.integers(0, 14), near=st.integers(0, 9))
    def two_cases_are_under_way(self, pick: int, far: int, near: int) -> None:
        for side, steps in enumerate((far, near)):
            self.throw(pick + side)
            case = self._begin(side)
            for _ in range(steps if case else 0):
                self.next_deed(self.cases[case.pk])

    def live(self, pick: int, most: int = 3) -> None:
        """Whatever else a rule is about, people go on with their cases meanwhile."""
        self.throw(pick)
        self._clear_the_desk()
        if len(self.cases) < AT_MOST and self.one_in(4):
            self._begin(self.dice.randrange(2))
        for _ in range(self.dice.randrange(1 + most)):
            if case := self.some(*ACTIVE):
                deed = self.next_deed if self.one_in(3) else self.any_deed
                deed(case)

    def _clear_the_desk(self) -> None:
        """Nothing moves a case that ended; the first that did makes room for another."""
        if (case := self.some(State.CLOSED, State.CANCELLED)) and (len(self.cases) == AT_MOST or self.one_in(3)):
            self.note(case)
            assert not any(name for name, against in door.steps(case, self.world.supervisor).items() if not against)
            del self.cases[case.pk]

    @rule(pick=PICK)
    def people_act(self, pick: int) -> None:
        self.live(pick, most=5)

    def _begin(self, side: int) -> Inspection | None:
        """Start on the spot, or put on the plan, of which no licensee learns."""
        self.now += MINUTE
        officer, place = self.dice.choice(self.world.officers), self.world.places[side + 2 * self.dice.randrange(2)]
        try:
            with transaction.atomic():
                if self.one_in(3):
                    begun = visit.plan_inspection(place, kind="routine", officer=officer, by=officer, at=self.now)
                else:
                    begun = visit.start_inspection(place, kind="complaint", present="A", by=officer, at=self.now)
        except Refused:
            TALLY["refused"] += 1
            return None
        TALLY["performed"] += 1
        return self.put(begun)

    @rule(pick=PICK)
    def something_goes_wrong(self, pick: int) -> None:
        self.live(pick)
        if case := self.some():
            trouble = [
                self.somebody_else_tries,
                self.somebody_else_tries,
                self.an_old_page_is_used,
                self.the_power_fails,
            ]
            self.dice.choice([*trouble, self.a_form_comes_twice, self.a_form_comes_twice])(case)

    # Time, mail, the calendar

    @rule(pick=PICK, hours=st.sampled_from([1, 3, 14, 24, 72, 24 * 7, 24 * 20]), sleeps=st.booleans())
    def time_passes(self, pick: int, hours: int, sleeps: bool) -> None:
        """In one leap when the sweep sleeps, else in up to five."""
        self.live(pick)
        until = self.now + timedelta(hours=hours)
        while self.now < until:
            self.now = until if sleeps else min(until, self.now + max(timedelta(days=1), timedelta(hours=hours / 5)))
            self._sweep()
        TALLY["performed"] += 1

    @rule(pick=PICK, late=st.sampled_from([timedelta(0), timedelta(0), MINUTE]))
    def the_next_clock_rings(self, pick: int, late: timedelta) -> None:
        """To the very instant at which a row wants to be looked at."""
        self.live(pick)
        if (look := Deadline.objects.running().aggregate(next=Min("next_at"))["next"]) is not None:
            self.now = max(self.now, look + late)
            self._sweep()
            TALLY["performed"] += 1

    def _sweep(self) -> None:
        """What beat does each minute, here twice; afterwards nothing that runs is left unseen."""
        woken = list(Deadline.objects.awake(self.now).values_list("pk", "file__inspection"))
        for key, _ in woken * 2:
            deadlines.wake(key, at=self.now)
        if woken:
            TALLY["woken"] += len(woken)
            assert not Deadline.objects.awake(self.now).exists()
            overdue = set(Deadline.objects.overdue(self.now).values_list("pk", flat=True))
            assert overdue == {row.pk for row in Deadline.objects.running() if row.is_overdue(self.now)}
        for pk in {pk for _, pk in woken if pk in self.cases}:
            self.put(self.cases[pk])

    @rule(pick=PICK, word=st.sampled_from(["accepted", "accepted", "sent", "bounced", "queued", "unknown"]))
    def the_mail_answers(self, pick: int, word: str) -> None:
        self.live(pick)
        case = self.some(State.CAP_DUE, State.DISCIPLINE) or self.some()
        copies = Delivery.objects.filter(notice__file=case.file_id if case else None)
        doubtful = copies.filter(state__in=["sent", "unknown"]).select_related("notice__file").first()
        if case and doubtful is not None and self.one_in(3):
            by, said = self.officer(case), self.reason("They called.")
            self.do(delivery.settle_by_hand, case, doubtful, word, by=by, detail=said)
        elif case and (waiting := copies.unsettled(self.now).order_by("notice__letter", "pk").first()):
            self._answer_to(waiting, case, word)

    def _answer_to(self, copy: Delivery, case: Inspection, word: str) -> None:
        """The server answers; the same copy looked at again changes nothing, unless it has to be tried again."""
        POST.answer = Answer(Delivery.State(word), "As the server said.")
        delivery.deliver(copy.pk, at=self.now)
        TALLY["performed"] += 1
        TALLY[f"mail {word}"] += 1
        self.now += MINUTE
        self.put(case)
        before = self.prints[case.pk]
        delivery.deliver(copy.pk, at=self.now)
        self.put(case)
        assert word == "queued" or self.prints[case.pk] == before

    @rule(pick=PICK)
    def the_calendar_changes(self, pick: int) -> None:
        """Now and then: a day is added or taken away; nothing moves earlier unless a person agrees."""
        self.live(pick)
        day = local_day(self.now) + timedelta(days=self.dice.randrange(1, 25))
        known = Holiday.objects.filter(date=day).exists()
        change = {"remove": [day]} if known else {"add": [HolidayRow(day, "Office closed", "order of the governor")]}
        before = Holiday.objects.calendar()
        were = {it.row.pk: it.row.due_at for it in holidays.affected_by(before, holidays.changed(before, **change))}
        agrees = self.one_in(2)
        self.now += MINUTE
        moved = holidays.change(
            by=self.world.administrator, at=self.now, confirmed=list(were) if agrees else [], **change
        )
        TALLY["performed"] += 1
        TALLY["dates moved by the calendar"] += len(moved)
        for row in moved:
            assert agrees or row.due_at > were[row.follows_id]
            if row.file.inspection.pk in self.cases:
                self.put(row.file.inspection)


def expected() -> set[tuple[str, str, str]]:
    """Every step of the machine from each state to each state."""
    return {
        (move.name, move.source, target)
        for move in Inspection._meta.get_field("state").get_all_transitions(Inspection)
        for target in getattr(move.target, "allowed_states", [move.target or move.source])
    }
