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
        ref=case.file.number or "", officer=case.officer.name, step=step, step_url=door_of(step, case, user)[0],
        due=standing.due, fixed=parts.fixed, waits=parts.plans or parts.proofs, found=parts.found,
        parts=standing.progress,
    )  # fmt: skip


def case_url(name: str, case: Inspection) -> str:
    return reverse(f"inspections:{name}", kwargs={"ref": case.file.ref})


def door_of(step: Step, case: Inspection, user: User) -> tuple[str, str]:
    """Address and button of the page on which this person goes on; empty while waiting, and for those who only read."""
    doors = step.doors(mine=case.is_assigned_to(user))
    found = next((door for door in doors if allows(user, door.right, case)), None)
    return (case_url(found.page, case), found.button) if found else ("", "")
