"""The clockwork: what time asks for, found in the tables alone."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from casefile import deadlines, delivery
from casefile.models import Deadline, Delivery

logger = logging.getLogger(__name__)


@shared_task
def sweep(batch: int = 500) -> None:
    """Do what time asks for. Trusts only the tables; may be run by anyone, any number of times, at once."""
    at = timezone.now()
    each(Deadline.objects.awake(at).order_by("next_at", "pk")[:batch], lambda row: deadlines.wake(row.pk, at=at))
    each(Delivery.objects.unsettled(at).order_by("next_at", "pk")[:batch], lambda row: delivery.deliver(row.pk, at=at))
    for chore in settings.CHORES:
        each([chore], lambda path: import_string(path)(at=at))


@shared_task
def deliver(delivery_id: int) -> None:
    """Send one letter to one recipient; the bell that `casefile.notices` rings."""
    delivery.deliver(delivery_id, at=timezone.now())


def each(rows: Iterable[Any], do: Callable[[Any], None]) -> None:
    """Do every row; one that breaks is logged and does not hold up the rest."""
    for row in rows:
        try:
            do(row)
        except Exception:
            logger.exception("the sweep failed on %r", row)
