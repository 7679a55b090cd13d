"""Questions as they come about: asked for a licensee, taken by an officer, answered."""

from datetime import datetime

from django.core.management import call_command

from accounts.models import User
from help_center.actions import questions
from help_center.actions.questions import Asker
from help_center.models import Question
from licensing.models import Licensee
from tests import factories

ASKED = factories.MORNING
SUBJECT = "Adding clones"
TEXT = "My window is closed. How do I add new clones?"
ANSWER = "You can ask us to open your window again.\n\nUse the page for windows."


def loaded() -> None:
    """The project's own articles, and the counties."""
    call_command("load_help", verbosity=0)


def ask(licensee: Licensee | None = None, by: User | None = None, *, at: datetime = ASKED, **facts: str) -> Question:
    """A question of a licensee's person; without one, of somebody outside."""
    said = {"subject": SUBJECT, "text": TEXT} | facts
    if by is None:
        asker = Asker("Ana Sol", "ana@example.test")
        return questions.ask_question(asker, by=User.objects.clockwork(), at=at, **said)
    return questions.ask_question(Asker(by.name, by.email, by, licensee), by=by, at=at, **said)


def taken(officer: User, licensee: Licensee | None = None, by: User | None = None, **facts: str) -> Question:
    return questions.take_question(ask(licensee, by, **facts), by=officer, at=ASKED)


def answered(officer: User, licensee: Licensee | None = None, by: User | None = None, **facts: str) -> Question:
    return questions.answer_question(taken(officer, licensee, by, **facts), ANSWER, by=officer, at=ASKED)


def asked(licensee: Licensee, owner: User, officer: User) -> list[Question]:
    """One question that the officer has, and one that was answered."""
    return [taken(officer, licensee, owner), answered(officer, licensee, owner, subject="Source codes")]
