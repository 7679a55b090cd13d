"""What the catalog may be narrowed by."""

from django import forms

from licensing.models import LICENSE_TYPES


class CatalogFilter(forms.Form):
    """Words, license type, and the day whose law is wanted."""

    q = forms.CharField(label="Find a rule", required=False, max_length=100)
    type = forms.ChoiceField(label="License type", required=False, choices=[("", "All types"), *LICENSE_TYPES])
    on = forms.DateField(
        label="In force on", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Enter a day such as 2026-11-18."},
    )  # fmt: skip
