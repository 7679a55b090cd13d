"""What a supervisor says of a shortage, and what the list of those whom a measure binds is narrowed by."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from casefile.fields import MemorableDateField, Sheet
from licensing import rules
from licensing.counties import COUNTIES
from licensing.forms.filters import Filter, words
from licensing.models import LICENSE_TYPES
from licensing.queries.standing import LABELS
from licensing.rules import MeasureKind

LONGEST = 10_000


def text(label: str, *, hint: str = "", missing: str = "", required: bool = True) -> forms.CharField:
    """A box for some sentences."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}), error_messages={"required": missing},
    )  # fmt: skip


class FindingForm(forms.Form):
    """What six months showed, and where. The last day of the six months is counted, not asked."""

    helper = Sheet()

    is_shortage = forms.ChoiceField(
        label="What did you find?", choices=[("yes", "A shortage"), ("no", "No shortage")],
        widget=forms.RadioSelect, error_messages={"required": "Say whether there was a shortage."},
    )  # fmt: skip
    period_from = MemorableDateField(
        label="First day of the six months", help_text="For example: 3 1 2026. The period ends six months later.",
        error_messages={"required": "Enter the first day of the six months."},
    )  # fmt: skip
    statewide = forms.BooleanField(label="Throughout the state", required=False)
    areas = forms.MultipleChoiceField(
        label="Counties", required=False, choices=[(name, name) for name in COUNTIES],
        widget=forms.CheckboxSelectMultiple, help_text="Choose the counties where it was so.",
    )  # fmt: skip
    underserved = forms.BooleanField(label="These counties are underserved geographical regions", required=False)
    evidence = text(
        "What shows it?", hint="Numbers and where they come from.", missing="Say what shows it, with its source."
    )

    def facts(self) -> dict[str, Any]:
        """The finding as the action takes it."""
        said = dict(self.cleaned_data)
        last = rules.shortage_period_ends_on(said["period_from"])
        return said | {"is_shortage": said["is_shortage"] == "yes", "period_to": last}


class OrderForm(forms.Form):
    """An order of one kind: only the fields of its kind."""

    ONLY = {
        "percent": (MeasureKind.SET_ASIDE, MeasureKind.FEE_REDUCTION, MeasureKind.PLANT_QUOTA),
        "fee": (MeasureKind.FEE_REDUCTION,),
        "tracking": (MeasureKind.PLANT_QUOTA,),
    }
    PERCENT = {
        MeasureKind.SET_ASIDE: "Percent of the stock set aside",
        MeasureKind.FEE_REDUCTION: "By how many percent is the fee lower?",
        MeasureKind.PLANT_QUOTA: "Percent of each month's mature plants",
    }

    starts_on = MemorableDateField(
        label="First day", help_text="For example: 3 1 2027.", error_messages={"required": "Enter the first day."}
    )
    ends_on = MemorableDateField(label="Last day", required=False, help_text="Leave empty if it is not known yet.")
    percent = forms.DecimalField(
        max_digits=5, decimal_places=2, min_value=0, error_messages={"required": "Enter the percent."}
    )
    fee = forms.DecimalField(
        label="Or: dollars for each medical plant", required=False, max_digits=8, decimal_places=2, min_value=0
    )
    tracking = text("What do they have to track besides?", required=False, hint="Leave empty if there is nothing more.")
    words = text(
        "The order, with its reasons", hint="Those whom it binds read it in their letter.",
        missing="Write the order. Say why it is needed.",
    )  # fmt: skip

    def __init__(self, *args: Any, kind: MeasureKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.helper = kind, Sheet()
        for name, kinds in self.ONLY.items():
            if kind not in kinds:
                del self.fields[name]
        if "percent" in self.fields:
            self.fields["percent"].label = self.PERCENT[kind]
            self.fields["percent"].required = "fee" not in self.fields

    def order(self) -> rules.Order:
        """What was said, for the rules and the act."""
        return rules.Order(self.kind, **self.cleaned_data)


class ReasonForm(forms.Form):
    """Why a finding is withdrawn."""

    helper = Sheet()
    reason = text("Why is the finding withdrawn?", missing="Say why the finding is withdrawn.")


class ExhaustedForm(forms.Form):
    """Since when a measure of production can do no more, and what shows it."""

    helper = Sheet()
    exhausted_on = MemorableDateField(
        label="Exhausted since", help_text="For example: 8 31 2027.", error_messages={"required": "Enter the day."}
    )
    reason = text(
        "What shows that it is exhausted?", hint="Numbers and where they come from.",
        missing="Say what shows that the measure is exhausted.",
    )  # fmt: skip


class EndForm(forms.Form):
    """The last day of a measure; one that has not begun may be called off instead."""

    helper = Sheet()
    last_day = MemorableDateField(
        label="Last day", required=False, help_text="For example: 8 31 2027.",
        error_messages={"required": "Enter the last day."},
    )  # fmt: skip
    call_off = forms.BooleanField(label="Call it off. It does not begin at all", required=False)
    reason = text("Why does it end?", missing="Say why the measure ends.")

    def __init__(self, *args: Any, begun: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if begun:
            del self.fields["call_off"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("call_off") and not said.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", str(self.fields["last_day"].error_messages["required"]))
        return said


class BoundFilter(Filter):
    """Month, what the report of the month says, type, county, words; the first two only where reports tell."""

    month = forms.ChoiceField(label="Month", required=False)
    standing = forms.ChoiceField(
        label="That month",
        required=False,
        choices=[("", "Any"), *((key.value, label) for key, label in LABELS.items())],
    )
    type = forms.ChoiceField(label="License type", required=False, choices=[("", "All types"), *LICENSE_TYPES])
    county = forms.ChoiceField(
        label="County", required=False, choices=[("", "All counties"), *((name, name) for name in COUNTIES)]
    )
    q = words("Name or license number")

    def __init__(self, *args: Any, months: Sequence[date] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not months:
            del self.fields["month"], self.fields["standing"]
            return
        newest = [(f"{month:%Y-%m}", rules.month_words(month)) for month in reversed(months)]
        self.fields["month"].choices = [("", newest[0][1]), *newest[1:]]  # type: ignore[attr-defined]
