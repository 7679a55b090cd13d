"""What goes wrong: somebody else tries, an old page is used, the power fails, a form comes twice."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from unittest.mock import patch

from django.core.exceptions import PermissionDenied

from accounts.permissions import allows
from casefile import actions as door
from casefile.actions import Refused, Stale
from casefile.calendar import local_day
from inspections.actions import correction, discipline, notice, visit
from inspections.models import Inspection, Way
from inspections.stages import ACTIVE, State
from tests.inspections.machine.base import TALLY, Example
from tests.inspections.machine.deeds import ACCEPTED, close_out
from tests.inspections.machine.world import fingerprint


class Cut(Exception):
    """The power fails in the middle of a step."""


class Trouble(Example):
    """None of this changes anything."""

    def somebody_else_tries(self, case: Inspection) -> None:
        row, attempt = self.dice.choice(self._attempts(case))
        by = self.dice.choice(self.world.everybody)
        if allows(by, f"inspections.{row}", case):
            return
        before = fingerprint(case)
        try:
            attempt(by=by, at=self.now)
        except PermissionDenied:
            TALLY["denied"] += 1
        except Refused:
            TALLY["refused"] += 1
        else:
            raise AssertionError(f"{by.role} {by} did {row} on a case that is {case.state}")
        assert fingerprint(case) == before

    def _attempts(self, case: Inspection) -> list[tuple[str, Callable]]:
        day = local_day(self.now)
        answers = {1: correction.Answer("X", "X", day)}
        return [
            ("begin_visit", partial(visit.begin_visit, case, present="X")),
            ("record_entry_refused", partial(visit.record_entry_refused, case, notes="X")),
            ("record_violation", partial(visit.record_violation, case, self.world.entries[0], seen="X")),
            ("end_visit", partial(visit.end_visit, case, reviewed_with="X", notes="")),
            ("reopen_findings", partial(visit.reopen_findings, case)),
            ("draft_nolv", partial(notice.draft_nolv, case, {1: "X"}, {})),
            ("serve_nolv", partial(notice.serve_nolv, case)),
            ("serve_nolv_without_cap", partial(notice.serve_nolv, case, skip_plan=True, reason="X")),
            ("stop_nolv", partial(notice.stop_nolv, case)),
            ("rescind_nolv", partial(notice.rescind_nolv, case, reason="X")),
            ("record_receipt", partial(notice.record_receipt, case, kind=Way.BY_HAND, received_at=self.now, proof="X")),
            ("acknowledge_nolv", partial(notice.acknowledge_nolv, case)),
            ("redirect_nolv", partial(notice.redirect_nolv, case, name="X", email="x@example.test")),
            ("submit_cap", partial(correction.submit_cap, case, answers)),
            ("approve_cap", partial(correction.review_cap, case, {1: ACCEPTED})),
            ("send_evidence", partial(correction.send_evidence, case, {1: "X"})),
            ("review_evidence", partial(correction.review_evidence, case, {1: ACCEPTED})),
            ("close_out", partial(close_out, case)),
            ("refer_for_discipline", partial(discipline.refer_for_discipline, case, reason="X")),
            ("impose_penalty", partial(discipline.impose_penalty, case, {1: (1, 1)}, reason="X")),
            ("suspend_license", partial(discipline.suspend_license, case, starts_on=day, ends_on=day, reason="X")),
            ("revoke_license", partial(discipline.revoke_license, case, reason="X")),
            ("return_to_corrections", partial(
                discipline.return_to_corrections, case, due_on=day + timedelta(days=99), reason="X")),
            ("dismiss_case", partial(discipline.dismiss_case, case, reason="X")),
            ("cancel_inspection", partial(discipline.cancel_inspection, case, reason="X")),
            ("reassign_case", partial(discipline.reassign_case, case, officer=self.world.officers[0], reason="X")),
        ]  # fmt: skip

    def an_old_page_is_used(self, case: Inspection) -> None:
        before = fingerprint(case)
        facts = {"officer": self.world.officers[0], "reason": "", "version": case.version - 1}
        with suppress(Stale):
            discipline.reassign_case(case, by=self.world.supervisor, at=self.now, **facts)
            raise AssertionError("a page that was old was acted on")
        TALLY["stale"] += 1
        assert fingerprint(case) == before

    def the_power_fails(self, case: Inspection) -> None:
        """In the middle of a step, after the state and the journal, before the letter: then nothing of it happened."""
        tries = {
            State.FINDINGS_RECORDED: partial(notice.serve_nolv, case),
            State.DISCIPLINE: partial(discipline.dismiss_case, case, reason="X"),
            State.CORRECTIONS_IN_REVIEW: partial(close_out, case),
        }
        attempt = tries.get(State(case.state), partial(notice.rescind_nolv, case, reason="X"))
        before = fingerprint(case)
        with patch("casefile.notices._address", side_effect=Cut), suppress(Cut, Refused):
            attempt(by=self.world.supervisor, at=self.now)
            raise AssertionError("the step went through without its letter")
        TALLY["power"] += 1
        assert fingerprint(case) == before

    def a_form_comes_twice(self, case: Inspection) -> None:
        if case.state not in ACTIVE:
            return
        self.form += 1
        by, officer = self.world.supervisor, self.dice.choice(self.world.officers)

        def act() -> str:
            discipline.reassign_case(case, officer=officer, reason="", by=by, at=self.now)
            return "/done/"

        send = partial(door.once, f"form-{self.form}", by=by, path="/reassign/", at=self.now, do=act)
        assert send(body=b"officer=1") == "/done/"
        TALLY["performed"] += 1
        self.put(case)
        assert send(body=b"officer=1") == "/done/"
        with suppress(Refused):
            send(body=b"officer=2")
            raise AssertionError("another form under the same key was acted on")
        TALLY["replays"] += 1
        assert fingerprint(case) == self.prints[case.pk]
