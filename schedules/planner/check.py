"""An independent look at a proposal: every hard rule again. It shares distances with the solver and no more."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from casefile.calendar import short_day
from schedules.planner.possible import Days, asked, could, minutes_of, rooms, spots
from schedules.planner.problem import ROUTINE, Officer, Problem, Proposal, Proposed
from schedules.rules import drive_minutes, place_of


@dataclass(frozen=True)
class Names:
    """What officers and premises are called in a sentence."""

    officers: Mapping[int, str]
    places: Mapping[int, str]

    def officer(self, id: int) -> str:
        return self.officers.get(id) or f"Officer {id}"

    def place(self, id: int) -> str:
        return self.places.get(id) or f"Premises {id}"


def broken(problem: Problem, proposal: Proposal, people: Mapping[int, str] | None = None) -> list[str]:
    """What the proposal breaks, as sentences; an empty list means that every hard rule is kept.

    `people` are names of officers who are not in the problem.
    """
    days, names = by_day(proposal), names_in(problem, people or {})
    looks = (
        once(proposal, names),
        known(problem, proposal, names),
        kept(problem, proposal, names),
        who(problem, proposal, names),
        dates(problem, proposal, names),
        rested(problem, proposal, names),
        drives(problem, days, names),
        hours(problem, days, names),
        left_out(problem, proposal, names),
        really_impossible(problem, proposal, days, names),
    )
    return [sentence for look in looks for sentence in look]


def names_in(problem: Problem, people: Mapping[int, str]) -> Names:
    """The names that the problem and `people` know."""
    places = {it.premises: it.label for it in problem.fixed} | {it.premises: it.label for it in problem.candidates}
    return Names({**people, **{it.id: it.name for it in problem.officers}}, places)


def by_day(proposal: Proposal) -> Days:
    """The visits of each officer and day, in order."""
    days: Days = defaultdict(list)
    for visit in sorted(proposal.visits, key=lambda it: it.position):
        days[visit.officer, visit.day].append(visit)
    return days


def people(problem: Problem) -> dict[int, Officer]:
    return {it.id: it for it in problem.officers}


def once(proposal: Proposal, names: Names) -> Iterator[str]:
    """Each premises at most once."""
    counts = Counter(it.premises for it in proposal.visits)
    return (f"{names.place(it)} is visited {many} times." for it, many in counts.items() if many > 1)


def known(problem: Problem, proposal: Proposal, names: Names) -> Iterator[str]:
    """Nothing is planned that nobody asked for, nor for longer or shorter or something else."""
    candidates = asked(problem)
    for visit in ours(proposal):
        it = candidates.get(visit.premises)
        if it is None:
            yield f"{names.place(visit.premises)} was not to be planned."
        elif (it.minutes, it.purpose) != (visit.minutes, visit.purpose):
            yield f"The visit of {names.place(visit.premises)} is not the one that was asked for."


def ours(proposal: Proposal) -> Iterator[Proposed]:
    """The visits that the planner chose."""
    return (it for it in proposal.visits if not it.fixed)


def kept(problem: Problem, proposal: Proposal, names: Names) -> Iterator[str]:
    """Fixed visits are there as they were, and no others are called fixed."""
    wanted = {(it.premises, it.officer, it.day, it.minutes, it.purpose) for it in problem.fixed}
    found = {(it.premises, it.officer, it.day, it.minutes, it.purpose) for it in proposal.visits if it.fixed}
    yield from (f"The fixed visit of {names.place(it[0])} was not kept." for it in wanted - found)
    yield from (f"The visit of {names.place(it[0])} was not fixed." for it in found - wanted)


def who(problem: Problem, proposal: Proposal, names: Names) -> Iterator[str]:
    """Officers drive in their counties, on their working days, within the span."""
    officers, candidates, wishes = people(problem), asked(problem), problem.wishes
    for visit in ours(proposal):
        officer, it = officers.get(visit.officer), candidates.get(visit.premises)
        if officer is None:
            yield f"{names.officer(visit.officer)} is not in the plan."
            continue
        if it and officer.counties and it.county not in officer.counties:
            yield f"{names.officer(officer.id)} does not serve {it.county} County."
        if visit.day not in officer.days or not wishes.first <= visit.day <= wishes.last:
            yield f"{names.officer(officer.id)} does not work on {short_day(visit.day)}."


def dates(problem: Problem, proposal: Proposal, names: Names) -> Iterator[str]:
    """No visit is before its earliest day or after its latest."""
    candidates = asked(problem)
    for visit in ours(proposal):
        it = candidates.get(visit.premises)
        if it and it.earliest_on and visit.day < it.earliest_on:
            yield f"{names.place(it.premises)} is visited before {short_day(it.earliest_on)}."
        if it and it.due_on and visit.day > it.due_on:
            yield f"{names.place(it.premises)} is visited after {short_day(it.due_on)}."


def rested(problem: Problem, proposal: Proposal, names: Names) -> Iterator[str]:
    """No officer goes on a routine visit to a licensee whose last visits were all theirs, where another one could."""
    officers, candidates, many = people(problem), asked(problem), problem.wishes.in_a_row
    for visit in ours(proposal):
        it = candidates.get(visit.premises)
        if it is None or it.purpose != ROUTINE or len(it.before) < many:
            continue
        if all(who == visit.officer for who in it.before[:many]):
            others = [who for who in officers.values() if who.id != visit.officer and could(problem, who, it)]
            if others:
                again = f"{names.officer(visit.officer)} is at {names.place(it.premises)} again"
                yield f"{again}; {names.officer(others[0].id)} could go."


def drives(problem: Problem, days: Days, names: Names) -> Iterator[str]:
    """Each day counts from 1, and its drives are as long as the table of distances says."""
    officers, where, day_of_law = people(problem), spots(problem), problem.wishes.first
    for (id, day), visits in days.items():
        if [it.position for it in visits] != list(range(1, len(visits) + 1)):
            yield f"The visits of {names.officer(id)} on {short_day(day)} have no clear order."
        if id not in officers or not all(it.premises in where for it in visits):
            continue
        path = [place_of(officers[id].town, officers[id].county), *(where[it.premises] for it in visits)]
        for visit, (one, other) in zip(visits, pairwise(path), strict=True):
            if visit.drive_minutes != drive_minutes(one, other, day_of_law):
                yield f"The drive to {names.place(visit.premises)} takes other than {visit.drive_minutes} minutes."


def hours(problem: Problem, days: Days, names: Names) -> Iterator[str]:
    """No day has too many visits or minutes, the drive home counted; days of fixed visits alone are people's own."""
    officers, where = people(problem), spots(problem)
    for (id, day), visits in days.items():
        if id not in officers or all(it.fixed for it in visits):
            continue
        if len(visits) > problem.wishes.most_per_day:
            yield f"{names.officer(id)} has {len(visits)} visits on {short_day(day)}."
        path = [where[it.premises] for it in visits if it.premises in where]
        minutes = minutes_of(problem, officers[id], path) + sum(it.minutes for it in visits)
        if minutes > officers[id].minutes:
            yield f"{names.officer(id)} is on the way for {minutes} minutes on {short_day(day)}."


def left_out(problem: Problem, proposal: Proposal, names: Names) -> Iterator[str]:
    """What has a date or is no routine is in the plan, or among the impossible with a reason, and never in both."""
    planned = {it.premises for it in proposal.visits}
    impossible = {it.premises: it.reason for it in proposal.impossible}
    for it in problem.candidates:
        if not (it.due_on or it.purpose != ROUTINE):
            continue
        if it.premises in planned and it.premises in impossible:
            yield f"{names.place(it.premises)} is planned and said to be impossible."
        if it.premises not in planned and not impossible.get(it.premises):
            yield f"{names.place(it.premises)} has to be visited this month and is not in this plan."


def really_impossible(problem: Problem, proposal: Proposal, days: Days, names: Names) -> Iterator[str]:
    """What is said to be impossible fits on no day, even when routine visits yield."""
    candidates = asked(problem)
    for left in proposal.impossible:
        it = candidates.get(left.premises)
        place = next(rooms(problem, it, days), None) if it else None
        if it and place:
            yield f"{names.place(it.premises)} would fit on {short_day(place[1])} with {names.officer(place[0])}."
