"""The lists of cases behind the numbers of the dashboards: each number names the view and the facts that it counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DurationField, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Extract

from casefile.calendar import local_day, local_hour
from casefile.models import LAST_SECOND, Deadline
from inspections import clocks
from inspections.models import Inspection, Violation
from inspections.queries.lists import Desk, due_this_week, narrowed, open_now, overdue, referred
from inspections.stages import NOTICE_STANDS, State
from licensing.queries.sorting import LATE, LONG_AGO, Sort, by_instant, by_text

Outcome = Inspection.Outcome
BACK = timedelta(days=730)  # as far as a violation counts as a repeat, as in the score of risk
PENALTIES = [Outcome.PENALTY, Outcome.SUSPENSION, Outcome.REVOCATION]


@dataclass(frozen=True)
class Span:
    """From an instant, itself counted, to another, not counted."""

    since: datetime
    until: datetime

    def on(self, field: str) -> Q:
        return Q(**{f"{field}__gte": self.since, f"{field}__lt": self.until})


def span_of(facts: Mapping[str, Any], at: datetime) -> Span:
    """The days `since` and `until` of an address, both counted; everything up to now where they are not said."""
    since, until = facts.get("since"), facts.get("until")
    return Span(
        local_hour(since, 0) if since else LONG_AGO,
        min(local_hour(until + timedelta(days=1), 0), at + LAST_SECOND) if until else at + LAST_SECOND,
    )


# What a case was at an instant


def was_open(t: datetime) -> Q:
    """Open at an instant of the past."""
    return Q(file__opened_at__lte=t) & (Q(closed_at=None) | Q(closed_at__gt=t))


def was_overdue(t: datetime) -> Q:
    """Open then, with a clock that had run out; by what is on record today."""
    late = Deadline.objects.filter(late_at(t), file=OuterRef("file"))
    return was_open(t) & Q(Exists(late))


def late_at(t: datetime) -> Q:
    """Which deadlines ran at an instant and had run out."""
    return Q(due_at__lte=t - LAST_SECOND) & (Q(ended_at=None) | Q(ended_at__gt=t))


def instant_of(day: date, at: datetime) -> datetime:
    """The end of a day, or now on the day of today."""
    return min(local_hour(day + timedelta(days=1), 0), at)


# What came of cases


def findings(span: Span) -> Q:
    """Cases whose notice was sent in a span, stands and was not dismissed."""
    return Q(state__in=NOTICE_STANDS) & ~Q(outcome=Outcome.DISMISSED) & span.on("nolv_served_at")


def ended(span: Span) -> Q:
    """Those of `findings` that were closed or referred for discipline."""
    return findings(span) & Q(state__in=[State.CLOSED, State.DISCIPLINE])


def disciplined(span: Span) -> Q:
    """Those of `findings` that ended in discipline, or stand there."""
    return findings(span) & (Q(state=State.DISCIPLINE) | Q(outcome__in=PENALTIES))


def closed_out(span: Span) -> Q:
    """Corrected and closed out in a span."""
    return Q(state=State.CLOSED, outcome=Outcome.CORRECTED, nolv_served_at__isnull=False) & span.on("closed_at")


def closed(span: Span) -> Q:
    return Q(state=State.CLOSED) & span.on("closed_at")


def visited(span: Span) -> Q:
    return span.on("visit_began_at")


def _plans(span: Span, how: Q) -> Q:
    rows = Deadline.objects.filter(span.on("due_at"), how, clock=clocks.CAP_DUE.key, file=OuterRef("file"))
    return Q(Exists(rows))


def plan_late(span: Span) -> Q:
    """A first plan was due in the span and came late, or has not come."""
    return _plans(span, Q(end=Deadline.End.LATE) | Q(ended_at=None))


def plan_on_time(span: Span) -> Q:
    """Every first plan that was due in the span came in time."""
    return _plans(span, Q(end=Deadline.End.MET)) & ~plan_late(span)


def repeats(span: Span) -> Q:
    """Those of `findings` with a rule that another visit to the same premises had found broken in two years before."""
    before = Violation.objects.filter(
        inspection__premises=OuterRef("inspection__premises"),
        entry__code=OuterRef("entry__code"),
        inspection__visit_began_at__lt=OuterRef("inspection__visit_began_at"),
        inspection__visit_began_at__gte=OuterRef("inspection__visit_began_at") - BACK,
    ).exclude(inspection__state=State.CANCELLED).exclude(inspection__outcome=Outcome.DISMISSED)  # fmt: skip
    again = Violation.objects.filter(Exists(before), inspection=OuterRef("pk"))
    return findings(span) & Q(Exists(again))


# The lists


@dataclass(frozen=True)
class View:
    """A list that has a name; `holds` takes the desk, the span and the day of the address."""

    label: str
    holds: Callable[[Desk, Span, date | None], Q]
    empty: str = "No cases here."
    dates: str = ""  # the fact of a case that the list is about: visit, closing, notice


def _now_or_then(now: Callable[[Desk], Q], then: Callable[[datetime], Q]) -> Callable[[Desk, Span, date | None], Q]:
    def holds(desk: Desk, _: Span, day: date | None) -> Q:
        if day is None or day >= local_day(desk.at):
            return now(desk)
        return then(instant_of(day, desk.at))

    return holds


def _of(condition: Callable[[Span], Q]) -> Callable[[Desk, Span, date | None], Q]:
    return lambda desk, span, day: condition(span)


VIEWS: Mapping[str, View] = {
    "open": View("Open", _now_or_then(open_now, was_open), "No open cases."),
    "overdue": View("Overdue", _now_or_then(overdue, was_overdue), "No overdue cases."),
    "week": View("Due this week", lambda desk, span, day: due_this_week(desk), "Nothing is due this week."),
    "referred": View("Referred", lambda desk, span, day: referred(desk), "No case waits for your decision."),
    "visited": View("Visited", _of(visited), "No visit began in this time.", "visit_began_at"),
    "closed": View("Closed", _of(closed), "No case was closed in this time.", "closed_at"),
    "closed_out": View("Closed out", _of(closed_out), "No case was closed out in this time.", "closed_at"),
    "notices": View("Notice sent", _of(findings), "No notice was sent in this time.", "nolv_served_at"),
    "plan_on_time": View("Plan on time", _of(plan_on_time), dates="nolv_served_at"),
    "plan_late": View("Plan late", _of(plan_late), dates="nolv_served_at"),
    "repeats": View("Repeats", _of(repeats), "No rule was found broken again.", "nolv_served_at"),
    "ended": View("Closed or referred after a notice", _of(ended), dates="nolv_served_at"),
    "disciplined": View("Ended in discipline", _of(disciplined), dates="nolv_served_at"),
}

SORTS = (
    by_instant("due", "Due", "file__due_at", empty=LATE),
    by_text("facility", "Facility", "premises__name"),
    by_text("county", "County", "premises__county"),
    by_text("officer", "Officer", "officer__name"),
    by_text("status", "Status", "state"),
    by_instant("visit", "Visit", "visit_began_at", empty=LONG_AGO, down=True),
    by_instant("notice", "Notice sent", "nolv_served_at", empty=LONG_AGO, down=True),
    by_instant("closed", "Closed", "closed_at", empty=LONG_AGO, down=True),
)
_SPENT = ExpressionWrapper(F("closed_at") - F("nolv_served_at"), output_field=DurationField())
TOOK = Sort(
    "took", "Notice to close-out", Coalesce(Cast(Extract(_SPENT, "epoch"), IntegerField()), Value(0)), int, down=True
)


def listed(desk: Desk, facts: Mapping[str, Any]) -> QuerySet[Inspection]:
    """The cases of a view, narrowed by words, status, county, type, officer, rule and severity."""
    view = VIEWS[facts.get("view") or "open"]
    rows = desk.cases().with_place().filter(view.holds(desk, span_of(facts, desk.at), facts.get("as_of")))
    broken = {"entry__code": facts.get("rule"), "severity": facts.get("severity")}
    broken = {name: value for name, value in broken.items() if value}
    if broken:
        rows = rows.filter(Exists(Violation.objects.filter(inspection=OuterRef("pk"), **broken)))
    return narrowed(rows, facts)
