"""What a supervisor says of a plan: what to ask the planner for, and what to change by hand."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from casefile.fields import MemorableDateField, Sheet
from licensing.forms.filters import Filter
from licensing.models import Premises
from schedules.models import Plan
from schedules.planner.problem import Wishes
from schedules.queries.lengths import Lengths
from schedules.queries.plans import place_named
from schedules.stages import Purpose

NUMBER = "Enter a whole number."


def number(label: str, low: int, high: int, **more: Any) -> forms.IntegerField:
    """A whole number in a text box, so that no wheel of a mouse changes it."""
    said = {
        "required": f"Enter a number from {low} to {high}.", "invalid": NUMBER,
        "min_value": f"Enter {low} or more.", "max_value": f"Enter {high} or less.",
    }  # fmt: skip
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, error_messages=said,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}), **more,
    )  # fmt: skip


def why(help_text: str = "The history of the plan keeps it.") -> forms.CharField:
    """The reason for a change."""
    return forms.CharField(
        label="Why?", max_length=1_000, help_text=help_text, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why. The history of the plan keeps it."},
    )  # fmt: skip


class PlanForm(forms.Form):
    """Which month, and what the planner is asked for."""

    month = forms.DateField(label="Month", widget=forms.Select)
    keep = forms.BooleanField(
        label="Keep what people did and decided", required=False, initial=True,
        help_text="Visits that are done, skipped, fixed or changed by hand in the plan that stands now.",
    )  # fmt: skip
    routine = number(
        "How many routine visits?", 0, 5_000, required=False,
        help_text="Leave it empty for the pace of the year and all that is overdue.",
    )  # fmt: skip
    most_per_day = number("Most visits of an officer on a day", 1, 10)
    in_a_row = number(
        "Routine visits at a licensee before another officer goes", 1, 10,
        help_text="No officer is always at the same licensee.",
    )  # fmt: skip
    again_percent = number(
        "Percent of routine visits to places seen already this year", 0, 50,
        help_text="They are drawn by lot, so that nobody is sure to have been seen.",
    )  # fmt: skip
    length_routine = number("Routine visit", 10, 600)
    length_growing = number("Routine visit where plants are counted", 10, 600)
    length_follow_up = number("Follow-up", 10, 600)
    length_complaint = number("Complaint", 10, 600)
    length_investigation = number("Investigation", 10, 600)

    helper = Sheet()

    def __init__(self, *args: Any, months: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].widget.choices = months
        self.months = [value for value, _ in months]

    def clean_month(self) -> date:
        month: date = self.cleaned_data["month"]
        if month.isoformat() not in self.months:
            raise forms.ValidationError("Choose a month of the list.")
        return month

    def wishes(self) -> Wishes:
        """What is asked for; the days are those of the month until the plan is made."""
        said = self.cleaned_data
        names = ("routine", "most_per_day", "in_a_row", "again_percent")
        return Wishes(first=said["month"], last=said["month"], **{name: said[name] for name in names})

    def lengths(self) -> Lengths:
        """How long the visits take."""
        said = self.cleaned_data
        return Lengths(**{name.removeprefix("length_"): said[name] for name in said if name.startswith("length_")})


def starting_with(wishes: Wishes, lengths: Lengths) -> dict[str, Any]:
    """What the form shows first."""
    names = ("routine", "most_per_day", "in_a_row", "again_percent")
    shown = {name: getattr(wishes, name) for name in names}
    return shown | {f"length_{name}": value for name, value in vars(lengths).items()}


class OfficerForm(forms.Form):
    """Who goes, and on which day."""

    officer = forms.ModelChoiceField(
        User.objects.none(), label="Officer", error_messages={"required": "Choose an officer."}
    )
    day = MemorableDateField(label="Day", error_messages={"required": "Enter the day of the visit."})

    def __init__(self, *args: Any, officers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]


class MoveForm(OfficerForm):
    """Another officer or another day, and why."""

    reason = why()

    helper = Sheet("officer", "day", "reason")


class AddForm(OfficerForm):
    """A visit that a person puts into the plan."""

    premises = forms.CharField(
        label="Number of the premises", max_length=30, help_text="For example: CCD-2022-0064-001.",
        error_messages={"required": "Enter the number of the premises."},
    )  # fmt: skip
    purpose = forms.ChoiceField(label="What is the visit for?", choices=Purpose.choices)
    minutes = number("Minutes at the premises", 10, 600, initial=60)
    reason = why()

    helper = Sheet("premises", "purpose", "officer", "day", "minutes", "reason")

    def clean_premises(self) -> Premises:
        found = place_named(self.cleaned_data["premises"])
        if found is None:
            raise forms.ValidationError("No premises has this number. Look it up under Premises.")
        return found


class WhyForm(forms.Form):
    """A reason alone."""

    reason = why()

    helper = Sheet("reason")


class DiscardForm(forms.Form):
    """A reason that may be left out."""

    reason = forms.CharField(
        label="Why?", required=False, max_length=1_000, help_text="You can leave this empty.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    helper = Sheet("reason")


class VisitFilter(Filter):
    """What the list of visits is narrowed by."""

    officer = forms.ChoiceField(label="Officer", required=False)
    county = forms.ChoiceField(label="County", required=False)
    purpose = forms.ChoiceField(label="What for", required=False, choices=[("", "Anything"), *Purpose.choices])
    by_hand = forms.ChoiceField(
        label="Changes", required=False, choices=[("", "All visits"), ("1", "Fixed or changed by hand")]
    )

    def __init__(self, *args: Any, officers: list[tuple[str, str]], counties: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = [("", "All officers"), *officers]  # type: ignore[attr-defined]
        self.fields["county"].choices = [("", "All counties"), *((it, it) for it in counties)]  # type: ignore[attr-defined]


class OtherPlanForm(forms.Form):
    """With which plan to compare."""

    to = forms.ChoiceField(label="Compare with")

    def __init__(self, *args: Any, plans: list[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(it.ref, f"{it}, {it.get_state_display().lower()}") for it in plans]  # type: ignore[attr-defined]
