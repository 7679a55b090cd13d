"""What the licensee fills in: one part of the plan, the words beside a proof, which proofs to send."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from casefile.calendar import long_day
from casefile.fields import PARTS, MemorableDateField, Sheet

HOW = "Say how you will fix this. One or two sentences is enough."
WHO = "Say who will fix it."
DAY = "Enter the day you will finish."
TYPED = ("how", "who", *(f"by_on_{part}" for part in PARTS))  # the inputs of one part, by their plain names
NOTHING_CHOSEN = "Choose at least one violation to send proof for."


class PlanPartForm(forms.Form):
    """The three questions of the plan about one violation; `about` names it in the list of errors."""

    helper = Sheet("how", "who", "by_on", summary=False)
    how = forms.CharField(
        label="How will you fix this?",
        help_text="Say what you will change and how you will keep it fixed.",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": HOW},
    )
    who = forms.CharField(
        label="Who will fix it?",
        help_text="A name or a job title.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": WHO, "max_length": "Use 200 letters or fewer."},
    )
    by_on = MemorableDateField(label="What day will you finish?", error_messages={"required": DAY})

    def __init__(self, typed: Mapping[str, str], *, number: int, earliest: date | None, latest: date) -> None:
        prefix = prefix_of(number)
        super().__init__({f"{prefix}-{name}": words for name, words in typed.items()}, prefix=prefix)
        self.about = f"Violation {number}"
        day = self.fields["by_on"]
        assert isinstance(day, MemorableDateField)
        day.earliest, day.latest = earliest, latest
        said = long_day(latest).split(", ", 1)[1]
        day.help_text = f"On or before {said}. For example: {latest.month} {latest.day} {latest.year}"


def prefix_of(number: int) -> str:
    """What the names of the fields about one violation begin with."""
    return f"v{number}"


def typed_part(posted: Mapping[str, str], number: int) -> dict[str, str]:
    """One part of the plan as it was typed, whether or not it makes sense."""
    return {name: posted.get(f"{prefix_of(number)}-{name}", "").replace("\r\n", "\n") for name in TYPED}


def empty_part() -> dict[str, str]:
    """A part of which nothing is typed."""
    return dict.fromkeys(TYPED, "")


def answered_part(how: str, who: str, by_on: date) -> dict[str, str]:
    """A part that was sent before, as it would be typed."""
    return dict(zip(TYPED, (how, who, str(by_on.month), str(by_on.day), str(by_on.year)), strict=True))


class ProofForm(forms.Form):
    """The words beside the files that show a fix."""

    helper = Sheet("note", summary=False)
    note = forms.CharField(
        label="What should we know?",
        help_text="You can leave this empty. For example: who did the work, and when.",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendProofForm(forms.Form):
    """Which of the proofs that are ready go off now."""

    helper = Sheet(summary=False)
    violations = forms.TypedMultipleChoiceField(
        label="Send proof for",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NOTHING_CHOSEN, "invalid_choice": NOTHING_CHOSEN},
    )

    def __init__(self, *args: Any, ready: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["violations"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = ready
        field.initial = [number for number, _ in ready]
