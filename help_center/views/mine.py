"""The questions of a licensee's people, with our answers."""

from typing import Any

from django.http import Http404, HttpRequest
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.views.own import line_row
from help_center.models import Question

MOST = 50


class OwnQuestions(Guarded, TemplateView):
    """What was asked, newest first."""

    rights = "help_center.see_own_questions"
    lists = True
    template_name = "help_center/own_questions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Question.objects.visible_to(self.user).with_people().order_by("-pk")[: MOST + 1]
        return super().get_context_data(**kwargs) | {"questions": rows[:MOST], "more": len(rows) > MOST, "most": MOST}


class OwnQuestion(Guarded, TemplateView):
    """One question and our answers."""

    rights = "help_center.see_own_questions"
    template_name = "help_center/own_question.html"
    question: Question

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Question.objects.visible_to(self.user).with_people().filter(file__key=kwargs["key"])
        found = rows.prefetch_related("answers").first()
        if found is None:
            raise Http404("No such question.")
        self.question = found

    def get_guarded(self) -> Question:
        return self.question

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        events = self.question.file.events.filter(shown=True).select_related("by")
        return super().get_context_data(**kwargs) | {
            "question": self.question,
            "answers": list(reversed(self.question.answers.all())),
            "history": [line_row(event) for event in events],
            "answer_by": self.question.answer_by if self.question.is_open else None,
        }
