"""The contact form: what is asked, and by whom."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from casefile.fields import Sheet
from licensing.models import Licensee

NAME = re.compile(r"[^\W\d_][\w'’.,\- ]*")  # no address of a page may stand in a greeting


class AskForm(forms.Form):
    """A question. Who is signed in is known; who is not says a name and an address."""

    subject = forms.CharField(max_length=100)
    text = forms.CharField(max_length=4_000, widget=forms.Textarea(attrs={"rows": 8}))
    name = forms.CharField(max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    licensee = forms.ChoiceField(required=False)

    helper = Sheet()

    def __init__(
        self,
        *args: Any,
        words: Mapping[str, str],
        is_known: bool = False,
        licensees: Sequence[Licensee] = (),
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.said = words
        for name, field in self.fields.items():
            field.label, field.help_text = words[name], words.get(f"{name}_hint", "")
            required = words.get(f"need_{name}", "")
            field.error_messages |= {"required": required, "invalid": required}
        for name in ("name", "email") if is_known else ():
            del self.fields[name]
        if licensees:
            choice = self.fields["licensee"]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [*((it.key, it.name) for it in licensees), ("", words["myself"])]
        else:
            del self.fields["licensee"]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not NAME.fullmatch(name):
            raise forms.ValidationError(self.said["bad_name"])
        return name
