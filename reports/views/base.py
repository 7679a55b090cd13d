"""What the dashboards and their lists have in common: tabs, the instant, paper, and files."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.calendar import local_day
from licensing.queries.pages import Page
from licensing.queries.sorting import Sort, chosen, sorted_page
from licensing.views.lists import FilteredList
from reports.book import Sheet
from reports.forms import Sorted
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


class TeamList(TeamPage, FilteredList):
    """A list with filters and its order in the address; each head of a column orders by it."""

    template_name = "reports/list.html"
    sorts: Sequence[Sort] = ()
    title = ""
    lead = ""
    empty = "Nothing here."

    def filter(self) -> Sorted:
        raise NotImplementedError

    def rows(self, facts: dict[str, Any]) -> QuerySet[Any]:
        """The rows that the filters leave."""
        raise NotImplementedError

    def get_sorts(self) -> Sequence[Sort]:
        return self.sorts

    def sort(self, facts: dict[str, Any]) -> Sort:
        return chosen(self.get_sorts(), facts.get("sort", ""))

    def page(self, facts: dict[str, Any], ends: dict[str, str]) -> Page[Any]:
        self.facts = facts
        return sorted_page(self.rows(facts), self.sort(facts), after=ends["after"], before=ends["before"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | self.frame() | {
            "title": self.title,
            "lead": self.lead,
            "empty": self.empty,
            "columns": self.columns(self.facts),
            "crumbs": self.crumbs(),
        }  # fmt: skip

    def crumbs(self) -> list[tuple[str, str]]:
        """The way from the dashboard whose numbers open this list."""
        return [(dict(TABS)[self.tab], reverse(self.tab))]

    def heads(self) -> Sequence[tuple[str, str]]:
        """The columns: the name of the order, empty where there is none, and the word."""
        raise NotImplementedError

    def columns(self, facts: dict[str, Any]) -> list[dict[str, str]]:
        """The heads of the table; each with the address that orders by it, or turns the order round."""
        now, by_name = self.sort(facts), {it.name: it for it in self.get_sorts()}
        return [self._column(label, by_name.get(name), now, facts) for name, label in self.heads()]

    def _column(self, label: str, sort: Sort | None, now: Sort, facts: dict[str, Any]) -> dict[str, str]:
        if sort is None:
            return {"label": label}
        current = now.name.removeprefix("-") == sort.name
        target = now.turned if current else sort
        kept = {name: value for name, value in facts.items() if name != "sort"}
        if target.name != self.get_sorts()[0].name:
            kept["sort"] = target.name
        way = ("descending" if now.down else "ascending") if current else ""
        return {"label": label, "url": f"{self.request.path}?{urlencode(kept)}", "way": way}
