"""Every component with its sample, on one page for the eye and for the tests."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.rights import OPEN, guarded
from config.samples import FORM_WITH_ERRORS, SAMPLES, NoteForm


@guarded(OPEN)
@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """All samples on one page, and a form in its failed state."""
    return render(request, "gallery.html", {"samples": SAMPLES, "sample_form": NoteForm(FORM_WITH_ERRORS)})
