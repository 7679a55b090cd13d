"""How an officer works, when they are away, and what the list of reads is narrowed by."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from casefile.fields import MemorableDateField, Sheet
from licensing.counties import COUNTIES
from licensing.forms.filters import Filter
from schedules.actions.officers import LONGEST_DAY, Setup
from schedules.queries.officers import WEEKDAYS
from schedules.rules.month import WEEKDAYS as WORKED


class SetupForm(forms.Form):
    """Town, counties, days and hours of one officer."""

    town = forms.CharField(
        label="Town", help_text="Where the day begins and ends. For example: Santa Fe.", max_length=80,
        error_messages={"required": "Enter the town in which the day begins."},
    )  # fmt: skip
    minutes = forms.IntegerField(
        label="Minutes of a working day", min_value=60, max_value=LONGEST_DAY,
        help_text="The drive is part of it. For example: 480.", widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Enter the minutes of a working day.", "invalid": "Enter the minutes as a number.",
        },
    )  # fmt: skip
    weekdays = forms.TypedMultipleChoiceField(
        label="Days of the week", coerce=int, choices=[(n, WEEKDAYS[n]) for n in WORKED], required=False,
        help_text="Nobody is planned on weekends and holidays.", widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    counties = forms.MultipleChoiceField(
        label="Counties", help_text="Choose none if this person drives everywhere.", required=False,
        choices=[(name, name) for name in COUNTIES], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    in_plans = forms.BooleanField(label="Plan visits for this person", required=False)

    helper = Sheet("town", "minutes", "weekdays", "in_plans", "counties")

    def setup(self) -> Setup:
        """What was said."""
        said = self.cleaned_data
        return Setup(
            town=said["town"], counties=tuple(said["counties"]), weekdays=tuple(said["weekdays"]),
            minutes=said["minutes"], in_plans=said["in_plans"],
        )  # fmt: skip


class LeaveForm(forms.Form):
    """Days away, and who stands in."""

    first_on = MemorableDateField(label="First day away", error_messages={"required": "Enter the first day away."})
    last_on = MemorableDateField(label="Last day away", error_messages={"required": "Enter the last day away."})
    cover: Any = forms.ModelChoiceField(
        None, label="Who stands in?", required=False, widget=forms.RadioSelect, empty_label="Nobody",
        help_text="They see which cases are due while this person is away, and get them in the mail of the morning.",
    )  # fmt: skip
    note = forms.CharField(
        label="Note", max_length=200, required=False, help_text="For the team. No reasons of health."
    )

    helper = Sheet("first_on", "last_on", "cover", "note")

    def __init__(self, *args: Any, covers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cover"].queryset = covers  # type: ignore[attr-defined]


class SkipForm(forms.Form):
    """Why a visit does not take place; nothing is asked when it does after all."""

    reason = forms.CharField(
        label="Why is it skipped?", help_text="The supervisors read it. The licensee does not.", max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Say why the visit is skipped."},
    )  # fmt: skip

    def __init__(self, *args: Any, asks: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["reason"]
        self.helper = Sheet()


class TakersForm(forms.Form):
    """Who takes the work over."""

    to: Any = forms.ModelMultipleChoiceField(
        None, label="Who takes it?", widget=forms.CheckboxSelectMultiple,
        help_text="Choose several to share it. Each gets as many pieces as the others.",
        error_messages={"required": "Choose who takes the work."},
    )  # fmt: skip

    helper = Sheet("to")

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """The last look before all work of a person is given away."""

    reason = forms.CharField(
        label="Why?", help_text="It stands in the history of each case.", max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Say why the work is handed over."},
    )  # fmt: skip
    leaves = forms.BooleanField(
        label="They leave this job: plan no visits for them any longer, and end their calendar feed", required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    helper = Sheet("reason", "leaves", "seen")


class ReadsFilter(Filter):
    """Who read, and the plan of which month."""

    by = forms.ChoiceField(label="Who read", required=False)
    month = forms.ChoiceField(label="Plan of", required=False)

    def __init__(self, *args: Any, people: list[User], months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by, month = self.fields["by"], self.fields["month"]
        by.choices = [("", "Everybody"), *((str(it.pk), it.name) for it in people)]  # type: ignore[attr-defined]
        month.choices = [("", "All months"), *((f"{it:%Y-%m}", f"{it:%B %Y}") for it in months)]  # type: ignore[attr-defined]
