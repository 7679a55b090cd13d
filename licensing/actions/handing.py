"""The requests about plants that an officer has, as work that can be handed over."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from casefile.work import Kind, Line, late
from licensing.actions.requests import reassign_request
from licensing.models import PlantRequest


def _give(case: PlantRequest, officer: User, *, by: User, at: datetime, reason: str) -> None:
    reassign_request(case, officer, by=by, at=at, reason=reason)


def _line(case: Any) -> Line:
    note = f"{case.get_kind_display()}, {case.get_state_display().lower()}"
    return Line(case.license.licensee.name, note, reverse("licensing:request", args=[case.file.ref]))


REQUESTS = Kind(
    "requests", "request about plants", "requests about plants",
    open=lambda at: PlantRequest.objects.pending().with_license().order_by("pk"), line=_line, give=_give, waits=late,
)  # fmt: skip
