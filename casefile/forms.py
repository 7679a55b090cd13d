"""The forms of the settings (who works here, days that do not count, what the law leaves open) and of a lost letter."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.models import STAFF, Role
from casefile.calendar import HolidayRow
from casefile.fields import MemorableDateField, Sheet

ROLES = [(role.value, role.label) for role in Role if role in STAFF]


class RoleForm(forms.Form):
    """What a person is here."""

    role = forms.ChoiceField(label="Role", choices=ROLES, widget=forms.RadioSelect)


class StaffForm(RoleForm):
    """A person who is asked in."""

    name = forms.CharField(label="Name", max_length=120, help_text="As it should stand on letters.")
    email = forms.EmailField(label="Email", help_text="The invitation goes there. They sign in with it.")
    phone = forms.CharField(label="Phone", max_length=40, required=False)

    field_order = ["name", "email", "phone", "role"]


class HolidayForm(forms.Form):
    """A day that does not count, with where we know it from."""

    day = MemorableDateField(label="Day", help_text="The day on which offices of the state are closed.")
    name = forms.CharField(label="Name", max_length=80)
    source = forms.CharField(label="Source", max_length=200, help_text="The law or the order that says so.")
    verified_by = forms.CharField(label="Checked by", max_length=120, required=False)

    helper = Sheet("day", "name", "source", "verified_by")

    def row(self) -> HolidayRow:
        """What was typed, as a line of the table."""
        typed = self.cleaned_data
        return HolidayRow(typed["day"], typed["name"], typed["source"], typed["verified_by"])


class PolicyForm(forms.Form):
    """A new version of a setting that the law leaves open."""

    value = forms.MultipleChoiceField(
        label="What counts", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose at least one."}
    )
    since = MemorableDateField(label="From what day on?", help_text="Today or later. What was decided before stays.")
    source = forms.CharField(label="Who decided it, and on what ground?", max_length=300)
    verified = forms.BooleanField(label="Counsel has confirmed it", required=False)

    helper = Sheet("value", "since", "source", "verified")

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = choices  # type: ignore[attr-defined]
        self.fields["since"].earliest = today  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """What became of a copy of a letter that no machine knows of. `choices` are the states that it may become."""

    WORDS = {
        "accepted": "It arrived. Clocks that start with it run from now",
        "bounced": "It did not arrive",
        "queued": "Send it again, under the same name",
    }

    state = forms.ChoiceField(label="What became of it?", widget=forms.RadioSelect)
    detail = forms.CharField(
        label="How do you know?", help_text="It stands in the history of the case.", max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    helper = Sheet("state", "detail")

    def __init__(self, *args: Any, choices: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = [(choice, self.WORDS[choice]) for choice in choices]


class HandOverForm(forms.Form):
    """Somebody else takes a case over; each of `officers` comes with how many they have open, `open_cases`."""

    what = "case"
    officer: Any = forms.ModelChoiceField(None, widget=forms.RadioSelect, empty_label=None)
    reason = forms.CharField(
        label="Why?", help_text="They read it in the history.", max_length=5_000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["officer"]
        field.label = f"Who takes the {self.what}?"
        field.error_messages["required"] = f"Choose who takes the {self.what}."
        field.queryset = officers  # type: ignore[attr-defined]
        field.label_from_instance = _with_load  # type: ignore[attr-defined]
        self.helper = Sheet()


def _with_load(officer: Any) -> str:
    return f"{officer.name}, {officer.open_cases} open"
