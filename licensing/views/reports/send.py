"""The report on its way: every number on one page, beside the one sent before, and from there it is sent, once."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from casefile.actions import Part, Refused
from casefile.views import kept
from casefile.views.acts import NoFacts
from casefile.views.once import OnceView
from licensing.actions.reports import draft_of, send_report
from licensing.forms.reports import NOTES, ReportForm, WhyForm, typed_report
from licensing.queries.reports import doubts_about
from licensing.views.reports import words
from licensing.views.reports.mine import OfMonth

READ_AGAIN = "Someone changed these numbers while you were reading. Check them again. Then send them."


class CheckReport(OfMonth, OnceView):
    """All numbers on one page; a correction shows what was sent before and asks why."""

    rights = "licensing.send_report"
    template_name = "licensing/report_check.html"

    def get_form_class(self) -> type[forms.BaseForm]:
        return WhyForm if self._corrects() else NoFacts

    def _corrects(self) -> bool:
        """What the page showed counts, not what was sent since; that is refused when the report is put on record."""
        return self.request.POST.get("revision", "0") != "0" if self.request.method == "POST" else bool(self.report)

    def get_form(self, form_class: type[forms.BaseForm] | None = None) -> forms.BaseForm:
        """The form; filled with the words that were sent when their author had been signed out."""
        form = super().get_form(form_class)
        return form if form.is_bound else kept.as_typed(form, kept.kept(self.request))

    def numbers(self, draft: Part | None) -> ReportForm | None:
        """What was typed, when all of it can be sent."""
        if draft is None or self.reasons:
            return None
        form = self.form_of(typed_report(draft.typed, self.license.type))
        return None if form.errors else form

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.numbers(self.draft) is None:
            return HttpResponseRedirect(self.url_of("my_report", self.month))
        return super().get(request, *args, **kwargs)

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        draft = draft_of(self.license, self.month)
        said = self.numbers(draft)
        if draft is None or said is None or self.request.POST.get("seen") != draft.digest:
            raise Refused([READ_AGAIN])
        revision = self.request.POST.get("revision", "")
        send_report(
            self.license, self.month, said.cleaned_data, seen=int(revision) if revision.isdigit() else -1,
            reason=form.cleaned_data.get("reason", ""), **common,
        )  # fmt: skip
        kept.forget(self.request)

    def get_success_url(self) -> str:
        return self.url_of("my_report", self.month)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        said = self.numbers(self.draft)
        if self.draft is None or said is None:
            return context | {"groups": [], "seen": "", "revision": 0}
        numbers: Any = said.numbers()
        old = self.report
        return context | {
            "groups": words.in_groups(numbers, self.license.type),
            "notes": said.cleaned_data[NOTES],
            "compared": words.compared(old, numbers, self.license.type) if old else [],
            "columns": ["Number", "Sent before", "Now", "Change"],
            "doubts": doubts_about(self.license, self.month, numbers),
            "seen": self.draft.digest,
            "revision": old.revision if old else 0,
        }
