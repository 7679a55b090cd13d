"""What happens to a question: it is asked, taken, answered or closed."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.permissions import allows
from casefile import deadlines, notices
from casefile.actions import Refused, act, drop_drafts, journal, locked
from casefile.calendar import local_day
from casefile.models import CaseFile
from help_center import clocks, letters, rules
from help_center.models import Question
from help_center.stages import State
from licensing.models import Licensee

DRAFT = "answer"  # the draft in which an answer waits


@dataclass(frozen=True)
class Asker:
    """Who asks, and where the answer goes; `user` where they are signed in, `licensee` where they ask for one."""

    name: str
    email: str
    user: User | None = None
    licensee: Licensee | None = None


@transaction.atomic
def ask_question(asker: Asker, *, subject: str, text: str, by: User, at: datetime, language: str = "en") -> Question:
    """Put a question on the desk of the officers, start the goal, tell who asked that we have it.

    Anybody may ask for themselves. Raises PermissionDenied where `by` may not ask for others.
    """
    for_others = by.is_division or asker.licensee is not None
    if for_others and not allows(by, "help_center.ask_question", asker.licensee):
        raise PermissionDenied(f"{by} may not ask for {asker.licensee or asker.name}")
    question = Question.objects.create(
        file=CaseFile.objects.create(opened_at=at), name=asker.name, email=asker.email, asker=asker.user,
        licensee=asker.licensee, language=language, subject=subject, text=text, asked_at=at,
    )  # fmt: skip
    event = journal(question, "ask_question", "Question asked", by=by, at=at, shown=True)
    deadlines.start(clocks.ANSWER_GOAL, question, at=at)
    notices.queue(letters.RECEIPT, question, once=f"event:{event.pk}:{letters.RECEIPT.key}", at=at, event=event)
    return question


def take_question(question: Question, *, by: User, at: datetime, version: int | None = None) -> Question:
    """Whoever takes a question has it, whether it lay on the desk or somebody else had it."""
    return act(question, "take_question", by=by, at=at, version=version, officer=by)


def put_back_question(question: Question, *, by: User, at: datetime, version: int | None = None) -> Question:
    """Leave a question to the others."""
    return act(question, "put_back_question", by=by, at=at, version=version)


@transaction.atomic
def answer_question(
    question: Question, text: str, *, by: User, at: datetime, confirmed: bool = False, version: int | None = None
) -> Question:
    """Send the answer, or a better one where one was sent.

    Raises Refused with the words that look like an answer that is not given, until `confirmed`.
    """
    question = locked(question)
    found = rules.concerns(text, today=local_day(at))
    if reasons := rules.reasons_not_to_answer(text, found, confirmed=confirmed):
        raise Refused(reasons)
    step = "correct_answer" if question.state == State.ANSWERED else "answer_question"
    if not allows(by, f"help_center.{step}", question):
        raise PermissionDenied(f"{by} may not answer this question")
    question.answers.create(text=text.strip(), sent_with=question.version, at=at, by=by)
    kinds = sorted({concern.kind for concern in found})
    question = act(question, step, by=by, at=at, version=version, confirmed=kinds)
    drop_drafts(question, DRAFT)
    return question


def close_question(
    question: Question, *, ending: str, note: str, by: User, at: datetime, version: int | None = None
) -> Question:
    """Close a question without an answer, with the reason."""
    return act(question, "close_question", by=by, at=at, version=version, reason=note, ending=ending)
