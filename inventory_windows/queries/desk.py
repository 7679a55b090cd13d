"""The lists of the desk: what waits for whom, and what is known of each request in a few queries."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from accounts.models import User
from inspections.models import Inspection
from inventory_windows import rules
from inventory_windows.models import Correction, Opening, WindowRequest
from inventory_windows.queries.facts import seen_of, visits_to
from inventory_windows.stages import CORRECTIONS_PENDING, DONE, TO_REVIEW, CorrectionState, RequestState


@dataclass(frozen=True)
class View:
    """A list that has a name; `what` says of which kind its rows are."""

    label: str
    what: str  # requests, openings or corrections
    rows: Callable[[User, datetime], QuerySet[Any]]
    empty: str
    newest: bool = False


def requests(user: User) -> QuerySet[Any]:
    return WindowRequest.objects.visible_to(user)


VIEWS: Mapping[str, View] = {
    "review": View(
        "To review", "requests", lambda user, at: requests(user).filter(state__in=TO_REVIEW), "No request waits for us."
    ),
    "documents": View(
        "Waiting for documents", "requests",
        lambda user, at: requests(user).filter(state=RequestState.DOCUMENTS_ASKED), "We wait for no documents.",
    ),
    "approved": View(
        "To open", "requests", lambda user, at: requests(user).filter(state=RequestState.APPROVED),
        "No window is to be opened.",
    ),
    "open": View(
        "Open now", "openings", lambda user, at: Opening.objects.visible_to(user).open_now(at), "No window is open."
    ),
    "shut": View(
        "To shut", "openings", lambda user, at: Opening.objects.visible_to(user).to_shut(at),
        "Every window that ended is confirmed as shut.",
    ),
    "corrections": View(
        "BioTrack corrections", "corrections",
        lambda user, at: Correction.objects.visible_to(user).filter(state__in=CORRECTIONS_PENDING),
        "No correction waits for us.",
    ),
    "done": View(
        "Done", "requests",
        lambda user, at: requests(user).filter(state__in=DONE).exclude(
            state=RequestState.SHUT, file__opening__confirmed_at=None
        ),
        "Nothing is done yet.", True,
    ),
    "corrections_done": View(
        "Corrections done", "corrections",
        lambda user, at: Correction.objects.visible_to(user).exclude(
            state__in=[CorrectionState.DRAFT, *CORRECTIONS_PENDING]
        ),
        "No correction is decided yet.", True,
    ),
}  # fmt: skip


def flags_by_request(cases: Sequence[WindowRequest]) -> Mapping[int, list[rules.Flag]]:
    """The red flags of each request, in three queries however many they are."""
    prefetch_related_objects(cases, "items")
    licenses = {case.license_id for case in cases}
    spans: dict[int, list[rules.Span]] = defaultdict(list)
    for row in Opening.objects.filter(license__in=licenses).order_by("opened_at"):
        spans[row.license_id].append(row.span())
    visits: dict[int, list[Inspection]] = defaultdict(list)
    for visit in visits_to(*licenses):
        visits[visit.premises.license_id].append(visit)
    return {
        case.pk: rules.flags(seen_of(case, visits[case.license_id], spans[case.license_id]))
        for case in cases
        if case.sent_at
    }
