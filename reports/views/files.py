"""Every dashboard and every list behind it as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from accounts.rights import Guarded
from casefile.views.export import csv_file
from reports.book import XLSX, csv_rows, workbook
from reports.views.base import TeamPage
from reports.views.cases import Cases, Overdue
from reports.views.coverage import Coverage
from reports.views.licensing import Licensing, Waiting
from reports.views.outcomes import OutcomesPage
from reports.views.premises import PremisesOfYear
from reports.views.team import Team
from reports.views.workload import Planned, Workload

PAGES: dict[str, type[TeamPage]] = {
    it.file: it for it in (Team, Overdue, Cases, Workload, Coverage, PremisesOfYear, OutcomesPage, Licensing, Waiting)
}
KINDS = ("csv", "xlsx")


class TeamFile(Guarded):
    """The tables of one page, as CSV or as a workbook."""

    rights = "reports.see_team"

    def get(self, request: HttpRequest, *, kind: str, page: str) -> HttpResponseBase:
        if page not in PAGES or kind not in KINDS:
            raise Http404("No such file.")
        return as_file(PAGES[page], request, kind)


class PlannedFile(Guarded):
    """The planned visits of a month, for those who see plans."""

    rights = "schedules.see_plans"

    def get(self, request: HttpRequest, *, kind: str) -> HttpResponseBase:
        if kind not in KINDS:
            raise Http404("No such file.")
        return as_file(Planned, request, kind)


def as_file(page: type[TeamPage], request: HttpRequest, kind: str) -> HttpResponseBase:
    """The page's tables, made by the page itself."""
    view: Any = page()
    view.setup(request)
    sheets = view.sheets()
    name = f"{page.file}-{view.today.isoformat()}.{kind}"
    if kind == "csv":
        return csv_file(csv_rows(sheets), name=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(workbook(sheets), content_type=XLSX, headers=headers)
