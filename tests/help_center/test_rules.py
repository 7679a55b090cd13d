"""What an answer must not say: words that take a second look, and words that do not."""

from datetime import date

import pytest

from help_center.rules import LEGAL, PACKAGING, VISIT, WARNINGS, concerns, reasons_not_to_answer

TODAY = date(2026, 11, 20)

DOUBTFUL = [
    (VISIT, "We will inspect you on November 25."),
    (VISIT, "Our officer will visit on Tuesday."),
    (VISIT, "An inspection is coming. Expect it next week."),
    (VISIT, "Tomorrow somebody may stop by."),
    (VISIT, "The visit is 11/25/2026."),
    (VISIT, "Your inspection is on 2026-11-25."),
    (VISIT, "Your next inspection will be in January 2027."),
    (VISIT, "Be there at 9 a.m. for the inspection."),
    (VISIT, "Dana can come out in two weeks."),
    (VISIT, "No inspection is planned for you."),
    (VISIT, "Your visit has not been scheduled."),
    (VISIT, "We can set up an appointment."),
    (VISIT, "We will schedule your inspection."),
    (VISIT, "Vamos a hacer la inspección el martes."),
    (VISIT, "La visita es mañana."),
    (VISIT, "We inspect soon."),
    (PACKAGING, "Your label is approved."),
    (PACKAGING, "We approve the packaging you sent."),
    (PACKAGING, "The jar looks good."),
    (PACKAGING, "Your marketing complies with the rule."),
    (PACKAGING, "El empaque está bien."),
    (LEGAL, "Here is some legal advice."),
    (LEGAL, "In my opinion the rule allows it."),
    (LEGAL, "We advise that you move the plants."),
    (LEGAL, "You should appeal."),
    (LEGAL, "It is legal to do that."),
]
FINE = [
    "We try to inspect each facility at least once a year.",
    "Our officer visited you on November 10, 2026.",
    "We saw it at the visit of 11/10/2026.",
    "You can not make an appointment for an inspection.",
    "We can not schedule an inspection for you.",
    "We can not approve or deny packaging.",
    "We do not say that a label is approved.",
    "We can not give legal advice.",
    "We recommend that you ask your lawyer.",
    "Send your plan within 5 business days.",
    "Your plan is due on Wednesday, November 25, 2026.",
    "Seeds get a source code when you enter them.",
    "You may have 2 windows.",
    "",
]


@pytest.mark.parametrize(("kind", "text"), DOUBTFUL, ids=[text for _, text in DOUBTFUL])
def test_takes_a_second_look(kind, text):
    assert kind in {it.kind for it in concerns(text, today=TODAY)}


@pytest.mark.parametrize("text", FINE)
def test_is_fine(text):
    assert concerns(text, today=TODAY) == []


def test_a_visit_and_a_day_far_apart_are_two_things():
    far = "We saw this at the inspection. " + "It is one more sentence of some words. " * 3 + "Your plan is due Friday."
    assert concerns(far, today=TODAY) == []


def test_a_day_counts_as_past_only_from_the_next_day_on():
    text = "The officer visits on November 20, 2026."
    assert concerns(text, today=date(2026, 11, 20)) and not concerns(text, today=date(2026, 11, 21))


def test_says_which_words_and_what_is_forbidden():
    (concern,) = concerns("The visit is tomorrow.", today=TODAY)
    assert concern.words == "visit is tomorrow" and WARNINGS[VISIT].never in concern.sentence


def test_long_words_are_cut_for_the_page():
    (concern,) = concerns("We approve the label " + "and that too " * 20, today=TODAY)
    assert len(concern.words) == 90 and concern.words.endswith("...")


class TestReasonsNotToAnswer:
    def test_an_answer_has_words(self):
        assert reasons_not_to_answer(" \n", [], confirmed=True) == ["Write the answer."]

    def test_what_is_doubtful_is_confirmed(self):
        found = concerns("The visit is tomorrow.", today=TODAY)
        assert reasons_not_to_answer("The visit is tomorrow.", found, confirmed=False)
        assert reasons_not_to_answer("The visit is tomorrow.", found, confirmed=True) == []
        assert reasons_not_to_answer("All is well.", [], confirmed=False) == []
