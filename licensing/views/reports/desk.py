"""The reports of a month as the office sees them, and everything that one license reported."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.calendar import local_day
from licensing import rules
from licensing.forms.report_desk import ReportFilter
from licensing.models import License, MonthlyReport, PlantAuthorization
from licensing.queries import report_lists
from licensing.queries.reports import Month, law_facts, months_standing
from licensing.queries.sorting import by_text
from licensing.rules.reporting import LAST_MONTH, reported_month
from licensing.views.lists import SortedList
from licensing.views.reports import words

TILES = (
    ("missing", "Not sent", "red"), ("late", "Sent late", "amber"), ("corrected", "Corrected", ""),
    ("sent", "Sent", "pri"),
)  # fmt: skip


class ReportDesk(SortedList):
    """For one month: who sent a report, late or in time, who did not, and who corrected it."""

    rights = "licensing.see_reports"
    template_name = "licensing/reports.html"
    filter_class = ReportFilter
    sorts = (by_text("number", "License", "number"), by_text("licensee", "Licensee", "licensee__name"))

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.today = local_day(timezone.now())
        self.month = asked_month(request.GET.get("month", ""), self.today)

    def rows(self, facts: dict[str, str]) -> QuerySet[License]:
        rows = report_lists.in_state(self._everyone(facts), self.month, facts.get("state", ""))
        return rows.select_related("licensee")

    def heads(self) -> Sequence[tuple[str, str]]:
        plain = ("Report", "Sent", "Mature plants", "Sold")
        return [*((it.name, it.label) for it in self.sorts), *(("", word) for word in plain)]

    def _everyone(self, facts: dict[str, str]) -> Any:
        return report_lists.reporters(self.user, self.month, facts)

    def table(self, rows: Sequence[License]) -> list[dict[str, Any]]:
        return [
            {
                "license": line.license,
                "report": line.month.report,
                "mark": words.mark(line.month),
                "mature": words.number(line.license, line.month.report, "flowering_female"),
                "sold": words.number(line.license, line.month.report, "sold_g"),
            }
            for line in report_lists.lines(rows, self.month, on=self.today)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        found = report_lists.counts(self._everyone(self.facts), self.month)
        due_on = rules.report_due_on(self.month)
        return context | {
            "tabs": words.sections(self.request.path),
            "month": rules.month_words(self.month),
            "due_on": due_on,
            "is_past": self.today > due_on,
            "tiles": [
                {
                    "number": found[state],
                    "label": self._label(state, label),
                    "url": self._url(state=state),
                    "tone": tone,
                }
                for state, label, tone in TILES
            ],
            "before": self._neighbor(rules.month_before(self.month)),
            "after": self._neighbor(rules.months_between(self.month, due_on)[1]),
            "may_import": self.may("licensing.import_reports"),
        }

    def _label(self, state: str, label: str) -> str:
        """Before the day on which they are due, those not sent are not missing."""
        return "Not sent yet" if state == "missing" and self.today <= rules.report_due_on(self.month) else label

    def _neighbor(self, month: date) -> dict[str, str] | None:
        if not rules.reporting.FIRST_MONTH <= month < min(rules.month_of(self.today), LAST_MONTH):
            return None
        return {"label": rules.month_words(month), "url": self._url(month=f"{month:%Y-%m}")}

    def _url(self, **facts: str) -> str:
        kept = {"month": f"{self.month:%Y-%m}"} | {name: self.facts[name] for name in self.facts if name != "month"}
        return f"{self.request.path}?{urlencode(kept | facts)}"


def asked_month(text: str, today: date) -> date:
    """The month in the address; else, and for one that has not ended, the last that has."""
    last = rules.month_before(today)
    try:
        return min(reported_month(text), last)
    except ValueError:
        return last


class LicenseReports(Guarded, TemplateView):
    """Everything that one license reported, month by month, with every correction; and what it still owes."""

    rights = "licensing.see_reports"
    template_name = "licensing/reports_license.html"
    license: License

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        counts = Prefetch("authorizations", PlantAuthorization.objects.order_by("since", "pk"))
        rows = License.objects.visible_to(self.user).select_related("licensee").prefetch_related(counts)
        self.license = get_object_or_404(rows, number=kwargs["number"])
        self.today = local_day(timezone.now())
        if not self.user.is_division:
            raise Http404

    def get_guarded(self) -> License:
        return self.license

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = {it.month: it for it in months_standing([self.license], on=self.today)[self.license.pk]}
        sent = report_lists.history(self.license)
        months = sorted(standing.keys() | sent.keys(), reverse=True)
        return super().get_context_data(**kwargs) | {
            "license": self.license,
            "rows": [
                self._row(month, sent.get(month, []), standing.get(month), sent)
                for month in months
                if month < rules.month_of(self.today)
            ],
            "desk_url": reverse("licensing:reports"),
        }

    def _row(
        self, month: date, rows: list[MonthlyReport], known: Month | None, sent: dict[date, list[MonthlyReport]]
    ) -> dict[str, Any]:
        report = rows[0] if rows else None
        found = known or report_lists.standing(month, report, on=self.today)
        return {
            "name": rules.month_words(month),
            "mark": words.mark(found),
            "report": report,
            "due_on": found.due_on,
            "groups": words.in_groups(report.numbers, self.license.type, office=True) if report else [],
            "doubts": self._doubts(report, sent.get(rules.month_before(month), [])) if report else [],
            "corrections": words.corrections(rows),
        }

    def _doubts(self, report: MonthlyReport, before: list[MonthlyReport]) -> list[str]:
        """What looks odd in it, against the month before and the count that was authorized at its end."""
        if not rules.TYPES[self.license.type].cultivates:
            return []
        stock: Decimal | None = before[0].stock_g if before else None
        authorized = self._authorized(rules.month_bounds(report.month)[1])
        return rules.doubts_about_report(
            law_facts(report.month, report.numbers, stock_before=stock, authorized=authorized)
        )

    def _authorized(self, day: date) -> int | None:
        history = list(self.license.authorizations.all())
        if not history:
            return self.license.mature_plants
        return next((row.mature_plants for row in reversed(history) if row.since <= day), None)
