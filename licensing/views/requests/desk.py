"""The desk: every request that was sent, with what comes next and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.permissions import allows
from casefile.templatetags.ccd import due_tone, due_words
from licensing.forms.requests import RequestFilter
from licensing.models import PlantRequest
from licensing.queries.instants import page_of
from licensing.queries.pages import Page
from licensing.queries.request_pages import LAST_DECIDED, SOONEST_DUE, desk
from licensing.queries.request_steps import Next, next_of, tone_of
from licensing.stages import OPEN, RequestState
from licensing.views.lists import FilteredList
from licensing.views.requests.base import request_url

DUE_FOR = {
    RequestState.SUBMITTED: "Check",
    RequestState.INCOMPLETE: "What is missing",
    RequestState.IN_REVIEW: "Decision",
}


@dataclass(frozen=True)
class Row:
    """One request in the list."""

    case: PlantRequest
    url: str
    step: Next
    step_url: str
    tone: str
    due_tone: str = ""
    due_words: str = ""
    due_for: str = ""


def row_of(case: PlantRequest, user: User, at: datetime) -> Row:
    """One row; the next step is a link for those who may take it."""
    step, due = next_of(case, at), case.file.due_at
    may = step.right and allows(user, step.right, case)
    return Row(
        case, request_url("request", case), step, request_url(step.page, case) if may else "", tone_of(case),
        due_tone(due, at) if due else "", due_words(due, at) if due else "",
        DUE_FOR.get(RequestState(case.state), ""),
    )  # fmt: skip


class Desk(FilteredList):
    """The requests that wait, soonest due first; with a state or all, those that were decided too."""

    rights = "licensing.see_requests"
    template_name = "licensing/requests.html"
    filter_class = RequestFilter

    def page(self, facts: dict[str, str], ends: dict[str, str]) -> Page[PlantRequest]:
        order = SOONEST_DUE if self._is_open(facts) else LAST_DECIDED
        return page_of(desk(self.user, facts), order, after=ends["after"], before=ends["before"])

    @staticmethod
    def _is_open(facts: dict[str, str]) -> bool:
        return facts.get("state", "") in ("", "all", *OPEN)

    def table(self, rows: Sequence[Any]) -> Sequence[Row]:
        at = timezone.now()
        return [row_of(case, self.user, at) for case in rows]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        open_now = self._is_open(context["filter"].data)
        return context | {"ordered": "soonest due first" if open_now else "last decided first"}
