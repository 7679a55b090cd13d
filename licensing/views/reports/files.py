"""Files of reports that the office takes in, and their rows that wait for a person."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.views.generic import TemplateView

from casefile.actions import Refused
from casefile.views.once import OnceView
from licensing.actions.register import Busy
from licensing.actions.report_import import import_reports, settle_held_report
from licensing.forms.filters import Filter
from licensing.forms.held import SetAsideForm
from licensing.forms.report_desk import CorrectReportForm, HeldReportFilter, ReportFileForm
from licensing.models import HeldReport, ReportImport
from licensing.queries.pages import Page, page_by_newest
from licensing.register.files import LARGEST, Extract, WrongFile, read_bytes
from licensing.report_import.rows import COLUMNS, REPORTS
from licensing.rules.reports import LABELS
from licensing.views.held import OfHeld, SettleHeld
from licensing.views.lists import FilteredList
from licensing.views.reports import words

CELLS = {"license_number": "License number", **LABELS, "notes": "Notes", "sent_on": "Sent on"}


class ReportImports(FilteredList):
    """Every file of reports with what became of its rows."""

    rights = "licensing.see_reports"
    template_name = "licensing/reports_imports.html"
    filter_class = Filter

    def page(self, facts: dict[str, str], ends: dict[str, str]) -> Page[ReportImport]:
        return page_by_newest(ReportImport.objects.select_related("by"), **ends)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"tabs": words.sections(self.request.path)}


class ImportReports(OnceView):
    """Take in a file of reports."""

    rights = "licensing.import_reports"
    template_name = "licensing/reports_import.html"
    form_class = ReportFileForm
    done = "The file is taken in. This is what became of its rows."

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        try:
            import_reports(read_upload(form.cleaned_data["file"]), form.cleaned_data["month"], **common)
        except (WrongFile, Busy) as wrong:
            raise Refused([str(wrong)]) from None

    def get_success_url(self) -> str:
        return reverse("licensing:report_imports")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = [{"label": names, "value": meaning} for names, meaning in COLUMNS]
        return super().get_context_data(**kwargs) | {"columns": columns}


def read_upload(file: UploadedFile) -> Extract:
    """The rows of an uploaded file. Raises WrongFile."""
    if (file.size or 0) > LARGEST:
        raise WrongFile(f"The file is larger than {LARGEST // 2**20} MB.")
    return read_bytes(file.read(), file.name or "upload.csv", REPORTS)


class HeldReports(FilteredList):
    """The rows that wait, the last read first."""

    rights = "licensing.see_reports"
    template_name = "licensing/reports_held.html"
    filter_class = HeldReportFilter

    def page(self, facts: dict[str, str], ends: dict[str, str]) -> Page[HeldReport]:
        rows = HeldReport.objects.select_related("run")
        state = facts.get("state") or HeldReport.State.OPEN
        rows = rows if state == "all" else rows.filter(state=state)
        return page_by_newest(rows.filter(reason=facts["reason"]) if "reason" in facts else rows, **ends)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"tabs": words.sections(self.request.path)}


class OfHeldReport(OfHeld):
    """A page about one row of a file of reports."""

    model = HeldReport
    columns = CELLS
    row: HeldReport


class HeldReportPage(OfHeldReport, TemplateView):
    """What the row says, why it is held, and what became of it."""

    rights = "licensing.see_reports"
    template_name = "licensing/reports_held_row.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "may_settle": self.row.is_open and self.may("licensing.import_reports"),
            "corrected": self.in_rows(self.row.corrected) if self.row.corrected else [],
        }


class SettleReport(OfHeldReport, SettleHeld):
    """A form that settles the row."""

    rights = "licensing.import_reports"
    above = ("Held rows", "licensing:held_reports")

    def settle(self, cells: dict[str, str] | None, how: str, **common: Any) -> None:
        """Call the one action."""
        try:
            settle_held_report(self.row, cells=cells, how=how, **common)
        except Busy as busy:
            raise Refused([str(busy)]) from None


class CorrectReport(SettleReport):
    form_class = CorrectReportForm
    title = "Set the row right and take it in"
    lead = "Write the row as it should read. It is then checked like every other row."
    button = "Take in the row"

    def get_initial(self) -> dict[str, Any]:
        return dict(self.row.facts)

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        assert isinstance(form, CorrectReportForm)
        self.settle(form.cells(), form.cleaned_data["how"], **common)


class SetReportAside(SettleReport):
    form_class = SetAsideForm
    title = "Set the row aside"
    lead = "The row is not needed. It is kept with your reason."
    button = "Set the row aside"

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        self.settle(None, form.cleaned_data["note"], **common)
