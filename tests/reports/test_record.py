"""The promises of the record: they hold on what came through the door, and each finds what breaks it."""

import json
from datetime import timedelta

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from casefile import deadlines
from casefile.actions import act
from inspections import clocks
from reports.record import PROMISES, broken
from tests import factories, invariants
from tests.inspections import told
from tests.licensing import asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]

DEADLINE = (
    "UPDATE casefile_deadline SET {} WHERE id = (SELECT max(id) FROM casefile_deadline WHERE clock = 'inspections.{}')"
)
NOLV = "(SELECT max(id) FROM casefile_notice WHERE letter = 'inspections.nolv')"
CLOSED = "UPDATE inspections_inspection SET {} WHERE state = 'closed'"
DUE = "UPDATE inspections_inspection SET {} WHERE id = (SELECT min(id) FROM inspections_inspection WHERE state = 'cap_due')"
EVENT = "INSERT INTO casefile_event (file_id, step, title, by_id, at, was, now, reason, facts, shown) SELECT file_id, '{}', 'X', by_id, at, '{}', '{}', '', '{{}}', false FROM casefile_event WHERE step = 'end_visit' LIMIT 1"

# For each promise a change that no action makes, and that only this promise has to find
BREACHES = {
    "Every line of the journal begins": EVENT.format("reassign_case", "closed", "closed"),
    "The journal ends where": "UPDATE inspections_inspection SET state = 'cap_in_review' WHERE state = 'corrections_due'",
    "Every change of state is a step": EVENT.format("serve_nolv", "planned", "closed"),
    "Every step has sent its letter": "UPDATE casefile_notice SET once = 'X' || id WHERE letter = 'inspections.close_out'",
    "Public numbers have no gap": "UPDATE casefile_numberseries SET last = last + 1",
    "A case has its number": "UPDATE casefile_casefile SET number = '26-0999' WHERE number IS NULL",
    "A planned visit is known": "UPDATE inspections_inspection SET open_to_licensee_at = now() WHERE state = 'planned'",
    "Every letter has somebody": f"DELETE FROM casefile_delivery WHERE notice_id = {NOLV}",
    "Every letter of a case was caused": "UPDATE casefile_notice SET once = 'X' || id WHERE letter = 'inspections.cap_reminder'",
    "The words of a letter": "UPDATE casefile_notice SET text = text || '.' WHERE letter = 'inspections.close_out'",
    "A letter that is held": f"UPDATE casefile_delivery SET sent_at = '2020-01-01' WHERE notice_id = {NOLV}",
    "A copy is settled": f"UPDATE casefile_delivery SET state = 'queued', next_at = NULL WHERE notice_id = {NOLV}",
    "A notice that came back": f"UPDATE casefile_delivery SET state = 'bounced', settled_at = now(), next_at = NULL WHERE notice_id = {NOLV}",
    "What the licensee was sent stays open": CLOSED.format("open_to_licensee_at = NULL"),
    "No clock of the licensee runs without": DUE.format("received_at = NULL"),
    "The receipt that counts": DUE.format("received_at = received_at + interval '1 minute'"),
    "Every date says by which rule": DEADLINE.format("counted = counted - 'calendar_version'", "cap_due"),
    "A date never moves earlier": "UPDATE casefile_deadline SET due_at = due_at - interval '60 days' WHERE follows_id IS NOT NULL",
    "Proof that was sent back is never": DEADLINE.format("due_at = due_at - interval '90 days', follows_id = NULL", "proof_resend_due"),
    "A clock runs once": "UPDATE casefile_deadline SET ended_at = NULL, \"end\" = '' WHERE clock = 'inspections.corrections_due' AND file_id = (SELECT file_id FROM casefile_deadline WHERE clock = 'inspections.proof_resend_due' AND ended_at IS NULL LIMIT 1)",
    "A clock runs only where": "UPDATE casefile_deadline SET ended_at = NULL, \"end\" = '' WHERE clock = 'inspections.notice_goal'",
    "Whoever is waited for": "UPDATE casefile_deadline SET ended_at = now(), \"end\" = 'cancelled', next_at = NULL WHERE ended_at IS NULL",
    "No reminder is written after": "UPDATE casefile_deadline SET ended_at = '2026-11-18', \"end\" = 'met', next_at = NULL WHERE told_at IS NOT NULL",
    "Overdue is said once": "UPDATE casefile_deadline SET told_at = NULL WHERE told_at IS NOT NULL",
    "How a clock ended": "UPDATE casefile_deadline SET \"end\" = 'late' WHERE \"end\" = 'met'",
    "The folder carries the earliest": "UPDATE casefile_casefile SET due_at = now() WHERE due_at IS NOT NULL",
    "A case that ended says when": CLOSED.format("closed_at = NULL"),
    "A case is closed as corrected only": "UPDATE inspections_violation SET verified_at = NULL",
    "A violation is verified by proof": "UPDATE inspections_evidence SET proof_id = NULL",
    "A penalty names": "UPDATE inspections_penalty SET amount = 10001",
    "What was sent comes in rounds": "UPDATE inspections_proof SET round = 3 WHERE round = 2",
    "Nothing of one folder": "UPDATE casefile_document SET file_id = (SELECT max(id) FROM casefile_casefile)",
    "Who answered for a licensee": "UPDATE licensing_representative SET removed_at = '2026-01-01'",
    "Violations are numbered": "UPDATE inspections_violation SET number = 9 WHERE number = 3",
    "A license is authorized for": "UPDATE licensing_license SET mature_plants = mature_plants + 1",
    "No grant took a licensee": "UPDATE licensing_license SET mature_plants = 20001",
    "An approved request has changed": "UPDATE licensing_plantauthorization SET request_id = NULL",
    "A request that was decided": "UPDATE licensing_plantrequest SET factors = NULL WHERE state = 'denied'",
    "A request that waits for its decision": "UPDATE licensing_plantrequest SET complete_at = now() WHERE state = 'in_review'",
    "A form that acted": "INSERT INTO casefile_submission (key, by_id, path, body_sha256, reply, at) SELECT 'k', min(id), '/', '', '', now() FROM accounts_user",
}  # fmt: skip


