"""What the stateful model test found once; each stays here as a fixed example."""

from datetime import timedelta

import pytest

from casefile.actions import Refused
from casefile.calendar import local_day
from inspections import clocks
from inspections.actions import correction, discipline, notice, visit
from inspections.models import Evidence, Way
from inspections.stages import State
from tests import factories, invariants
from tests.inspections.machine.world import stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays", "words")]

NOON = factories.at("2024-03-01 12:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def words(monkeypatch):
    """Letters of one word each, and a disk that takes everything."""
    monkeypatch.setattr("casefile.notices.render_to_string", lambda name, context: name)
    monkeypatch.setattr("casefile.notices.as_html", lambda subject, text: text)
    monkeypatch.setattr("casefile.documents.keep", stored)


@pytest.fixture
def case(dana, place):
    return factories.with_findings(dana, premises=place, findings=1, when=NOON)


def received(case, by):
    case = notice.serve_nolv(case, by=by, at=NOON)
    facts = {"kind": Way.BY_HAND, "received_at": NOON + 6 * MINUTE, "proof": "Signed."}
    notice.record_receipt(case, by=by, at=NOON + 6 * MINUTE, **facts)
    return case


def test_a_case_whose_notice_nobody_has_does_not_get_a_date_by_way_of_discipline(case, marco):
    case = notice.serve_nolv(case, by=marco, at=NOON, skip_plan=True, reason="Grave.")
    with pytest.raises(Refused, match="Nobody is known to have the notice"):
        discipline.return_to_corrections(
            case, due_on=local_day(NOON) + timedelta(days=60), reason="X", by=marco, at=NOON
        )


def test_another_chance_is_not_shorter_than_the_time_there_was(case, marco):
    case = received(case, marco)
    due_on = case.running(clocks.CORRECTIONS_DUE).due_on
    case = discipline.refer_for_discipline(case, reason="No answer.", by=marco, at=NOON + 9 * MINUTE)
    with pytest.raises(Refused, match="cannot be earlier"):
        discipline.return_to_corrections(
            case, due_on=due_on - timedelta(days=1), reason="X", by=marco, at=NOON + 9 * MINUTE
        )
    discipline.return_to_corrections(case, due_on=due_on, reason="X", by=marco, at=NOON + 9 * MINUTE)
    invariants.assert_kept()


def test_a_second_notice_that_is_stopped_leaves_the_first_open_to_the_licensee(case, marco):
    case = received(case, marco)
    opened = case.open_to_licensee_at
    case = notice.rescind_nolv(case, reason="Wrong.", by=marco, at=NOON + 10 * MINUTE)
    case = notice.serve_nolv(case, by=marco, at=NOON + 20 * MINUTE)
    case = notice.stop_nolv(case, by=marco, at=NOON + 21 * MINUTE)
    assert case.open_to_licensee_at == opened


def test_a_first_notice_that_is_stopped_was_never_seen(case, marco):
    case = notice.serve_nolv(case, by=marco, at=NOON)
    assert notice.stop_nolv(case, by=marco, at=NOON + MINUTE).open_to_licensee_at is None


def test_a_visit_taken_up_again_and_found_in_compliance_asks_for_no_notice(case, dana):
    case = visit.reopen_findings(case, by=dana, at=NOON)
    visit.remove_violation(case.violations.get(), by=dana, at=NOON)
    case = visit.end_visit(case, reviewed_with="Tomás", notes="", by=dana, at=NOON)
    assert case.state == State.CLOSED and not case.file.deadlines.running().exists()


def test_a_violation_that_was_answered_for_is_not_taken_back(case, marco, dana, tomas):
    case = received(case, marco)
    answers = {1: correction.Answer("By training.", "A manager", local_day(NOON))}
    case = correction.submit_cap(case, answers, by=tomas, at=NOON + 9 * MINUTE)
    case = notice.rescind_nolv(case, reason="Wrong.", by=marco, at=NOON + 10 * MINUTE)
    case = visit.reopen_findings(case, by=dana, at=NOON + 11 * MINUTE)
    with pytest.raises(Refused, match="has answered"):
        visit.remove_violation(case.violations.get(), by=dana, at=NOON + 12 * MINUTE)


def test_nothing_is_taken_out_of_a_case_that_has_left_the_licensee(case, marco, tomas):
    case = received(case, marco)
    correction.add_evidence(case.violations.get(), None, by=tomas, at=NOON + 9 * MINUTE)
    discipline.refer_for_discipline(case, reason="No answer.", by=marco, at=NOON + 10 * MINUTE)
    with pytest.raises(Refused, match="taken out"):
        correction.remove_evidence(Evidence.objects.get(), by=tomas, at=NOON + 11 * MINUTE)


def test_a_notice_that_was_stopped_can_be_neither_acknowledged_nor_sent_to_another(dana, marco, tomas, place):
    case = factories.planned(dana, premises=place, when=NOON)
    case = visit.record_entry_refused(case, notes="The door stayed shut.", by=dana, at=NOON)
    visit.record_violation(case, factories.entry(), seen="Nobody opened.", by=dana, at=NOON)
    case = notice.serve_nolv(case, by=dana, at=NOON)
    case = notice.stop_nolv(case, by=dana, at=NOON + MINUTE)
    case = discipline.refer_for_discipline(case, reason="They shut us out.", by=marco, at=NOON + 2 * MINUTE)
    with pytest.raises(Refused, match="no notice to acknowledge"):
        notice.acknowledge_nolv(case, by=tomas, at=NOON + 3 * MINUTE)
    with pytest.raises(Refused, match="no notice to send"):
        notice.redirect_nolv(case, name="Ana", email="ana@example.test", by=dana, at=NOON + 9 * MINUTE)
