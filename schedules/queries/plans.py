"""A plan as its pages show it: days of officers as drives, and what became of each visit."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from casefile.calendar import local_hour
from inspections.models import Inspection
from licensing.models import Premises
from schedules.models import OfficerSetup, Plan, PlannedVisit
from schedules.queries.done import begun_in
from schedules.rules.distance import drive_minutes
from schedules.rules.month import last_of
from schedules.rules.places import Place, place_of

Key = Callable[[PlannedVisit], Any]
NOWHERE = "No county on record"


@dataclass(frozen=True)
class Trip:
    """The visits of one officer on one day, or those of them in one county, in the order of the drive."""

    visits: list[PlannedVisit]
    home: Place | None = None  # where the day ends; None for a part of a day

    @property
    def officer(self) -> Any:
        return self.visits[0].officer

    @property
    def day(self) -> date:
        return self.visits[0].day

    @property
    def counties(self) -> str:
        return ", ".join(dict.fromkeys(county_of(it) for it in self.visits))

    @property
    def drive_minutes(self) -> int:
        """To every visit and, of a whole day, home again."""
        return sum(it.drive_minutes for it in self.visits) + self.way_home()

    def way_home(self) -> int:
        """Minutes from the last visit that is not skipped."""
        stops = [it.premises for it in self.visits if it.skipped_at is None]
        if self.home is None or not stops:
            return 0
        return drive_minutes(place_of(stops[-1].city, stops[-1].county), self.home, self.day)

    @property
    def visit_minutes(self) -> int:
        return sum(it.minutes for it in self.visits)


@dataclass(frozen=True)
class Group:
    """Trips under one heading: of an officer, of a day, to a county."""

    key: str
    title: str
    trips: list[Trip]

    @property
    def visits(self) -> int:
        return sum(len(trip.visits) for trip in self.trips)

    @property
    def counties(self) -> str:
        return ", ".join(sorted({county_of(it) for trip in self.trips for it in trip.visits}))

    @property
    def days(self) -> int:
        return len({trip.day for trip in self.trips})

    @property
    def drive_minutes(self) -> int:
        return sum(trip.drive_minutes for trip in self.trips)


def county_of(visit: PlannedVisit) -> str:
    """The county of a visit, in words."""
    return visit.premises.county or NOWHERE


def name_of(visit: PlannedVisit) -> str:
    """The name of its officer."""
    return visit.officer.name


def rows_of(plan: Plan) -> list[PlannedVisit]:
    """All visits of a plan, in one query."""
    rows = PlannedVisit.objects.filter(plan=plan).select_related("premises__license__licensee", "officer", "case__file")
    return list(rows.order_by("day", "officer__name", "officer", "position", "pk"))


def by_officer(visits: Iterable[PlannedVisit]) -> list[Group]:
    """One group for each officer, its days in order."""
    return _groups(visits, lambda it: (name_of(it), it.officer_id), name_of, lambda it: (it.day,), homes())


def by_day(visits: Iterable[PlannedVisit]) -> list[Group]:
    """One group for each day, its officers by name."""
    whose: Key = lambda it: (name_of(it), it.officer_id)  # noqa: E731
    return _groups(visits, lambda it: (it.day,), lambda it: long(it.day), whose, homes())


def by_county(visits: Iterable[PlannedVisit]) -> list[Group]:
    """One group for each county: who drives there on which days."""
    return _groups(visits, lambda it: (county_of(it),), county_of, lambda it: (it.day, name_of(it), it.officer_id), {})


def homes() -> dict[int, Place]:
    """Where the day of each officer begins and ends."""
    return {officer: place_of(town, "") for officer, town in OfficerSetup.objects.values_list("officer", "town")}


def _groups(visits: Iterable[PlannedVisit], of: Key, title: Key, trip: Key, ends: Mapping[int, Place]) -> list[Group]:
    ordered = sorted(visits, key=lambda it: (*of(it), *trip(it), it.position, it.pk))
    found = []
    for n, (_, rows) in enumerate(groupby(ordered, key=of), start=1):
        drives = [list(stops) for _, stops in groupby(rows, key=trip)]
        trips = [Trip(stops, ends.get(stops[0].officer_id)) for stops in drives]
        found.append(Group(f"g{n}", title(drives[0][0]), trips))
    return found


def long(day: date) -> str:
    """ "Tuesday, December 1"."""
    return f"{day:%A, %B} {day.day}"


DONE, SKIPPED, MISSED, AHEAD = "done", "skipped", "missed", "ahead"
STANDINGS = {
    DONE: ("Done", "green"),
    SKIPPED: ("Skipped", "amber"),
    MISSED: ("Not done", "red"),
    AHEAD: ("Still to come", ""),
}


@dataclass(frozen=True)
class Outcome:
    """What became of one planned visit."""

    visit: PlannedVisit
    standing: str
    inspection: Inspection | None = None

    @property
    def words(self) -> str:
        return STANDINGS[self.standing][0]

    @property
    def tone(self) -> str:
        return STANDINGS[self.standing][1]


@dataclass(frozen=True)
class Account:
    """What was planned for a month, and what became of it."""

    outcomes: list[Outcome] = field(default_factory=list)
    unplanned: list[Inspection] = field(default_factory=list)

    def counts(self) -> Counter[str]:
        """By standing."""
        return Counter(it.standing for it in self.outcomes)


def account_of(plan: Plan, visits: Sequence[PlannedVisit], *, today: date) -> Account:
    """Planned, done, skipped and not done, in two queries; a visit is done when an inspection began in the month."""
    begun = begun_in(plan.month, visits)
    outcomes = [Outcome(it, standing_of(it, begun, today=today), begun.get(it.premises_id)) for it in visits]
    return Account(outcomes, _unplanned(plan, visits))


def standing_of(visit: PlannedVisit, begun: dict[int, Inspection], *, today: date) -> str:
    """Done, skipped, not done although its day is over, or still to come."""
    if visit.premises_id in begun:
        return DONE
    if visit.skipped_at is not None:
        return SKIPPED
    return MISSED if visit.day < today else AHEAD


def _unplanned(plan: Plan, visits: Sequence[PlannedVisit]) -> list[Inspection]:
    """Inspections that began in the month at premises that were not in the plan."""
    first, after = local_hour(plan.month, 0), local_hour(last_of(plan.month) + timedelta(days=1), 0)
    rows = Inspection.objects.filter(visit_began_at__gte=first, visit_began_at__lt=after)
    rows = rows.exclude(premises__in=[it.premises_id for it in visits])
    return list(rows.with_place().order_by("visit_began_at", "pk"))


@dataclass(frozen=True)
class Difference:
    """Two plans of a month side by side."""

    only_here: list[PlannedVisit]
    only_there: list[PlannedVisit]
    moved: list[tuple[PlannedVisit, PlannedVisit]]
    same: int


def difference(here: Sequence[PlannedVisit], there: Sequence[PlannedVisit]) -> Difference:
    """Which premises are in one plan only, and which have another officer or day."""
    mine, theirs = ({it.premises_id: it for it in rows} for rows in (here, there))
    both = [(it, theirs[it.premises_id]) for it in here if it.premises_id in theirs]
    moved = [(a, b) for a, b in both if (a.officer_id, a.day) != (b.officer_id, b.day)]
    return Difference(
        [it for it in here if it.premises_id not in theirs], [it for it in there if it.premises_id not in mine], moved,
        len(both) - len(moved),
    )  # fmt: skip


def place_named(text: str) -> Premises | None:
    """The premises with this number."""
    return Premises.objects.filter(number__iexact=text.strip()).with_licensee().first()
