"""One request for the office: what is asked and weighed, what came with it, what was written and done."""

from typing import Any

from django.views.generic import TemplateView

from accounts.permissions import allows
from casefile.actions import move
from casefile.models import Delivery
from casefile.templatetags.ccd import due_tone, due_words
from casefile.views.timeline import line_of
from licensing.queries.request_pages import earlier, load_pieces
from licensing.queries.request_steps import next_of
from licensing.queries.shortage import effects_on_license
from licensing.views.requests import words
from licensing.views.requests.base import RequestPage, request_url

MOST_LINES, MOST_REQUESTS = 100, 20
OTHERS = (
    ("take_request", "Take the request", "request_take"),
    ("find_complete", "Check the pieces", "request_check"),
    ("approve_request", "Approve all or part", "request_decide"),
    ("deny_request", "Deny the request", "request_deny"),
    ("reassign_request", "Give it to somebody else", "request_assign"),
)
DELIVERY_TONES = {"accepted": "green", "acknowledged": "green", "bounced": "red", "held": "amber", "stopped": ""}


class Overview(RequestPage, TemplateView):
    """What to do next and by when, what is asked, and each factor with its facts."""

    template_name = "licensing/request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, step = self.case, next_of(self.case, self.at)
        load_pieces(case)
        may = bool(step.right) and allows(self.user, step.right, case)
        due = case.file.due_at
        return super().get_context_data(**kwargs) | {
            "step": step,
            "kicker": self._kicker(step.turn, may),
            "step_url": request_url(step.page, case) if may else "",
            "due_tone": due_tone(due, self.at) if due else "",
            "due_words": due_words(due, self.at) if due else "",
            "stages": words.stages_of(case, self.at),
            "asked": words.asked_rows(self.weighed),
            "factors": words.factor_rows(self.weighed.factors(self.user)),
            "kept": case.decided_at is not None,
            "missing": case.missing(),
            "clocks": words.clock_rows(case.file.deadlines.all(), self.at),
            "others": list(self._others(step.page)),
        }

    def _kicker(self, turn: str, mine: bool) -> str:
        if mine:
            return "Your next step"
        officer = self.case.officer
        names = {"licensee": "With the licensee", "officer": f"With {officer.name}" if officer else "Nobody has it yet"}
        return names.get(turn, "Nothing to do now")

    def _others(self, next_page: str) -> Any:
        """The steps this person may take from here that are not the next one."""
        for step, label, page in OTHERS:
            possible = move(self.case, step) is not None and page != next_page
            taken = step == "take_request" and self.case.officer is not None
            if possible and not taken and allows(self.user, f"licensing.{step}", self.case):
                yield label, request_url(page, self.case)


class Papers(RequestPage, TemplateView):
    """Each piece that the rule asks for, with its papers and every time it was sent."""

    template_name = "licensing/request_papers.html"
    here = "request_papers"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = words.piece_rows(self.case, load_pieces(self.case))
        return super().get_context_data(**kwargs) | {"pieces": rows}


class Record(RequestPage, TemplateView):
    """Every letter and every line of the journal; the license's count over time, and its other requests."""

    template_name = "licensing/request_record.html"
    here = "request_record"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.case
        copies = Delivery.objects.filter(notice__file=case.file).with_letter()
        events = case.file.events.select_related("by")[:MOST_LINES]
        return super().get_context_data(**kwargs) | {
            "copies": [
                {"copy": copy, "tone": DELIVERY_TONES.get(copy.state, "blue")}
                for copy in copies.order_by("-notice__queued_at", "-notice_id", "pk")[:MOST_LINES]
            ],
            "events": [line_of(event) for event in events],
            "history": list(case.license.authorizations.order_by("-since", "-pk")[:MOST_LINES]),
            "earlier": [words.earlier_row(it) for it in earlier(case, MOST_REQUESTS)],
            "effects": effects_on_license(case.license, self.weighed.on),
            "contacts": list(case.licensee.contacts.all()),
        }
