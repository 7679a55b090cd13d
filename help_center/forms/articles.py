"""The forms of the help's words and of whom to call."""

from typing import Any

from django import forms
from django.utils.text import slugify

from casefile.fields import Sheet
from help_center.actions.articles import Words
from help_center.actions.localities import Contact
from help_center.articles.functions import FUNCTIONS
from help_center.articles.values import NUMBERS, unknown
from help_center.models import Locality, Section
from licensing.counties import COUNTIES

NUMBERS_HINT = "Write numbers of the law as " + ", ".join(f"{{{name}}}" for name in NUMBERS) + "."
TAKEN_WORDS = ("ask", "questions", "odor-contacts")  # addresses under /help/ that are no articles


class ArticleForm(forms.Form):
    """A version of an article."""

    title = forms.CharField(label="Title", max_length=120)
    summary = forms.CharField(label="The answer in one sentence", max_length=200)
    body = forms.CharField(
        label="The whole answer", widget=forms.Textarea(attrs={"rows": 14}), max_length=10_000,
        help_text=f"An empty line begins a paragraph. Begin a line with “- ” or “1. ” for a list. {NUMBERS_HINT}",
    )  # fmt: skip
    keywords = forms.CharField(label="Other words people search with", max_length=300, required=False)
    links = forms.MultipleChoiceField(
        label="Pages to link to", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(key, it.en) for key, it in FUNCTIONS.items()],
    )  # fmt: skip
    source = forms.CharField(label="Source", max_length=300, help_text="Where we know it from.")
    checked = forms.BooleanField(label="A person who knows this language has checked the words", required=False)
    why = forms.CharField(label="Why do you change it?", max_length=300, help_text="It stands beside the version.")

    helper = Sheet()

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for name in ("title", "summary", "body"):
            for token in unknown(typed.get(name) or ""):
                self.add_error(name, f"There is no number called {{{token}}}. {NUMBERS_HINT}")
        return typed

    def words(self) -> Words:
        """What was typed, without the reason."""
        return Words(**{name: self.cleaned_data[name] for name in Words.__dataclass_fields__})


class NewArticleForm(ArticleForm):
    """An article that is new, in English; its address is made of its title."""

    section = forms.ChoiceField(label="Under which heading?", choices=Section.choices)

    field_order = ["section"]

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        slug = slugify(title)[:60].strip("-")
        if not slug or slug in TAKEN_WORDS:
            raise forms.ValidationError("Choose another title. No address can be made of this one.")
        self.slug = slug
        return title


class ContactForm(forms.Form):
    """Whom to call about odor at one place."""

    office = forms.CharField(label="Office", max_length=120, required=False)
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    email = forms.EmailField(label="Email", required=False)
    website = forms.URLField(label="Web page", required=False, assume_scheme="https")
    source = forms.CharField(
        label="Where do you know it from?", max_length=300,
        help_text="For example: the county's web page, read today. Leave the rest empty to take a contact off.",
    )  # fmt: skip

    helper = Sheet()

    def contact(self) -> Contact:
        """What was typed, without the source."""
        return Contact(**{name: self.cleaned_data[name] for name in Contact.__dataclass_fields__})


class PlaceForm(forms.Form):
    """A city, town or village."""

    kind = forms.ChoiceField(label="Kind", choices=[it for it in Locality.Kind.choices if it[0] != "county"])
    name = forms.CharField(label="Name", max_length=60)
    county = forms.ChoiceField(label="County", choices=[(name, name) for name in COUNTIES])

    helper = Sheet()
