"""A plan weighed as it stands, after people changed it by hand: its figures, and the rules that it does not keep."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from casefile.calendar import short_day
from schedules.models import Plan, PlannedVisit
from schedules.planner.book import book_of
from schedules.planner.check import broken
from schedules.planner.figures import figures
from schedules.planner.problem import Candidate, LeftOut, Problem, Proposal, Proposed
from schedules.queries.candidates import fixed, question
from schedules.queries.done import begun_in
from schedules.queries.kept import removed_by_hand

SOMEBODY = re.compile(r"\b([Oo]fficer|[Pp]remises) (\d+)\b")
SOME_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
LEFT_OUT = "had to be visited and was left out without a reason"
NOT_IN = "has to be visited this month and is not in this plan"


def weigh(plan: Plan, *, at: datetime) -> dict[str, Any]:
    """Figures and warnings, as they are kept with the plan."""
    every = list(plan.visits.with_place().order_by("officer", "day", "position"))
    rows = [row for row in every if row.skipped_at is None]
    done = begun_in(plan.month, rows)
    settled = [row for row in rows if row.premises_id in done or row.day < plan.starts_on]
    without = {row.premises_id for row in every} | removed_by_hand(plan.month, plan.pk)
    asked = question(plan, settled, without, at=at)
    free = [row for row in rows if row not in settled]
    problem = replace(asked, candidates=(*asked.candidates, *(candidate(row) for row in free)))
    counted = replace(problem, fixed=tuple(fixed(row) for row in rows))
    found = figures(book_of(counted), (), float(plan.figures.get("seconds", 0)))
    proposal = Proposal(tuple(proposed(row, row in settled) for row in rows), still_left_out(plan, rows), found)
    people = {row.officer_id: row.officer.name for row in rows}
    return found.as_json() | {"warnings": warnings(problem, proposal, people)}


def candidate(row: PlannedVisit) -> Candidate:
    """A row as what was asked for, so that the checker looks at its day, its officer and its date."""
    place = row.premises
    return Candidate(
        row.premises_id, place.name, place.license.licensee_id, place.city, place.county, purpose=row.purpose,
        minutes=row.minutes, due_on=row.due_on, score=row.score, case=row.case_id,
    )  # fmt: skip


def proposed(row: PlannedVisit, is_settled: bool) -> Proposed:
    """A row as the checker reads it; what has taken place or begun is nothing to check."""
    return Proposed(
        row.premises_id, row.officer_id, row.day, row.position, row.minutes, row.drive_minutes, row.purpose,
        tuple(row.reasons), is_settled,
    )  # fmt: skip


def still_left_out(plan: Plan, rows: Iterable[PlannedVisit]) -> tuple[LeftOut, ...]:
    """What the planner found impossible and nobody has put in since."""
    planned = {row.premises_id for row in rows}
    left = plan.figures.get("left_out", [])
    return tuple(LeftOut(it["premises"], it["reason"]) for it in left if it["premises"] not in planned)


def warnings(problem: Problem, proposal: Proposal, names: Mapping[int, str] | None = None) -> list[str]:
    """What the checker finds broken, with names in place of numbers; `names` are of officers without working days."""
    people = {**(names or {}), **{it.id: it.name for it in problem.officers}}
    places = {it.premises: it.label for it in problem.fixed} | {it.premises: it.label for it in problem.candidates}
    return [in_words(sentence, people, places) for sentence in broken(problem, proposal)]


def in_words(sentence: str, people: Mapping[int, str], places: Mapping[int, str]) -> str:
    """A sentence of the checker for a person."""

    def name(found: re.Match[str]) -> str:
        names = people if found[1].lower() == "officer" else places
        return names.get(int(found[2])) or found[0]

    named = SOMEBODY.sub(name, sentence.replace(LEFT_OUT, NOT_IN))
    return SOME_DAY.sub(lambda found: short_day(date.fromisoformat(found[0])), named)
