"""My work, and the list of all cases: four numbers, the visits of today, and the list with its next steps."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.models import Role, User
from accounts.rights import Guarded
from casefile.calendar import local_day, short_day
from casefile.views.export import csv_file
from inspections.forms.work import NarrowAllForm, NarrowForm
from inspections.models import Inspection
from inspections.queries import standings
from inspections.queries.lists import (
    VIEWS,
    WEEK,
    Desk,
    View,
    counts_of,
    in_figures,
    in_view,
    narrowed,
    visits_on_day,
)
from inspections.views.export import lines
from inspections.views.rows import Row, row_of
from licensing.queries.instants import page_of
from licensing.queries.pages import Page

TILES = (
    ("overdue", "Overdue", "Act today", "red"),
    ("needs", "Need you", "Your next step", "pri"),
    ("week", "Due this week", "", "amber"),
    ("licensee", "With licensee", "Nothing to do yet", ""),
)
FOR_ALL = {"Need you": "Need us", "Needs me": "Needs us"}
MOST_VISITS = 20


class CaseList(Guarded):
    """What the lists of cases and their files have in common: the desk, the view and the filters of the address."""

    mine = True
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        name = request.GET.get("view", "")
        self.view_name = name if name in VIEWS else "open"
        self.desk = Desk(self.user, timezone.now(), self.mine)

    @property
    def named(self) -> View:
        return VIEWS[self.view_name]

    def form(self) -> NarrowForm:
        data = self.request.GET.dict() | {"view": self.view_name}
        return NarrowForm(data) if self.mine else NarrowAllForm(data, officers=people_with_cases())

    def cases(self, facts: dict[str, str]) -> QuerySet[Inspection]:
        return narrowed(in_view(self.desk, self.view_name), facts).with_place()


class Work(CaseList, TemplateView):
    """The cases of the person who is signed in."""

    rights = "inspections.see_work"
    template_name = "inspections/work.html"
    title = "My work"
    base = "inspections:work"
    file = "inspections:work_file"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.form()
        facts = form.facts()
        get = self.request.GET
        page = page_of(self.cases(facts), self.named.order, after=get.get("after", ""), before=get.get("before", ""))
        counted = counts_of(self.desk, VIEWS)
        return super().get_context_data(**kwargs) | {
            "title": self.title,
            "mine": self.mine,
            "today": local_day(self.desk.at),
            "open_cases": in_figures(counted["open"]),
            "tiles": self._tiles(counted),
            "visits": visits_on_day(self.desk)[:MOST_VISITS] if self.mine else [],
            "tabs": self._tabs(counted),
            "form": form,
            "chips": [(form.in_words(name), self._url(facts, without=name)) for name in facts],
            "clear_url": self._url({}),
            "rows": self._rows(page),
            "caption": self._caption(page),
            "empty": "No cases match these filters." if facts else self.named.empty,
            "previous_url": self._url(facts, before=page.previous) if page.previous else "",
            "next_url": self._url(facts, after=page.next) if page.next else "",
            "file_url": f"{reverse(self.file)}?{urlencode({'view': self.view_name} | facts)}",
            "narrowed": bool(facts),
        }

    def _rows(self, page: Page[Inspection]) -> list[Row]:
        return [row_of(it, self.user) for it in standings(page.rows, self.desk.at)]

    def _tiles(self, counted: dict[str, int]) -> list[dict[str, object]]:
        through = f"Through {short_day(local_day(self.desk.at) + WEEK)}"
        return [
            {
                "number": in_figures(counted[name]), "label": label if self.mine else FOR_ALL.get(label, label),
                "note": note or through, "tone": tone, "url": self._url({}, view=name),
            }
            for name, label, note, tone in TILES
        ]  # fmt: skip

    def _tabs(self, counted: dict[str, int]) -> list[dict[str, object]]:
        return [
            {
                "label": view.label if self.mine else FOR_ALL.get(view.label, view.label),
                "count": in_figures(counted[name]), "current": name == self.view_name, "url": self._url({}, view=name),
            }
            for name, view in VIEWS.items()
        ]  # fmt: skip

    def _caption(self, page: Page[Inspection]) -> str:
        many = f"{len(page.rows)} case{'s' * (len(page.rows) != 1)}"
        return f"{many}{' on this page' if page.previous or page.next else ''}, {self.named.ordered}."

    def _url(self, facts: dict[str, str], *, without: str = "", **more: str) -> str:
        said = {"view": self.view_name} | {name: value for name, value in facts.items() if name != without} | more
        return f"{reverse(self.base)}?{urlencode(said)}"


class Cases(Work):
    """The cases of all officers."""

    rights = "inspections.see_cases"
    mine = False
    title = "Cases"
    base = "inspections:cases"
    file = "inspections:cases_file"


class WorkFile(CaseList):
    """The same list as a file: all its pages, one line per case."""

    rights = "inspections.see_work"

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        day = local_day(self.desk.at).isoformat()
        return csv_file(lines(self._pages()), name=f"cases-{self.view_name}-{day}.csv")

    def _pages(self) -> Iterator[list]:
        rows, after = self.cases(self.form().facts()), ""
        while True:
            page = page_of(rows, self.named.order, after=after, size=500)
            yield standings(page.rows, self.desk.at)
            if not (after := page.next):
                return


class CasesFile(WorkFile):
    """The file of all officers' cases."""

    rights = "inspections.see_cases"
    mine = False


def people_with_cases() -> QuerySet[User]:
    """Those who may have cases."""
    return User.objects.filter(role__in=[Role.OFFICER, Role.SUPERVISOR], is_active=True)
