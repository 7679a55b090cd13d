"""A licensee's reports: which months are asked, one month while it is typed, and one that was sent."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.views.generic import TemplateView

from casefile.actions import Part
from casefile.templatetags.ccd import due_tone, due_words
from casefile.views import kept
from licensing import rules
from licensing.actions.reports import draft_of, save_report_draft
from licensing.forms.reports import ASKS, NOTES, ReportForm, reported_as_typed, typed_report
from licensing.models import License, MonthlyReport
from licensing.queries.reports import Month, doubts_about, months_standing, next_asked, standing
from licensing.rules.reporting import ReportState, reasons_not_to_report, reported_month
from licensing.views.mine.base import OfLicense, licenses_of
from licensing.views.reports import words

MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
MOST_OTHERS = 30
RESTORED = "These are the numbers you typed before we signed you out. Check them. Then save them."
SAVED = "Saved. You can come back at any time."


class OfReports(OfLicense):
    """A page about the reports of one license."""

    def url_of(self, name: str, month: date) -> str:
        """The address of a page of one month."""
        return self.url(name, number=self.license.number, month=f"{month:%Y-%m}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reports_url = self.url("my_reports", number=self.license.number)
        return super().get_context_data(**kwargs) | {"reports_url": reports_url}


class MyReports(OfReports, TemplateView):
    """Which months are asked, which were sent; and what is asked of the licensee's other licenses."""

    template_name = "licensing/report_months.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = list(licenses_of(self.user).exclude(pk=self.license.pk).order_by("number")[:MOST_OTHERS])
        months = months_standing([self.license, *others], on=self.today)
        mine = months[self.license.pk]
        asked = [month for month in mine if month.is_asked]
        first = next_asked(asked)
        return super().get_context_data(**kwargs) | {
            "first": self._due(first) if first else None,
            "late": sum(month.is_missing for month in asked),
            "rows": [self._row(month) for month in mine],
            "reports_monthly": rules.reporting.reports_monthly(self.license.type),
            "others": [self._other(license, next_asked(months[license.pk])) for license in others],
        }

    def _due(self, month: Month) -> dict[str, Any]:
        return {
            "url": self.url_of("my_report", month.month),
            "name": month.name,
            "typed": month.typed,
            "due": month.due_at,
            "words": due_words(month.due_at, self.at),
            "tone": due_tone(month.due_at, self.at),
        }

    def _row(self, month: Month) -> dict[str, Any]:
        not_yet = month.state == ReportState.NOT_YET
        return {
            "name": month.name,
            "url": "" if not_yet else self.url_of("my_report", month.month),
            "mark": words.mark(month, to_licensee=True),
            "report": month.report,
            "typed": month.typed,
            "due_on": month.due_on,
            "opens_on": rules.months_between(month.month, month.due_on)[1] if not_yet else None,
        }

    def _other(self, license: License, month: Month | None) -> dict[str, Any]:
        return {
            "number": license.number,
            "type": license.get_type_display(),
            "url": self.url("my_reports", number=license.number),
            "name": month.name if month else "",
            "tone": due_tone(month.due_at, self.at) if month else "met",
            "words": due_words(month.due_at, self.at) if month else "Nothing to send now",
        }


