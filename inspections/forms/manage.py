"""What a supervisor is asked when they change a case as a whole, and what anyone notes on it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from casefile.fields import MemorableDateField, Sheet


def words(label: str, help_text: str = "", *, wrong: str = "", required: bool = True, rows: int = 3) -> forms.CharField:
    """A box for a few sentences; `wrong` says what to do when it is empty."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=5_000, required=required,
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": wrong},
    )  # fmt: skip


class NoteForm(forms.Form):
    """A thought of the staff."""

    helper = Sheet()
    text = words("Write a note", "The licensee never sees it.", wrong="Write the note first.")


class ExtendForm(forms.Form):
    """A later day for one deadline."""

    clock = forms.ChoiceField(
        label="Which deadline?", widget=forms.RadioSelect, error_messages={"required": "Choose a deadline."}
    )
    due_on = MemorableDateField(
        label="What is the new last day?", help_text="Later than before. For example: 12 18 2026",
        error_messages={"required": "Enter the new last day."},
    )  # fmt: skip
    reason = words(
        "Why is it extended?", "The licensee reads it in the history.", wrong="Say why the deadline is extended."
    )

    def __init__(self, *args: Any, running: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clock"].choices = running  # type: ignore[attr-defined]
        if len(running) == 1:
            self.fields["clock"].initial = running[0][0]
        self.helper = Sheet()


class CancelForm(forms.Form):
    """Why an inspection is cancelled."""

    helper = Sheet()
    reason = words("Why is it cancelled?", wrong="Say why the inspection is cancelled.")
