"""Requests for windows and corrections that an officer has taken up, as work that can be handed over."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from casefile.actions import act
from casefile.work import Kind, Line, late
from inventory_windows.models import Correction, WindowRequest
from inventory_windows.stages import CORRECTIONS_PENDING, PENDING, RequestState


def reassign_window_request(
    case: WindowRequest, officer: User, *, by: User, at: datetime, reason: str = ""
) -> WindowRequest:
    """Another officer answers for the request and its window from now on."""
    return act(case, "reassign_window_request", by=by, at=at, reason=reason, officer=officer)


def reassign_correction(case: Correction, officer: User, *, by: User, at: datetime, reason: str = "") -> Correction:
    """Another officer answers for the correction from now on."""
    return act(case, "reassign_correction", by=by, at=at, reason=reason, officer=officer)


def _requests(at: datetime) -> QuerySet[Any]:
    """Undecided, to be opened, open, or over and not confirmed as shut."""
    over = Q(state=RequestState.SHUT, file__opening__confirmed_at=None)
    return WindowRequest.objects.filter(Q(state__in=[*PENDING, RequestState.OPEN]) | over).with_license().order_by("pk")


def _line(case: Any) -> Line:
    note = f"{case.ref}, {case.get_state_display().lower()}"
    return Line(case.license.licensee.name, note, case.get_absolute_url())


REQUESTS = Kind(
    "windows", "request for a window", "requests for windows", open=_requests, line=_line,
    give=reassign_window_request, waits=late,
)  # fmt: skip
CORRECTIONS = Kind(
    "corrections", "BioTrack correction", "BioTrack corrections",
    open=lambda at: Correction.objects.filter(state__in=CORRECTIONS_PENDING).with_license().order_by("pk"),
    line=_line, give=reassign_correction, waits=late,
)  # fmt: skip
