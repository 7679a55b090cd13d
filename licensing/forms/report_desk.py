"""What the office asks of monthly reports: which ones to show, a file of them, a held row as it should read."""

from typing import Any

from django import forms

from casefile.fields import Sheet
from licensing import rules
from licensing.counties import COUNTIES
from licensing.forms.filters import Filter, Sorted
from licensing.models import LICENSE_TYPES, HeldReport
from licensing.queries.report_lists import STATES
from licensing.report_import.rows import PLANTS, Reason
from licensing.rules.reporting import REPORTING_TYPES, reported_month
from licensing.rules.reports import WHOLE

REASONS = [(reason.value, reason.value.capitalize()) for reason in Reason]


class MonthField(forms.CharField):
    """A month typed as 2026-08; the cleaned value is its first day."""

    default_error_messages = {"required": "Enter the month, for example 2026-08."}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return reported_month(text) if text else None
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None


class ReportFilter(Sorted):
    """Month, how the report stands, county, type of license."""

    month = forms.CharField(label="Month", required=False, max_length=7, widget=forms.TextInput(attrs={"size": 8}))
    state = forms.ChoiceField(label="Report", required=False, choices=[("", "All"), *STATES])
    county = forms.ChoiceField(
        label="County", required=False, choices=[("", "All counties"), *((name, name) for name in COUNTIES)]
    )
    type = forms.ChoiceField(
        label="License type",
        required=False,
        choices=[("", "All types"), *((key, label) for key, label in LICENSE_TYPES if key in REPORTING_TYPES)],
    )


class HeldReportFilter(Filter):
    """Why a row is held, and whether it still waits."""

    reason = forms.ChoiceField(label="Reason", required=False, choices=[("", "Any reason"), *REASONS])
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "To settle"), *HeldReport.State.choices[1:], ("all", "All")]
    )


class ReportFileForm(forms.Form):
    """A file of reports and the month that it is for."""

    helper = Sheet()

    month = MonthField(label="Month", help_text="For example: 2026-08", max_length=7)
    file = forms.FileField(
        label="File", help_text="A CSV file, one row for each license.",
        widget=forms.FileInput(attrs={"accept": ".csv"}),
        error_messages={"required": "Choose a file."},
    )  # fmt: skip


class CorrectReportForm(forms.Form):
    """A held row as it should read."""

    helper = Sheet()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["license_number"] = forms.CharField(
            label="License number", help_text="For example: CCD-2022-0064", max_length=40
        )
        for name, label in rules.reports.LABELS.items():
            hint = "Empty if it grows no plants." if name in PLANTS else "" if name in WHOLE else "In grams."
            self.fields[name] = forms.CharField(label=label, help_text=hint, max_length=40, required=False)
        self.fields["notes"] = forms.CharField(label="Notes", max_length=10_000, required=False, widget=forms.Textarea)
        self.fields["sent_on"] = forms.CharField(
            label="Day on which the licensee sent it",
            help_text="For example: 2026-09-12",
            max_length=10,
            required=False,
        )
        self.fields["how"] = forms.CharField(
            label="What did you set right, and how do you know?", max_length=2_000,
            widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Write what you set right."},
        )  # fmt: skip

    def cells(self) -> dict[str, str]:
        """The row in the columns of a file."""
        return {name: str(value).strip() for name, value in self.cleaned_data.items() if name != "how"}
