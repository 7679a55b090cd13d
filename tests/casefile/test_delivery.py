"""Letters on their way: what a real mail server says, and what becomes of the row, the case and the clocks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from casefile import delivery, notices
from casefile.actions import Refused
from casefile.models import Delivery, Notice
from inspections import clocks, letters
from inspections.actions import notice as acts
from inspections.models import Inspection
from tests import factories
from tests.casefile.sink import Sink, free_port, sink

State = Delivery.State
SERVED = factories.at("2026-11-17 10:00")
RELEASED = SERVED + timedelta(minutes=5)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch) -> None:
    """Half a second less for each letter; tests of letters look at real paper."""
    monkeypatch.setattr(notices, "as_pdf", lambda page: b"%PDF-1.7")


@pytest.fixture
def post(settings):
    """A mail server of the recipients' own."""
    with sink() as running:
        settings.MAIL = running.server()
        yield running


@pytest.fixture
def case(dana, place, holidays) -> Inspection:
    """A case whose notice was served at 10:00 and is held."""
    return acts.serve_nolv(factories.with_findings(dana, premises=place), by=dana, at=SERVED)


def row_of(case: Inspection, letter=letters.NOLV) -> Delivery:
    return Delivery.objects.get(notice__file=case.file, notice__letter=letter.key)


def send(row: Delivery, at: datetime = RELEASED) -> Delivery:
    delivery.deliver(row.pk, at=at)
    return Delivery.objects.get(pk=row.pk)


class TestAccepted:
    def test_starts_both_clocks_from_the_instant_of_acceptance(self, post: Sink, case) -> None:
        row = send(row_of(case))
        assert (row.state, row.attempts, row.next_at) == (State.ACCEPTED, 1, None)
        assert row.detail.startswith("250")
        case = Inspection.objects.get()
        assert case.received_at is not None
        assert case.received_at == row.sent_at
        assert timedelta(0) <= case.received_at - RELEASED < timedelta(seconds=10)
        running = {it.clock: it.due_on.isoformat() for it in case.file.deadlines.running()}
        assert running == {clocks.CAP_DUE.key: "2026-11-24", clocks.CORRECTIONS_DUE.key: "2026-12-17"}

    def test_is_only_sent_when_the_server_is_a_relay(self, post: Sink, case, settings) -> None:
        settings.MAIL = post.server(final=False)
        assert send(row_of(case)).state == State.SENT
        assert Inspection.objects.get().received_at is None

    def test_goes_to_the_archive_in_the_same_transaction(self, post: Sink, case, settings) -> None:
        settings.MAIL = post.server(archive="archive@ccd.example")
        row = send(row_of(case))
        assert [to for to, _ in post.got] == [[row.email, "archive@ccd.example"]]

    def test_goes_out_although_the_archive_refuses_its_copy(self, post: Sink, case, settings, caplog) -> None:
        settings.MAIL, post.rcpt["archive@ccd.example"] = post.server(archive="archive@ccd.example"), "552 full"
        assert send(row_of(case)).state == State.ACCEPTED
        assert "archive" in caplog.text

    def test_carries_text_html_paper_and_its_own_name(self, post: Sink, case) -> None:
        row = send(row_of(case))
        [(_, message)] = post.got
        notice = row.notice
        assert message["Message-ID"] == row.message_id
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Subject"] == notice.subject
        assert message["To"].addresses[0].addr_spec == row.email
        text, html = message.get_body(("plain",)), message.get_body(("html",))
        assert text is not None and html is not None
        assert text.get_content().replace("\r\n", "\n") == notice.text
        assert html.get_content().replace("\r\n", "\n") == notice.html
        [paper] = message.iter_attachments()
        assert paper.get_content() == notices.pdf_of(notice)
        assert paper.get_filename() == f"notice-of-license-violation-{case.file.number}.pdf"

    def test_twice_is_once(self, post: Sink, case) -> None:
        row = send(row_of(case))
        send(row)
        send(row, RELEASED + timedelta(days=3))
        assert post.ids == [row.message_id]


