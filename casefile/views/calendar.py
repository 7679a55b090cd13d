"""A deadline as an entry for somebody's own calendar: one name for life, a number that rises when its date moves."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from icalendar import Alarm, Calendar, Event

from accounts.rights import Guarded
from casefile.deadlines import CLOCKS
from casefile.models import Case, CaseFile, Deadline

MAKER = "-//New Mexico Cannabis Control Division//Compliance cases//EN"
MORNING_BEFORE = timedelta(hours=-16)  # 8 a.m. on the day before an entry of a whole day


class DeadlineCalendar(Guarded):
    """One deadline of a case, for the office."""

    http_method_names = ["get", "head", "options"]
    rights = "casefile.see_calendar"
    row: Deadline

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = Deadline.objects.select_related("file").filter(pk=kwargs["deadline"]).first()
        if found is None or kwargs["ref"] not in (found.file.number, found.file.key):
            raise Http404("No such deadline.")
        self.row = found

    def get_guarded(self) -> Case:
        return self.row.file.case

    def get(self, request: HttpRequest, ref: str, deadline: int) -> HttpResponse:
        return as_file([self.row], page=f"/cases/{ref}/", at=timezone.now())


class NoticeCalendar(Guarded):
    """What the licensee has to do in one case, and by when."""

    http_method_names = ["get", "head", "options"]
    rights = "casefile.see_own_calendar"
    file: CaseFile

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = CaseFile.objects.filter(key=kwargs["key"]).first()
        if found is None:
            raise Http404("No such notice.")
        self.file = found

    def get_guarded(self) -> Case:
        return self.file.case

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        rows = [row for row in self.file.deadlines.running() if CLOCKS[row.clock].owner == "licensee"]
        if not rows:
            raise Http404("No date runs for you now.")
        for row in rows:
            row.file = self.file
        return as_file(rows, page=f"/notices/{key}/", at=timezone.now())


def as_file(rows: Iterable[Deadline], *, page: str, at: datetime) -> HttpResponse:
    """A calendar file (RFC 5545) to keep; `page` is where the entry leads."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for row in rows:
        calendar.add_component(entry_of(row, page=page, at=at))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="deadline.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def entry_of(row: Deadline, *, page: str, at: datetime) -> Event:
    """A whole day, or an instant where hours are counted; no word of it says what was found."""
    clock, event = CLOCKS[row.clock], Event()
    event.add("uid", f"{row.file.key}.{row.clock}@{settings.MAIL.domain}")
    event.add("sequence", Deadline.objects.filter(file=row.file, clock=row.clock, pk__lt=row.pk).count())
    event.add("dtstamp", at.astimezone(UTC))
    event.add("summary", f"{clock.act[0].upper()}{clock.act[1:]}. Case {row.file.ref}")
    event.add("description", row.how_counted.sentence(clock.event, clock.act))
    event.add("url", f"{settings.BASE_URL}{page}")
    event.add("status", "CONFIRMED" if row.is_running else "CANCELLED")
    event.add("transp", "TRANSPARENT")
    if row.due_on is not None:
        event.add("dtstart", row.due_on)
        event.add("dtend", row.due_on + timedelta(days=1))
    else:
        event.add("dtstart", row.due_at)
    if row.is_running:
        event.add_component(_alarm())
    return event


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Due tomorrow")
    alarm.add("trigger", MORNING_BEFORE)
    return alarm
