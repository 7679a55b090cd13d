"""The officers with how they work and when they are away."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from accounts.models import User
from casefile.work import CAN_OWN
from schedules.models import Leave, OfficerSetup

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Worker:
    """A person who makes visits, with how they work."""

    person: User
    setup: OfficerSetup | None
    leave: list[Leave] = field(default_factory=list)

    def is_away(self, day: date) -> bool:
        return any(row.first_on <= day <= row.last_on for row in self.leave)


def workers(today: date) -> list[Worker]:
    """Everybody who can make visits, by name, with their leave that is not over, in three queries."""
    people = User.objects.filter(role__in=CAN_OWN, is_active=True).order_by("name", "pk")
    setups = {row.officer_id: row for row in OfficerSetup.objects.all()}
    leave: dict[int, list[Leave]] = defaultdict(list)
    for row in Leave.objects.filter(ended_at=None, last_on__gte=today).select_related("cover"):
        leave[row.officer_id].append(row)
    return [Worker(person, setups.get(person.pk), leave[person.pk]) for person in people]


def days_in_words(weekdays: list[int]) -> str:
    """ "Mon to Fri", "Mon, Wed, Fri"."""
    days = sorted(weekdays)
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{WEEKDAYS[days[0]][:3]} to {WEEKDAYS[days[-1]][:3]}"
    return ", ".join(WEEKDAYS[day][:3] for day in days)


def hours_in_words(minutes: int) -> str:
    """ "8 h", "7 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, [f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else ""]))
