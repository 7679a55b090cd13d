"""What people do to a case that stands in a state: the next thing when all goes well, and everything else."""

from collections.abc import Callable
from datetime import timedelta

from casefile import actions as door
from casefile import deadlines
from casefile.calendar import local_day
from inspections import rules as law
from inspections.actions import correction, discipline, notice, visit
from inspections.actions.correction import Verdict
from inspections.models import Decision, Evidence, Inspection, Way
from inspections.stages import LICENSEE_CLOCKS, State
from tests.inspections.machine.base import Example
from tests.inspections.machine.world import stored

Deed = Callable[[Inspection], object]
MOST = 3  # violations of a case
ALL = range(1, 1 + MOST)
ACCEPTED, SENT_BACK = Verdict(Decision.ACCEPTED), Verdict(Decision.RETURNED, "Say who.")
SEEN_AGAIN = Verdict(Decision.REINSPECT, "We must see it.")


def close_out(case: Inspection, **facts: object) -> None:
    """The step that has no action beside the door."""
    door.act(case, "close_out", **facts)


class Deeds(Example):
    """Each deed takes a case that stands where the deed is open, and does it rightly or wrongly."""

    def next_deed(self, case: Inspection) -> None:
        """What comes next for a case, mostly the friendly way."""
        first = not case.violations.exists() and not self.one_in(9)
        deeds: dict[str, Deed] = {
            State.PLANNED: self.begin,
            State.IN_PROGRESS: self.write_down if first else self.end,
            State.FINDINGS_RECORDED: self.serve_without_plan if self.one_in(5) else self.serve,
            State.CAP_DUE: self.acknowledge if case.received_at is None else self.send_good_plan,
            State.CAP_IN_REVIEW: self.accept_plan,
            State.CORRECTIONS_DUE: self.dice.choice([self.send_all_proof, self.send_proof]),
            State.CORRECTIONS_IN_REVIEW: self.accept_proof_or_close,
            State.DISCIPLINE: self.dice.choice([self.acknowledge, self.give_another_chance, self.settle, self.settle]),
        }
        if case.state in deeds:
            deeds[case.state](case)

    def any_deed(self, case: Inspection) -> None:
        """One of the things that people do to a case that stands where it stands."""
        after = [self.reassign, self.rescind, self.refer, self.extend, self.extend, self.receive, self.note]
        deeds: dict[str, list[Deed]] = {
            State.PLANNED: [self.begin, self.begin, self.refuse_entry, self.cancel, self.reassign],
            State.IN_PROGRESS: [
                *(3 * [self.write_down]), self.change, self.remove, self.count, self.end, self.end, self.refuse_entry,
                self.cancel, self.reassign,
            ],
            State.FINDINGS_RECORDED: [
                self.reopen, self.word, self.cancel, *(3 * [self.serve]), *(3 * [self.serve_without_plan]), self.refer,
                self.reassign, self.write_down,
            ],
            State.CAP_DUE: [
                *after, self.acknowledge, *(3 * [self.send_plan]), self.send_proof, self.send_all_proof, self.redirect,
            ],
            State.CAP_IN_REVIEW: [*after, self.extend, *(3 * [self.review_plan]), self.send_proof, self.send_all_proof],
            State.CORRECTIONS_DUE: [*after, *(2 * [self.send_proof]), self.send_all_proof, self.take_out],
            State.CORRECTIONS_IN_REVIEW: [
                *after, *(6 * [self.extend]), *(4 * [self.review_proof]), *(2 * [self.send_proof]), self.close,
            ],
            State.DISCIPLINE: [
                self.receive, *(2 * [self.acknowledge]), *(4 * [self.give_another_chance]), self.settle, self.reassign,
            ],
        }  # fmt: skip
        self.dice.choice(deeds.get(case.state, [self.note]))(case)

    def settle(self, case: Inspection) -> None:
        """A supervisor decides the outcome."""
        self.dice.choice([self.penalize, self.suspend, self.revoke, self.dismiss])(case)

    # The visit

    def begin(self, case: Inspection) -> None:
        self.do(visit.begin_visit, case, by=self.officer(case), present=self.reason("A manager"))

    def refuse_entry(self, case: Inspection) -> None:
        self.do(visit.record_entry_refused, case, by=self.officer(case), notes=self.reason("The door stayed shut."))

    def write_down(self, case: Inspection) -> None:
        if case.violations.count() < MOST:
            facts = {"seen": self.reason("Seen."), "count": self.dice.randrange(4)}
            photos = [stored(None)] if self.one_in(3) else []
            entry = self.dice.choice(self.world.entries)
            self.do(visit.record_violation, case, case, entry, by=self.officer(case), photos=photos, **facts)

    def change(self, case: Inspection) -> None:
        if found := self.violations(case):
            facts = {"seen": self.reason("Seen better."), "count": self.dice.randrange(1, 4)}
            self.do(visit.change_violation, case, self.dice.choice(found), by=self.officer(case), **facts)

    def remove(self, case: Inspection) -> None:
        if found := self.violations(case):
            self.do(visit.remove_violation, case, self.dice.choice(found), by=self.officer(case))

    def count(self, case: Inspection) -> None:
        counts = {law.GrowthStage.VEGETATIVE: self.dice.randrange(-1, 90)}
        self.do(visit.count_plants, case, case, counts, by=self.officer(case))

    def end(self, case: Inspection) -> None:
        self.do(visit.end_visit, case, by=self.officer(case), reviewed_with=self.reason("A manager"), notes="")

    def reopen(self, case: Inspection) -> None:
        self.do(visit.reopen_findings, case, by=self.officer(case))

    def cancel(self, case: Inspection) -> None:
        self.do(discipline.cancel_inspection, case, by=self.officer(case), reason=self.reason("Called off."))

    # The notice

    def word(self, case: Inspection) -> None:
        words = {1: f"Said in other words, {self.dice.randrange(9)}."}
        self.do(notice.draft_nolv, case, case, words, {1: "A photo."}, by=self.officer(case))

    def serve(self, case: Inspection) -> None:
        self.do(notice.serve_nolv, case, by=self.officer(case))
        self.hesitate(case)

    def hesitate(self, case: Inspection) -> None:
        """Now and then what was sent is stopped, in time or when its time is just over."""
        if self.one_in(3):
            self.now += self.dice.choice([timedelta(0), timedelta(0), law.HOLD])
            self.do(notice.stop_nolv, case, by=self.officer(case))

    def serve_without_plan(self, case: Inspection) -> None:
        self.do(notice.serve_nolv, case, by=self.world.supervisor, skip_plan=True, reason=self.reason("It is grave."))
        self.hesitate(case)

    def rescind(self, case: Inspection) -> None:
        self.do(notice.rescind_nolv, case, by=self.world.supervisor, reason=self.reason("It was wrong."))

    def acknowledge(self, case: Inspection) -> None:
        self.do(notice.acknowledge_nolv, case, by=self.licensee(case))

    def receive(self, case: Inspection) -> None:
        """The officer writes down that it was handed over some hours ago."""
        self.do(
            notice.record_receipt, case, by=self.officer(case), kind=self.dice.choice([Way.BY_HAND, Way.CERTIFIED_MAIL]),
            received_at=self.now - timedelta(hours=self.dice.choice([0, 0, 1, 9, 30])), proof=self.reason("Signed."),
            dates=self.dice.choice([notice.MOVE, notice.KEEP, ""]),
        )  # fmt: skip

    def redirect(self, case: Inspection) -> None:
        email = f"other{self.dice.randrange(3)}@example.test"
        self.do(notice.redirect_nolv, case, by=self.officer(case), name="Another", email=email)

    # The plan and the proof

    def send_good_plan(self, case: Inspection) -> None:
        self._answer(case, self.dice.randrange(9))

    def send_plan(self, case: Inspection) -> None:
        self._answer(case, self.dice.randrange(40))

    def _answer(self, case: Inspection, days: int) -> None:
        by_on = local_day(case.received_at or self.now) + timedelta(days=days)
        answers = {n: correction.Answer("By training.", "A manager", by_on) for n in ALL}
        self.do(correction.submit_cap, case, case, answers, by=self.licensee(case))

    def accept_plan(self, case: Inspection) -> None:
        self.do(correction.review_cap, case, case, dict.fromkeys(ALL, ACCEPTED), by=self.officer(case))

    def review_plan(self, case: Inspection) -> None:
        words = [ACCEPTED, SENT_BACK, SENT_BACK, *([] if self.dice.randrange(5) else [Verdict(""), SEEN_AGAIN])]
        verdicts = {n: self.dice.choice(words) for n in ALL}
        self.do(correction.review_cap, case, case, verdicts, by=self.officer(case))

    def send_all_proof(self, case: Inspection) -> None:
        self._prove(case, ALL, files=True)

    def send_proof(self, case: Inspection) -> None:
        self._prove(case, self.dice.sample(ALL, self.dice.randrange(1, 4)), files=not self.one_in(6))

    def _prove(self, case: Inspection, numbers: object, *, files: bool) -> None:
        by, found = self.licensee(case), self.violations(case)
        chosen = [it for it in found if it.number in numbers and (it.verified_at is None or self.one_in(9))]
        for violation in chosen if files else ():
            self.do(correction.add_evidence, case, violation, None, by=by)
        if chosen:
            self.do(correction.send_evidence, case, case, {it.number: "Fixed." for it in chosen}, by=by)

    def take_out(self, case: Inspection) -> None:
        if evidence := Evidence.objects.filter(violation__inspection=case).order_by("-pk").first():
            self.do(correction.remove_evidence, case, evidence, by=self.licensee(case))

    def accept_proof_or_close(self, case: Inspection) -> None:
        if case.violations.filter(verified_at=None).exists():
            self.do(correction.review_evidence, case, case, dict.fromkeys(ALL, ACCEPTED), by=self.officer(case))
        else:
            self.close(case)

    def review_proof(self, case: Inspection) -> None:
        words = [ACCEPTED, SENT_BACK, SENT_BACK, SENT_BACK, SEEN_AGAIN]
        verdicts = {n: self.dice.choice(words) for n in self.dice.sample(ALL, self.dice.randrange(1, 4))}
        if self.do(correction.review_evidence, case, case, verdicts, by=self.officer(case)):
            for follow_up in case.follow_ups.active():
                self.put(follow_up)

    def close(self, case: Inspection) -> None:
        self.do(close_out, case, by=self.officer(case))

    # What a supervisor decides

    def refer(self, case: Inspection) -> None:
        self.do(discipline.refer_for_discipline, case, by=self.world.supervisor, reason=self.reason("No answer."))

    def penalize(self, case: Inspection) -> None:
        penalties = {1: (1, self.dice.choice([1, 250, 10_000, 10_001]))}
        self.do(
            discipline.impose_penalty, case, case, penalties, by=self.world.supervisor, reason=self.reason("As found.")
        )

    def suspend(self, case: Inspection) -> None:
        day = local_day(self.now)
        facts = {"starts_on": day, "ends_on": day + timedelta(days=self.dice.randrange(-1, 40))}
        self.do(discipline.suspend_license, case, by=self.world.supervisor, reason=self.reason("As found."), **facts)

    def revoke(self, case: Inspection) -> None:
        self.do(discipline.revoke_license, case, by=self.world.supervisor, reason=self.reason("As found."))

    def dismiss(self, case: Inspection) -> None:
        self.do(discipline.dismiss_case, case, by=self.world.supervisor, reason=self.reason("Nothing is left."))

    def give_another_chance(self, case: Inspection) -> None:
        due_on = local_day(self.now) + timedelta(days=self.dice.randrange(90))
        facts = {"due_on": due_on, "reason": self.reason("They called.")}
        self.do(discipline.return_to_corrections, case, by=self.world.supervisor, **facts)

    def extend(self, case: Inspection) -> None:
        row = case.file.deadlines.running().filter(clock__in=[clock.key for clock in LICENSEE_CLOCKS]).last()
        if row is not None and row.due_on is not None:
            due_on = row.due_on + timedelta(days=self.dice.randrange(-2, 40))
            facts = {"due_on": due_on, "reason": self.reason("They asked.")}
            clock = deadlines.CLOCKS[row.clock]
            self.do(discipline.extend_deadline, case, case, clock, by=self.world.supervisor, **facts)

    def reassign(self, case: Inspection) -> None:
        to = self.dice.choice([*self.world.officers, self.world.supervisor, self.world.auditor])
        self.do(discipline.reassign_case, case, by=self.world.supervisor, officer=to, reason="")

    def note(self, case: Inspection) -> None:
        words = self.reason("They called.")
        self.do(discipline.add_note, case, case, words, by=self.dice.choice(self.world.officers))
