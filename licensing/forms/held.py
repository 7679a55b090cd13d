"""What a person says of a row that is held."""

from typing import Any

from django import forms

from casefile.fields import MemorableDateField, Sheet
from licensing.counties import COUNTIES
from licensing.models import LICENSE_TYPES, License
from licensing.register.rows import LONGEST
from licensing.rules import read_number


class NumberField(forms.CharField):
    """The number of a license or of one of its premises; the cleaned value is a LicenseNumber."""

    default_error_messages = {"required": "Enter the number."}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_number(text) if text else None
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None


class MatchForm(forms.Form):
    """Which license on record a row speaks of."""

    helper = Sheet()

    number = NumberField(label="License or premises number", help_text="For example: CCD-2022-0064-002", max_length=24)
    note = forms.CharField(
        label="How do you know?", help_text="For example: same name and issue date.", max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Write how you know."},
    )  # fmt: skip


class SetAsideForm(forms.Form):
    """Why a row is not needed."""

    helper = Sheet()

    note = forms.CharField(
        label="Why is this row not needed?", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays here with your reason. The same row is not held again.",
        error_messages={"required": "Write why this row is not needed."},
    )  # fmt: skip


class CorrectForm(forms.Form):
    """A row as it should read."""

    helper = Sheet()

    license_number = NumberField(
        label="License or premises number", help_text="For example: CCD-2022-0064-002", max_length=24
    )
    business_legal_name = forms.CharField(label="Legal name", max_length=LONGEST["business_legal_name"])
    business_dba_name = forms.CharField(label="Trade name", max_length=LONGEST["business_dba_name"], required=False)
    license_type = forms.ChoiceField(label="License type", choices=LICENSE_TYPES)
    license_status = forms.ChoiceField(label="Status", choices=License.Status.choices)
    license_designation = forms.ChoiceField(label="Designation", choices=License.Market.choices)
    issue_date = MemorableDateField(label="Issued on", help_text="For example: 3 23 2022")
    expiration_date = MemorableDateField(label="Expires on", help_text="For example: 3 23 2023")
    premise_street_address = forms.CharField(label="Street", max_length=200, required=False)
    premise_city = forms.CharField(label="City", max_length=80, required=False)
    premise_zip_code = forms.CharField(label="ZIP code", max_length=10, required=False)
    premise_county = forms.ChoiceField(
        label="County", required=False, choices=[("", "Not known"), *((name, name) for name in COUNTIES)]
    )
    overrule = forms.BooleanField(
        label="Change the record where it differs from this row", required=False,
        help_text="The type, dates, status and address can be changed. The holder cannot.",
    )  # fmt: skip
    note = forms.CharField(
        label="What did you correct, and how do you know?", max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Write what you corrected."},
    )  # fmt: skip

    def cells(self) -> dict[str, str]:
        """The row as a person corrected it, in the columns of the register."""
        said = {name: self.cleaned_data[name] for name in self.cleaned_data if name not in ("overrule", "note")}
        return {name: _cell(value) for name, value in said.items()}


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
