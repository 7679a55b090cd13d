"""Whose report is late is written to once: each contact who receives notices, some at each sweep."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from casefile import notices
from casefile.calendar import local_day, local_hour, months_before
from casefile.models import Notice, Recipient
from licensing import letters, rules
from licensing.models import Contact, License, MonthlyReport
from licensing.queries.report_lists import owing

HOUR = 8
NEWS = timedelta(days=30)  # after its day; by then the next month is due
BATCH = 100  # letters at each sweep
logger = logging.getLogger(__name__)


def write_late_reports(*, at: datetime, batch: int = BATCH) -> None:
    """Write from 8 a.m. on the day after a report was due; one that breaks is logged and does not hold up the rest.

    Nobody is written to before the Division takes reports: when none is on record for that month or one before it.
    """
    today = local_day(at)
    for month in late_months(today):
        if at < local_hour(today, HOUR) or not MonthlyReport.objects.filter(month__lte=month).exists():
            continue
        for contact, numbers in _to_write(month, batch):
            try:
                _write(contact, month, numbers, at=at)
            except Exception:
                logger.exception("no letter to contact %s about the report of %s", contact.pk, month)


def late_months(today: date) -> list[date]:
    """The months whose reports became late in the last thirty days."""
    this = rules.month_of(today)
    months = rules.months_between(months_before(this, 3), this)
    return [month for month in months if timedelta(0) < today - rules.report_due_on(month) <= NEWS]


def missing(month: date) -> QuerySet[License]:
    """The licenses that owe a report for a month and sent none."""
    sent = MonthlyReport.objects.current().filter(license=OuterRef("pk"), month=month)
    return owing(License.objects.all(), month).filter(~Exists(sent))


def _to_write(month: date, batch: int) -> Iterator[tuple[Contact, list[str]]]:
    """Contacts that were not written to about this month, each with the licenses whose report did not come."""
    rows = missing(month)
    mark = Concat(Value(_mark(month)), Cast(OuterRef("pk"), CharField()))
    contacts = Contact.objects.filter(~Exists(Notice.objects.filter(once=mark)), receives_notices=True)
    some = list(contacts.filter(licensee__in=rows.order_by().values("licensee")).select_related("licensee")[:batch])
    numbers = defaultdict(list)
    for licensee, number in (
        rows.filter(licensee__in={contact.licensee_id for contact in some})
        .order_by("number")
        .values_list("licensee", "number")
    ):
        numbers[licensee].append(number)
    return ((contact, numbers[contact.licensee_id]) for contact in some)


def _mark(month: date) -> str:
    return f"report:late:{month:%Y-%m}:"


@transaction.atomic
def _write(contact: Contact, month: date, numbers: list[str], *, at: datetime) -> None:
    to = Recipient(contact.name, contact.email)
    notices.write_to(
        letters.REPORT_LATE, to, once=f"{_mark(month)}{contact.pk}", at=at, licensee=contact.licensee, numbers=numbers,
        name=rules.month_words(month), due_on=rules.report_due_on(month),
    )  # fmt: skip