class TestRefused:
    def test_for_good_comes_back_and_no_clock_runs_and_the_officer_knows(self, post: Sink, case, dana) -> None:
        row = row_of(case)
        post.rcpt[row.email] = "550 5.1.1 no such person"
        row = send(row)
        assert (row.state, row.detail) == (State.BOUNCED, "550 5.1.1 no such person")
        assert Inspection.objects.get().received_at is None
        assert not case.file.deadlines.running().filter(clock=clocks.CAP_DUE.key).exists()
        told = row_of(case, letters.BOUNCED)
        assert (told.email, told.state) == (dana.email, State.QUEUED)
        assert row.email in told.notice.text and "do not run" in told.notice.text
        assert post.got == []

    def test_after_the_words_were_read_comes_back_too(self, post: Sink, case) -> None:
        post.data = ["554 not here"]
        assert send(row_of(case)).state == State.BOUNCED

    def test_for_now_is_tried_again_under_the_same_name(self, post: Sink, case) -> None:
        post.data = ["451 4.7.1 greylisted", "421 busy"]
        row = send(row_of(case))
        assert (row.state, row.next_at) == (State.QUEUED, row.next_at)
        assert row.next_at is not None and row.next_at - RELEASED < timedelta(minutes=1, seconds=10)
        row = send(row, row.next_at - timedelta(seconds=1))
        assert row.attempts == 1
        row = send(row, row.next_at)
        assert (row.state, row.attempts) == (State.QUEUED, 2)
        row = send(row, row.next_at)
        assert (row.state, row.attempts, post.ids) == (State.ACCEPTED, 3, [row.message_id])

    def test_for_our_own_password_is_not_the_recipients_fault(self, post: Sink, case) -> None:
        post.rcpt[row_of(case).email] = "530 5.7.0 authentication required"
        assert send(row_of(case)).state == State.QUEUED

    def test_for_three_days_becomes_a_task_for_a_person(self, post: Sink, case) -> None:
        row = row_of(case)
        Delivery.objects.filter(pk=row.pk).update(attempts=delivery.MOST_ATTEMPTS - 1, state=State.QUEUED)
        post.data = ["451 later"]
        row = send(row)
        assert (row.state, row.detail) == (State.BOUNCED, "Not taken in 72 hours. 451 later")
        assert Notice.objects.filter(letter=letters.BOUNCED.key).exists()

    def test_waits_at_least_three_days_in_all(self) -> None:
        waits = [delivery.wait_after(n) for n in range(1, delivery.MOST_ATTEMPTS)]
        assert sum(waits, timedelta()) >= timedelta(hours=72)
        assert sum(waits[:-1], timedelta()) < timedelta(hours=72)

    def test_address_that_no_server_takes_comes_back(self, post: Sink, case) -> None:
        row = row_of(case)
        Delivery.objects.filter(pk=row.pk).update(email="jos\xe9@example.test")
        assert send(row).state == State.BOUNCED


class TestServerDown:
    def test_loses_nothing_in_an_hour_and_holds_up_no_sweep(self, case, settings) -> None:
        port = free_port()
        settings.MAIL = Sink(port).server()
        row, at = row_of(case), RELEASED
        for _ in range(60):
            delivery.deliver(row.pk, at=at)
            at += timedelta(minutes=1)
        row = Delivery.objects.get(pk=row.pk)
        assert row.state == State.QUEUED and 5 < row.attempts < 12
        assert "could not be reached" in row.detail
        with sink(port) as back:
            row = send(row, row.next_at)
            assert (row.state, back.ids) == (State.ACCEPTED, [row.message_id])

    def test_says_so_to_the_sweep(self, case, settings) -> None:
        settings.MAIL = Sink(free_port()).server()
        assert delivery.deliver(row_of(case).pk, at=RELEASED) is False


class Killed(BaseException):
    """The process is gone."""