class OfMonth(OfReports):
    """A page about one month."""

    month: date

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        try:
            if not MONTH.fullmatch(kwargs["month"]):
                raise ValueError
            self.month = reported_month(kwargs["month"])
        except ValueError:
            raise Http404("No such month.") from None

    @cached_property
    def sent(self) -> list[MonthlyReport]:
        """The report of the month and those before it, the newest first."""
        return list(self.license.reports.filter(month=self.month).select_related("sent_by").order_by("-revision"))

    @property
    def report(self) -> MonthlyReport | None:
        return self.sent[0] if self.sent else None

    @cached_property
    def draft(self) -> Part | None:
        """What was typed and not sent."""
        return draft_of(self.license, self.month)

    @property
    def reasons(self) -> list[str]:
        """Why no report of this month can be sent."""
        license = self.license
        return reasons_not_to_report(
            license_type=license.type, issued_on=license.issued_on, month=self.month, on=self.today
        )

    def form_of(self, typed: Mapping[str, str]) -> ReportForm:
        """The form with these words, to be judged."""
        return ReportForm(typed, license_type=self.license.type, month=self.month, on=self.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        month = standing(self.month, self.report, on=self.today)
        return super().get_context_data(**kwargs) | {
            "month": month,
            "due": due_words(month.due_at, self.at),
            "tone": due_tone(month.due_at, self.at),
            "report": self.report,
            "here": self.url_of("my_report", self.month),
            "change_url": f"{self.url_of('my_report', self.month)}?change=1",
            "reasons": self.reasons,
        }


class MyReport(OfMonth, TemplateView):
    """GET shows what was sent, or the questions; POST keeps what was typed, whole or not. Nothing is sent from here."""

    rights_to_post = "licensing.send_report"
    words: Mapping[str, str] | None = None  # what a form said
    judged: ReportForm | None = None
    theirs: Part | None = None

    @property
    def asks(self) -> bool:
        """The page shows the questions."""
        return self.report is None or "change" in self.request.GET or self.request.method == "POST"

    def get_template_names(self) -> list[str]:
        return ["licensing/report_form.html" if self.asks else "licensing/report_sent.html"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        restored = kept.kept(request)
        if restored is not None:
            self.words = plain(restored)
            messages.info(request, RESTORED)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.words = plain(request.POST)
        if self.reasons:
            return self.render_to_response(self.get_context_data(), status=409)
        self.theirs = keep(self, self.words)
        kept.forget(request)
        if self.theirs:
            return self.render_to_response(self.get_context_data(), status=409)
        if self.words.get("save") != "check":
            messages.success(request, SAVED)
            return HttpResponseRedirect(self.url("my_reports", number=self.license.number))
        self.judged = self.form_of(typed_report(self.words, self.license.type))
        if self.judged.errors:
            return self.render_to_response(self.get_context_data())
        return HttpResponseRedirect(self.url_of("my_report_check", self.month))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | (self._questions() if self.asks else self._answers())

    def _questions(self) -> dict[str, Any]:
        typed = self._typed()
        form = self.judged or kept.as_typed(self.form_of(typed), typed)
        return {
            "fields": form.in_groups(),
            "notes": form[NOTES],
            "judged": self.judged,
            "has_errors": bool(self.judged),
            "can_write": self.can_act and (not self.reasons or self.words is not None),
            "seen": self._seen(typed),
            "theirs": self._theirs(typed),
            "autosave_url": self.url_of("my_report_save", self.month),
        }

    def _typed(self) -> dict[str, str]:
        """What the form shows: the words of a form, else what was kept, else what was sent, else nothing."""
        if self.words is not None:
            return typed_report(self.words, self.license.type)
        if self.draft:
            return typed_report(self.draft.typed, self.license.type)
        if self.report:
            return reported_as_typed(self.report.numbers, self.report.notes, self.license.type)
        return typed_report({}, self.license.type)

    def _seen(self, typed: Mapping[str, str]) -> str:
        """What this page shows; after a clash the colleague's words too, which the next save replaces."""
        if self.theirs:
            return self.theirs.digest
        return (self.words or {}).get("seen", "") or Part(typed).digest

    def _theirs(self, typed: Mapping[str, str]) -> dict[str, Any] | None:
        """Who wrote other words meanwhile, and which."""
        if self.theirs is None:
            return None
        labels = {name: label for name, (label, _) in ASKS.items()} | {NOTES: "Your notes"}
        other = {name: said for name, said in self.theirs.typed.items() if said != typed.get(name, "")}
        rows = [{"label": labels.get(name, name), "value": said or "Empty"} for name, said in other.items()]
        return {"name": self.theirs.name, "rows": rows}

    def _answers(self) -> dict[str, Any]:
        assert self.report is not None
        return {
            "groups": words.in_groups(self.report.numbers, self.license.type),
            "corrections": words.corrections(self.sent),
            "is_late": standing(self.month, self.report, on=self.today).state == ReportState.LATE,
        }


class SaveReport(OfMonth, TemplateView):
    """Keeps what was typed while it is typed, and answers with what is wrong in it; the page's script calls it."""

    rights = "licensing.send_report"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.reasons:
            return HttpResponse(status=409)
        typed = plain(request.POST)
        if keep(self, typed):
            return HttpResponse(status=409)
        form = self.form_of(typed_report(typed, self.license.type))
        said = form.said()
        doubts = [] if form.errors else doubts_about(self.license, self.month, form.numbers())
        return JsonResponse({"checks": {name: " ".join(lines) for name, lines in said.items()}, "doubts": doubts})


def plain(posted: QueryDict) -> dict[str, str]:
    """What a form says, one value for each name."""
    return {name: str(said) for name, said in posted.items()}


def keep(page: OfMonth, said: Mapping[str, str]) -> Part | None:
    """Put what a form says into the draft; the words of a colleague who wrote others meanwhile are returned."""
    typed = typed_report(said, page.license.type)
    seen = said.get("seen", "")
    return save_report_draft(page.license, page.month, typed, seen=seen, by=page.user, at=page.at)
