"""The questions that somebody has taken, as work that can be handed over."""

from datetime import datetime
from typing import Any

from accounts.models import User
from casefile.actions import act
from casefile.work import Kind, Line, late
from help_center.models import Question
from help_center.stages import OPEN


def _give(question: Question, officer: User, *, by: User, at: datetime, reason: str) -> None:
    act(question, "take_question", by=by, at=at, reason=reason, officer=officer)


def _line(question: Any) -> Line:
    return Line(question.subject, f"From {question.name}", question.get_absolute_url())


QUESTIONS = Kind(
    "questions", "open question", "open questions",
    open=lambda at: Question.objects.filter(state__in=OPEN).with_people().order_by("pk"), line=_line, give=_give,
    waits=late,
)  # fmt: skip
