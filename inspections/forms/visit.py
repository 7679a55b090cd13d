"""What is asked before, during and at the end of a visit."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.models import User
from casefile.fields import FilesField, MemorableDateField, Sheet
from inspections.models import GROWTH_STAGES, SEVERITIES, CatalogEntry, Inspection
from inspections.rules import GrowthStage

MOST = 1_000_000  # nobody counts more of anything at one visit


def lines(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def kinds() -> forms.ChoiceField:
    """The field for the kind of visit; follow-ups are planned by the review that asks for them."""
    return forms.ChoiceField(
        label="What kind of visit is it?", choices=Inspection.Kind.choices, widget=forms.RadioSelect, initial="routine",
        error_messages={"required": "Choose the kind of visit."},
    )  # fmt: skip


def present() -> forms.CharField:
    return forms.CharField(
        label="Who is present?", help_text="Names and what they do there.", max_length=500, widget=lines(2),
        error_messages={"required": "Say who is present. A name or a job title is enough."},
    )  # fmt: skip


class BeginForm(forms.Form):
    """The visit begins now."""

    helper = Sheet()
    present = present()


class StartForm(forms.Form):
    """A visit that nobody planned begins now."""

    helper = Sheet()
    kind = kinds()
    present = present()


class PlanForm(forms.Form):
    """A visit on another day."""

    kind = kinds()
    planned_on = MemorableDateField(
        label="On what day?",
        help_text="For example: 12 4 2026",
        error_messages={"required": "Enter the day of the visit."},
    )
    officer = forms.ModelChoiceField(
        User.objects.none(), label="Which officer?", empty_label=None, error_messages={"required": "Choose an officer."}
    )
    notes = forms.CharField(label="Notes for the officer", required=False, max_length=5_000, widget=lines())

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]
        self.helper = Sheet()


class RefusedForm(forms.Form):
    """Nobody let the officer in."""

    helper = Sheet()
    notes = forms.CharField(
        label="What happened at the door?", help_text="Who said what, and when. Facts, not opinions.", max_length=5_000,
        widget=lines(), error_messages={"required": "Write down what happened at the door."},
    )  # fmt: skip


class FindForm(forms.Form):
    """Words by which a rule is found."""

    q = forms.CharField(label="Find the rule", required=False, max_length=100)


class ViolationForm(forms.Form):
    """One item found wrong; `entry` is the rule."""

    seen = forms.CharField(
        label="What did you see?", help_text="Facts, not opinions: how many, where, since when.", max_length=5_000,
        widget=lines(), error_messages={"required": "Say what you saw. One or two sentences is enough."},
    )  # fmt: skip
    count = forms.IntegerField(
        label="How many?", help_text="For example plants over the limit. 1 if it can not be counted.", min_value=1,
        max_value=MOST, initial=1,
        error_messages={"required": "Enter how many. 1 if it can not be counted.", "min_value": "Enter 1 or more.",
                        "invalid": "Enter a whole number, for example 12."},
    )  # fmt: skip
    photos = FilesField(label="Photos", help_text="Take photos or pick them. Up to 50 MB each.", required=False)
    severity = forms.ChoiceField(label="How severe is it?", choices=SEVERITIES)
    severity_reason = forms.CharField(
        label="Why not the suggested severity?", required=False, max_length=1_000, widget=lines(2)
    )

    def __init__(self, *args: Any, entry: CatalogEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suggested = entry.get_severity_display().lower()
        self.fields["severity"].initial = entry.severity
        self.fields["severity"].help_text = f"The catalog suggests {suggested}."
        self.fields["severity_reason"].help_text = f"Only if you choose another one than {suggested}."
        self.helper = Sheet()


class PlantsForm(forms.Form):
    """Plants by growth stage; only female flowering plants are mature."""

    def __init__(self, *args: Any, counted: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stage, label in GROWTH_STAGES:
            self.fields[stage] = forms.IntegerField(
                label=label, min_value=0, max_value=MOST, initial=counted.get(stage), required=False,
                error_messages={
                    "min_value": "Enter 0 or more plants.", "invalid": "Enter a whole number, for example 120.",
                },
            )  # fmt: skip
        self.helper = Sheet()

    def counts(self) -> dict[GrowthStage, int]:
        """The stages that were counted; a stage left empty was not."""
        return {GrowthStage(stage): n for stage, n in self.cleaned_data.items() if n is not None}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and all(count is None for count in cleaned.values()):
            raise forms.ValidationError("Enter at least one count. 0 is a count.")
        return cleaned


class FinishForm(forms.Form):
    """The end of a visit."""

    helper = Sheet()
    reviewed_with = forms.CharField(
        label="With whom did you go through the findings?", help_text="A name and what they do there.", max_length=200,
        error_messages={"required": "Say with whom you went through the findings."},
    )  # fmt: skip
    notes = forms.CharField(
        label="Notes", help_text="For the Division only. The licensee does not see them.", required=False,
        max_length=5_000, widget=lines(),
    )  # fmt: skip
