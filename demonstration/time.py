"""How time passes in the demonstration: office hours, and what the clockwork would have done meanwhile."""

from datetime import date, datetime, timedelta
from random import Random

from casefile import deadlines
from casefile.calendar import Calendar, local_day, local_hour
from casefile.models import Case, Deadline, Delivery
from inspections.receipts import letter_settled

TRANSIT = timedelta(seconds=40)


def office_hour(rng: Random, day: date) -> datetime:
    """Some minute between 8 a.m. and 4 p.m. in Denver on `day`."""
    return local_hour(day, 8) + timedelta(minutes=rng.randrange(480))


def business_days_later(rng: Random, calendar: Calendar, at: datetime, count: int) -> datetime:
    """Some minute of the `count`th business day after `at`."""
    day = local_day(at)
    for _ in range(count):
        day = calendar.next_business_day(day)
    return office_hour(rng, day)


def pass_time(case: Case, until: datetime, *, bounces: bool = False) -> None:
    """Let the mail and the clockwork do what they would have done on `case` up to `until`, in order."""
    while waiting := _waiting(case, until):
        at, first = min(((row.next_at, row) for row in waiting if row.next_at), key=lambda found: found[0])
        if isinstance(first, Deadline):
            deadlines.wake(first.pk, at=at)
        else:
            settle(first, at=at + TRANSIT, bounced=bounces)


def _waiting(case: Case, until: datetime) -> list[Deadline | Delivery]:
    held = Delivery.objects.filter(notice__file=case.file, state=Delivery.State.HELD, next_at__lte=until - TRANSIT)
    return [*case.file.deadlines.awake(until), *held.select_related("notice__file")]


def settle(delivery: Delivery, *, at: datetime, bounced: bool = False) -> None:
    """What the recipient's mail server would have said."""
    delivery.state = Delivery.State.BOUNCED if bounced else Delivery.State.ACCEPTED
    delivery.detail = "550 no such mailbox (demonstration)" if bounced else "250 accepted (demonstration)"
    delivery.sent_at = delivery.settled_at = at
    delivery.next_at = None
    delivery.save()
    letter_settled(delivery, at=at)