@pytest.fixture
def record(dana, marco):
    """Cases to many points of the road, one with everything that time writes."""
    factories.planned(dana)
    told.with_plan(dana)
    told.in_corrections(dana)
    fixed = told.all_fixed(dana)
    act(fixed, "close_out", by=dana, at=fixed.received_at + 5 * told.LATER)
    sent_back(told.with_proof(dana))
    overdue(told.received(dana))
    extended(told.received(dana), marco)
    for way in (asked.approved, asked.denied, asked.in_review):
        way(dana)
    referred = told.referred(dana, marco)
    told.discipline.impose_penalty(
        referred, {1: (1, 500)}, reason="X", by=marco, at=referred.received_at + 2 * told.LATER
    )


def sent_back(case) -> None:
    """Proof that was sent back twice, so that its time runs for the second time."""
    for hours in (4, 6):
        at = case.received_at + hours * told.LATER
        verdicts = (
            {1: told.Verdict("returned", "More."), 2: told.Verdict("accepted")}
            if hours == 4
            else {1: told.Verdict("returned", "More.")}
        )
        case = told.correction.review_evidence(case, verdicts, by=case.officer, at=at)
        if hours == 4:
            case = told.send_proof(case, [1], at=at + told.LATER)


def extended(case, supervisor) -> None:
    row = case.running(clocks.CAP_DUE)
    facts = {"due_on": row.due_on + timedelta(days=7), "reason": "They asked.", "at": case.received_at + told.LATER}
    told.discipline.extend_deadline(case, clocks.CAP_DUE, by=supervisor, **facts)


def overdue(case) -> None:
    """The clockwork told everything there is to tell of the plan."""
    row = case.file.deadlines.get(clock="inspections.cap_due")
    for day in range(12):
        deadlines.wake(row.pk, at=row.due_at + timedelta(days=day - 6, hours=9))


def test_hold_on_what_came_through_the_door(record):
    invariants.assert_kept()
    invariants.prepare()
    assert invariants.broken_anywhere() == []


def test_each_has_a_breach_here():
    assert len(PROMISES) == len(BREACHES)
    assert [promise.says for promise in PROMISES if not promise.says.startswith(tuple(BREACHES))] == []


def test_each_finds_what_breaks_it(record):
    blind = []
    for start, breach in BREACHES.items():
        with pgtrigger.ignore(), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                cursor.execute(breach)
                assert cursor.rowcount, f"{start}: nothing to break"
            if not any(it.says.startswith(start) for it in broken()):
                blind.append(start)
            transaction.set_rollback(True)
    assert blind == []


class TestCommand:
    def test_says_that_all_is_well(self, record, capsys):
        call_command("check_record")
        assert capsys.readouterr().out == f"{len(PROMISES)} promises, 0 broken places\n"

    def test_prints_what_is_broken_and_ends_with_1(self, record, capsys):
        with connection.cursor() as cursor:
            cursor.execute(BREACHES["A case that ended says when"])
        with pytest.raises(SystemExit) as ended:
            call_command("check_record", "--json")
        said = json.loads(capsys.readouterr().out)
        assert ended.value.code == 1 and said["promises"] == len(PROMISES)
        assert {place["promise"] for place in said["broken"]} == {"A case that ended says when, and runs no clock"}