class TestNobodyKnows:
    def test_after_the_line_is_cut_behind_the_words_nothing_is_sent_again(self, post: Sink, case, dana) -> None:
        post.data = ["cut"]
        row = send(row_of(case))
        assert row.is_in_doubt and row.answer == ""
        for days in (1, 2, 30):
            send(row, RELEASED + timedelta(days=days))
        assert len(post.got) == 1
        assert Inspection.objects.get().received_at is None
        assert "do not know" in row_of(case, letters.BOUNCED).notice.text

    def test_after_a_crash_in_the_middle_nothing_is_sent_again(self, post: Sink, case, monkeypatch) -> None:
        def die(*args, **kwargs):
            raise Killed

        row = row_of(case)
        monkeypatch.setattr(delivery, "_write_down", die)
        with pytest.raises(Killed):
            delivery.deliver(row.pk, at=RELEASED)
        monkeypatch.undo()
        row = Delivery.objects.get(pk=row.pk)
        assert row.state == State.UNKNOWN and not row.is_in_doubt
        row = send(row, RELEASED + delivery.LEASE - timedelta(seconds=1))
        assert not row.is_in_doubt
        row = send(row, RELEASED + delivery.LEASE)
        assert row.is_in_doubt and len(post.got) == 1

    def test_an_answer_on_record_survives_a_failure_in_what_follows(self, post: Sink, case, settings, caplog) -> None:
        row, settings.DELIVERY_SETTLED = row_of(case), "tests.casefile.test_delivery.fail"
        with pytest.raises(RuntimeError):
            delivery.deliver(row.pk, at=RELEASED)
        row = Delivery.objects.get(pk=row.pk)
        assert (row.state, row.answer) == (State.UNKNOWN, State.ACCEPTED)
        settings.DELIVERY_SETTLED = "inspections.receipts.letter_settled"
        row = send(row, row.next_at)
        assert (row.state, len(post.got)) == (State.ACCEPTED, 1)
        assert Inspection.objects.get().received_at == row.sent_at

    def test_in_the_mailbox_evidence_decides(self, case, monkeypatch, settings, tmp_path) -> None:
        settings.MAIL = mailbox(tmp_path)
        row = row_of(case)

        def die(*args, **kwargs):
            raise Killed

        monkeypatch.setattr(delivery, "_write_down", die)
        with pytest.raises(Killed):
            delivery.deliver(row.pk, at=RELEASED)
        monkeypatch.undo()
        row = send(row, RELEASED + delivery.LEASE)
        assert (row.state, row.detail) == (State.ACCEPTED, "Found in the mailbox of this machine.")
        assert len(list((tmp_path / "new").iterdir())) == 1

    def test_in_the_mailbox_what_is_not_there_never_left(self, case, monkeypatch, settings, tmp_path) -> None:
        settings.MAIL = mailbox(tmp_path)
        row = row_of(case)

        def die(*args, **kwargs):
            raise Killed

        monkeypatch.setattr(delivery, "_send", die)
        with pytest.raises(Killed):
            delivery.deliver(row.pk, at=RELEASED)
        monkeypatch.undo()
        row = send(row, RELEASED + delivery.LEASE)
        assert row.state == State.QUEUED
        assert send(row, row.next_at).state == State.ACCEPTED
        assert len(list((tmp_path / "new").iterdir())) == 1


class TestByHand:
    def in_doubt(self, post: Sink, case) -> Delivery:
        post.data = ["cut"]
        return send(row_of(case))

    def test_arrived_after_all_starts_the_clocks(self, post: Sink, case, dana) -> None:
        row = self.in_doubt(post, case)
        at = RELEASED + timedelta(hours=3)
        delivery.settle_by_hand(row, State.ACCEPTED, by=dana, at=at, detail="Tomás said so by phone.")
        assert Inspection.objects.get().received_at == at
        event = case.file.events.get(step="settle_delivery")
        assert (event.by, event.reason, event.facts["to"]) == (dana, "Tomás said so by phone.", row.email)

    def test_sent_again_keeps_its_name(self, post: Sink, case, dana) -> None:
        row = self.in_doubt(post, case)
        at = RELEASED + timedelta(hours=3)
        delivery.settle_by_hand(row, State.QUEUED, by=dana, at=at, detail="They never got it.")
        assert send(row, at).state == State.ACCEPTED
        assert post.ids == [row.message_id] * 2

    def test_wants_a_word_and_something_to_settle(self, post: Sink, case, dana) -> None:
        row = self.in_doubt(post, case)
        with pytest.raises(Refused, match="how you know"):
            delivery.settle_by_hand(row, State.ACCEPTED, by=dana, at=RELEASED, detail=" ")
        delivery.settle_by_hand(row, State.BOUNCED, by=dana, at=RELEASED, detail="It came back by post.")
        with pytest.raises(Refused, match="already known"):
            delivery.settle_by_hand(row, State.ACCEPTED, by=dana, at=RELEASED, detail="No, it did not.")

    def test_is_for_the_officer_of_the_case(self, post: Sink, case, tomas) -> None:
        from django.core.exceptions import PermissionDenied

        row = self.in_doubt(post, case)
        with pytest.raises(PermissionDenied):
            delivery.settle_by_hand(row, State.ACCEPTED, by=tomas, at=RELEASED, detail="I have it.")


