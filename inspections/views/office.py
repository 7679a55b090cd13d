"""How a form of the office looks: a narrow page with one form, the way back, and what happened meanwhile."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import reverse

from accounts.rights import Guarded
from casefile import documents
from casefile.views import acts
from inspections.models import Inspection
from inspections.views.base import OfCase
from inspections.views.rows import case_url


def crumbs_of(case: Inspection, *here: str) -> list[tuple[str, str]]:
    """The way from the list of cases to a page of this case."""
    number = f"Case {case.file.number}" if case.file.number else "Planned visit"
    place = (case.premises.name, case.premises.get_absolute_url())
    steps = [("Cases", reverse("inspections:cases")), place, (number, case_url("case", case) if here else "")]
    return steps + [(name, "") for name in here]


class ActPage(Guarded, acts.ActPage):
    """A page with one form about a case."""

    template_name = "inspections/act.html"
    case: Inspection

    def back_url(self) -> str:
        return case_url("case", self.case)

    def trail(self) -> list[tuple[str, str]]:
        return crumbs_of(self.case, self.title)


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
