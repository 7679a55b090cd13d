"""The form pack: every input has a label, and its hint and error are joined to it by ids that exist."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template

from config.samples import FORM_WITH_ERRORS, NoteForm

INPUTS = ("input", "select", "textarea")


class Controls(HTMLParser):
    """Collects inputs, labels, ids and the words of the elements that have one."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inputs: dict[str, dict[str, str]] = {}
        self.labels: set[str] = set()
        self.ids: list[str] = []
        self.fieldsets: list[dict[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        facts = {name: value or "" for name, value in attrs}
        if "id" in facts:
            self.ids.append(facts["id"])
        if tag in INPUTS and facts.get("type") != "hidden":
            self.inputs[facts["id"]] = facts
        if tag == "label":
            self.labels.add(facts["for"])
        if tag == "fieldset":
            self.fieldsets.append(facts)


def render(form: forms.Form) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


@pytest.fixture(params=["empty", "wrong"])
def controls(request) -> Controls:
    return Controls(render(NoteForm() if request.param == "empty" else NoteForm(FORM_WITH_ERRORS)))


class TestEveryField:
    def test_has_a_label(self, controls):
        assert set(controls.inputs) == controls.labels

    def test_points_only_at_ids_that_exist_once(self, controls):
        named = [facts.get("aria-describedby", "") for facts in (*controls.inputs.values(), *controls.fieldsets)]
        wanted = {id_ for ids in named for id_ in ids.split()}
        assert {id_ for id_ in wanted if controls.ids.count(id_) != 1} == set()
        assert wanted


class TestAWrongField:
    html = property(lambda self: render(NoteForm(FORM_WITH_ERRORS)))

    @pytest.mark.parametrize("name", ["text", "count", "sure"])
    def test_is_marked_and_joined_to_hint_then_error(self, name):
        facts = Controls(self.html).inputs[f"id_{name}"]
        assert facts["aria-invalid"] == "true"
        assert facts["aria-describedby"].split()[-1] == f"id_{name}_error"

    @pytest.mark.parametrize("name", ["who", "kind", "proof"])
    def test_leaves_right_ones_alone(self, name):
        facts = Controls(self.html).inputs[f"id_{name}"]
        assert "aria-invalid" not in facts
        assert f"id_{name}_error" not in facts.get("aria-describedby", "")

    def test_stands_after_its_hint_and_its_error(self):
        places = [
            self.html.index(mark)
            for mark in ('for="id_text"', 'id="id_text_helptext"', 'id="id_text_error"', "<textarea")
        ]
        assert places == sorted(places)

    def test_keeps_what_was_typed(self):
        assert 'value="T. Lucero"' in self.html
        assert 'value="-1"' in self.html
        assert 'name="finish_day" value="31"' in self.html

    def test_group_is_described_as_a_whole(self):
        fieldset = next(
            facts for facts in Controls(self.html).fieldsets if "id_finish_error" in facts.get("aria-describedby", "")
        )
        assert fieldset["aria-describedby"] == "id_finish_helptext id_finish_error"


class TestSummary:
    class Form(forms.Form):
        text = forms.CharField(error_messages={"required": "Say what you saw."})
        kind = forms.ChoiceField(
            choices=[("a", "A")], widget=forms.RadioSelect, error_messages={"required": "Choose one."}
        )

        def clean(self):
            raise forms.ValidationError("Two answers do not fit together.")

    def test_lists_every_error_in_the_words_of_the_field_with_a_link_to_it(self):
        html = render(self.Form({}))
        assert "There are 3 things to fix" in html
        assert '<a href="#id_text">Say what you saw.</a>' in html
        assert '<a href="#id_kind_0">Choose one.</a>' in html
        assert "<li>Two answers do not fit together.</li>" in html
        assert html.count("Say what you saw.") == 2

    def test_can_take_the_focus(self):
        assert re.search(r'<section class="errsum" [^>]*tabindex="-1" autofocus', render(self.Form({})))

    def test_is_absent_while_nothing_is_wrong(self):
        assert "errsum" not in render(self.Form())

    def test_speaks_of_several_forms_at_once(self):
        several = Template('{% include "components/error_summary.html" with forms=forms only %}')
        html = several.render(Context({"forms": [NoteForm(FORM_WITH_ERRORS), self.Form({})]}))
        assert "Note: Say what you saw." in html
        assert "There are 9 things to fix" in html

    def test_escapes_words(self):
        class Form(forms.Form):
            kind = forms.ChoiceField(choices=[("a", "A")])

        html = render(Form({"kind": "<b>x</b>"}))
        assert "<b>x</b>" not in html
