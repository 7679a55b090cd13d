"""What the lists of licensing may be narrowed by. Every field may be empty; an unknown choice is no choice."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.models import User
from casefile.calendar import short_day
from licensing.counties import COUNTIES
from licensing.models import LICENSE_TYPES, HeldRow, License
from licensing.queries.sorting import Sort
from licensing.register.rows import Reason


class Filter(forms.Form):
    """A form of the address of a list."""

    def facts(self) -> dict[str, str]:
        """What was chosen; the form then shows only that."""
        self.full_clean()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        self.data = chosen
        self.full_clean()
        return chosen

    def in_words(self, name: str) -> str:
        """A chosen value as a person reads it."""
        field, value = self.fields[name], self.cleaned_data[name]
        choices = dict(field.widget.choices) if isinstance(field, forms.ChoiceField) else {}
        return str(choices.get(value, f"“{value}”"))


class Sorted(Filter):
    """A filter that keeps the order of the list."""

    def __init__(self, *args: Any, sorts: Sequence[Sort], officers: Iterable[User] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        orders = [(it.name, _ordered(it)) for sort in sorts for it in (sort, sort.turned)]
        self.fields["sort"] = forms.ChoiceField(required=False, choices=orders[1:], widget=forms.HiddenInput)
        if "officer" in self.fields:
            field: Any = self.fields["officer"]
            field.choices = [*field.choices, *((it.email, it.name) for it in officers)]

    def in_words(self, name: str) -> str:
        """A chosen value as a person reads it."""
        value = self.cleaned_data[name]
        if isinstance(value, date):
            return f"{self.fields[name].label} {short_day(value)}, {value.year}"
        return super().in_words(name)


def _ordered(sort: Sort) -> str:
    return f"Sorted by {sort.label.lower()}{', the other way' if sort.name.startswith('-') else ''}"


def words(label: str) -> forms.CharField:
    """A box for a few words."""
    return forms.CharField(label=label, required=False, max_length=100)


class PremisesFilter(Filter):
    """Words, county, type and status of the license."""

    q = words("Name, number or city")
    county = forms.ChoiceField(
        label="County", required=False, choices=[("", "All counties"), *((name, name) for name in COUNTIES)]
    )
    type = forms.ChoiceField(label="License type", required=False, choices=[("", "All types"), *LICENSE_TYPES])
    status = forms.ChoiceField(
        label="License status", required=False, choices=[("", "Any status"), *License.Status.choices]
    )


class LicenseeFilter(Filter):
    """Words of the name."""

    q = words("Name or trade name")


class HeldFilter(Filter):
    """Why a row is held, and whether it still waits."""

    reason = forms.ChoiceField(
        label="Reason",
        required=False,
        choices=[("", "Any reason"), *((reason.value, reason.value.capitalize()) for reason in Reason)],
    )
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "To settle"), *HeldRow.State.choices[1:], ("all", "All")]
    )
