"""The plans of one world, drawn from a seed: every table of the schedule, and inspections that are planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from random import Random

from casefile.actions import act, journal
from casefile.models import CaseFile, new_key
from inspections.actions import discipline, visit
from inspections.models import Inspection
from licensing.models import Premises
from schedules.models import Feed, Leave, OfficerSetup, Plan, PlannedVisit, PlanRead, VisitChange
from schedules.stages import PlanState, Purpose
from tests.world import World

MONTHS = [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
WORDS = [
    "overdue",
    "canary-visit",
    "reason-of-plan",
    "close",
    "together",
    "complaint",
    "Tuesday",
    "risk",
    "71",
    "of",
    "100",
]
VISIT_KEY = "planned2visit3xy"  # of one visit in many worlds, so that its address is sometimes absent and sometimes not
CHANGES = ("added", "moved", "removed", "fixed", "freed", "skipped", "taken up")
MONTH_WITH_MUCH = date(2026, 12, 1)


def places_of(house: World) -> list[Premises]:
    """Where visits are planned: at every premises of the licensee that reads, and at some of others."""
    others = Premises.objects.exclude(license__licensee=house.firm).order_by("pk")[:4]
    return [*Premises.objects.filter(license__licensee=house.firm).order_by("pk"), *others]


@dataclass
class Drawn:
    """What one world has beside the others."""

    plans: int = 0
    visits: int = 0
    inspections: int = 0
    cancelled: int = 0
    reassigned: int = 0


class Planner:
    """Draws everything that a Division may plan, at the premises of the licensee that reads and of others."""

    def __init__(self, seed: str, house: World, places: Sequence[Premises], at: datetime) -> None:
        self.dice, self.house, self.places, self.at = Random(seed), house, list(places), at
        self.officers = [house.people["officer"], house.people["other officer"]]
        self.supervisor = house.people["supervisor"]
        self.drawn = Drawn()

    def plan(self) -> Drawn:
        """Write it all; call inside a transaction that is rolled back."""
        self._inspections()
        self.cases = {case.premises_id: case for case in Inspection.objects.filter(premises__in=self.places)}
        self._officers()
        for month in self.dice.sample(MONTHS, self.dice.randint(1, 3)):
            self._month(month)
        return self.drawn

    def _day(self, month: date) -> date:
        return month + timedelta(days=self.dice.randrange(28))

    def _words(self) -> str:
        return " ".join(self.dice.choices(WORDS, k=5))

    def _officers(self) -> None:
        for officer in self.officers:
            if self.dice.random() < 0.7:
                weekdays, counties = self.dice.sample(range(5), 4), self.dice.sample(["Torrance", "Taos", "Luna"], 2)
                OfficerSetup.objects.create(officer=officer, town="Estancia", weekdays=weekdays, counties=counties)
                digest = sha256(new_key().encode()).hexdigest()
                Feed.objects.create(officer=officer, digest=digest, made_at=self.at)
        for _ in range(self.dice.randrange(3)):
            first, (away, cover) = self._day(self.dice.choice(MONTHS)), self.dice.sample(self.officers, 2)
            Leave.objects.create(
                officer=away, cover=cover, first_on=first, last_on=first + timedelta(days=4), note=self._words(),
                recorded_at=self.at, recorded_by=self.supervisor,
            )  # fmt: skip

    # Inspections that are planned

    def _inspections(self) -> None:
        for _ in range(self.dice.randint(1, 4)):
            case = visit.plan_inspection(
                self.dice.choice(self.places), kind=self.dice.choice(Purpose.values),
                officer=self.dice.choice(self.officers), by=self.supervisor, at=self.at, notes=self._words(),
                planned_on=self._day(self.dice.choice(MONTHS)),
                follows=self.dice.choice([None, *map(self.house.cases.get, ("closed", "cap_due"))]),
            )  # fmt: skip
            self.drawn.inspections += 1
            self._change_mind(case)

    def _change_mind(self, case: Inspection) -> None:
        if self.dice.random() < 0.3:
            other = next(officer for officer in self.officers if officer.pk != case.officer_id)
            case = discipline.reassign_case(case, officer=other, reason=self._words(), by=self.supervisor, at=self.at)
            self.drawn.reassigned += 1
        if self.dice.random() < 0.3:
            discipline.cancel_inspection(case, reason=self._words(), by=self.supervisor, at=self.at)
            self.drawn.cancelled += 1

    # The plan of a month

    def _month(self, month: date) -> None:
        for number in range(1, self.dice.randint(2, 3)):
            dead = self.dice.choice([PlanState.PROPOSED, PlanState.REPLACED, PlanState.DISCARDED])
            self._visits(self._plan(month, number, dead))
        if self.dice.random() < 0.7:
            plan = self._plan(month, 4, PlanState.PROPOSED)
            self._visits(plan)
            act(plan, "publish_plan", by=self.supervisor, at=self.at)
        if self.dice.random() < 0.3:
            self._plan(month, 5, PlanState.DRAFT)

    def _plan(self, month: date, number: int, state: PlanState) -> Plan:
        plan = Plan.objects.create(
            file=CaseFile.objects.create(opened_at=self.at), month=month, number=number, state=state, made_at=self.at,
            made_by=self.supervisor, starts_on=month, seed=self.dice.getrandbits(40), wishes={"words": self._words()},
            figures={"km": self.dice.randrange(4000)},
        )  # fmt: skip
        journal(plan, "propose_plan", "Plan proposed", by=self.supervisor, at=self.at, facts={"why": self._words()})
        self.drawn.plans += 1
        return plan

    def _visits(self, plan: Plan) -> None:
        chosen = self.dice.sample(self.places, self.dice.randint(2, len(self.places)))
        visits = [self._visit(plan, place, position) for position, place in enumerate(chosen, 1)]
        if not PlannedVisit.objects.filter(key=VISIT_KEY).exists() and self.dice.random() < 0.8:
            visits[0].key = VISIT_KEY
        PlannedVisit.objects.bulk_create(visits)
        self.drawn.visits += len(visits)
        VisitChange.objects.bulk_create(self._changes(plan))
        PlanRead.objects.bulk_create(
            PlanRead(at=self.at, by=self.supervisor, month=plan.month, page="schedules:plan", premises=place)
            for place in chosen[: self.dice.randrange(3)]
        )

    def _visit(self, plan: Plan, place: Premises, position: int) -> PlannedVisit:
        skipped = self.dice.random() < 0.2
        facts = {"skipped_at": self.at, "skipped_by": self.supervisor, "skip_reason": self._words()} if skipped else {}
        return PlannedVisit(
            plan=plan, premises=place, officer=self.dice.choice(self.officers), day=self._day(plan.month),
            position=position, minutes=self.dice.choice([60, 90, 120]), drive_minutes=self.dice.randrange(90),
            purpose=self.dice.choice(Purpose.values), score=self.dice.randrange(101), parts=[["risk", self._words(), 3]],
            reasons=[self._words()], fixed=self.dice.random() < 0.3, case=self._case_at(place), **facts,
        )  # fmt: skip

    def _case_at(self, place: Premises) -> Inspection | None:
        return self.cases.get(place.pk) if self.dice.random() < 0.4 else None

    def _changes(self, plan: Plan) -> list[VisitChange]:
        return [
            VisitChange(
                plan=plan, premises=self.dice.choice(self.places), at=self.at, by=self.supervisor,
                what=self.dice.choice(CHANGES), reason=self._words(), was={"day": str(self._day(plan.month))},
            )
            for _ in range(self.dice.randrange(4))
        ]  # fmt: skip
