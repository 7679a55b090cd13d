"""The officers' desk: the questions with whose turn it is, and one question."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.permissions import ever_allows
from accounts.rights import Guarded
from casefile.actions import steps
from casefile.deadlines import CLOCKS
from casefile.models import Delivery
from casefile.templatetags.ccd import due_tone, due_words
from casefile.views.timeline import line_of
from help_center.forms.desk import VIEWS, QuestionFilter
from help_center.models import Question
from help_center.queries.articles import answering
from help_center.queries.desk import DONE, in_view, narrowed
from help_center.stages import State
from licensing.queries.pages import Page, page_by_newest, page_by_oldest
from licensing.views.lists import FilteredList

TABS = (
    ("Questions", "help_center:desk", "help_center.see_questions"),
    ("Articles", "help_center:staff_articles", "help_center.see_articles"),
    ("Odor contacts", "help_center:localities", "help_center.see_localities"),
)
MAIL_TONES = {Delivery.State.ACCEPTED: "green", Delivery.State.BOUNCED: "red", Delivery.State.UNKNOWN: "amber"}
BUTTONS = {
    "take_question": ("Take the question", "take"),
    "answer_question": ("Write the answer", "answer"),
    "correct_answer": ("Correct the answer", "answer"),
    "put_back_question": ("Put it back", "put_back"),
    "close_question": ("Close without an answer", "close"),
}


class DeskPage(Guarded):
    """A page under Questions."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, path = self.user, self.request.path
        open_to = [(label, reverse(name)) for label, name, row in TABS if ever_allows(user, row)]
        here = max((url for _, url in open_to if path.startswith(url)), key=len, default="")
        tabs = [{"label": label, "url": url, "current": url == here} for label, url in open_to]
        return super().get_context_data(**kwargs) | {"desk_tabs": tabs}  # type: ignore[misc]


class Desk(DeskPage, FilteredList):
    """Every question of one view, the first due first."""

    rights = "help_center.see_questions"
    template_name = "help_center/desk.html"
    filter_class = QuestionFilter

    @property
    def view_name(self) -> str:
        typed = self.request.GET.get("view", "")
        return typed if typed in VIEWS else "open"

    def page(self, facts: dict[str, str], ends: dict[str, str]) -> Page[Question]:
        rows = in_view(Question.objects.visible_to(self.user), self.view_name, user=self.user, at=timezone.now())
        turn = page_by_newest if self.view_name in DONE else page_by_oldest
        return turn(narrowed(rows, facts).with_people(), **ends)

    def table(self, rows: Sequence[Question]) -> list[dict[str, Any]]:
        return [{"question": row, "due": due_of(row)} for row in rows]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = self.request.path
        context = super().get_context_data(**kwargs)
        return context | {
            "chips": [chip for chip in context["chips"] if chip[0] != f"“{self.view_name}”"],
            "clear_url": f"{here}?view={self.view_name}",
            "views": [
                {"label": label, "url": f"{here}?view={name}", "current": name == self.view_name}
                for name, label in VIEWS.items()
            ],
            "view_label": VIEWS[self.view_name],
        }


def due_of(question: Question) -> dict[str, Any] | None:
    """When the answer is due, in words and with its shape; None when nobody waits."""
    due, at = question.file.due_at, timezone.now()
    return {"words": due_words(due, at), "tone": due_tone(due, at)} if due else None


class OfQuestion(DeskPage):
    """A page of one question, for the Division."""

    rights = "help_center.see_questions"
    question: Question
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Question.objects.visible_to(self.user).with_people().filter(file__key=kwargs["ref"])
        if (found := rows.first()) is None:
            raise Http404("No such question.")
        self.question = self.case = found

    def get_guarded(self) -> Question:
        return self.question


class ShowQuestion(OfQuestion, TemplateView):
    """The question, what is to be done, the goal, our answers, the letters and the history."""

    template_name = "help_center/question.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.question
        sent = Prefetch("notices__deliveries", Delivery.objects.order_by("pk"))
        prefetch_related_objects([question], "answers__by")
        prefetch_related_objects([question.file], "deadlines", "events__by", sent)
        return super().get_context_data(**kwargs) | {
            "question": question,
            "answers": list(reversed(question.answers.all())),
            "buttons": self._buttons(),
            "due": due_of(question),
            "clocks": [_clock(row) for row in question.file.deadlines.all() if row.is_running],
            "letters": [_letter(notice, copy) for notice in question.file.notices.all()
                        for copy in notice.deliveries.all()],
            "events": [line_of(event) for event in question.file.events.all()],
            "suggested": answering(f"{question.subject} {question.text}", question.language, most=3)
            if question.is_open else [],
        }  # fmt: skip

    def _buttons(self) -> list[tuple[str, str]]:
        """What this person may do next, the first is the main one."""
        open_now = steps(self.question, self.user)
        if self.question.state == State.TAKEN and self.question.is_assigned_to(self.user):
            open_now.pop("take_question", None)
        words = [BUTTONS[name] for name in BUTTONS if name in open_now]
        return [
            (label, reverse(f"help_center:question_{page}", args=[self.question.file.key])) for label, page in words
        ]


def _clock(row: Any) -> dict[str, Any]:
    clock, at = CLOCKS[row.clock], timezone.now()
    return {
        "label": clock.label, "due": row.due_at, "words": due_words(row.due_at, at), "tone": due_tone(row.due_at, at),
        "note": "A goal of the team.", "how": row.how_counted.sentence(clock.event, clock.act),
    }  # fmt: skip


def _letter(notice: Any, copy: Delivery) -> dict[str, Any]:
    return {
        "subject": notice.subject, "url": reverse("casefile:letter", args=[notice.key]), "to": copy.email,
        "at": notice.queued_at, "state": copy.get_state_display(),
        "tone": MAIL_TONES.get(Delivery.State(copy.state), ""),
    }  # fmt: skip
