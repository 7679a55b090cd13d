"""One letter to one recipient, sent so that it is never lost and never doubled.

Before anything leaves, the row is claimed and committed as "outcome not known": that is what it is until the answer is
on record. The answer is written down first, alone; what follows from it for the case comes in a transaction of its own,
and again later where that fails. An outcome that nobody knows is settled by evidence or by a person, never by sending
again.
"""

import logging
from datetime import datetime, timedelta
from itertools import accumulate, count, takewhile
from time import monotonic

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.permissions import allows
from casefile import mail, notices
from casefile.actions import Refused, journal, locked
from casefile.models import Delivery, DeliveryQuerySet
from casefile.transports import Answer, transport_of

logger = logging.getLogger(__name__)

State = Delivery.State
LEASE = timedelta(minutes=5)  # longer than any sending takes; after it, the process that sent is taken for dead
LONGEST_WAIT = timedelta(minutes=10)
PATIENCE = timedelta(hours=72)  # how long a letter that the server does not take is tried again
ARRIVED = (State.ACCEPTED, State.SENT, State.BOUNCED)  # what an answer can say for certain


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 1, 2, 4, 8 minutes, then 10."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)


MOST_ATTEMPTS = 2 + sum(1 for _ in takewhile(lambda waited: waited < PATIENCE, accumulate(map(wait_after, count(1)))))


def deliver(delivery_id: int, *, at: datetime) -> bool:
    """Send one copy of a letter, or settle what became of it. Safe to run twice, at once, and to be killed anywhere.

    Returns whether the next letter may be tried; False when the mail server is away.
    """
    claimed = _claim(delivery_id, at=at)
    if claimed is None:
        return True
    row, fresh = claimed
    began = monotonic()
    answer = _send(row) if fresh else _evidence(row)
    answered_at = row.sent_at or at + timedelta(seconds=monotonic() - began)
    if answer.state == State.QUEUED:
        _wait(row, answer, at=answered_at)
    else:
        _write_down(row, answer, at=answered_at)
        _settle(row, answer, at=answered_at)
    return not answer.away


def _claim(delivery_id: int, *, at: datetime) -> tuple[Delivery, bool] | None:
    """Take the row for as long as the lease; the second value says whether it is to be sent. None: others have it."""
    with transaction.atomic(durable=True):
        waiting = Delivery.objects.unsettled(at).select_for_update(skip_locked=True, of=("self",))
        row = waiting.with_letter().filter(pk=delivery_id).first()
        if row is None:
            return None
        fresh = row.state != State.UNKNOWN
        row.state, row.next_at = State.UNKNOWN, at + LEASE
        row.attempts += fresh
        row.save(update_fields=["state", "next_at", "attempts"])
    return row, fresh


def _send(row: Delivery) -> Answer:
    try:
        paper = notices.pdf_of(row.notice) if row.notice.page else None
        message = mail.compose(row, paper)
    except UnicodeError:
        return Answer(State.BOUNCED, f"{row.email} is no address that mail can be sent to.")
    except Exception as error:
        logger.exception("delivery %s could not be put together", row.pk)
        return Answer(State.QUEUED, f"The letter could not be put together: {error}")
    return transport_of(settings.MAIL).send(message, mail.in_ascii(row.email))


def _evidence(row: Delivery) -> Answer:
    """What is known of an attempt that was never settled: the answer on record, else what the transport can show."""
    if row.answer:
        return Answer(row.answer, row.detail)
    return transport_of(settings.MAIL).evidence(row.message_id)


def _mine(row: Delivery) -> DeliveryQuerySet:
    """The row, while nobody else has settled it or taken it up again."""
    return Delivery.objects.filter(pk=row.pk, state=State.UNKNOWN, attempts=row.attempts)


def _wait(row: Delivery, answer: Answer, *, at: datetime) -> None:
    """Nothing was taken: try again later, and give up after three days."""
    if row.attempts >= MOST_ATTEMPTS:
        given_up = Answer(State.BOUNCED, f"Not taken in {PATIENCE.days * 24} hours. {answer.detail}")
        _write_down(row, given_up, at=at)
        _settle(row, given_up, at=at)
        return
    _mine(row).update(state=State.QUEUED, next_at=at + wait_after(row.attempts), detail=answer.detail)


def _write_down(row: Delivery, answer: Answer, *, at: datetime) -> None:
    """Keep a certain answer before anything else is tried, so that no failure further on can lose it."""
    if answer.state in ARRIVED and not row.answer:
        _mine(row).update(answer=answer.state, detail=answer.detail, sent_at=at, next_at=at + wait_after(1))


@transaction.atomic
def _settle(row: Delivery, answer: Answer, *, at: datetime) -> None:
    """Put the outcome on record, with what follows from it. The case is locked first, as every step does."""
    if row.notice.file is not None:
        locked(row.notice.file.case)
    settled = _mine(row).select_for_update(of=("self",)).with_letter().first()
    if settled is None:
        logger.warning("delivery %s was settled by somebody else; the server said: %s", row.pk, answer.detail)
        return
    _enter(settled, answer.state, detail=answer.detail, at=at)


def _enter(row: Delivery, state: str, *, detail: str, at: datetime) -> None:
    row.state, row.detail, row.settled_at, row.next_at = state, detail, at, None
    row.save(update_fields=["state", "detail", "settled_at", "next_at"])
    import_string(settings.DELIVERY_SETTLED)(row, at=at)


# What a person decides

BY_HAND = {
    State.UNKNOWN: (State.ACCEPTED, State.BOUNCED, State.QUEUED),
    State.SENT: (State.ACCEPTED, State.BOUNCED),
}
TITLES = {
    State.ACCEPTED: "A letter arrived after all",
    State.BOUNCED: "A letter did not arrive",
    State.QUEUED: "A letter is sent again",
}


def choices_by_hand(row: Delivery) -> tuple[str, ...]:
    """What a person may settle this copy as; nothing while a machine still has it, or when it is settled."""
    in_hand = row.state == State.UNKNOWN and not row.is_in_doubt
    return () if in_hand or row.notice.file_id is None else BY_HAND.get(State(row.state), ())


@transaction.atomic
def settle_by_hand(row: Delivery, state: str, *, by: User, at: datetime, detail: str) -> Delivery:
    """A person says what became of a copy that nobody knows of, and how they know; "queued" sends it again.

    Raises PermissionDenied, and Refused when there is nothing to settle or no word on how it is known.
    """
    assert row.notice.file is not None
    case = locked(row.notice.file.case)
    if not allows(by, "casefile.settle_delivery", case):
        raise PermissionDenied(f"{by} may not settle a delivery")
    row = Delivery.objects.select_for_update(of=("self",)).with_letter().get(pk=row.pk)
    against = {
        "It is already known what became of this letter.": state not in choices_by_hand(row),
        "Say how you know.": not detail.strip(),
    }
    if reasons := [reason for reason, stands in against.items() if stands]:
        raise Refused(reasons)
    facts = {"to": row.email, "was": row.state, "now": state}
    journal(case, "settle_delivery", TITLES[State(state)], by=by, at=at, reason=detail, facts=facts)
    if state == State.QUEUED:
        row.state, row.next_at, row.detail = state, at, detail
        row.save(update_fields=["state", "next_at", "detail"])
        notices.ring(row)
    else:
        _enter(row, state, detail=detail, at=at)
    return row
