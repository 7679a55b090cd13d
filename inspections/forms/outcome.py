"""What is asked for each outcome of a case that was referred."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from casefile.fields import MemorableDateField, Sheet
from inspections import rules
from inspections.forms.notice import ReasonForm
from inspections.forms.parts import Part, PartsForm
from inspections.models import Violation

READ_BY_LICENSEE = "The licensee reads this in the letter."
ON_RECORD = "It stands on the record of the case."


def reason_field(error: str, hint: str = READ_BY_LICENSEE) -> forms.CharField:
    """Why; the hint says who reads it."""
    return forms.CharField(
        label="Reason",
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": error},
    )


class PenaltyPart(Part):
    """The penalty for one violation: how often, how many dollars each; no amount, no penalty."""

    count = forms.IntegerField(
        label="Count",
        min_value=1,
        error_messages={
            "required": "Enter the count.",
            "invalid": "Enter the count as a whole number.",
            "min_value": "The count must be 1 or more.",
        },
    )
    amount = forms.CharField(
        label="Dollars for each count",
        help_text="Leave empty for no penalty.",
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_fields("count", "amount")

    @staticmethod
    def before(violation: Violation) -> dict[str, Any]:
        return {"count": violation.count}

    def clean_amount(self) -> int | None:
        typed = self.cleaned_data["amount"].strip().removeprefix("$").replace(",", "")
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()):
            raise forms.ValidationError("Enter the amount in whole dollars, for example 2,500.")
        return int(typed)


class PenaltyForm(PartsForm):
    """The penalties of a case, each within the maximum in force on the day of the visit."""

    part = PenaltyPart
    reason = reason_field("Say why the penalty is imposed.")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean(self) -> dict[str, Any]:
        if not all(part.is_valid() for part in self.parts):
            return self.cleaned_data
        if not self.penalties():
            raise forms.ValidationError("Enter an amount for at least one violation.")
        for part in self.parts:
            self._judge(part)
        return self.cleaned_data

    def _judge(self, part: Part) -> None:
        penalty = self._penalty(part)
        if penalty is None:
            return
        for reason in rules.reasons_against_penalty(penalty, on=self.on, found=part.violation.count):
            words = reason.partition(": ")[2]
            part.add_error("count" if "count" in words else "amount", words[:1].upper() + words[1:])

    @staticmethod
    def _penalty(part: Part) -> rules.Penalty | None:
        amount = part.cleaned_data.get("amount")
        if amount is None:
            return None
        return rules.Penalty(part.violation.number, part.cleaned_data["count"], Decimal(amount))

    def facts(self) -> list[rules.Penalty]:
        """The penalties as the rules see them."""
        return [penalty for part in self.parts if (penalty := self._penalty(part))]

    def penalties(self) -> dict[int, tuple[int, int]]:
        """By number of violation, the count and the dollars for each count."""
        return {penalty.number: (penalty.count, int(penalty.amount)) for penalty in self.facts()}


class SuspensionForm(forms.Form):
    """From which day to which day, and why."""

    starts_on = MemorableDateField(label="First day", help_text="For example: 12 4 2026")
    ends_on = MemorableDateField(label="Last day", help_text="For example: 12 18 2026")
    reason = reason_field("Say why the license is suspended.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = Sheet()

    def clean(self) -> dict[str, Any]:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be on or after the first day.")
        return self.cleaned_data


class ReturnForm(forms.Form):
    """Until when the licensee gets another chance, and why."""

    due_on = MemorableDateField(label="Last day to send proof", help_text="For example: 12 18 2026. Later than today.")
    reason = reason_field("Say why the case is returned to corrections.", ON_RECORD)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = Sheet()


class OutcomeReason(ReasonForm):
    """Why, for an outcome that asks nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"hint": READ_BY_LICENSEE} | kwargs)
