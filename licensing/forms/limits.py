"""The small question of the public page: how many more plants may be asked for."""

from typing import Any

from django import forms

from casefile.fields import Sheet
from licensing import rules

WHOLE = "Enter a whole number, for example 2,000."
GROWERS = [(key, kind.label) for key, kind in rules.TYPES.items() if kind.cultivates]


class PlantsField(forms.IntegerField):
    """A number of plants; commas and spaces inside it are no fault."""

    widget = forms.TextInput

    def __init__(self, *, least: int = 0, **kwargs: Any) -> None:
        messages = {"required": WHOLE, "invalid": WHOLE, "min_value": WHOLE, "max_value": WHOLE}
        super().__init__(min_value=least, max_value=1_000_000, error_messages=messages, **kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: object) -> int | None:
        return super().to_python("".join(str(value or "").replace(",", "").split()))


class HowManyForm(forms.Form):
    """What the rule wants to know before it says how many more plants may be asked for."""

    helper = Sheet()
    type = forms.ChoiceField(label="What is your license type?", choices=GROWERS)
    authorized = PlantsField(
        label="How many mature plants may this license have now?", help_text="The number on your license."
    )
    total = PlantsField(
        label="How many may all your licenses have together?",
        help_text="Leave this empty if you have one license.",
        required=False,
    )
    asked = PlantsField(
        label="How many more plants do you want?", help_text="Leave this empty to see the most.", required=False
    )
    at_renewal = forms.BooleanField(label="I ask at the time of renewal", required=False)
    earlier = forms.BooleanField(label="I asked for more once this license year, and not at renewal", required=False)
