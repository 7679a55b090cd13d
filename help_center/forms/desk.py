"""The forms of the officers' desk: what the list is narrowed by, an answer, an ending."""

from typing import Any

from django import forms

from casefile.fields import Sheet
from help_center.stages import Ending
from licensing.forms.filters import Filter, words

VIEWS = {
    "open": "Open",
    "new": "To take",
    "mine": "Mine",
    "late": "Overdue",
    "back": "Answer came back",
    "done": "Done",
}


class QuestionFilter(Filter):
    """Words, and whether a licensee asks or somebody else."""

    q = words("Words or who asked")
    who = forms.ChoiceField(
        label="Who asks", required=False,
        choices=[("", "Everybody"), ("licensee", "Licensees"), ("public", "Others")],
    )  # fmt: skip
    view = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """The answer; once it was looked at with a doubt, the box that says it was looked at again."""

    text = forms.CharField(
        label="Your answer", max_length=6_000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Plain words, short sentences. It goes out by email as it stands here.",
        error_messages={"required": "Write the answer."},
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label="I looked again. It says nothing about a visit to come, approves nothing, and gives no legal advice",
        required=False,
    )

    helper = Sheet()

    def __init__(self, *args: Any, doubtful: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not doubtful:
            del self.fields["confirmed"]


class CloseForm(forms.Form):
    """Why a question gets no answer."""

    ending = forms.ChoiceField(
        label="Why is there no answer?", choices=Ending.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose why."},
    )  # fmt: skip
    note = forms.CharField(
        label="What should stand in the history?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a sentence how it came to this."},
    )  # fmt: skip

    helper = Sheet("ending", "note")
