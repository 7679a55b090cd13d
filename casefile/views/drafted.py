"""An act whose words are kept as they are typed: a form sent with `save` is kept, else it acts."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from casefile.actions import save_draft
from casefile.calendar import clock_time
from casefile.views import kept
from casefile.views.acts import CONTROLS, ActView


class Drafted(ActView):
    """A form that can be sent with `save`; its page autosaves to `?save=1`. `draft` names what is kept."""

    draft = ""
    keeps: Collection[str] = ("save",)  # the buttons that keep what was typed and do not act

    def get_typed(self) -> Mapping[str, Any]:
        """The draft that was kept."""
        row = self.case.file.drafts.filter(name=self.draft).first()
        return row.typed if row else {}

    def change_typed(self, typed: dict[str, str]) -> dict[str, str]:
        """What a button does to the typed words before they are kept."""
        return typed

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if {*request.POST, *request.GET} & set(self.keeps):
            return self._keep(request)
        return super().post(request, *args, **kwargs)

    def _keep(self, request: HttpRequest) -> HttpResponse:
        """Keep what was typed, unless there is nothing left to send it with."""
        by_script = request.headers.get("X-Requested-With") == "fetch"
        if self.get_refusals():
            return HttpResponse(status=409) if by_script else self.form_invalid(self.get_form())
        at = timezone.now()
        typed = {name: str(value).replace("\0", "") for name, value in request.POST.items() if name not in CONTROLS}
        save_draft(self.case, self.draft, self.change_typed(typed), by=request.user, at=at)  # type: ignore[arg-type]
        kept.forget(request)
        if by_script:
            return HttpResponse(status=204)
        messages.success(request, f"Saved at {clock_time(at)}. Nothing was sent.")
        return HttpResponseRedirect(request.path)
