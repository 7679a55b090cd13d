"""Letters: written in the transaction of the step that causes them, sent after its commit."""

import logging
import re
from collections.abc import Iterable
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
from casefile.paper import as_pdf

logger = logging.getLogger(__name__)


def queue(letter: Letter, case: Case, *, once: str, at: datetime, **context: Any) -> Notice:
    """Put `letter` on the record of `case` and have it sent when the transaction commits.

    `once` is the natural key of the effect: the same key again changes nothing and returns the first notice.
    """
    to = case.recipients(letter.to)
    return _queue(letter, case.file, to, once=once, at=at, context=context | {"case": case})


def write_to(letter: Letter, recipient: Recipient, *, once: str, at: datetime, **context: Any) -> Notice:
    """Write `letter` to one person about no case, to be sent when the transaction commits; `once` as in `queue`."""
    return _queue(letter, None, [recipient], once=once, at=at, context=context | {"recipient": recipient})


def preview(letter: Letter, case: Case, *, at: datetime, **context: Any) -> Notice:
    """The letter as it would be written now; nothing is kept and nobody gets it."""
    facts = {"file": case.file, "letter": letter.key, "queued_at": at, "release_at": at + letter.hold}
    words = _write(letter, context | {"case": case, "at": at, "letter": letter}, on_paper=False)
    return Notice(**words, **facts)


def _queue(
    letter: Letter, file: CaseFile | None, to: Iterable[Recipient], *, once: str, at: datetime, context: dict[str, Any]
) -> Notice:
    if (written := Notice.objects.filter(once=once).first()) is not None:
        return written
    words = _write(letter, context | {"at": at, "letter": letter}, on_paper=settings.PDF_AT_ONCE)
    facts = {"file": file, "letter": letter.key, "queued_at": at, "release_at": at + letter.hold}
    notice, new = Notice.objects.get_or_create(once=once, defaults=words | facts)
    if new:
        for recipient in _distinct(to):
            _address(notice, recipient, at=at, held=bool(letter.hold))
    return notice


def _write(letter: Letter, context: dict[str, Any], *, on_paper: bool) -> dict[str, Any]:
    """Every form of the letter, as it will stay on record."""
    context["base_url"] = settings.BASE_URL
    subject = _subject(letter, context)
    text = tidy(render_to_string(letter.template, context))
    html = as_html(subject, text)
    page = render_to_string(letter.page_template, context) if letter.pdf else ""
    digest = sha256("\0".join((subject, text, html, page)).encode()).hexdigest()
    words = {"subject": subject, "text": text, "html": html, "page": page, "sha256": digest}
    return words | (_printed(page) if page and on_paper else {})


def tidy(text: str) -> str:
    """Plain text without the gaps that a template's tags leave: no space at a line's end, one empty line at most."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def _printed(page: str) -> dict[str, Any]:
    pdf = as_pdf(page)
    return {"pdf": pdf, "pdf_sha256": sha256(pdf).hexdigest()}


def pdf_of(notice: Notice) -> bytes:
    """The letter on paper, made and kept when it is first asked for. Raises ValueError for one that has no paper."""
    if not notice.page:
        raise ValueError(f"{notice.letter} goes by mail alone")
    kept = Notice.objects.filter(pk=notice.pk).values_list("pdf", flat=True)
    if (pdf := kept.get()) is None:
        Notice.objects.filter(pk=notice.pk, pdf=None).update(**_printed(notice.page))
        pdf = kept.get()
    assert pdf is not None
    return bytes(pdf)


def _subject(letter: Letter, context: dict[str, Any]) -> str:
    words = engines["django"].from_string("{% load ccd %}{% autoescape off %}" + letter.subject + "{% endautoescape %}")
    return " ".join(words.render(context).split())


def _distinct(recipients: Iterable[Recipient]) -> list[Recipient]:
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
    """Stop a letter that is still held; raises ValueError when its time is over or a copy has left."""
    rows = notice.deliveries.select_for_update()
    if at >= notice.release_at or any(row.state != Delivery.State.HELD for row in rows):
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
