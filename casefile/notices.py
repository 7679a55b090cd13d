"""Letters: written in the transaction of the step that causes them, sent after its commit."""

import logging
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.template import engines
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from casefile.letters import Letter
from casefile.mail import as_html
from casefile.models import Case, CaseFile, Delivery, Notice, Recipient

logger = logging.getLogger(__name__)


def queue(letter: Letter, case: Case, *, once: str, at: datetime, **context: Any) -> Notice:
    """Put `letter` on the record of `case` and have it sent when the transaction commits.

    `once` is the natural key of the effect: the same key again changes nothing and returns the first notice.
    """
    existing = Notice.objects.filter(once=once).first()
    if existing is not None:
        return existing
    notice = _write(letter, case.file, once=once, at=at, context={"case": case, "at": at, "letter": letter, **context})
    for recipient in _distinct(case.recipients(letter.to)):
        _address(notice, recipient, at=at, held=bool(letter.hold))
    return notice


def write_to(letter: Letter, recipient: Recipient, *, once: str, at: datetime, **context: Any) -> Notice:
    """Write `letter` to one person about no case, to be sent when the transaction commits; `once` as in `queue`."""
    existing = Notice.objects.filter(once=once).first()
    if existing is not None:
        return existing
    context |= {"at": at, "letter": letter, "recipient": recipient}
    notice = _write(letter, None, once=once, at=at, context=context)
    _address(notice, recipient, at=at, held=False)
    return notice


def _write(letter: Letter, file: CaseFile | None, *, once: str, at: datetime, context: dict[str, Any]) -> Notice:
    context["base_url"] = settings.BASE_URL
    subject = _subject(letter, context)
    text = render_to_string(letter.template, context).strip() + "\n"
    page = render_to_string(letter.page_template, context) if letter.pdf else ""
    html = as_html(subject, text)
    digest = sha256("\0".join((subject, text, html, page)).encode()).hexdigest()
    notice = Notice(
        file=file, letter=letter.key, once=once, subject=subject, text=text, html=html, page=page,
        sha256=digest, queued_at=at, release_at=at + letter.hold,
    )  # fmt: skip
    notice.save()
    return notice


def _subject(letter: Letter, context: dict[str, Any]) -> str:
    words = engines["django"].from_string("{% load ccd %}{% autoescape off %}" + letter.subject + "{% endautoescape %}")
    return " ".join(words.render(context).split())


def _distinct(recipients: Any) -> list[Recipient]:
    return list({recipient.email.lower(): recipient for recipient in recipients}.values())


def _address(notice: Notice, recipient: Recipient, *, at: datetime, held: bool) -> Delivery:
    delivery = notice.deliveries.create(
        name=recipient.name, email=recipient.email, message_id=f"<{uuid4().hex}@{settings.MAIL.domain}>",
        state=Delivery.State.HELD if held else Delivery.State.QUEUED, next_at=notice.release_at,
    )  # fmt: skip
    if not held:
        ring(delivery)
    return delivery


def send_also_to(notice: Notice, recipient: Recipient, *, at: datetime) -> Delivery:
    """Send the same letter, word for word, to one more person; a person decides this, after a bounce."""
    return _address(notice, recipient, at=at, held=False)


def stop(notice: Notice, *, at: datetime) -> None:
    """Stop a letter that is still held; raises ValueError when a copy has left."""
    rows = notice.deliveries.select_for_update()
    if any(row.state != Delivery.State.HELD for row in rows):
        raise ValueError("The letter has left.")
    notice.deliveries.update(state=Delivery.State.STOPPED, next_at=None, settled_at=at)
    notice.stopped_at = at
    notice.save(update_fields=["stopped_at"])


def ring(delivery: Delivery) -> None:
    """After the commit, tell a worker to look; a bell that is not heard costs a minute, never a letter."""
    transaction.on_commit(partial(_ring, delivery.pk), robust=True)


def _ring(delivery_id: int) -> None:
    if not settings.DOORBELL:
        return
    try:
        import_string(settings.DOORBELL).apply_async((delivery_id,), retry=False)
    except Exception:
        logger.warning("nobody heard the bell for delivery %s; the sweep will send it", delivery_id)
