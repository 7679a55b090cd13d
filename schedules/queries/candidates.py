"""From the database to the planner's question: every premises that may be visited, officers and their days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from accounts.models import Role
from casefile.calendar import local_day
from casefile.models import Holiday
from inspections.models import Inspection
from inspections.stages import State
from licensing.models import License, Premises
from schedules.models import Leave, OfficerSetup, Plan, PlannedVisit
from schedules.planner.problem import (
    COMPLAINT,
    FOLLOW_UP,
    INVESTIGATION,
    ROUTINE,
    Candidate,
    Fixed,
    Officer,
    Problem,
    Wishes,
)
from schedules.queries.kept import Kept, kept_of
from schedules.queries.lengths import Lengths
from schedules.queries.pasts import Records, Visits, records, visits
from schedules.rules.month import is_due_this_year, working_days
from schedules.rules.risk import parts_of_risk, score

ORDER = (INVESTIGATION, COMPLAINT, FOLLOW_UP, ROUTINE)  # which of two visits to a premises it is counted as
FIRST_WEEK = timedelta(days=6)  # a visit whose day is past is made good within it
VISITED = (License.Status.ACTIVE, License.Status.SUSPENDED)


@dataclass
class Gathered:
    """The question, and what it leaves alone."""

    problem: Problem
    kept: Kept = field(default_factory=Kept)

    def candidates(self) -> Mapping[int, Candidate]:
        """By premises."""
        return {it.premises: it for it in self.problem.candidates}


def gather(plan: Plan, *, at: datetime) -> Gathered:
    """The planner's question for a plan, in a bounded number of queries however many premises there are."""
    kept = kept_of(plan)
    stays = [row for row in kept.rows if row.skipped_at is None]
    return Gathered(question(plan, stays, kept.premises(), at=at), kept)


def question(plan: Plan, stays: Iterable[PlannedVisit], without: set[int], *, at: datetime) -> Problem:
    """What is asked for a plan in which some visits stay and some premises are out of the question."""
    wishes = Wishes.of(plan.wishes)
    found = Found(
        wishes, Lengths.kept_with(plan.wishes), visits(at), records(at), cases(wishes), expected(wishes.first, at)
    )
    return Problem(
        officers=officers(wishes.first, wishes.last),
        candidates=tuple(found.candidates(places(), without)),
        wishes=wishes,
        seed=plan.seed,
        fixed=tuple(fixed(row) for row in stays),
    )


def fixed(row: PlannedVisit) -> Fixed:
    """A row of a plan as the planner counts it."""
    place = row.premises
    return Fixed(
        row.premises_id, row.officer_id, row.day, place.city, place.county, row.minutes, row.purpose,
        place.license.licensee_id, place.name,
    )  # fmt: skip


def places() -> list[Premises]:
    """Every premises that the year owes a visit: it operates, and its license stands."""
    rows = Premises.objects.filter(operating=True, license__status__in=VISITED).select_related("license")
    return list(rows.defer("words").order_by("pk"))


def cases(wishes: Wishes) -> dict[int, list[Inspection]]:
    """The inspections that somebody planned, by premises."""
    rows = Inspection.objects.filter(state=State.PLANNED).select_related("follows__file")
    found: dict[int, list[Inspection]] = defaultdict(list)
    for row in rows.order_by("planned_on", "pk"):
        found[row.premises_id].append(row)
    return found


def expected(first: date, at: datetime) -> dict[int, date]:
    """When each premises is seen before a span begins, by plans in force."""
    rows = PlannedVisit.objects.in_force().filter(day__gte=local_day(at), day__lt=first, skipped_at=None)
    return dict(rows.order_by("day").values_list("premises", "day"))


def officers(first: date, last: date) -> tuple[Officer, ...]:
    """Whose days are planned from a day to a day, without leave and holidays."""
    leave: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for who, begins, ends in Leave.objects.touching(first, last).values_list("officer", "first_on", "last_on"):
        leave[who].append((begins, ends))
    holidays = set(Holiday.objects.filter(date__range=(first, last)).values_list("date", flat=True))
    setups = OfficerSetup.objects.filter(
        in_plans=True, officer__is_active=True, officer__role__in=[Role.OFFICER, Role.SUPERVISOR]
    )
    return tuple(
        Officer(
            id=it.officer_id, town=it.town, minutes=it.minutes, counties=frozenset(it.counties), name=it.officer.name,
            days=working_days(first, last, holidays=holidays, leave=leave[it.officer_id], weekdays=it.weekdays),
        )
        for it in setups.select_related("officer").order_by("officer")
    )  # fmt: skip


@dataclass
class Found:
    """What was loaded, from which candidates are made one by one."""

    wishes: Wishes
    lengths: Lengths
    visits: Visits
    records: Records
    cases: Mapping[int, list[Inspection]]
    expected: Mapping[int, date]

    def candidates(self, rows: Iterable[Premises], without: set[int]) -> Iterable[Candidate]:
        """One for each premises; a visit planned by hand for a later month is left to that month."""
        for place in rows:
            case = self._case(place)
            if place.pk not in without and not (case and case.planned_on and case.planned_on > self.wishes.last):
                yield self._candidate(place, case)

    def _case(self, place: Premises) -> Inspection | None:
        """The planned inspection that is most urgent."""
        return min(self.cases.get(place.pk, ()), key=lambda it: ORDER.index(it.kind), default=None)

    def _candidate(self, place: Premises, case: Inspection | None) -> Candidate:
        first, licensee = self.wishes.first, place.license.licensee_id
        seen_on = self.expected.get(place.pk) or self.visits.last_on.get(place.pk)
        days_since = (first - seen_on).days if seen_on else None
        parts = parts_of_risk(self.records.past(place.pk, days_since), first)
        purpose = case.kind if case else ROUTINE
        return Candidate(
            premises=place.pk, label=place.name, licensee=licensee, town=place.city, county=place.county,
            purpose=purpose, minutes=self.lengths.of(purpose, place.license.type), due_on=self._due_on(case),
            days_since=days_since, due_this_year=is_due_this_year(seen_on, first), score=score(parts), parts=parts,
            before=tuple(self.visits.officers.get(licensee, ())[:BEFORE]), case=case.pk if case else None,
            case_number=_number(case), officer=case.officer_id if case else None,
        )  # fmt: skip

    def _due_on(self, case: Inspection | None) -> date | None:
        """The day somebody named; where it is past, the end of the first week."""
        if case is None or case.planned_on is None:
            return None
        return case.planned_on if case.planned_on >= self.wishes.first else self.wishes.first + FIRST_WEEK


BEFORE = 5  # visits at a licensee that the planner looks back on


def _number(case: Inspection | None) -> str:
    """Of the case that a follow-up is about."""
    return case.follows.file.number or "" if case and case.follows else ""
