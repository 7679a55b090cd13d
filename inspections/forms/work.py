"""What a list of cases may be narrowed by."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import User
from inspections.stages import State
from licensing.counties import COUNTIES
from licensing.models import LICENSE_TYPES


class NarrowForm(forms.Form):
    """Words, status, county and type of license; every field may be empty."""

    q = forms.CharField(label="Find in list", required=False, max_length=100)
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Any status"), *State.choices])
    county = forms.ChoiceField(
        label="County", required=False, choices=[("", "All counties"), *((name, name) for name in COUNTIES)]
    )
    type = forms.ChoiceField(label="License type", required=False, choices=[("", "All types"), *LICENSE_TYPES])
    view = forms.CharField(widget=forms.HiddenInput, required=False)

    def facts(self) -> dict[str, str]:
        """What was chosen; a choice that does not exist is no choice."""
        self.full_clean()
        chosen = {name: value for name, value in self.cleaned_data.items() if value and name != "view"}
        self.data = {**chosen, "view": self.data.get("view", "")}
        self.full_clean()
        return chosen

    def in_words(self, name: str) -> str:
        """A chosen value as a person reads it."""
        field, value = self.fields[name], self.cleaned_data[name]
        if not isinstance(field, forms.ChoiceField):
            return f"“{value}”"
        choices: Any = field.choices
        return str(dict(choices)[value])


class NarrowAllForm(NarrowForm):
    """The same with the officer, for the list of all cases."""

    def __init__(self, *args: Any, officers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "All officers"), *((person.email, person.name) for person in officers)]
        self.fields["officer"] = forms.ChoiceField(label="Officer", required=False, choices=choices)
