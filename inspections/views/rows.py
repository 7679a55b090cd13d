"""A case as one row of a list."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from accounts.permissions import allows
from inspections.models import Inspection
from inspections.queries import Standing, Step
from inspections.queries.due import Due


@dataclass(frozen=True)
class Row:
    """What a list shows of a case."""

    facility: str
    url: str
    about: str
    ref: str
    officer: str
    step: Step
    step_url: str
    due: Due | None
    fixed: int
    waits: int
    found: int
    parts: str


def row_of(standing: Standing, user: User) -> Row:
    """One row; the next step is a link for those who may take it."""
    case, step, parts = standing.case, standing.step, standing.parts
    place = case.premises
    about = [place.license.get_type_display(), place.county]
    return Row(
        facility=place.name, url=case_url("case", case), about=" · ".join(filter(None, about)),
        ref=case.file.number or "", officer=case.officer.name, step=step, step_url=step_url(step, case, user),
        due=standing.due, fixed=parts.fixed, waits=parts.plans or parts.proofs, found=parts.found,
        parts=standing.progress,
    )  # fmt: skip


def case_url(name: str, case: Inspection) -> str:
    return reverse(f"inspections:{name}", kwargs={"ref": case.file.ref})


def step_url(step: Step, case: Inspection, user: User) -> str:
    """The page on which the step is taken; empty while waiting, and for those who may not take it."""
    if not step.page or not allows(user, step.right, case):
        return ""
    return case_url(step.page, case)
