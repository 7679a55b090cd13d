"""How a form that is about no case acts: once, however often it is sent, and without losing a word."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.generic import FormView

from accounts.rights import Guarded
from casefile.actions import Refused, once, replied
from casefile.models import new_key
from casefile.views.acts import NoFacts, body_of


class OnceView(Guarded, FormView):
    """GET asks, POST acts: `perform` calls one action and may return where to go; its page carries the field `once`."""

    form_class: type[forms.BaseForm] = NoFacts
    done = ""  # what the banner says afterwards

    def perform(self, form: forms.BaseForm, **common: Any) -> str | None:
        """Call the one action; `common` is `by` and `at`."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same form sent again gets the answer of the first time, also where it could not be filled in now."""
        key = request.POST.get("once", "")[:64]
        address = replied(key, by=self.user, path=request.path, body=body_of(request)) if key else ""
        return HttpResponseRedirect(address) if address else super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        at = timezone.now()

        def do() -> str:
            return self.perform(form, by=self.user, at=at) or self.get_success_url()

        key = self.request.POST.get("once", "")[:64] or new_key()
        try:
            address = once(key, by=self.user, path=self.request.path, body=body_of(self.request), at=at, do=do)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, self.done)
        return HttpResponseRedirect(address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"once": self.request.POST.get("once") or new_key()}
