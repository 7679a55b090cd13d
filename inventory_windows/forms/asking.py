"""What a licensee fills in to ask for a window or for State approval, and how typed words become what is asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from casefile.fields import Sheet
from inventory_windows import rules
from inventory_windows.actions.corrections import Words
from inventory_windows.models import WindowRequest

LINES, MOST_LINES, MOST_PLANTS = 3, 30, 100_000
PEOPLE = ("company", "contact", "phone", "email")
FIELDS = (*PEOPLE, "purpose", "message")
OF_A_LINE = ("kind", "strain", "quantity", "source")
COUNT = "Enter a whole number, for example 40."
FEWER = "Use fewer words."


def words(
    label: str, error: str, *, hint: str = "", rows: int = 0, longest: int = 200, **attrs: str
) -> forms.CharField:
    """A box for words: one line, or several."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs=attrs)
    said = {"required": error, "max_length": FEWER}
    return forms.CharField(label=label, help_text=hint, widget=widget, max_length=longest, error_messages=said)


class RequestForm(forms.Form):
    """Who asks, and why."""

    about = ""
    helper = Sheet(*FIELDS, summary=False)
    company = words("Company name", "Enter the name of your company.", autocomplete="organization")
    contact = words("Who can we talk to?", "Tell us who we can talk to.", longest=120, autocomplete="name")
    phone = words("Phone", "Give us a phone number.", longest=40, autocomplete="tel")
    email = forms.EmailField(
        label="Email", widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Give us an email address.", "invalid": "Enter an email address."},
    )  # fmt: skip
    purpose = forms.ChoiceField(
        label="Why do you need a window?", choices=WindowRequest.Purpose.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose why you need it."},
    )  # fmt: skip
    message = words(
        "What do you want to enter, and why?", "Say why you need the window.", rows=4, longest=5_000,
        hint="A few sentences are enough.",
    )  # fmt: skip


class ItemForm(forms.Form):
    """One line of the list; an empty line is no line."""

    helper = Sheet(*OF_A_LINE, summary=False)
    kind = forms.ChoiceField(
        label="What is it?", choices=[("", "Choose one"), *rules.LABELS.items()],
        error_messages={"required": "Choose what it is."},
    )  # fmt: skip
    strain = words("Strain", "Enter the name of the strain.", longest=120, autocomplete="off")
    quantity = forms.IntegerField(
        label="How many?", min_value=1, max_value=MOST_PLANTS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), COUNT),
    )  # fmt: skip
    source = words(
        "Where is it from?", "Say where it is from.", longest=300, hint="A seed bank, or your own mother plants."
    )

    def __init__(self, typed: Mapping[str, str], number: int) -> None:
        self.about = f"Line {number + 1}"
        super().__init__(typed, prefix=f"item-{number}")
        for name in OF_A_LINE:
            field = self.fields[name]
            field.label = f"{field.label}"

    @property
    def is_empty(self) -> bool:
        """Nothing is typed into this line."""
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in OF_A_LINE)


class CorrectionForm(forms.Form):
    """What BioTrack support asks the State to approve."""

    about = ""
    helper = Sheet("ticket", "what", "why", "contact", "phone", summary=False)
    ticket = words(
        "BioTrack ticket number", "Enter the number of your BioTrack ticket.", longest=60, autocomplete="off",
        hint="BioTrack support gave it to you. If you have none, call them first.",
    )  # fmt: skip
    what = words(
        "What does BioTrack support ask us to approve?", "Say what BioTrack support asks us to approve.", rows=4,
        longest=5_000,
    )  # fmt: skip
    why = words("Why does it have to be fixed?", "Say why it has to be fixed.", rows=4, longest=5_000)
    contact = words("Who can we talk to?", "Tell us who we can talk to.", longest=120, autocomplete="name")
    phone = words("Phone", "Give us a phone number.", longest=40, autocomplete="tel")


class AnswerForm(forms.Form):
    """A word beside the papers, or instead of them."""

    helper = Sheet("answer", summary=False)
    answer = forms.CharField(
        label="What should we know?", help_text="You can leave this empty when you add papers.", required=False,
        max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


# What was typed


def lines_in(typed: Mapping[str, str]) -> int:
    """How many lines the form shows."""
    said = typed.get("lines", "")
    return min(MOST_LINES, max(1, int(said))) if said.isascii() and said.isdigit() else LINES


def typed_request(posted: Mapping[str, str]) -> dict[str, str]:
    """A request as it was typed, whether or not it makes sense."""
    count = lines_in(posted)
    names = [*FIELDS, *(f"item-{n}-{name}" for n in range(count) for name in OF_A_LINE)]
    return {"lines": str(count)} | {name: plain(posted.get(name, "")) for name in names}


def typed_correction(posted: Mapping[str, str]) -> dict[str, str]:
    """A correction as it was typed."""
    return {name: plain(posted.get(name, "")) for name in CorrectionForm.base_fields}


def plain(words: object) -> str:
    return str(words).replace("\r\n", "\n")


def request_forms(typed: Mapping[str, str]) -> tuple[RequestForm, list[ItemForm]]:
    """The forms that show what was typed."""
    return RequestForm(typed), [ItemForm(typed, n) for n in range(lines_in(typed))]


def wrong_in(forms: Sequence[Any]) -> list[Any]:
    """The forms that lack something; of the lines, the first stands for all where every one is empty."""
    lines = [form for form in forms if isinstance(form, ItemForm)]
    begun = [form for form in lines if not form.is_empty] or lines[:1]
    asked = [form for form in forms if not isinstance(form, ItemForm)] + begun
    return [form for form in asked if not form.is_valid()]


def asked_of(typed: Mapping[str, str]) -> rules.Asked:
    """What is asked, as far as it can be read."""
    items = [item for n in range(lines_in(typed)) if (item := _item(typed, n)) is not None]
    said = {name: typed.get(name, "").strip() for name in ("purpose", "message", "contact", "phone", "email")}
    return rules.Asked(items, **said)


def _item(typed: Mapping[str, str], n: int) -> rules.Item | None:
    kind, strain, quantity, source = (typed.get(f"item-{n}-{name}", "").strip() for name in OF_A_LINE)
    if not any((kind, strain, quantity, source)):
        return None
    count = quantity.replace(",", "")
    return rules.Item(kind, strain, int(count) if count.isascii() and count.isdigit() else 0, source)


def words_of(typed: Mapping[str, str]) -> Words:
    """A correction as it is asked for."""
    return Words(**{name: typed.get(name, "").strip() for name in CorrectionForm.base_fields})


def said_of(typed: Mapping[str, str], form: type[forms.Form]) -> list[dict[str, str]]:
    """The typed answers in rows, as a summary shows them."""
    rows = []
    for name, field in form.base_fields.items():
        value = typed.get(name, "")
        if isinstance(field, forms.ChoiceField):
            value = str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        rows.append({"label": str(field.label), "value": value})
    return rows
