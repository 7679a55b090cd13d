"""A plan weighed as it stands, after people changed it by hand: its figures, and the rules that it does not keep."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from schedules.models import Plan, PlannedVisit
from schedules.planner.book import book_of
from schedules.planner.check import broken
from schedules.planner.figures import figures
from schedules.planner.problem import Candidate, LeftOut, Proposal, Proposed
from schedules.queries.candidates import fixed, question
from schedules.queries.done import begun_in
from schedules.queries.kept import removed_by_hand


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
    return found.as_json() | {"warnings": broken(problem, proposal, people)}


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
