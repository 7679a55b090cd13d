"""The mail of the morning to each officer: what is late, what is due, what came in, what did not arrive."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from accounts.models import Role, User
from casefile import notices
from casefile.calendar import Calendar, clock_time, local_day, local_hour, short_day
from casefile.deadlines import CLOCKS
from casefile.models import CaseFile, Deadline, Delivery, Event, Holiday, Notice, Recipient
from inspections import letters

HOUR, NOON = 7, 12
FROM_LICENSEES = {"submit_cap": "plan", "send_evidence": "proof", "acknowledge_nolv": "notice acknowledged"}


@dataclass(frozen=True)
class Part:
    """One heading of the mail with its lines."""

    title: str
    lines: list[str]


def write(*, at: datetime) -> None:
    """Write each officer's mail of the day, once, on business days from 7 a.m. to noon; nothing to say, no mail.

    What it says is said as of 7 a.m., so a sweep that runs each minute does not write a mail at 9:13.
    """
    day, calendar = local_day(at), Holiday.objects.calendar
    morning = local_hour(day, HOUR)
    if not (morning <= at < local_hour(day, NOON) and calendar().is_business_day(day)):
        return
    written = set(Notice.objects.filter(once__startswith=f"digest:{day}:").values_list("once", flat=True))
    parts = _parts(morning, calendar())
    for officer in User.objects.filter(role__in=[Role.OFFICER, Role.SUPERVISOR], is_active=True, pk__in=parts):
        once = f"digest:{day}:{officer.pk}"
        if once not in written:
            mine = parts[officer.pk]
            to = Recipient(officer.name, officer.email, officer)
            notices.write_to(letters.DIGEST, to, once=once, at=at, parts=mine, count=sum(len(it.lines) for it in mine))


def _parts(morning: datetime, calendar: Calendar) -> dict[int, list[Part]]:
    """By officer, what is in the mail; a fixed number of queries, however many officers there are."""
    today = local_day(morning)
    tomorrow = calendar.next_business_day(today)
    since = local_hour(calendar.previous_business_day(today), HOUR)
    running = Deadline.objects.running().exclude(file__inspection=None)
    late = running.filter(pk__in=Deadline.objects.overdue(morning))
    due = running.filter(due_at__gte=morning, due_at__lt=local_hour(tomorrow + timedelta(days=1), 0))
    found = {
        "Overdue": _deadlines(late, "was due"),
        f"Due by {short_day(tomorrow)}": _deadlines(due, "due"),
        "New from licensees": _events(since, morning),
        "Letters that did not arrive": _letters(since, morning),
    }
    parts: dict[int, list[Part]] = defaultdict(list)
    for title, by_officer in found.items():
        for officer, lines in by_officer.items():
            parts[officer].append(Part(title, lines))
    for away, cover in covers(today):
        if theirs := found["Overdue"].get(away.pk):
            parts[cover.pk].append(Part(f"Overdue while you stand in for {away.name}", theirs))
    return parts


def covers(day: date) -> list[tuple[User, User]]:
    """Who is away on a day, with who stands in; the storey that knows of leave says so."""
    return import_string(settings.COVERS)(day)


def _gather(lines: Iterable[tuple[CaseFile, str]]) -> dict[int, list[str]]:
    """Each line under the officer who has the case, beginning with the case."""
    found: dict[int, list[str]] = defaultdict(list)
    for file, words in lines:
        case = file.inspection
        found[case.officer_id].append(f"{file.ref}, {case.premises.name}: {words}")
    return found


def _deadlines(rows: "Iterable[Deadline]", words: str) -> dict[int, list[str]]:
    rows = rows.select_related("file__inspection__premises")  # type: ignore[attr-defined]
    return _gather(
        (row.file, f"{CLOCKS[row.clock].label.lower()}, {words} {short_day(local_day(row.due_at))}") for row in rows
    )


def _events(since: datetime, until: datetime) -> dict[int, list[str]]:
    events = Event.objects.filter(step__in=FROM_LICENSEES, at__gte=since, at__lt=until).order_by("at")
    events = events.exclude(file__inspection=None).select_related("file__inspection__premises")
    return _gather(
        (event.file, f"{FROM_LICENSEES[event.step]}, {short_day(local_day(event.at))}, {clock_time(event.at)}")
        for event in events
    )


def _letters(since: datetime, until: datetime) -> dict[int, list[str]]:
    """Copies that came back since the last mail, and all of which nobody knows."""
    bounced = Q(state=Delivery.State.BOUNCED, settled_at__gte=since, settled_at__lt=until)
    in_doubt = Q(state=Delivery.State.UNKNOWN, next_at=None)
    rows = Delivery.objects.filter(bounced | in_doubt).exclude(notice__file__inspection=None)
    rows = rows.with_letter().select_related("notice__file__inspection__premises")
    return _gather(
        (row.notice.file, f"“{row.notice.subject}” to {row.email}") for row in rows if row.notice.file is not None
    )
