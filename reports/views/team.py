"""Team today: what is overdue, whose, since when; where the cases stand and who carries them; the last twelve weeks."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.permissions import allows
from casefile.calendar import short_day
from casefile.holidays import missing_year
from casefile.models import Holiday
from inspections.queries import Standing, standings
from inspections.queries.lists import SOONEST_DUE, WEEK, in_figures
from inspections.views.rows import case_url, row_of
from reports.book import Sheet
from reports.charts.bars import bars
from reports.charts.spark import change, spark
from reports.links import cases_url, list_url, week_facts
from reports.queries.outcomes import days
from reports.queries.team import Load, Stage, by_officer, by_stage, cells, late_cases, numbers
from reports.queries.trends import WEEKS, Trend, trend
from reports.views.base import Dashboard
from schedules.queries.coverage import SEEN, Share, Year, expected, places, shares, whole

MOST_LATE = 8
MANY = 5  # overdue cases of one officer from which the table speaks up
MEASURES = (  # of a week: its name, the word, the view of the list, whether it is counted at the end of the week
    ("open", "Open cases", "open", True), ("overdue", "Overdue cases", "overdue", True),
    ("visits", "Visits", "visited", False), ("closed", "Closed cases", "closed", False),
)  # fmt: skip


class Team(Dashboard):
    """The team at one look; every number opens the list that it counts."""

    template_name = "reports/team.html"
    file = "today"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = cells(self.desk)
        counted, stages, loads = numbers(found), by_stage(found), by_officer(found)
        late = standings(list(late_cases(self.desk).order_by(*SOONEST_DUE.by())[:MOST_LATE]), self.desk.at)
        calendar = late[0].calendar if late else Holiday.objects.calendar()
        weeks, year = trend(self.desk, self.today), Year(self.today.year, self.desk.at)
        seen = whole(shares(places(self.user, year), "county", year))
        return super().get_context_data(**kwargs) | {
            "today": self.today,
            "missing_year": missing_year(self.today, calendar),
            "officers": len(loads),
            "tiles": tiles(counted, weeks, through=short_day(self.today + WEEK)) + more_tiles(seen, weeks, year),
            "trend": trend_rows(weeks),
            "weeks": week_rows(weeks),
            "stages": stage_rows(stages),
            "stage_title": stage_title(stages),
            "loads": [_load(load) for load in loads],
            "load_title": load_title(loads),
            "late": [late_row(it, self.user) for it in late],
            "late_total": counted["overdue"],
        }

    def sheets(self) -> Sequence[Sheet]:
        found = cells(self.desk)
        weeks = trend(self.desk, self.today).weeks
        return [
            Sheet("Stages", ("Stage", "Open", "Overdue"),
                  [(it.state.label, it.open, it.overdue) for it in by_stage(found)]),
            Sheet("Officers", ("Officer", "Open", "Overdue", "Due this week"),
                  [(it.name, it.open, it.overdue, it.week) for it in by_officer(found)]),
            Sheet("Weeks", ("First day", "Last day", "Open", "Overdue", "Visits", "Closed"),
                  [(it.first, it.last, it.open, it.overdue, it.visits, it.closed) for it in weeks]),
        ]  # fmt: skip


def tiles(counted: dict[str, int], weeks: Trend, *, through: str) -> list[dict[str, str]]:
    """The four numbers of today."""
    before = weeks.weeks[-2]
    shown = (
        (
            "overdue",
            "Overdue cases",
            change(counted["overdue"], before.overdue),
            "red",
            reverse("reports:team_overdue"),
        ),
        ("open", "Open cases", change(counted["open"], before.open), "pri", cases_url(view="open")),
        ("week", "Due this week", f"Through {through}", "amber", cases_url(view="week")),
        ("referred", "Referred", "Your decision", "", cases_url(view="referred")),
    )
    return [
        {"number": in_figures(counted[name]), "label": label, "note": note, "tone": tone, "url": url}
        for name, label, note, tone, url in shown
    ]


def more_tiles(seen: Share, weeks: Trend, year: Year) -> list[dict[str, str]]:
    """How far the year has come, and how long cases take."""
    pace = expected(seen.total, year.last_day)
    spent = {"since": weeks.weeks[0].first, "until": weeks.weeks[-1].last}
    return [
        {
            "number": f"{seen.seen:,}", "label": "Seen this year", "tone": "amber" if seen.seen < pace else "pri",
            "note": f"{seen.percent}% of {seen.total:,}. On pace is {pace:,}",
            "url": list_url("reports:premises", what=SEEN),
        },
        {
            "number": days(weeks.median), "label": "Notice to close-out", "tone": "",
            "note": f"Half of {weeks.closed_out:,} were as fast. {WEEKS} weeks",
            "url": cases_url(view="closed_out", **spent, sort="took"),
        },
    ]  # fmt: skip


def trend_rows(weeks: Trend) -> list[dict[str, Any]]:
    """Each measure with its line, its last number and the one a week before."""
    rows = []
    for name, label, view, at_end in MEASURES:
        values = [getattr(week, name) for week in weeks.weeks]
        rows.append(
            {
                "label": label,
                "spark": spark(values),
                "cells": [_cell(it, name, view, at_end) for it in weeks.weeks[-2:]],
            }
        )
    return rows


def week_rows(weeks: Trend) -> list[dict[str, Any]]:
    """The table of the lines, the last week first."""
    return [
        {"week": week, "cells": [_cell(week, name, view, at_end) for name, _, view, at_end in MEASURES]}
        for week in reversed(weeks.weeks)
    ]


def _cell(week: Any, name: str, view: str, at_end: bool) -> dict[str, Any]:
    facts = {"as_of": week.last} if at_end else week_facts(week)
    return {"number": getattr(week, name), "url": cases_url(view=view, **facts)}


def stage_rows(stages: list[Stage]) -> list[dict[str, Any]]:
    """Each stage with its bar: its length is the number of open cases, 100 for the longest."""
    drawn = bars([(stage.open, stage.overdue) for stage in stages])
    return [
        {
            "label": stage.state.label, "open": stage.open, "overdue": stage.overdue, "width": bar.width,
            "late": bar.part, "url": cases_url(view="open", status=stage.state.value),
            "late_url": list_url("reports:team_overdue", status=stage.state.value),
        }
        for stage, bar in zip(stages, drawn, strict=True)
    ]  # fmt: skip


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
    who = {"officer": load.email}
    return {
        "load": load, "many": load.overdue >= MANY, "url": cases_url(view="open", **who),
        "late_url": list_url("reports:team_overdue", **who), "week_url": cases_url(view="week", **who),
    }  # fmt: skip


def late_row(standing: Standing, user: User) -> dict[str, Any]:
    """A late case: what is late, whose it is, since when, and what to do."""
    row = row_of(standing, user)
    may_reassign = allows(user, "inspections.reassign_case", standing.case)
    return {"row": row, "reassign_url": case_url("case_reassign", standing.case) if may_reassign else ""}
