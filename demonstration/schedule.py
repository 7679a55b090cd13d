"""How the officers work, the plans of last month and this one as they went, and a proposal for the next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from accounts.models import User
from casefile.calendar import local_day, local_hour, months_after, months_before
from demonstration import names
from demonstration.people import World
from inspections.models import Inspection
from licensing.counties import COUNTIES
from schedules.actions import changes, plans
from schedules.models import Leave, OfficerSetup, Plan, PlannedVisit
from schedules.planner.book import Book, Stop, book_of
from schedules.planner.figures import figures
from schedules.planner.problem import Candidate, Proposal, Wishes
from schedules.planner.solve import written
from schedules.queries.candidates import Gathered, gather
from schedules.queries.done import begun_in
from schedules.rules.month import last_of

EVERYWHERE = 3  # officers who drive in every county
A_DAY, MOST, NOT_DONE = 2, 45, 4  # visits that are added on a day, in a month, and on days that are over
EARLIER = timedelta(days=8)  # a plan is asked for so long before its month
SKIPPED = ("The road was closed by snow.", "The owner is in the hospital. We go next month.")
MOVED = "The officer is in that county on this day anyway."


def tell(world: World, at: datetime, seed: int) -> None:
    """Set the officers up and tell the plans of three months, as they stand at `at`."""
    today, rng = local_day(at), Random(f"{seed}:schedule")
    _set_up(world, today, at)
    this = today.replace(day=1)
    for month in (months_before(this, 1), this):
        told = Month(world, month, rng, local_hour(month - EARLIER, 9), today)
        told.plan(seed)
        told.skip(at)
    told = Month(world, months_after(this, 1), rng, at - timedelta(hours=1), today)
    told.propose(seed)
    told.move(at)


def counties_of(n: int) -> list[str]:
    """The counties of the `n`th officer, as `World.officer_of` shares them out."""
    return [county for m, county in enumerate(COUNTIES) if m * 5 % len(names.OFFICERS) == n]


def _set_up(world: World, today: date, at: datetime) -> None:
    """Towns, counties and days of all; one works four days, one is away next month."""
    rows = []
    for n, officer in enumerate(world.officers):
        mine = counties_of(n)
        town = max((it for it in names.TOWNS if it.county in mine), key=lambda it: int(it.weight)).town
        everywhere = n >= len(world.officers) - EVERYWHERE
        rows.append(
            OfficerSetup(
                officer=officer, town=town, counties=[] if everywhere else mine,
                weekdays=[0, 1, 2, 3] if n == 4 else [0, 1, 2, 3, 4], minutes=600 if n == 4 else 480,
            )
        )  # fmt: skip
    OfficerSetup.objects.bulk_create(rows)
    away = months_after(today.replace(day=1), 1) + timedelta(days=6)
    Leave.objects.create(
        officer=world.officers[2], first_on=away, last_on=away + timedelta(days=4), cover=world.officers[0],
        note="Vacation", recorded_at=at - EARLIER, recorded_by=world.supervisors[0],
    )  # fmt: skip


@dataclass
class Month:
    """The plan of one month, as somebody without a computer would make it."""

    world: World
    month: date
    rng: Random
    asked_at: datetime
    today: date
    made: Plan = field(init=False)

    @property
    def supervisor(self) -> User:
        return self.world.supervisors[0]

    def propose(self, seed: int) -> Plan:
        """Asked for and proposed, with what took place in the month as it took place."""
        wishes = Wishes(self.month, self.month)
        self.made = plans.make_plan(
            self.month, wishes, by=self.supervisor, at=self.asked_at, seed=seed, rings=False
        )  # fmt: skip
        gathered = gather(self.made, at=self.asked_at)
        proposal = self._proposal(gathered)
        clockwork = User.objects.clockwork()
        self.made = plans.propose_plan(self.made, gathered, proposal, by=clockwork, at=self.asked_at)
        return self.made

    def plan(self, seed: int) -> Plan:
        """Proposed, and published a day later."""
        at = self.asked_at + timedelta(days=1)
        self.made = plans.publish_plan(self.propose(seed), by=self.supervisor, at=at)
        return self.made

    def _proposal(self, gathered: Gathered) -> Proposal:
        book, waiting = book_of(gathered.problem), gathered.candidates()
        left = dict(waiting)
        for case in self._took_place():
            found = left.pop(case.premises_id, None)
            if found is not None and case.visit_began_at is not None:
                self._enter(book, case.officer_id, local_day(case.visit_began_at), found)
        self._add(book, left.values())
        visits = tuple(it for key, stops in book.booked() for it in written(book, key, stops))
        return Proposal(visits, (), figures(book, (), 0.0))

    def _took_place(self) -> Iterable[Inspection]:
        first, after = local_hour(self.month, 0), local_hour(months_after(self.month, 1), 0)
        return Inspection.objects.filter(visit_began_at__gte=first, visit_began_at__lt=after).order_by("pk")

    def _enter(self, book: Book, officer: int, day: date, found: Candidate) -> None:
        stops = book.days.setdefault((officer, day), [])
        stops.append(Stop(found, book.roads.number(found.town, found.county)))
        book.days[officer, day] = book.shortest(officer, stops)

    def _add(self, book: Book, candidates: Iterable[Candidate]) -> None:
        """What must be first, then those of the highest risk, on days of an officer of the county that have room.

        A few get a day that is over, and were not done; the others are still to come.
        """
        ordered = sorted(candidates, key=lambda it: (not it.must, -it.score, it.premises))
        for n, it in enumerate(ordered[: MOST if last_of(self.month) >= self.today else NOT_DONE]):
            open_days = [
                (who.id, day) for who in book.officers.values() if who.serves(it.county) for day in who.days
                if (n < NOT_DONE or day >= self.today) and self._fits(book, who.id, day, it)
            ]  # fmt: skip
            if open_days:
                self._enter(book, *self.rng.choice(open_days), it)

    def _fits(self, book: Book, officer: int, day: date, found: Candidate) -> bool:
        stops = book.days[officer, day]
        more = [*stops, Stop(found, book.roads.number(found.town, found.county))]
        return len(stops) < A_DAY and found.may_be_on(day) and book.holds(officer, book.shortest(officer, more))

    def skip(self, at: datetime) -> None:
        """Officers skip two visits whose day has come, each with a reason."""
        rows = list(self.made.visits.filter(day__lt=local_day(at)).with_place().order_by("day", "pk"))
        begun = begun_in(self.month, rows)
        for row, reason in zip((it for it in rows if it.premises_id not in begun), SKIPPED, strict=False):
            changes.skip_visit(row, reason=reason, by=row.officer, at=local_hour(row.day, 8))

    def move(self, at: datetime) -> None:
        """The supervisor moves one visit of the proposal to another day of its officer."""
        row = PlannedVisit.objects.filter(plan=self.made).with_place().order_by("-score", "pk").first()
        if row is None:
            return
        other = self.made.visits.exclude(day=row.day).filter(officer=row.officer_id).first()
        if other is not None:
            changes.move_visit(row, officer=row.officer, day=other.day, reason=MOVED, by=self.supervisor, at=at)
