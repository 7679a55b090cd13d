"""What is asked about a notice: its words, why it is grave, how it was received, who else gets it."""

import re
from datetime import datetime, time
from typing import Any

from django import forms

from casefile.calendar import DENVER, read_instant
from casefile.fields import MemorableDateField, Sheet
from inspections.forms.parts import Part, PartsForm
from inspections.models import Violation, Way

CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d\d))?\s*(a|p|am|pm|a\.m\.|p\.m\.)?", re.ASCII | re.IGNORECASE)


class NoticePart(Part):
    """How the notice says one violation."""

    words = forms.CharField(
        label="What we found",
        help_text="The licensee reads this. Facts first.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what we found."},
    )
    proof_wanted = forms.CharField(
        label="What would count as proof",
        help_text="For example: one photo of a new label, with the batch number easy to read.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_fields("words", "proof_wanted")

    @staticmethod
    def before(violation: Violation) -> dict[str, Any]:
        return {"words": violation.notice_words, "proof_wanted": violation.proof_wanted}


class NoticeForm(PartsForm):
    """The words of the whole notice."""

    part = NoticePart

    def words(self) -> dict[int, str]:
        return {part.violation.number: part.cleaned_data["words"] for part in self.parts}

    def proof_wanted(self) -> dict[int, str]:
        return {part.violation.number: part.cleaned_data["proof_wanted"] for part in self.parts}


class ReasonForm(forms.Form):
    """Why; `hint` says who reads it."""

    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why."},
    )

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint
        self.helper = Sheet()


def read_clock(text: str) -> time:
    """2:30 p.m., 2 pm, 14:30 or 1430 as a time of day. Raises ValidationError."""
    found = CLOCK.fullmatch(text.strip())
    wrong = forms.ValidationError("Enter the time as 2:30 p.m. or 14:30.")
    if not found:
        raise wrong
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        raise wrong
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or not (half or found[2]):
        raise wrong
    return time(hour, minute)


class ReceiptForm(forms.Form):
    """That the notice was received: how, when by Denver's clock, and what shows it."""

    KINDS = [
        (Way.BY_HAND, "Handed over on site"),
        (Way.CERTIFIED_MAIL, "Certified mail, signed for"),
        (Way.MAIL_ACCEPTED, "Email accepted by their mail server"),
    ]
    kind = forms.ChoiceField(
        label="How it was received",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it was received."},
    )
    day = MemorableDateField(label="Day", help_text="For example: 11 18 2026")
    clock = forms.CharField(
        label="Time",
        help_text="New Mexico time, for example 2:30 p.m. Of an hour that came twice in one night, we take the first.",
        max_length=20,
        error_messages={"required": "Enter the time."},
    )
    proof = forms.CharField(
        label="Proof",
        help_text="Who took it, the number of the certified letter, or what the mail server's log says.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say who took it, or the number of the letter."},
    )
    dates = forms.ChoiceField(
        label="Move both dates earlier?",
        choices=[
            ("move", "Yes. The clocks run from this receipt."),
            ("keep", "No. Put this receipt on record and keep the dates."),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_dates(bool(self.data.get("dates")))

    def ask_dates(self, asked: bool) -> None:
        """Show or hide the question whether running dates move earlier."""
        fields = ("dates", "kind", "day", "clock", "proof") if asked else ("kind", "day", "clock", "proof")
        self.helper = Sheet(*fields)

    def clean_clock(self) -> time:
        return read_clock(self.cleaned_data["clock"])

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("day") and typed.get("clock"):
            try:
                typed["received_at"] = self._instant(typed)
            except ValueError as wrong:
                self.add_error("clock", str(wrong))
        return typed

    def _instant(self, typed: dict[str, Any]) -> datetime:
        return read_instant(f"{typed['day']:%Y-%m-%d} {typed['clock']:%H:%M}", DENVER)


class RedirectForm(forms.Form):
    """One more person who gets the notice."""

    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Enter the name of the person who gets it."}
    )
    email = forms.EmailField(
        label="Email address",
        error_messages={
            "required": "Enter an email address.",
            "invalid": "Enter an email address like name@example.com.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = Sheet()
