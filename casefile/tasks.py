"""The clockwork: what time asks for, found in the tables alone."""

import logging
from collections.abc import Callable, Iterable, Iterator
from math import inf
from time import monotonic
from typing import Any

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from casefile import deadlines, delivery
from casefile.models import Deadline, Delivery

logger = logging.getLogger(__name__)

BUDGET = 90  # seconds; what is left over waits for the next sweep, and no worker is killed while it sends


@shared_task
def sweep(batch: int = 500) -> None:
    """Do what time asks for. Trusts only the tables; may be run by anyone, any number of times, at once."""
    at, until = timezone.now(), monotonic() + BUDGET
    each(keys(Deadline.objects.awake(at), batch), lambda key: deadlines.wake(key, at=timezone.now()), until=until)
    each(keys(Delivery.objects.unsettled(at), batch), lambda key: delivery.deliver(key, at=timezone.now()), until=until)
    each(settings.CHORES, lambda path: import_string(path)(at=at))


@shared_task
def deliver(delivery_id: int) -> None:
    """Send one letter to one recipient; the bell that `casefile.notices` rings."""
    delivery.deliver(delivery_id, at=timezone.now())


def keys(rows: QuerySet[Any], batch: int) -> Iterator[int]:
    """The primary key of every row, oldest first; one that cannot be done holds up none behind it."""
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:batch]):
        yield from page
        last = page[-1]


def each(things: Iterable[Any], do: Callable[[Any], Any], *, until: float = inf) -> None:
    """Do every one, until one says False or time is up; one that breaks is logged and does not hold up the rest."""
    for thing in things:
        try:
            if monotonic() > until or do(thing) is False:
                return
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            logger.exception("the sweep failed on %r", thing)
