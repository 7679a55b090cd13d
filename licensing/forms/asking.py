"""What a licensee fills in to ask for a level, more plants or fewer: the choice, then each piece of information."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from casefile.fields import Sheet
from licensing import rules
from licensing.forms.limits import PlantsField
from licensing.rules import MonthFacts

GRAMS = "Enter a number of grams, for example 12,500."
NO_FILE = "Add at least one photo or paper."
DIFFERS = "Say why a number is not the one in your report."
PLACES = [
    ("tribal", "A tribal community"),
    ("acequia", "An acequia community"),
    ("land_grant", "A land grant-merced"),
    ("opportunity_zone", "A federal opportunity zone"),
    ("other_rural", "Another rural historic community"),
    ("none", "None of these"),
]


class GramsField(forms.DecimalField):
    """A weight in grams; commas and spaces inside it are no fault."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        said = dict.fromkeys(("required", "invalid", "min_value", "max_digits", "max_decimal_places"), GRAMS)
        super().__init__(min_value=0, max_digits=14, decimal_places=3, error_messages=said, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]
        return super().to_python("".join(str(value or "").replace(",", "").split()))


def words(label: str, error: str, *, hint: str = "", rows: int = 0, required: bool = True) -> forms.CharField:
    """A box for words: one line, or several."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    said = {"required": error, "max_length": "Use fewer words."}
    longest = 10_000 if rows else 200
    return forms.CharField(
        label=label, help_text=hint, required=required, widget=widget, max_length=longest, error_messages=said
    )


# The choice


class IncreaseForm(forms.Form):
    """How many more plants."""

    helper = Sheet("plants", summary=False)
    plants = PlantsField(label="How many more plants do you want?", least=1)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step = rules.INCREMENT.on(on)
        self.fields["plants"].help_text = f"In steps of {step}. For example: {step}, {2 * step:,} or {3 * step:,}."


class DecreaseForm(forms.Form):
    """How many fewer plants."""

    helper = Sheet("plants", summary=False)
    plants = PlantsField(label="How many plants do you want to give up?", help_text="Any whole number.", least=1)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class DesignationForm(forms.Form):
    """Which level, and how many plants inside it."""

    helper = Sheet("level", "plants", summary=False)
    level = forms.TypedChoiceField(
        label="Which level do you want?", coerce=int, widget=forms.RadioSelect,
        error_messages={"required": "Choose a level.", "invalid_choice": "Choose a level."},
    )  # fmt: skip
    plants = PlantsField(
        label="How many mature plants do you want?", help_text="A whole number inside the level you chose.", least=1
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["level"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(it.number, f"Level {it.number}: {it.first:,} to {it.last:,}") for it in rules.LEVELS.on(on)]


CHOICES: dict[str, type[forms.Form]] = {
    rules.DESIGNATION: DesignationForm,
    rules.INCREASE: IncreaseForm,
    rules.DECREASE: DecreaseForm,
}


# The pieces


@dataclass(frozen=True)
class Known:
    """What the Division knows already: the months a piece is about, as reported, and the last twelve."""

    months: Sequence[MonthFacts] = ()
    year: Sequence[MonthFacts] = ()


class PieceForm(forms.Form):
    """One piece of information; `about` names it in the list of errors, `files` says if papers are wanted."""

    helper = Sheet(summary=False)
    needs_files = False
    takes_files = True
    about = ""

    def __init__(self, typed: Mapping[str, Any] | None, *, known: Known) -> None:
        super().__init__(typed)
        self.known = known
        self.ask()

    def ask(self) -> None:
        """Add the fields that depend on what is known."""

    def judge(self, files: int) -> "PieceForm":
        """Judge what was typed together with the number of files; the form then has its errors."""
        self.full_clean()
        if self.needs_files and not files:
            self.add_error(None, NO_FILE)
        return self


class InventoryForm(PieceForm):
    """What is there today."""

    mature = PlantsField(
        label="How many mature plants do you have today?", help_text="Female plants in flower. Leave out all others."
    )
    harvested_g = GramsField(label="How much harvested cannabis do you have today, in grams?")

    def ask(self) -> None:
        last = next((it for it in reversed(self.known.year) if it.reported), None)
        if last is not None:
            self.initial = {"mature": last.flowering, "harvested_g": plain(last.stock_g)}
            said = f"Your report for {rules.month_words(last.month)} says"
            self.fields["mature"].help_text += f" {said} {last.flowering or 0:,}."
            self.fields["harvested_g"].help_text = f"{said} {plain(last.stock_g)}."


class MonthsForm(PieceForm):
    """Numbers for each of some months, filled in from the reports; who changes one says why."""

    per_month: tuple[tuple[str, str, str], ...] = ()  # name, label, the fact of the month
    weights = True

    def ask(self) -> None:
        reported = []
        for month in self.known.months:
            for name, label, fact in self.per_month:
                key = f"{name}_{month.month:%Y_%m}"
                field = GramsField() if self.weights else PlantsField()
                field.label = f"{label} {rules.month_words(month.month)}{', in grams' if self.weights else ''}"
                field.help_text = "From your report." if month.reported else "We have no report for this month."
                self.fields[key] = field
                if month.reported:
                    self.initial[key] = plain(getattr(month, fact))
                    reported.append(key)
        self.reported = reported
        if reported:
            self.fields["why"] = words("Is a number not as in your report? Say why", DIFFERS, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        differs = [key for key in self.reported if key in said and Decimal(said[key]) != number(self.initial[key])]
        if differs and not said.get("why"):
            self.add_error("why", DIFFERS)
        return said


class HarvestedForm(MonthsForm):
    """Plants harvested in each of the last months."""

    per_month = (("harvested", "Plants harvested in", "harvested"),)
    weights = False


class SalesForm(MonthsForm):
    """Medical and commercial sales of each of the last months."""

    per_month = (
        ("medical", "Medical sales in", "sold_medical_g"),
        ("commercial", "Commercial sales in", "sold_commercial_g"),
    )


class TotalSalesForm(PieceForm):
    """All sales of a time that the licensee names."""

    sold_g = GramsField(label="How much did you sell in all, in grams?")
    period = words("In which time?", "Say from when until when.", hint="For example: since we opened.")

    def ask(self) -> None:
        told = [it for it in self.known.year if it.reported]
        if told:
            first, last = rules.month_words(told[0].month), rules.month_words(told[-1].month)
            self.initial = {"sold_g": plain(sum(it.sold_g for it in told)), "period": f"{first} to {last}"}
            self.fields["sold_g"].help_text = "Filled in from your reports."


class WaterForm(PieceForm):
    """The right to the water that the plan needs."""

    needs_files = True
    quantity = words(
        "How much water does your plan need in a year?", "Enter how much water your plan needs, with its unit.",
        hint="For all your plants, the new ones too. For example: 2.5 acre-feet.",
    )  # fmt: skip
    allowed = words(
        "How much water may you use in a year?", "Enter how much water you may use, with its unit.",
        hint="As your paper says. For example: 3 acre-feet.",
    )  # fmt: skip
    source = words(
        "What gives you the right to this water?", "Say what gives you the right to the water.",
        hint="For example: the number of your water right, or the name of your water company.",
    )  # fmt: skip


class CultivationPlanForm(PieceForm):
    """How the plants will be grown."""

    needs_files = True
    summary = words("Tell us about your plan", "Say in a few words how you will grow.", rows=3)


class SocialEquityForm(PieceForm):
    """The social equity plan, or what was done for it: for whom, and where."""

    progress = words("What have you done for your social equity plan?", "Say what you have done.", rows=4)
    people = words(
        "Who owns, runs and works for your company?",
        "Say who owns, runs and works for your company.",
        hint="The law asks for race, ethnicity, gender, age and where they live. Write what people told you.",
        rows=4,
    )
    places = forms.MultipleChoiceField(
        label="Are you, your people or your places of work in one of these?", choices=PLACES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose all that fit, or none of these."},
    )  # fmt: skip


class SocialEquityPlanForm(SocialEquityForm):
    """The plan itself, at the start."""

    progress = words("What is your social equity plan?", "Say what your plan is.", rows=4)


class LevelWordsForm(PieceForm):
    """What there is to say about the level once it was asked for; the choice itself stands."""

    words = words("What do you want to tell us about the level and the number?", "Answer our question.", rows=3)


PIECES: dict[tuple[str, str], type[PieceForm]] = {
    (rules.DESIGNATION, "level"): LevelWordsForm,
    (rules.INCREASE, "inventory"): InventoryForm,
    (rules.INCREASE, "water"): WaterForm,
    (rules.INCREASE, "harvested"): HarvestedForm,
    (rules.INCREASE, "sales"): SalesForm,
    (rules.INCREASE, "total_sales"): TotalSalesForm,
    (rules.INCREASE, "social_equity"): SocialEquityForm,
    (rules.DESIGNATION, "water"): WaterForm,
    (rules.DESIGNATION, "cultivation_plan"): CultivationPlanForm,
    (rules.DESIGNATION, "social_equity"): SocialEquityPlanForm,
}
SEVERAL = "places"  # the one field that holds several values; in a draft they stand in one text
MONTH_KEY = re.compile(r"_(\d{4})_(\d{2})$")


def piece_form(kind: str, key: str, typed: Mapping[str, str] | None = None, *, known: Known | None = None) -> PieceForm:
    """The form of one piece, with what was typed for it; LookupError for one that has none."""
    form = PIECES[kind, key](None if typed is None else fields_of(typed), known=known or Known())
    form.about = next(piece.label for piece in rules.REQUIRED[kind] if piece.key == key)
    return form


def typed_text(form: forms.Form, posted: QueryDict) -> dict[str, str]:
    """What a form says, field by field, whether or not it makes sense."""
    values = {name: ",".join(posted.getlist(name)) if name == SEVERAL else posted.get(name, "") for name in form.fields}
    return {name: str(value or "").replace("\r\n", "\n") for name, value in values.items()}


def fields_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """The same as a form takes it."""
    return {name: str(value).split(",") if name == SEVERAL else value for name, value in typed.items()}


def answers(kind: str, key: str, typed: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was typed for a piece, as rows of label and value, for those who read it."""
    months = sorted({date(int(it[1]), int(it[2]), 1) for name in typed if (it := MONTH_KEY.search(name))})
    known = Known(months=[MonthFacts(month, reported=False) for month in months])
    fields = piece_form(kind, key, known=known).fields if (kind, key) in PIECES else {}
    labels = {name: str(field.label) for name, field in fields.items()} | {"why": "Why it is not as in your report"}
    named = [*(name for name in labels if name in typed), *(name for name in typed if name not in labels)]
    return [{"label": labels.get(name, name.capitalize()), "value": shown(name, str(typed[name]))} for name in named]


def shown(name: str, value: str) -> str:
    """A value as a person reads it."""
    if name != SEVERAL:
        return value or "No answer"
    labels = dict(PLACES)
    return ", ".join(labels.get(it, it) for it in value.split(",") if it) or "No answer"


def plain(weight: Decimal | int) -> str:
    """A number without needless zeros: 12500.5."""
    return f"{weight:f}".rstrip("0").rstrip(".") if "." in f"{weight:f}" else f"{weight:f}"


def number(text: object) -> Decimal:
    """A number that was filled in by us."""
    return Decimal(str(text))