class TestHeld:
    def test_leaves_only_when_its_time_is_over(self, post: Sink, case) -> None:
        row = send(row_of(case), RELEASED - timedelta(seconds=1))
        assert (row.state, row.attempts, post.got) == (State.HELD, 0, [])
        assert send(row).state == State.ACCEPTED

    def test_stopped_never_leaves(self, post: Sink, case, dana) -> None:
        acts.stop_nolv(case, by=dana, at=RELEASED - timedelta(seconds=1))
        row = send(row_of(case), RELEASED + timedelta(days=1))
        assert (row.state, post.got) == (State.STOPPED, [])

    def test_can_not_be_stopped_when_its_time_is_over(self, post: Sink, case, dana) -> None:
        with pytest.raises(Refused):
            acts.stop_nolv(case, by=dana, at=RELEASED)
        with pytest.raises(ValueError, match="left"):
            notices.stop(row_of(case).notice, at=RELEASED)


class TestRescinded:
    def test_notice_that_arrives_later_starts_nothing(self, post: Sink, case, dana, marco) -> None:
        acts.rescind_nolv(case, reason="Wrong premises.", by=marco, at=RELEASED + timedelta(minutes=1))
        row = send(row_of(case), RELEASED + timedelta(minutes=2))
        assert row.state == State.ACCEPTED
        assert Inspection.objects.get().received_at is None


@pytest.mark.django_db(transaction=True)
class TestCommit:
    def test_that_fails_sends_nothing(self, post: Sink, dana, place, holidays) -> None:
        case = factories.with_findings(dana, premises=place)
        with pytest.raises(Killed), transaction.atomic():
            acts.serve_nolv(case, by=dana, at=SERVED)
            raise Killed
        assert Delivery.objects.count() == 0 and post.got == []

    def test_rings_the_bell_and_the_letter_leaves_at_once(self, post: Sink, dana, place, holidays) -> None:
        case = factories.in_progress(dana, premises=place, when=datetime.now(UTC))
        factories.visit.end_visit(case, reviewed_with="Tomás", notes="", by=dana, at=datetime.now(UTC))
        row = row_of(case, letters.COMPLIANCE)
        assert (row.state, post.ids) == (State.ACCEPTED, [row.message_id])

    def test_does_not_wait_for_a_broker_that_is_gone(
        self, dana, place, holidays, settings, monkeypatch, caplog
    ) -> None:
        from config.celery import app

        settings.DOORBELL = "tests.casefile.test_delivery.bell"
        monkeypatch.setattr(app.conf, "broker_url", f"redis://127.0.0.1:{free_port()}/0")
        began = datetime.now(UTC)
        case = factories.in_progress(dana, premises=place)
        factories.visit.end_visit(case, reviewed_with="Tomás", notes="", by=dana, at=factories.MORNING)
        assert datetime.now(UTC) - began < timedelta(seconds=5)
        assert row_of(case, letters.COMPLIANCE).state == State.QUEUED
        assert "nobody heard the bell" in caplog.text

    def test_is_never_waited_for_while_sending(self, post: Sink, dana, place, holidays) -> None:
        case = acts.serve_nolv(factories.with_findings(dana, premises=place), by=dana, at=SERVED)
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            delivery.deliver(row_of(case).pk, at=RELEASED)


class DeadBell:
    """A task whose broker does not answer."""

    @staticmethod
    def apply_async(*args, **kwargs):
        from kombu import Connection

        Connection(f"redis://127.0.0.1:{free_port()}/0", connect_timeout=0.5).connect()


bell = DeadBell()


def fail(row: Delivery, *, at: datetime) -> None:
    raise RuntimeError("the case could not be written")


def mailbox(folder):
    from config.addresses import MailServer

    return MailServer("mailbox", final=True, sender="CCD <no-reply@ccd.example>", folder=folder)
