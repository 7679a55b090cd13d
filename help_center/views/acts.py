"""What is done with a question: taken, put back, closed, answered."""

from typing import Any

from django import forms
from django.utils import timezone

from casefile.views.acts import ActView
from casefile.views.drafted import Drafted
from help_center import rules
from help_center.actions import questions
from help_center.forms.desk import AnswerForm, CloseForm
from help_center.queries.articles import answering
from help_center.stages import State
from help_center.views.desk import OfQuestion
from help_center.views.public import in_figures


class QuestionAct(OfQuestion, ActView):
    """A form that acts on one question."""

    template_name = "help_center/act.html"
    title = ""
    lead = ""
    button = ""

    def get_success_url(self) -> str:
        return self.question.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "question": self.question,
            "title": self.title,
            "lead": self.lead,
            "button": self.button,
            "back_url": self.question.get_absolute_url(),
        }


class Take(QuestionAct):
    """Whoever takes a question has it."""

    rights = "help_center.take_question"
    step = "take_question"
    title = button = "Take the question"
    done = "You have the question now."

    @property
    def lead(self) -> str:  # type: ignore[override]
        if self.question.officer is None:
            return "Nobody has it yet. Who takes it answers it."
        return f"{self.question.officer.name} has it. If you take it over, you answer it."

    def perform(self, form: forms.Form, **common: Any) -> None:
        questions.take_question(self.question, **common)


class PutBack(QuestionAct):
    """Leave it to others."""

    rights = "help_center.put_back_question"
    step = "put_back_question"
    title = button = "Put the question back"
    lead = "Others can take it then. The goal runs on."
    done = "The question is back on the desk."

    def perform(self, form: forms.Form, **common: Any) -> None:
        questions.put_back_question(self.question, **common)


class Close(QuestionAct):
    """No answer is to be given."""

    rights = "help_center.close_question"
    step = "close_question"
    form_class = CloseForm
    title = "Close without an answer"
    button = "Close the question"
    lead = "Who asked gets a mail that says so, unless it was no question."
    done = "The question is closed."

    def perform(self, form: forms.Form, **common: Any) -> None:
        typed = form.cleaned_data
        questions.close_question(self.question, ending=typed["ending"], note=typed["note"], **common)


class WriteAnswer(QuestionAct, Drafted):
    """The answer: kept as it is typed, filled with articles on a press, looked at again where it says too much."""

    rights = "help_center.answer_question"
    form_class = AnswerForm
    template_name = "help_center/answer.html"
    button = "Send the answer"
    done = "The answer is on its way."
    draft = questions.DRAFT
    keeps = ("save", "insert")

    @property
    def corrects(self) -> bool:
        return self.question.state == State.ANSWERED

    @property
    def title(self) -> str:  # type: ignore[override]
        return "Correct the answer" if self.corrects else "Write the answer"

    def get_refusals(self) -> list[str]:
        """What stands in the way before anything is typed."""
        if self.question.state in (State.TAKEN, State.ANSWERED):
            return []
        return ["Take the question first."] if self.question.state == State.ASKED else ["This question is closed."]

    def concerns(self) -> list[rules.Concern]:
        """What the typed words look like that an answer must not say."""
        return rules.concerns(self.request.POST.get("text", ""), today=timezone.localdate())

    def get_form_kwargs(self) -> dict[str, Any]:
        doubtful = self.request.method == "POST" and bool(self.concerns())
        return super().get_form_kwargs() | {"doubtful": doubtful}

    def get_initial(self) -> dict[str, Any]:
        last = self.question.answers.last() if self.corrects else None
        return dict(self.get_typed()) or {"text": last.text if last else ""}

    def change_typed(self, typed: dict[str, str]) -> dict[str, str]:
        """With the article that was asked for at the end; nothing is sent."""
        article = next((it for it in self.suggested() if it.article.slug == typed.get("insert")), None)
        if article is None:
            return {"text": typed.get("text", "")}
        text = in_figures(article)
        return {"text": f"{typed.get('text', '').rstrip()}\n\n{text['summary']}\n\n{text['body']}".strip()}

    def suggested(self) -> list[Any]:
        return answering(f"{self.question.subject} {self.question.text}", self.question.language, most=5)

    def perform(self, form: forms.Form, **common: Any) -> None:
        typed = form.cleaned_data
        confirmed = bool(typed.get("confirmed"))
        questions.answer_question(self.question, typed["text"], confirmed=confirmed, **common)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "warnings": rules.WARNINGS.values(),
            "suggested": [{"slug": it.article.slug, **in_figures(it)} for it in self.suggested()],
            "autosave_url": f"{self.request.path}?save=1",
        }
