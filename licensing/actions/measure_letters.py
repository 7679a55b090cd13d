"""Whoever a measure binds is written to when it is ordered and when it ends: some at each sweep, each once."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from casefile import notices
from casefile.calendar import local_day
from casefile.models import Recipient
from licensing import letters
from licensing.models import Licensee, MeasureLetter, ShortageMeasure
from licensing.queries.shortage import bound_by
from licensing.queries.shortage_words import asks_of, end_of_it, subject_of

BATCH = 100  # licensees at each sweep, so that ten thousand letters hold nothing up
OLD_NEWS = timedelta(days=60)
ORDERED, ENDED = MeasureLetter.News.ORDERED, MeasureLetter.News.ENDED
LETTERS = {ORDERED: letters.MEASURE_ORDERED, ENDED: letters.MEASURE_ENDED}
logger = logging.getLogger(__name__)


def write_measure_letters(*, at: datetime, batch: int = BATCH) -> None:
    """Write to the next of those who were not told yet; one that breaks is logged and does not hold up the rest."""
    day = local_day(at)
    for measure, news in _news(day):
        licenses = Prefetch("licenses", bound_by(measure, day).order_by("number"), to_attr="bound")
        untold = list(untold_of(measure, news, day).prefetch_related("contacts", licenses)[:batch])
        batch -= len(untold)
        for licensee in untold:
            try:
                _tell(licensee, measure, news, at=at)
            except IntegrityError:
                logger.info("licensee %s was told about measure %s by another sweep", licensee.key, measure.key)
            except Exception:
                logger.exception("no letter to licensee %s about measure %s", licensee.key, measure.key)


def untold_of(measure: ShortageMeasure, news: str, day: date) -> QuerySet[Licensee]:
    """The licensees that still have to be told: that it was ordered, those bound; that it ends, those told before."""
    told = measure.letters.filter(licensee=OuterRef("pk"))
    rows = Licensee.objects.filter(~Exists(told.filter(news=news))).order_by("pk")
    if news == ORDERED:
        return rows.filter(pk__in=bound_by(measure, day).order_by().values("licensee"))
    before = told.filter(news=ORDERED)
    return rows.filter(Exists(before.filter(at__lt=measure.ended_at) if measure.ended_at else before))


def _news(day: date) -> Iterator[tuple[ShortageMeasure, MeasureLetter.News]]:
    """What there is to tell: that a measure was ordered until it is over, that it ends from when that is known."""
    standing = Q(ends_on=None) | Q(ends_on__gte=day)
    current = ShortageMeasure.objects.filter(standing).exclude(ends_on__lt=F("starts_on"))
    for measure in current.order_by("pk"):
        yield measure, ORDERED
    over = Q(ended_at__isnull=False) | Q(ends_on__lt=day)
    for measure in ShortageMeasure.objects.filter(over, ends_on__gte=day - OLD_NEWS).order_by("pk"):
        yield measure, ENDED


@transaction.atomic
def _tell(licensee: Any, measure: ShortageMeasure, news: MeasureLetter.News, *, at: datetime) -> None:
    """Write to every contact. Raises IntegrityError when another sweep is doing so."""
    MeasureLetter.objects.create(measure=measure, licensee=licensee, news=news, at=at)
    day = local_day(at)
    words = {
        "licensee": licensee,
        "measure": measure,
        "subject": subject_of(measure, news),
        "sentences": asks_of(measure, day) if news == ORDERED else end_of_it(measure, day),
        "numbers": [license.number for license in licensee.bound],
    }
    for contact in licensee.contacts.all():
        if contact.receives_notices:
            once = f"measure:{measure.key}:{news}:{contact.pk}"
            notices.write_to(LETTERS[news], Recipient(contact.name, contact.email), once=once, at=at, **words)
