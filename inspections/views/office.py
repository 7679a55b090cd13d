"""How a form of the office looks: a narrow page with one form, the way back, and what happened meanwhile."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import reverse

from accounts.rights import Guarded
from casefile import documents
from casefile.views.acts import ActView
from inspections.models import Inspection
from inspections.views.base import OfCase
from inspections.views.rows import case_url


def crumbs_of(case: Inspection, *here: str) -> list[tuple[str, str]]:
    """The way from the list of cases to a page of this case."""
    number = f"Case {case.file.number}" if case.file.number else "Planned visit"
    place = (case.premises.name, case.premises.get_absolute_url())
    steps = [("Cases", reverse("inspections:cases")), place, (number, case_url("case", case) if here else "")]
    return steps + [(name, "") for name in here]


class ActPage(Guarded, ActView):
    """A page with one form; the subclass says what it is called and what its button says."""

    template_name = "inspections/act.html"
    case: Inspection
    title = ""
    lead = ""
    button = ""
    tone = ""  # danger, for what can not be undone

    def get_success_url(self) -> str:
        return self.back_url()

    def back_url(self) -> str:
        """Where the person came from, and goes after acting."""
        return case_url("case", self.case)

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_of(self.case, self.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "title": self.title,
            "lead": self.lead,
            "button": self.button,
            "tone": self.tone,
            "back_url": self.back_url(),
            "crumbs": self.crumbs(),
        }


class OfficeAct(OfCase, ActPage):
    """A form of the office about one case."""


class WithPhotos(OfficeAct):
    """A form with the field `photos`: the files are kept before the act begins, which then is short."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        self.photos: list[documents.Stored] = []
        for upload in form.cleaned_data["photos"]:
            self._keep(form, upload)
        return self.form_invalid(form) if form.errors else super().form_valid(form)

    def _keep(self, form: forms.Form, upload: UploadedFile) -> None:
        try:
            self.photos.append(documents.keep(upload))
        except documents.NotTaken as refused:
            form.add_error("photos", f"{documents.clean_name(upload.name)}: {refused.message}")
