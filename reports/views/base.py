"""What the dashboards and their lists have in common: tabs, the instant, paper, and files."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.calendar import local_day
from licensing.views.lists import SortedList
from reports.book import Sheet
from reports.queries.team import team_desk

TABS = (
    ("reports:team", "Team today"), ("reports:team_overdue", "Overdue"), ("reports:workload", "Workload"),
    ("reports:coverage", "Coverage"), ("reports:outcomes", "Outcomes"), ("reports:licensing", "Licensing"),
)  # fmt: skip
OFFICE, PAPER = "layouts/office.html", "layouts/print.html"


class TeamPage(Guarded):
    """A page about the work of all officers, at one instant; `?paper=1` is the same page for paper."""

    rights = "reports.see_team"
    tab = "reports:team"
    file = ""  # its name among the files
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.desk = team_desk(self.user, timezone.now())
        self.today = local_day(self.desk.at)

    @property
    def is_paper(self) -> bool:
        return self.request.GET.get("paper") == "1"

    def sheets(self) -> Sequence[Sheet]:
        """The tables of the page, for files."""
        raise NotImplementedError

    def frame(self) -> dict[str, Any]:
        """What every page shows round its numbers."""
        return {
            "layout": PAPER if self.is_paper else OFFICE,
            "is_paper": self.is_paper,
            "at": self.desk.at,
            "tabs": [{"label": label, "url": reverse(name), "current": name == self.tab} for name, label in TABS],
            "print_url": f"?{urlencode(self.asked() | {'paper': '1'})}",
            "files": self.files(),
        }

    def asked(self) -> dict[str, str]:
        """What the address says, without the place in a list."""
        dropped = ("after", "before", "paper")
        return {name: value for name, value in self.request.GET.dict().items() if name not in dropped}

    def files(self) -> list[tuple[str, str]]:
        """CSV and XLSX of what the page shows."""
        asked = f"?{urlencode(self.asked())}" if self.asked() else ""
        return [(kind.upper(), f"{self.file_url(kind)}{asked}") for kind in ("csv", "xlsx")]

    def file_url(self, kind: str) -> str:
        return reverse("reports:file", kwargs={"page": self.file, "kind": kind})


class Dashboard(TeamPage, TemplateView):
    """A page of numbers, each of which opens the list that it counts."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.frame()


class TeamList(TeamPage, SortedList):
    """A list behind a number of a dashboard."""

    template_name = "reports/list.html"
    title = ""
    lead = ""
    empty = "Nothing here."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | self.frame() | {
            "title": self.title,
            "lead": self.lead,
            "empty": self.empty,
            "crumbs": self.crumbs(),
        }  # fmt: skip

    def crumbs(self) -> list[tuple[str, str]]:
        """The way from the dashboard whose numbers open this list."""
        return [(dict(TABS)[self.tab], reverse(self.tab))]
