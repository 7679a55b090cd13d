"""A new license is entered: first who applies, then what for."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from casefile.views.once import OnceView
from licensing.actions.new_license import add_licensee, apply_license
from licensing.forms.licenses import HolderForm, NewLicenseForm
from licensing.models import Licensee

MOST_FOUND = 20
PLACE = ("street", "city", "zip_code", "county")


class ChooseHolder(OnceView):
    """Who applies: somebody on record, found by name, or somebody new."""

    rights = "licensing.apply_license"
    template_name = "licensing/license_holder.html"
    form_class = HolderForm
    done = "The licensee is on record. Now enter the license."

    def perform(self, form: forms.BaseForm, **common: Any) -> str:
        holder = add_licensee(form.cleaned_data, **common)
        return reverse("licensing:license_new_for", args=[holder.key])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed = self.request.GET.get("q", "")[:100]
        found = Licensee.objects.visible_to(self.user).holding(typed).order_by("words", "pk")[:MOST_FOUND]
        return super().get_context_data(**kwargs) | {"typed": typed, "found": list(found) if typed else []}


class NewLicense(OnceView):
    """What a licensee applied for."""

    rights = "licensing.apply_license"
    template_name = "licensing/license_new.html"
    form_class = NewLicenseForm
    done = "The license is entered. It is not approved yet."
    holder: Licensee

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.holder = get_object_or_404(Licensee.objects.visible_to(self.user), key=kwargs["key"])

    def get_guarded(self) -> Licensee:
        return self.holder

    def perform(self, form: forms.BaseForm, **common: Any) -> str:
        said = form.cleaned_data
        place = {"name": said["place"], **{name: said[name] for name in PLACE}}
        term = apply_license(self.holder, said, place=place, **common)
        return term.license.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"holder": self.holder}
