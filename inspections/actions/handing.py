"""The open cases of an officer, as work that can be handed over."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from casefile.work import Kind, Line
from inspections.actions.discipline import reassign_case
from inspections.models import Inspection


def _give(case: Inspection, officer: User, *, by: User, at: datetime, reason: str) -> None:
    reassign_case(case, officer=officer, reason=reason, by=by, at=at)


def _line(case: Any) -> Line:
    number = f"Case {case.file.number}" if case.file.number else "No number yet"
    url = reverse("inspections:case", args=[case.file.ref])
    return Line(case.premises.name, f"{number}, {case.get_state_display().lower()}", url)


CASES = Kind(
    "cases", "open case", "open cases",
    open=lambda at: Inspection.objects.active().with_place().order_by("pk"), line=_line, give=_give,
)  # fmt: skip
