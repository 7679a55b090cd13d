"""The mail of the week to each supervisor: the main numbers against the week before, each with its list."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from accounts.models import Role, User
from casefile import notices
from casefile.calendar import end_of, local_day, local_hour
from casefile.models import Holiday, Notice, Recipient
from casefile.work import unowned_count
from inspections.queries.lists import Desk
from reports import letters
from reports.charts.spark import change
from reports.links import cases_url, list_url, week_facts
from reports.queries.licensing import last_month, reports_of, waiting_by_week
from reports.queries.team import team_desk
from reports.queries.trends import Trend, trend
from schedules.queries.coverage import SEEN, Year, expected, places, shares, whole
from schedules.queries.reads import unusual_reads

HOUR, NOON = 7, 12
TWO_WEEKS = 2


@dataclass(frozen=True)
class Line:
    """One number of the mail."""

    label: str
    number: str
    note: str
    url: str


def write(*, at: datetime) -> None:
    """Write each supervisor's mail of the week, once: on its first business day that has a sweep from 7 a.m. to noon.

    All numbers are those of the end of Sunday, so the mail of a late day says the same.
    """
    day, calendar = local_day(at), Holiday.objects.calendar
    if not (local_hour(day, HOUR) <= at < local_hour(day, NOON) and calendar().is_business_day(day)):
        return
    monday = day - timedelta(days=day.weekday())
    written = set(Notice.objects.filter(once__startswith=f"weekly:{monday}:").values_list("once", flat=True))
    people = User.objects.filter(role=Role.SUPERVISOR, is_active=True).order_by("pk")
    waiting = [it for it in people if f"weekly:{monday}:{it.pk}" not in written]
    if not waiting:
        return
    facts = week(team_desk(waiting[0], local_hour(day, HOUR)), monday)
    for person in waiting:
        to = Recipient(person.name, person.email, person)
        notices.write_to(letters.WEEKLY, to, once=f"weekly:{monday}:{person.pk}", at=at, **facts)


def week(desk: Desk, monday: date) -> dict[str, Any]:
    """What the mail says; the same for every supervisor, since they see the same cases."""
    last = monday - timedelta(days=1)
    found = trend(desk, last, TWO_WEEKS)
    now = found.weeks[-1]
    return {
        "last": last, "open": now.open, "overdue": now.overdue,
        "lines": [*case_lines(found), coverage_line(desk, last), *licensing_lines(desk, last)],
        "reads": unusual_reads(local_hour(monday, 0)), "unowned": unowned_count(desk.at),
    }  # fmt: skip


def case_lines(found: Trend) -> list[Line]:
    """Cases at the end of the week, visits and closings within it."""
    before, now = found.weeks[-2:]
    shown = (
        ("Overdue cases", now.overdue, before.overdue, cases_url(view="overdue", as_of=now.last)),
        ("Open cases", now.open, before.open, cases_url(view="open", as_of=now.last)),
        ("Visits in the week", now.visits, before.visits, cases_url(view="visited", **week_facts(now))),
        ("Cases closed in the week", now.closed, before.closed, cases_url(view="closed", **week_facts(now))),
    )
    return [Line(label, f"{n:,}", change(n, was), url) for label, n, was, url in shown]


def coverage_line(desk: Desk, last: date) -> Line:
    year = Year(last.year, end_of(last))
    seen = whole(shares(places(desk.user, year), "county", year))
    note = f"{seen.percent}% of {seen.total:,}. On pace is {expected(seen.total, last):,}"
    list_of = reverse("reports:premises_of", kwargs={"year": last.year})
    return Line(f"Premises seen in {last.year}", f"{seen.seen:,}", note, f"{list_of}?what={SEEN}")


def licensing_lines(desk: Desk, last: date) -> list[Line]:
    """Requests that wait, and reports that did not come."""
    (_, before), (_, now) = waiting_by_week(desk, last)[-2:]
    month = last_month(desk)
    missing = reports_of(desk.user, month)["missing"]
    return [
        Line("Requests that wait", f"{now:,}", change(now, before), list_url("reports:waiting", as_of=last)),
        Line(
            f"Reports for {month:%B} that were not sent", f"{missing:,}", "As of today",
            list_url("licensing:reports", month=f"{month:%Y-%m}", state="missing"),
        ),
    ]  # fmt: skip
