"""A question that somebody asked us, from the contact form to the answer."""

from collections.abc import Iterable
from datetime import date, datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django_fsm import FSMField, transition

from accounts.models import User
from accounts.permissions import ever_allows
from casefile.models import Case, Delivery, Document, Recipient, in_office
from casefile.steps import When, effects, unless
from help_center import clocks, letters
from help_center.models.articles import Language
from help_center.stages import OPEN, STAGES, Ending, Stage, State
from licensing.models import Licensee
from licensing.models.words import trigrams, with_words, words_field


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User) -> "QuestionQuerySet":
        """Staff see every question; a representative those of their licensees, and their own without a licensee."""
        if user.is_division:
            return self if ever_allows(user, "help_center.see_questions") else self.none()
        theirs = Licensee.objects.visible_to(user)
        return self.filter(Q(licensee__in=theirs) | Q(licensee=None, asker=user))

    def holding(self, typed: str) -> "QuestionQuerySet":
        """Those with every typed word in what was asked or in the name of who asked, or of this address."""
        return self.filter(email__iexact=typed.strip()) if "@" in typed else with_words(self, typed)

    def with_people(self) -> "QuestionQuerySet":
        """With the rows that every list names, in one query."""
        return self.select_related("file", "licensee", "officer")

    def came_back(self) -> "QuestionQuerySet":
        """Those whose last answer did not arrive."""
        answers = Delivery.objects.filter(
            notice__file=models.OuterRef("file"), notice__letter__in=[letters.ANSWER.key, letters.CORRECTION.key]
        )
        last = models.Subquery(answers.order_by("-pk").values("state")[:1])
        return self.filter(state=State.ANSWERED).alias(sent=last).filter(sent=Delivery.State.BOUNCED)


class Question(Case):
    """A question from the contact form, and what became of it."""

    State = State
    Ending = Ending

    licensee = models.ForeignKey(
        Licensee, on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )  # fmt: skip
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Who was signed in; nobody for a question from outside.",
    )  # fmt: skip
    name = models.CharField(max_length=80)
    email = models.EmailField()
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    subject = models.CharField(max_length=100)
    text = models.TextField()
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    state = FSMField(choices=State.choices, default=State.ASKED, protected=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    words = words_field(F("subject"), Cast("text", models.CharField()), F("name"))

    objects = QuestionQuerySet.as_manager()
    related = ("file", "licensee", "officer")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="question_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=State.ASKED) | Q(officer__isnull=False) | Q(state=State.CLOSED),
                name="question_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_at__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_at=None, ending="")),
                name="question_closed_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="question_by_state"),
            models.Index(fields=["officer", "state"], name="question_of_officer"),
            models.Index(fields=["licensee", "-id"], name="question_of_licensee"),
            trigrams("question_with_words"),
        ]

    def __str__(self) -> str:
        return self.subject

    # Who

    def get_absolute_url(self) -> str:
        return reverse("help_center:question", args=[self.file.key])

    @property
    def letters_url(self) -> str:
        return self.get_absolute_url()

    @property
    def stage(self) -> Stage:
        return STAGES[State(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_assigned_to(self, user: User) -> bool:
        return self.officer_id is not None and self.officer_id == user.pk

    def standing_of(self, user: User) -> str:
        """As for the licensee it was asked for; who asked for none is the owner of the question."""
        if self.licensee is not None:
            return self.licensee.standing_of(user)
        return "owner" if self.asker_id is not None and self.asker_id == user.pk else ""

    def shows(self, document: Document) -> bool:
        """No papers are handed in with a question."""
        return False

    def recipients(self, to: str) -> Iterable[Recipient]:
        if to == "asker":
            return [Recipient(self.name, self.email)]
        return in_office(to, self.officer)

    # Facts

    @property
    def answer(self) -> "Answer | None":
        """The answer that counts."""
        return self.answers.last()

    @property
    def answer_by(self) -> date | None:
        """The day by whose end the team means to answer."""
        row = self.file.deadlines.filter(clock=clocks.ANSWER_GOAL.key).last()
        return row.due_on if row else None

    @property
    def tells_asker(self) -> bool:
        return self.ending != Ending.NO_QUESTION

    def reasons_not_to_send(self) -> list[str]:
        """An answer goes out after its words were written down."""
        return [] if self.answers.filter(sent_with=self.version).exists() else ["Write the answer."]

    # Steps

    @transition(state, State.ASKED, State.TAKEN, custom=effects("Question taken"))
    @transition(state, State.TAKEN, State.TAKEN, custom=effects("Question taken over"))
    def take_question(self, *, at: datetime, officer: User) -> None:
        """One person of the Division takes the question, or takes it over from another."""
        self.officer = officer

    @transition(state, State.TAKEN, State.ASKED, custom=effects("Question put back"))
    def put_back_question(self, *, at: datetime) -> None:
        """Who had taken the question leaves it to others."""
        self.officer = None

    @transition(
        state, State.TAKEN, State.ANSWERED, conditions=unless(reasons_not_to_send),
        custom=effects("Question answered", shown=True, stops=[clocks.ANSWER_GOAL], sends=[letters.ANSWER]),
    )  # fmt: skip
    def answer_question(self, *, at: datetime, confirmed: list[str]) -> None:
        """The answer goes to who asked, by mail, and stands on their page."""
        self.answered_at = at

    @transition(
        state, State.ANSWERED, State.ANSWERED, conditions=unless(reasons_not_to_send),
        custom=effects("Answer corrected", shown=True, sends=[letters.CORRECTION]),
    )  # fmt: skip
    def correct_answer(self, *, at: datetime, confirmed: list[str]) -> None:
        """A better answer takes the place of the first; both stay on record."""

    @transition(
        state, [State.ASKED, State.TAKEN], State.CLOSED,
        custom=effects(
            "Question closed without an answer", shown=True, cancels=[clocks.ANSWER_GOAL],
            sends=[When(lambda question: question.tells_asker, letters.CLOSED)],
        ),
    )  # fmt: skip
    def close_question(self, *, at: datetime, ending: str) -> None:
        """Nothing is to be answered: it was settled, asked twice, is not ours, or is no question."""
        self.closed_at, self.ending = at, ending


class Answer(models.Model):
    """What we answered. Written once; a correction is a new one."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    sent_with = models.PositiveIntegerField(help_text="The version of the question that it was written for.")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["question", "sent_with"], name="answer_once_per_step")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Answer to {self.question_id}, {self.at:%Y-%m-%d}"
