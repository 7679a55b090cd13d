"""Team today: what is overdue, whose, since when; where the cases stand and who carries them."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.models import User
from accounts.permissions import allows
from accounts.rights import Guarded
from casefile.calendar import local_day, short_day
from casefile.holidays import missing_year
from casefile.models import Holiday
from inspections.models import Inspection
from inspections.queries import Standing, standings
from inspections.queries.lists import SOONEST_DUE, WEEK, in_figures
from inspections.views.rows import case_url, row_of
from licensing.queries.instants import page_of
from reports.queries import Load, Stage, by_officer, by_stage, late_cases, numbers, team_desk

MOST_LATE = 8
MANY = 5  # overdue cases of one officer from which the table speaks up


class TeamPage(Guarded, TemplateView):
    """A page about the work of all officers."""

    rights = "reports.see_team"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.desk = team_desk(self.user, timezone.now())

    def late(self, rows: list[Inspection]) -> list[dict[str, Any]]:
        return [late_row(it, self.user) for it in standings(rows, self.desk.at)]


class Team(TeamPage):
    """The team at one look; every number opens the list that it counts."""

    template_name = "reports/team.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted, stages, loads = numbers(self.desk), by_stage(self.desk), by_officer(self.desk)
        worst = late_cases(self.desk).order_by(*SOONEST_DUE.by())[:MOST_LATE]
        return super().get_context_data(**kwargs) | {
            "today": (today := local_day(self.desk.at)),
            "missing_year": missing_year(today, Holiday.objects.calendar()),
            "at": self.desk.at,
            "officers": len(loads),
            "tiles": tiles(counted, through=short_day(local_day(self.desk.at) + WEEK)),
            "stages": bars(stages),
            "stage_title": stage_title(stages),
            "loads": [_load(load) for load in loads],
            "load_title": load_title(loads),
            "late": self.late(list(worst)),
            "late_total": counted["overdue"],
        }


class Overdue(TeamPage):
    """Each late thing, whose it is, since when."""

    template_name = "reports/overdue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        get = self.request.GET
        rows: QuerySet[Inspection] = late_cases(self.desk)
        page = page_of(rows, SOONEST_DUE, after=get.get("after", ""), before=get.get("before", ""))
        many = f"{len(page.rows)} overdue case{'s' * (len(page.rows) != 1)}"
        return super().get_context_data(**kwargs) | {
            "late": self.late(page.rows),
            "caption": f"{many}{' on this page' if page.previous or page.next else ''}, longest overdue first.",
            "previous_url": f"?before={page.previous}" if page.previous else "",
            "next_url": f"?after={page.next}" if page.next else "",
        }


def cases_url(**asked: str) -> str:
    return f"{reverse('inspections:cases')}?{urlencode(asked)}"


def tiles(counted: dict[str, int], *, through: str) -> list[dict[str, str]]:
    """The four numbers."""
    shown = (
        ("overdue", "Overdue cases", "Act today", "red", reverse("reports:team_overdue")),
        ("open", "Open cases", "All officers", "pri", cases_url(view="open")),
        ("week", "Due this week", f"Through {through}", "amber", cases_url(view="week")),
        ("referred", "Referred", "Your decision", "", cases_url(view="open", status="discipline")),
    )
    return [
        {"number": in_figures(counted[name]), "label": label, "note": note, "tone": tone, "url": url}
        for name, label, note, tone, url in shown
    ]


def bars(stages: list[Stage]) -> list[dict[str, Any]]:
    """Each stage with its bar: its length is the number of open cases, 100 for the longest."""
    longest = max((stage.open for stage in stages), default=0) or 1
    return [
        {
            "label": stage.state.label,
            "open": stage.open,
            "overdue": stage.overdue,
            "width": f"{100 * stage.open / longest:.1f}",
            "late": f"{100 * stage.overdue / longest:.1f}",
            "url": cases_url(view="open", status=stage.state.value),
        }
        for stage in stages
    ]


def stage_title(stages: list[Stage]) -> str:
    """What the table shows, in one sentence."""
    total = sum(stage.open for stage in stages)
    if not total:
        return "No open cases"
    most = max(stages, key=lambda stage: stage.open)
    return f"Most cases: {most.state.label.lower()}, {most.open} of {total}"


def load_title(loads: list[Load]) -> str:
    total = sum(load.overdue for load in loads)
    if not total:
        return "Nobody has an overdue case"
    first = loads[0]
    return f"{first.name} has {first.overdue} of {total} overdue case{'s' * (total != 1)}"


def _load(load: Load) -> dict[str, Any]:
    return {"load": load, "many": load.overdue >= MANY, "url": cases_url(view="open", officer=load.email)}


def late_row(standing: Standing, user: User) -> dict[str, Any]:
    """A late case: what is late, whose it is, since when, and what to do."""
    row = row_of(standing, user)
    may_reassign = allows(user, "inspections.reassign_case", standing.case)
    return {"row": row, "reassign_url": case_url("case_reassign", standing.case) if may_reassign else ""}
