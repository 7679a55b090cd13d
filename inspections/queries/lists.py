"""The lists of cases: which views there are, what each holds, and how many."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from accounts.models import Role, User
from casefile.calendar import end_of, local_day
from casefile.models import LAST_SECOND, Delivery
from inspections.models import Inspection
from inspections.models.inspection import InspectionQuerySet
from inspections.queries.standing import NOLVS
from inspections.queries.steps import RECEIPT_WAIT
from inspections.stages import ACTIVE, WITH_LICENSEE, State
from licensing.models import Premises
from licensing.queries.instants import Order

SOONEST_DUE = Order("file__due_at", "file_id")
LAST_CLOSED = Order("closed_at", "file_id", down=True)
DONE_DAYS = timedelta(days=30)
WEEK = timedelta(days=6)  # today and six more days
MOST = 1_001  # nobody reads an exact number above a thousand
OFFICERS_TURN = [State.IN_PROGRESS, State.FINDINGS_RECORDED, State.CAP_IN_REVIEW, State.CORRECTIONS_IN_REVIEW]


@dataclass(frozen=True)
class Desk:
    """Whose cases, seen by whom, at what instant."""

    user: User
    at: datetime
    mine: bool = True

    @property
    def decides(self) -> bool:
        """Cases that wait for a supervisor count as waiting for the reader of this desk."""
        return not self.mine or self.user.role == Role.SUPERVISOR

    def cases(self) -> InspectionQuerySet:
        rows = Inspection.objects.visible_to(self.user)
        return rows.of(self.user) if self.mine else rows


def open_now(_: Desk) -> Q:
    return Q(state__in=ACTIVE)


def overdue(desk: Desk) -> Q:
    """A clock has run out, whoever's it was."""
    return Q(state__in=ACTIVE, file__due_at__lte=desk.at - LAST_SECOND)


def needs_us(desk: Desk) -> Q:
    """Where `next_step` gives the turn to the division."""
    today = local_day(desk.at)
    unknown = Q(state=State.CAP_DUE, received_at=None, nolv_served_at__lt=desk.at - RECEIPT_WAIT)
    found = Q(state__in=OFFICERS_TURN) | unknown | _came_back()
    found |= Q(state=State.PLANNED) & (Q(planned_on=None) | Q(planned_on__lte=today))
    found |= Q(state__in=WITH_LICENSEE, file__due_at__lte=desk.at - LAST_SECOND)
    return found | Q(state=State.DISCIPLINE) if desk.decides else found


def _came_back() -> Q:
    bounced = Delivery.objects.filter(
        state=Delivery.State.BOUNCED, notice__file=OuterRef("file"), notice__letter__in=NOLVS,
        notice__queued_at__gte=OuterRef("nolv_served_at"),
    )  # fmt: skip
    return Q(state__in=[State.CAP_DUE, State.DISCIPLINE], received_at=None) & Q(Exists(bounced))


def with_licensee(desk: Desk) -> Q:
    return Q(state__in=WITH_LICENSEE) & ~needs_us(desk)


def due_this_week(desk: Desk) -> Q:
    """Due today or in the six days after it, and not past."""
    last = end_of(local_day(desk.at) + WEEK)
    return Q(state__in=ACTIVE, file__due_at__gt=desk.at - LAST_SECOND, file__due_at__lte=last)


def referred(_: Desk) -> Q:
    return Q(state=State.DISCIPLINE)


def done(desk: Desk) -> Q:
    return Q(state__in=[State.CLOSED, State.CANCELLED], closed_at__gte=desk.at - DONE_DAYS)


@dataclass(frozen=True)
class View:
    """A list that has a name."""

    label: str
    holds: Callable[[Desk], Q]
    order: Order = SOONEST_DUE
    ordered: str = "soonest due first"
    empty: str = "No cases here."


VIEWS: Mapping[str, View] = {
    "open": View("Open now", open_now, empty="No open cases."),
    "needs": View("Needs me", needs_us, empty="Nothing waits for you."),
    "licensee": View("With licensee", with_licensee, empty="No case waits for a licensee."),
    "overdue": View("Overdue", overdue, empty="No overdue cases."),
    "week": View("Due this week", due_this_week, empty="Nothing is due this week."),
    "done": View("Done in 30 days", done, LAST_CLOSED, "last closed first", "No case was closed in the last 30 days."),
}


def in_view(desk: Desk, name: str) -> InspectionQuerySet:
    """The cases of one view."""
    return desk.cases().filter(VIEWS[name].holds(desk))


def visits_on_day(desk: Desk) -> QuerySet[Inspection]:
    """The visits that are planned for today, and those that have begun and not ended."""
    today = Q(state=State.PLANNED, planned_on=local_day(desk.at)) | Q(state=State.IN_PROGRESS)
    return desk.cases().with_place().filter(today).order_by("pk")


def narrowed(rows: InspectionQuerySet, facts: Mapping[str, str]) -> InspectionQuerySet:
    """Those of `rows` with the words `q`, and of this status, county, license type and officer."""
    exact = {
        "state": facts.get("status"), "premises__county": facts.get("county"),
        "premises__license__type": facts.get("type"), "officer__email": facts.get("officer"),
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if words := (facts.get("q") or "").strip():
        places = Premises.objects.holding(words).values("pk")
        rows = rows.filter(Q(file__number__istartswith=words) | Q(premises__in=places))
    return rows


class _Capped(Subquery):
    """How many rows a query gives, counted no further than its limit."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _counted)"
    output_field = IntegerField()


def counts(user: User, lists: Mapping[str, QuerySet]) -> dict[str, int]:
    """How long each list is, up to 1,001, in one query."""
    wanted = {f"n_{name}": _Capped(rows.order_by().values("pk")[:MOST]) for name, rows in lists.items()}
    row = User.objects.filter(pk=user.pk).annotate(**wanted).only("pk").get()
    return {name: getattr(row, f"n_{name}") for name in lists}


def counts_of(desk: Desk, names: Iterable[str]) -> dict[str, int]:
    return counts(desk.user, {name: in_view(desk, name) for name in names})


def in_figures(count: int) -> str:
    """The number, or "1,000+"."""
    return f"{MOST - 1:,}+" if count >= MOST else f"{count:,}"
