"""What each state of a question is called, whose turn it is, and what they do next."""

from dataclasses import dataclass

from django.db import models


class State(models.TextChoices):
    """Where a question stands."""

    ASKED = "asked", "To take"
    TAKEN = "taken", "To answer"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed without answer"


class Ending(models.TextChoices):
    """Why a question is closed without an answer."""

    SETTLED = "settled", "Settled in a talk"
    TWICE = "twice", "Asked twice"
    NOT_OURS = "not_ours", "Not a matter of the Division"
    NO_QUESTION = "no_question", "Not a question (nothing is sent)"


OPEN = [State.ASKED, State.TAKEN]


@dataclass(frozen=True)
class Stage:
    """One row: the tone of the tag, whose turn it is, and the next step in the words of each side."""

    tone: str
    turn: str  # "division" or "" when nobody has to act
    staff: str
    asker: str


STAGES = {
    State.ASKED: Stage("amber", "division", "Take the question", "We will read your question"),
    State.TAKEN: Stage("violet", "division", "Answer the question", "We are working on your answer"),
    State.ANSWERED: Stage("green", "", "Answered", "Answered"),
    State.CLOSED: Stage("", "", "Closed", "Closed"),
}
