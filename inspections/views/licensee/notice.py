"""One notice: what we found, what to do now and by when, and the button that says it was received."""

from collections.abc import Iterable, Sequence
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic import TemplateView

from casefile.actions import Refused
from casefile.models import Draft, Event, Notice
from casefile.views.own import MOST, letter_row, letters_of, line_row
from inspections import letters
from inspections.actions.notice import acknowledge_nolv
from inspections.models import Evidence, Inspection, Violation
from inspections.stages import AFTER_NOTICE, State
from inspections.views.licensee import words
from inspections.views.licensee.base import OfNotice, address, load
from inspections.views.licensee.parts import PlanPart, asked, parts_of, plan_rows
from inspections.views.licensee.times import Due, times_of

NOLVS = (letters.NOLV.key, letters.NOLV_WITHOUT_CAP.key)
SERVED = ("serve_nolv", "serve_nolv_without_cap")
STOPPED = "stop_nolv"
ANY_PROOF = "Photos or papers that show the fix."


class NoticePage(OfNotice, TemplateView):
    """Your notice: what to do. Looking at it counts for nothing; the button does."""

    template_name = "inspections/licensee/notice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        violations = load(self.case) if self.case.findings_are_open else []
        times = times_of(self.case, self.at)
        sent = letters_of(self.case.file, self.at)
        nolv = next((letter for letter in sent if letter.letter in NOLVS), None)
        draft = Draft(typed=getattr(self.case, "typed", None) or {})
        parts = parts_of(times, draft, {}) if self.case.state == State.CAP_DUE else []
        return super().get_context_data(**kwargs) | {
            "heading": words.heading(self.case),
            "status": status_of(self.case, violations),
            "lead": words.lead(self.case, violations),
            "due": times.asked,
            "due_links": self._links(times.asked, nolv),
            "steps": words.steps(self.case, violations, times),
            "start": self._start(parts),
            "acknowledge_url": self._acknowledge_url(),
            "rows": [self._row(violation, parts) for violation in violations],
            "ready": [v for v in violations if v.unsent and not v.verified_at],
            "is_answered": self.case.state in AFTER_NOTICE,
            "is_referred": self.case.state == State.DISCIPLINE,
            "letters": [letter_row(letter) for letter in sent],
            "history": history_of(self.case),
            "people_url": address("licensing:people", key=self.case.licensee.key),
            "licensee_url": address("licensing:licensee", key=self.case.licensee.key),
        }

    def _links(self, due: Due | None, nolv: Notice | None) -> list[dict[str, str]]:
        links = []
        if due and due.row:
            calendar = address("casefile:notice_calendar", key=self.case.file.key)
            links.append({"icon": "cal", "label": "Add to calendar", "url": calendar})
        if nolv and nolv.page:
            links.append({"icon": "doc", "label": "Your notice (PDF)", "url": letter_row(nolv)["pdf"]})
        if due and due.how:
            links.append({"icon": "info", "label": "How we count days", "url": "#how"})
        return links

    def _start(self, parts: Sequence[PlanPart]) -> str:
        """What the button says that leads to the plan; nothing where no plan is asked for."""
        if not parts or not self.can_act:
            return ""
        if any(part.remark for part in parts):
            return "Change your plan"
        return "Go on with your plan" if any(part.stored for part in parts) else "Start your plan"

    def _acknowledge_url(self) -> str:
        """Where the licensee says that they have the notice; nothing when they said it, or when nobody asks."""
        asks = self.case.state in (State.CAP_DUE, State.DISCIPLINE) and self.case.nolv_served_at is not None
        done = getattr(self.case, "acknowledged", False) or not self.can_act
        return self.url("notice_acknowledge") if asks and not done else ""

    def _row(self, violation: Violation, parts: Sequence[PlanPart]) -> dict[str, Any]:
        part = next((part for part in parts if part.number == violation.number), None)
        mark = part.mark if part and violation.proof is None else words.of_violation(violation, self.case.state)
        may_prove = self.can_act and self.case.state in AFTER_NOTICE and not violation.verified_at
        return {
            "violation": violation,
            "mark": None if self.case.state == State.CLOSED and not violation.verified_at else mark,
            "photos": photos_of(violation),
            "proof_wanted": (violation.proof_wanted or ANY_PROOF) if may_prove else "",
            "plan": plan_rows(violation.plan) if violation.plan else [],
            "plan_remark": part.remark if part else "",
            "proof_remark": words.proof_remark(violation),
            "files": files_of(violation),
            "proof_url": self.url("notice_proof", n=violation.number) if may_prove else "",
        }


def status_of(case: Inspection, violations: Sequence[Violation]) -> words.Mark:
    """The case in one tag."""
    changes = any(words.plan_is_returned(violation) for violation in violations)
    more = any(words.proof_remark(violation) for violation in violations)
    return words.status(case, changes=changes, more=more)


def photos_of(violation: Violation) -> list[dict[str, str]]:
    """What the officer photographed."""
    return [
        {
            "url": address("casefile:document", key=photo.document.key),
            "src": f"{address('casefile:document', key=photo.document.key)}?view=1",
            "alt": f"Photo {n} of violation {violation.number}",
            "caption": f"Photo {n}",
        }
        for n, photo in enumerate(violation.photos, start=1)
        if photo.document.has_copy
    ]


def files_of(violation: Violation) -> list[Evidence]:
    """The files of the proof that was sent last."""
    proof = violation.proof
    return [file for file in violation.evidence.all() if proof and file.proof_id == proof.pk]


def history_of(case: Inspection) -> list[dict[str, Any]]:
    """The lines of the journal that the licensee may read, newest first; none of a notice that was stopped."""
    lines = case.file.events.filter(Q(shown=True) | Q(step=STOPPED)).select_related("by")[:MOST]
    return [line_row(event) for event in without_stopped(lines)]


def without_stopped(lines: Iterable[Event]) -> list[Event]:
    """The lines without those of a notice that was served and then stopped."""
    left: list[Event] = []
    stopped = False
    for event in lines:
        if event.step == STOPPED:
            stopped = True
        elif stopped and event.step in SERVED:
            stopped = False
        else:
            left.append(event)
    return left


class Acknowledge(OfNotice):
    """The licensee says that they have the notice: only by the button, never by a look."""

    rights_to_post = "inspections.acknowledge_nolv"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.url("notice"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            case = acknowledge_nolv(self.case, by=self.user, at=self.at, address=get_adapter().get_client_ip(request))
        except Refused as refused:
            for reason in refused.reasons:
                messages.error(request, reason)
            return HttpResponseRedirect(self.url("notice"))
        messages.success(request, "Thank you. We wrote down that you got the notice.")
        starts = case.state == State.CAP_DUE and bool(asked(parts_of(times_of(case, self.at), None, {})))
        return HttpResponseRedirect(self.url("notice_plan" if starts else "notice"))
