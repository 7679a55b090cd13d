"""The monthly report as a licensee fills it in, group by group, and why one that was sent is changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from casefile.fields import Sheet
from licensing import rules
from licensing.models.reports import NUMBERS
from licensing.queries.reports import law_facts
from licensing.report_import.quantities import read_quantity
from licensing.rules.reports import WHOLE

NOTES = "notes"
EMPTY_IS_NONE = ("medical_plants", "stock_medical_g")


@dataclass(frozen=True)
class Group:
    """Fields that stand under one heading: that of the office, and that of the licensee with a word of help."""

    key: str
    office: str
    title: str
    text: str
    fields: tuple[str, ...]


GROUPS = (
    Group(
        "plants", "Plants", "Your plants", "Count your plants on the last day of the month. If you had none, type 0.",
        (*map(str, rules.GrowthStage), "medical_plants"),
    ),
    Group("harvest", "Harvest", "Harvest", "Count what you cut in the month.", ("harvested_plants",)),
    Group("production", "Production", "What you made", "Weigh in grams. 1 pound is 453.6 grams.", ("produced_g",)),
    Group(
        "sales", "Sales", "What you sold", "In grams. Medical and other sales add up to your total.",
        ("sold_g", "sold_medical_g", "sold_commercial_g"),
    ),
    Group(
        "stock", "Stock", "What you had left", "In grams, on the last day of the month.",
        ("stock_g", "stock_medical_g"),
    ),
)  # fmt: skip
ASKS: dict[str, tuple[str, str]] = {
    "germination": ("Germination", "A seed that sprouts."),
    "seedling": ("Seedlings", "A shoot is out of the soil. It grows its first leaves."),
    "vegetative": ("Vegetative plants", "They grow, but do not flower yet. Count your clones here."),
    "flowering_female": ("Flowering female plants", "Buds show on the stem. These plants are mature. They count."),
    "flowering_male": ("Flowering male plants", "They flower, but they are not mature. They do not count."),
    "medical_plants": ("Mature plants for medical use", "Of your mature plants. Leave it empty if you have none."),
    "harvested_plants": ("Harvested plants", "How many plants you cut in the month."),
    "produced_g": ("Cannabis you made", "What your harvest and your products came to, in grams."),
    "sold_g": ("Total sales", "All that you sold, in grams."),
    "sold_medical_g": ("Medical sales", "To patients and their caregivers, in grams."),
    "sold_commercial_g": ("Other sales", "To all others, in grams. We call this commercial."),
    "stock_g": ("Stock", "All that you had left, in grams."),
    "stock_medical_g": ("Stock for medical sale", "Of your stock. Leave it empty if you have none."),
}


class QuantityField(forms.CharField):
    """A number as people write it, with or without a comma in thousands."""

    def __init__(self, *, whole: bool, label: str, **kwargs: Any) -> None:
        self.whole = whole
        attrs = {"inputmode": "numeric" if whole else "decimal", "autocomplete": "off"}
        missing = {"required": f"{label}: enter a number, 0 if there were none."}
        super().__init__(
            max_length=40, label=label, widget=forms.TextInput(attrs=attrs), error_messages=missing, **kwargs
        )

    def clean(self, value: Any) -> Any:
        try:
            return read_quantity(super().clean(value) or "", whole=self.whole)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None


def groups_of(license_type: str) -> tuple[Group, ...]:
    """What is asked of a type of license: of plants and harvest only those who grow."""
    grows = rules.TYPES[license_type].cultivates
    return tuple(group for group in GROUPS if grows or group.key not in ("plants", "harvest"))


class ReportForm(forms.Form):
    """The numbers of one month of one license, judged by the rule; `typed` are the words, whole or not."""

    helper = Sheet(summary=False)

    def __init__(self, typed: Mapping[str, str], *, license_type: str, month: date, on: date) -> None:
        super().__init__(dict(typed))
        self.month, self.on = month, on
        self.groups = groups_of(license_type)
        for name in (name for group in self.groups for name in group.fields):
            label, words = ASKS[name]
            self.fields[name] = QuantityField(
                whole=name in WHOLE, label=label, help_text=words, required=name not in EMPTY_IS_NONE
            )
        self.fields[NOTES] = forms.CharField(
            label="What should we know?", help_text="You can leave this empty.", required=False, max_length=10_000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        numbers = self.numbers()
        wrong = rules.reasons_against_report(law_facts(self.month, numbers), on=self.on)
        for name, reasons in wrong.items():
            if name not in self.errors:
                for words in reasons:
                    self.add_error(name if name in self.fields else None, words)
        return self.cleaned_data | numbers

    def numbers(self) -> dict[str, int | Decimal | None]:
        """Every number of a report: 0 for what is not asked or may stay empty, None for what is not answered."""
        said = self.cleaned_data
        asked = {name: said.get(name) for name in NUMBERS if name in self.fields}
        empty = {name: 0 for name in EMPTY_IS_NONE if asked.get(name) is None and name not in self.errors}
        return dict.fromkeys((name for name in NUMBERS if name not in self.fields), 0) | asked | empty

    def in_groups(self) -> list[dict[str, Any]]:
        """The fields under their headings."""
        return [{"group": group, "fields": [self[name] for name in group.fields]} for group in self.groups]

    def said(self) -> dict[str, list[str]]:
        """By field, what is wrong in what is typed so far; of what is not answered yet nothing is said."""
        answered = {name for name in self.fields if self.data.get(name, "").strip()}
        return {name: [str(it) for it in self.errors[name]] for name in self.errors if name in answered}


def typed_report(posted: Mapping[str, str], license_type: str) -> dict[str, str]:
    """A report as it was typed, whether or not it makes sense."""
    names = (*(name for group in groups_of(license_type) for name in group.fields), NOTES)
    return {name: posted.get(name, "").replace("\r\n", "\n") for name in names}


def reported_as_typed(numbers: Mapping[str, int | Decimal], notes: str, license_type: str) -> dict[str, str]:
    """A report that was sent, as it would be typed."""
    return typed_report({name: plain(value) for name, value in numbers.items()} | {NOTES: notes}, license_type)


def plain(value: int | Decimal) -> str:
    """1,234.5: no zeros at the end."""
    text = f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class WhyForm(forms.Form):
    """Why a report that was sent is changed."""

    helper = Sheet("reason", summary=False)

    reason = forms.CharField(
        label="Why do you change it?", help_text="For example: we counted one room twice.", max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Say why you change it."},
    )  # fmt: skip
