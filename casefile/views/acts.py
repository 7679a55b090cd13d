"""How a form acts on a case: once, on the case the person saw, and without losing a word they typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.generic import FormView

from casefile.actions import Refused, Stale, once, refusals, replied
from casefile.fields import Sheet
from casefile.models import Event, new_key
from casefile.views import kept

CONTROLS = ("csrfmiddlewaretoken", "once", "version", "save", kept.AUTHOR)


class NoFacts(forms.Form):
    """The form of an act that asks for nothing."""

    helper = Sheet()


class ActView(FormView):
    """GET asks, POST acts: the form is judged, one action is called once, the person is sent on.

    A subclass has `case` by the end of `setup`, names its `step` (or nothing, for what is more than a step), and writes
    `perform`. Its page includes `components/act_fields.html` inside the form.
    """

    form_class: type[forms.Form] = NoFacts
    case: Any  # a Case; of which kind, the subclass says
    step = ""
    done = ""  # what the banner says afterwards
    stale: Stale | None = None

    def perform(self, form: forms.Form, **common: Any) -> None:
        """Call the one action; `common` is `by`, `at` and `version`."""
        raise NotImplementedError

    def get_refusals(self) -> list[str]:
        """What stands in the way before anything is typed."""
        return refusals(self.case, self.step) if self.step else []

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """The form; filled with the words that were sent when their author had been signed out."""
        form = super().get_form(form_class)
        return form if form.is_bound else kept.as_typed(form, kept.kept(self.request))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same form sent again gets the answer of the first time, also where it could not be filled in now."""
        key = request.POST.get("once", "")[:64]
        address = replied(key, by=request.user, path=request.path, body=body_of(request)) if key else ""  # type: ignore[arg-type]
        return HttpResponseRedirect(address) if address else super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            address = self._once(lambda: self._perform(form))
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
            return self.form_invalid(form)
        except Stale as stale:
            self.stale, self.case = stale, stale.case
            return self.render_to_response(self.get_context_data(form=form), status=409)
        kept.forget(self.request)
        if self.done:
            messages.success(self.request, self.done)
        return HttpResponseRedirect(address)

    def _perform(self, form: forms.Form) -> str:
        self.perform(form, by=self.request.user, at=timezone.now(), version=self._version())
        return self.get_success_url()

    def _version(self) -> int | None:
        typed = self.request.POST.get("version", "")
        return int(typed) if typed.isdigit() else None

    def _once(self, do: Callable[[], str]) -> str:
        key = self.request.POST.get("once", "")[:64]
        if not key:
            raise Refused(["This page is out of date. Check your answers and send them again."])
        by: Any = self.request.user
        return once(key, by=by, path=self.request.path, body=body_of(self.request), at=timezone.now(), do=do)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "case": self.case,
            "refusals": self.get_refusals(),
            "once": self.request.POST.get("once") or new_key(),
            "version": self.case.version,
            "author": kept.signed(self.request),
            "stale": self.stale,
            "meanwhile": self._meanwhile(),
        }

    def _meanwhile(self) -> list[Event]:
        """What others did since the page was made, newest first."""
        if self.stale is None:
            return []
        missed = max(0, self.stale.case.version - self.stale.version)
        return list(self.case.file.events.select_related("by")[:missed])


class ActPage(ActView):
    """A page of the office with one form; the subclass says what it is called and what its button says."""

    title = lead = button = ""
    tone = ""  # danger, for what can not be undone
    consequence = ""  # what is so after the act, above the button

    def get_success_url(self) -> str:
        return self.back_url()

    def back_url(self) -> str:
        """Where the person came from, and goes after acting."""
        address: str = self.case.get_absolute_url()
        return address

    def trail(self) -> list[tuple[str, str]]:
        """The way to this page: words and addresses."""
        raise NotImplementedError

    def notes(self) -> list[str]:
        """What the person should know before acting."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "title": self.title,
            "lead": self.lead,
            "button": self.button,
            "tone": self.tone,
            "consequence": self.consequence,
            "notes": self.notes(),
            "back_url": self.back_url(),
            "crumbs": self.trail(),
        }


def body_of(request: HttpRequest) -> bytes:
    """What a form says, without its controls: the same answers give the same bytes."""
    said = [(name, values) for name, values in sorted(request.POST.lists()) if name not in CONTROLS]
    files = [(name, upload.name, upload.size) for name, sent in sorted(request.FILES.lists()) for upload in sent]
    return repr((said, files)).encode()
