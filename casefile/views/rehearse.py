"""An act with a last look: the form is rehearsed and its letter shown, then it is confirmed and done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from casefile.models import Case, Notice
from casefile.views.acts import CONTROLS, ActView
from casefile.views.shown import as_shown


class Rehearsed(ActView):
    """A form that is sent twice: first its letter is shown with what was said, with `confirm` it acts.

    Its page shows `shown`, `said` (the words as hidden fields) and `rows`, on `check_template`.
    """

    check_template = ""
    letter: Notice | None = None

    def rows(self, form: Any) -> list[dict[str, str]]:
        """What is about to be done, for the last look."""
        return []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "change" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form()))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        response = super().form_valid(form)
        if self.letter is None:
            return response
        self.template_name = self.check_template
        return self.render_to_response(self.get_context_data(form=form))

    def _once(self, do: Callable[[], str]) -> str:
        """Act when it was confirmed; before that only rehearse, so that the letter can be read."""
        if "confirm" in self.request.POST:
            return super()._once(do)
        self.letter = rehearsed(self.case, do)
        self.done = ""
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.letter is None:
            return context
        said = [(name, value) for name, values in self.request.POST.lists() for value in values if name not in CONTROLS]
        return context | {"shown": as_shown(self.letter), "said": said, "rows": self.rows(context["form"])}


def rehearsed(case: Case, do: Callable[[], str]) -> Notice:
    """The letter that `do` would send; whatever else it does is undone."""
    with transaction.atomic():
        do()
        letter = case.file.notices.order_by("-pk").first()
        transaction.set_rollback(True)
    assert letter is not None
    return letter
