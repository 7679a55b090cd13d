"""What an officer says of a request: when it opens, when it was opened or shut, what is missing, why not."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet

from casefile.calendar import DENVER, exists
from casefile.fields import MemorableDateField, Sheet
from inventory_windows.models import WindowRequest
from licensing.models import License
from licensing.rules import read_number

CLOCKS = ("%H:%M", "%I:%M %p", "%I:%M%p")
TIME = "Enter the time, for example 9:05 a.m."
NO_SUCH_TIME = "That night the clocks went forward over this time. Enter one that the clocks showed."


class ClockField(forms.TimeField):
    """A time of day, as 9:05 a.m., 9:05 AM or 09:05."""

    def __init__(self, **kwargs: Any) -> None:
        said = dict.fromkeys(("required", "invalid"), TIME)
        super().__init__(input_formats=list(CLOCKS), error_messages=said, **kwargs)

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = value.lower().replace(".", "").replace("  ", " ").strip()
        return super().to_python(value)


class MomentForm(forms.Form):
    """A day and a minute in Denver."""

    day = MemorableDateField(label="Day")
    clock = ClockField(label="Time", help_text="Mountain Time. For example: 9:05 a.m.", widget=forms.TextInput)

    helper = Sheet("day", "clock")

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("day") and typed.get("clock"):
            local = datetime.combine(typed["day"], typed["clock"], DENVER)
            if exists(local):
                typed["moment"] = local
            else:
                self.add_error("clock", NO_SUCH_TIME)
        return typed


class WantedForm(forms.Form):
    """What the licensee is asked for."""

    wanted = forms.CharField(
        label="What do you need?", help_text="The licensee reads this. Say which paper, and what it has to show.",
        max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what you need. The licensee will read it."},
    )  # fmt: skip

    helper = Sheet("wanted")


class RefuseForm(forms.Form):
    """Why no window is opened."""

    ground = forms.ChoiceField(
        label="Ground", choices=WindowRequest.Ground.choices, widget=forms.RadioSelect,
        help_text="For our own figures. The licensee does not read it.",
        error_messages={"required": "Choose the ground."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why", max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The licensee reads this in a letter. Say nothing of a visit that is planned.",
        error_messages={"required": "Say why. The licensee will read it."},
    )  # fmt: skip

    helper = Sheet("ground", "reason")


class ReasonForm(forms.Form):
    """Why something is not approved."""

    reason = forms.CharField(
        label="Why", help_text="The licensee reads this in a letter.", max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}), error_messages={"required": "Say why. The licensee will read it."},
    )  # fmt: skip

    helper = Sheet("reason")


class NoteForm(forms.Form):
    """A note on an approval; it may be empty."""

    note = forms.CharField(
        label="Note for the licensee and BioTrack", help_text="It stands in the letter. You can leave it empty.",
        max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    helper = Sheet("note")


class LicenseForm(forms.Form):
    """A license by its number."""

    number = forms.CharField(
        label="License number", help_text="For example: CCD-2022-0064.", max_length=30,
        error_messages={"required": "Enter the number of the license."},
    )  # fmt: skip

    helper = Sheet("number")

    def __init__(self, *args: Any, licenses: QuerySet[License], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.licenses = licenses

    def clean_number(self) -> str:
        try:
            number = read_number(self.cleaned_data["number"]).license
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None
        if not self.licenses.filter(number=number).exists():
            raise forms.ValidationError(f"License {number} is not on record.")
        return number


class FirstWindowForm(MomentForm):
    """When the first window of a license began."""
