"""One window on the desk: its red flags with their facts, what is asked, what came, what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from casefile.actions import move
from casefile.models import Delivery
from casefile.templatetags.ccd import due_tone, due_words, instant
from casefile.views.letters import TONES
from casefile.views.timeline import line_of
from inventory_windows import rules
from inventory_windows.models import OfLicense, Opening, WindowRequest
from inventory_windows.queries.facts import seen_of, visits_to
from inventory_windows.stages import FIRST_STAGES, REQUEST_STAGES, RequestState
from inventory_windows.views.desk.base import OfDesk

MOST_LINES, MOST_PLACES = 60, 50
STEPS = (
    ("begin_review", "Take up the request", "window_review"),
    ("approve_window", "Approve for a time", "window_approve"),
    ("ask_documents", "Ask for documents", "window_documents"),
    ("confirm_opened", "Confirm that it is open", "window_opened"),
    ("reschedule_window", "Set another time", "window_time"),
    ("confirm_shut", "Confirm that it is shut", "window_shut"),
    ("refuse_window", "Refuse the request", "window_refuse"),
)
FIRST_OF = {  # the step that comes next; the others stand beside it
    RequestState.REQUESTED: "begin_review",
    RequestState.IN_REVIEW: "approve_window",
    RequestState.APPROVED: "confirm_opened",
    RequestState.SHUT: "confirm_shut",
}


@dataclass(frozen=True)
class Next:
    """What happens next: words, and where it is done; no address while waiting."""

    title: str
    text: str = ""
    url: str = ""
    label: str = ""
    tone: str = ""
    words: str = ""


class WindowPage(OfDesk, TemplateView):
    """A request, or the first window of a license."""

    template_name = "inventory_windows/desk_window.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, at = self.case, timezone.now()
        is_request = isinstance(case, WindowRequest)
        others = list(Opening.objects.visible_to(self.user).filter(license=case.license_id).with_case())
        return super().get_context_data(**kwargs) | {
            "case": case,
            "license": case.license,
            "crumbs": self.crumbs(),
            "status": status_of(case, at),
            "next": self._next(at),
            "others": self._others(at),
            "is_request": is_request,
            "flags": self._flags(others) if is_request else [],
            "seen_then": case.flags if is_request and case.decided_at else None,
            "items": list(case.items.all()) if is_request else [],
            "opening": case.opening,
            "over": over_of(case.opening),
            "openings": [it for it in others if it.file_id != case.file_id],
            "places": self._places(),
            "at": at,
            **record_of(case),
        }

    def _flags(self, openings: Sequence[Opening]) -> list[rules.Flag]:
        """As they stand now, from what the page has loaded."""
        spans = [it.span() for it in openings if it.file_id != self.case.file_id]
        return rules.flags(seen_of(self.case, visits_to(self.case.license_id), spans))

    def _steps(self, at: datetime) -> list[tuple[str, str, str]]:
        """The steps that the reader may take from here: name, words, address."""
        found = [it for it in STEPS if move(self.case, it[0]) and self.may(f"inventory_windows.{it[0]}")]
        over = self.case.state == RequestState.OPEN and self.case.closes_at and self.case.closes_at <= at
        if over and self.may("inventory_windows.confirm_shut"):
            found = [it for it in STEPS if it[0] == "confirm_shut"]
        if self.case.is_confirmed():
            found = [it for it in found if it[0] != "confirm_shut"]
        return [
            (step, words, reverse(f"inventory_windows:{page}", args=[self.case.number])) for step, words, page in found
        ]

    def _first(self, at: datetime) -> tuple[str, str, str] | None:
        steps = self._steps(at)
        wanted = FIRST_OF.get(self.case.state, "confirm_shut")
        return next((it for it in steps if it[0] == wanted), None)

    def _next(self, at: datetime) -> Next:
        tone, words = due_of(self.case, at)
        first = self._first(at)
        if first:
            return Next(first[1], TEXTS.get(first[0], ""), first[2], first[1], tone, words)
        return Next(waits(self.case, at), "", "", "", tone, words)

    def _others(self, at: datetime) -> list[tuple[str, str]]:
        first = self._first(at)
        return [(words, url) for step, words, url in self._steps(at) if first is None or step != first[0]]

    def _places(self) -> list[dict[str, str]]:
        """Where an inspection can be started from here; nothing of it reaches the licensee."""
        if not self.may("inspections.start_inspection"):
            return []
        rows = self.case.license.premises.order_by("number")[:MOST_PLACES]
        return [{"name": it.name, "url": reverse("inspections:inspection_start", args=[it.number])} for it in rows]


TEXTS = {
    "begin_review": "Look at the red flags and the papers. Then approve it, ask for documents, or refuse it.",
    "approve_window": "Say when the window will be opened in BioTrack, ask for documents, or refuse it.",
    "confirm_opened": "Open the window in BioTrack at the time that was promised. Then confirm the minute.",
    "confirm_shut": "The window has ended. Shut it in BioTrack, then confirm the minute.",
}


def waits(case: Any, at: datetime) -> str:
    """What the case waits for where nobody of the office has to act."""
    if case.state == RequestState.OPEN:
        return "The window is open"
    if case.state == RequestState.DOCUMENTS_ASKED:
        return "Waiting for documents from the licensee"
    return {
        RequestState.REFUSED: "This request was refused",
        RequestState.WITHDRAWN: "The licensee took this request back",
    }.get(case.state, "This window is shut. It can only be read")


def status_of(case: Any, at: datetime) -> dict[str, str]:
    """The case in one tag; one that nobody confirmed as shut says so."""
    stages: Any = REQUEST_STAGES if isinstance(case, WindowRequest) else FIRST_STAGES
    stage = stages[case.state]
    if case.state == RequestState.SHUT or (case.closes_at and case.closes_at <= at):
        done = case.is_confirmed()
        return {"text": "Shut" if done else "Ended, not confirmed", "tone": "" if done else "red"}
    return {"text": case.get_state_display(), "tone": stage.tone}


def due_of(case: Any, at: datetime) -> tuple[str, str]:
    """By when something is due, as tone and words; of an open window its end."""
    if case.state == RequestState.OPEN and case.closes_at > at:
        return "later", f"Open until {instant(case.closes_at)}"
    if case.state == RequestState.APPROVED:
        return ("over" if case.opens_at < at else "soon"), f"Promised for {instant(case.opens_at)}"
    due = case.file.due_at
    return (due_tone(due, at), due_words(due, at)) if due else ("", "")


def over_of(opening: Opening | None) -> str:
    """How much longer than its time BioTrack had the window open, in words."""
    if opening is None or opening.shut_in_biotrack_at is None:
        return ""
    minutes = int((opening.shut_in_biotrack_at - opening.closes_at).total_seconds() // 60)
    return f"{minutes} minute{'s' * (minutes != 1)} after its end" if minutes > 0 else "at its end"


def record_of(case: OfLicense) -> dict[str, Any]:
    """Papers, questions, letters and history of a case, for the office."""
    papers = case.file.papers.exclude(sent_at=None).select_related("document")
    copies = Delivery.objects.filter(notice__file=case.file).with_letter()
    return {
        "papers": [
            {
                "name": it.document.name, "url": reverse("casefile:document", args=[it.document.key]),
                "size": filesizeformat(it.document.size), "kind": "PDF" if not it.document.is_image else "Photo",
            }
            for it in papers
        ],
        "questions": list(case.file.questions.all()),
        "copies": [
            {
                "copy": copy, "tone": TONES.get(Delivery.State(copy.state), ""),
                "url": reverse("casefile:letter", args=[copy.notice.key]),
            }
            for copy in copies.order_by("-notice__queued_at", "-notice_id", "pk")[:MOST_LINES]
        ],
        "events": [line_of(event) for event in case.file.events.select_related("by")[:MOST_LINES]],
    }  # fmt: skip
