"""A question on its way through the door: who may do what, the goal, the letters, the record."""

import copy
import re

import pytest
from django.conf import settings as house
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test.utils import override_settings

from casefile.actions import Refused, Stale, steps
from casefile.models import Deadline, Notice
from help_center.actions import questions
from help_center.actions.questions import Asker
from help_center.models import Question
from help_center.stages import Ending, State
from reports.record import broken
from tests import factories
from tests.help_center import told
from tests.help_center.told import ANSWER, ASKED
from tests.inspections import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]


@pytest.fixture
def eva(db):
    """Another officer."""
    return factories.user(name="Eva Chavez")


def letters() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("letter", flat=True))


class TestAsking:
    def test_puts_it_on_the_desk_with_a_goal_and_a_receipt(self, tomas, place):
        question = told.ask(place.licensee, tomas)
        assert (question.state, question.licensee, question.asker) == (State.ASKED, place.licensee, tomas)
        goal = Deadline.objects.get()
        assert goal.due_on.isoformat() == "2026-11-20"  # asked on Tuesday the 17th, three business days
        assert question.answer_by == goal.due_on
        receipt = Notice.objects.get()
        assert receipt.deliveries.get().email == tomas.email and told.SUBJECT in receipt.text

    def test_somebody_outside_is_not_told_what_they_typed(self):
        """The address may belong to somebody else, whom nobody shall reach with words of their own through us."""
        told.ask(subject="Buy my things", text="at my shop")
        sent = Notice.objects.get()
        assert "Buy my things" not in sent.text + sent.subject and "at my shop" not in sent.text
        assert sent.deliveries.get().email == "ana@example.test"

    def test_nobody_asks_for_a_licensee_they_do_not_stand_for(self, stranger, place, dana):
        viewer = factories.representative(place.licensee, "viewer")
        for person in (stranger, viewer):
            with pytest.raises(PermissionDenied):
                told.ask(place.licensee, person)
        assert told.ask(None, viewer).licensee is None

    def test_an_officer_writes_down_what_somebody_asks_an_auditor_does_not(self, dana):
        asker = Asker("Ana Sol", "ana@example.test")
        said = {"subject": "By phone", "text": "What?", "at": ASKED}
        assert questions.ask_question(asker, by=dana, **said).asker is None
        with pytest.raises(PermissionDenied):
            questions.ask_question(asker, by=factories.user("auditor"), **said)


class TestSteps:
    def test_whoever_takes_it_has_it_until_somebody_takes_it_over(self, dana, eva):
        question = told.taken(dana)
        assert (question.state, question.officer) == (State.TAKEN, dana)
        assert questions.take_question(question, by=eva, at=ASKED).officer == eva
        with pytest.raises(PermissionDenied):
            questions.answer_question(question, ANSWER, by=dana, at=ASKED)

    def test_put_back_it_lies_on_the_desk_and_the_goal_runs_on(self, dana):
        question = questions.put_back_question(told.taken(dana), by=dana, at=ASKED)
        assert (question.state, question.officer) == (State.ASKED, None)
        assert Deadline.objects.get().is_running

    def test_an_answer_meets_the_goal_and_goes_out(self, dana, tomas, place):
        question = told.answered(dana, place.licensee, tomas)
        assert question.state == State.ANSWERED and question.answered_at == ASKED
        assert Deadline.objects.get().end == Deadline.End.MET
        assert letters() == ["help_center.receipt", "help_center.answer"]
        assert ANSWER in Notice.objects.get(letter="help_center.answer").text

    def test_a_better_answer_takes_the_place_and_both_stay(self, dana):
        question = questions.answer_question(told.answered(dana), "Use page B.", by=dana, at=ASKED)
        assert [it.text for it in question.answers.all()] == [ANSWER, "Use page B."]
        assert letters()[-1] == "help_center.correction"
        with pytest.raises(DatabaseError), transaction.atomic():
            question.answers.update(text="Said otherwise.")

    def test_it_is_closed_with_a_reason_and_a_letter(self, dana):
        question = questions.close_question(
            told.ask(), ending=Ending.SETTLED, note="We talked.", by=dana, at=ASKED
        )  # fmt: skip
        assert (question.state, question.ending) == (State.CLOSED, Ending.SETTLED)
        assert letters()[-1] == "help_center.closed"
        assert Deadline.objects.get().end == Deadline.End.CANCELLED

    def test_nothing_goes_out_where_nothing_was_asked(self, dana):
        questions.close_question(told.ask(), ending=Ending.NO_QUESTION, note="An ad.", by=dana, at=ASKED)
        assert letters() == ["help_center.receipt"]

    def test_who_may_do_what(self, dana, eva, marco, tomas, place):
        question = told.taken(dana, place.licensee, tomas)
        may = {who: set(steps(question, who)) for who in (dana, eva, marco, tomas)}
        all_steps = {"take_question", "put_back_question", "answer_question", "close_question"}
        assert may == {dana: all_steps, eva: {"take_question", "close_question"}, marco: all_steps, tomas: set()}

    def test_an_old_page_is_told(self, dana, eva):
        question = told.taken(dana)
        questions.take_question(question, by=eva, at=ASKED)
        with pytest.raises(Stale):
            questions.close_question(
                question, ending=Ending.TWICE, note="Twice.", by=dana, at=ASKED, version=question.version
            )

    def test_the_record_keeps_its_promises(self, dana, tomas, place):
        told.answered(dana, place.licensee, tomas)
        questions.close_question(told.ask(), ending=Ending.TWICE, note="Twice.", by=dana, at=ASKED)
        assert broken() == []


class TestWhatIsNotSaid:
    def test_wants_a_second_look_and_leaves_a_mark(self, dana):
        question = told.taken(dana)
        words = "Our officer will visit on Tuesday."
        with pytest.raises(Refused, match="will visit|visit on Tuesday"):
            questions.answer_question(question, words, by=dana, at=ASKED)
        assert not question.answers.exists()
        questions.answer_question(question, words, by=dana, at=ASKED, confirmed=True)
        assert question.file.events.first().facts == {"confirmed": ["visit"]}

    def test_no_words_are_no_answer(self, dana):
        with pytest.raises(Refused):
            questions.answer_question(told.taken(dana), " ", by=dana, at=ASKED)


class TestVisibleTo:
    def test_people_see_what_is_theirs(self, dana, tomas, stranger, place):
        viewer = factories.representative(place.licensee, "viewer")
        firm, own, outside = told.ask(place.licensee, tomas), told.ask(None, tomas), told.ask()
        seen = {who: set(Question.objects.visible_to(who)) for who in (dana, tomas, viewer, stranger)}
        assert seen == {dana: {firm, own, outside}, tomas: {firm, own}, viewer: {firm}, stranger: set()}

    def test_who_stands_for_the_firm_no_longer_sees_nothing_of_it(self, tomas, place):
        told.ask(place.licensee, tomas)
        stood = tomas.represents.get()
        stood.removed_at, stood.removed_by = ASKED, tomas
        stood.save()
        assert not Question.objects.visible_to(tomas)


class TestCameBack:
    def test_an_answer_that_did_not_arrive_is_found(self, dana):
        question, other = told.answered(dana), told.answered(dana)
        copies = Notice.objects.get(file=question.file, letter="help_center.answer").deliveries
        copies.update(state="bounced", next_at=None, settled_at=ASKED)
        assert list(Question.objects.came_back()) == [question] and other not in Question.objects.came_back()


class TestLetters:
    GAP = "WHAT-IS-MISSING"

    @pytest.fixture
    def written(self, dana, tomas, place):
        engines = copy.deepcopy(house.TEMPLATES)
        engines[0]["OPTIONS"]["string_if_invalid"] = self.GAP
        with override_settings(TEMPLATES=engines):
            for by in (tomas, None):
                question = told.answered(dana, place.licensee if by else None, by)
                questions.answer_question(question, "Use the page for your windows.", by=dana, at=ASKED)
                for ending in (Ending.SETTLED, Ending.TWICE, Ending.NOT_OURS):
                    questions.close_question(told.ask(None, by), ending=ending, note="So.", by=dana, at=ASKED)
        return list(Notice.objects.all())

    def test_are_whole_plain_and_have_one_link(self, written):
        assert {it.letter.split(".")[1] for it in written} == {"receipt", "answer", "correction", "closed"}
        for it in written:
            assert self.GAP not in it.subject + it.text + it.html and "None" not in it.text
            assert len(it.subject) <= 60
            assert len(re.findall(r"https?://", it.text)) == 1, it.text
            assert plain.grade(it.text) <= 6, f"{plain.grade(it.text):.1f}\n{it.text}"
            assert len(plain.words_in(plain.longest(it.text))) <= 20, plain.longest(it.text)
