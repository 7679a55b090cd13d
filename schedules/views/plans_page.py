"""A plan: by officer, by day, by county, as one sorted list, on paper; and why one visit is in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from casefile.actions import move
from casefile.calendar import local_day
from casefile.templatetags.ccd import day_short, instant
from schedules.actions.changes import OPEN
from schedules.forms.plans import VisitFilter
from schedules.models import Plan, PlannedVisit, VisitChange
from schedules.queries.done import begun_in
from schedules.queries.officers import hours_in_words
from schedules.queries.plans import (
    DONE,
    STANDINGS,
    Group,
    Trip,
    by_county,
    by_day,
    by_officer,
    county_of,
    name_of,
    rows_of,
    standing_of,
)
from schedules.stages import PlanState
from schedules.views.plans import TONES, make_url, progress_url
from schedules.views.plans_base import OfPlan, OfVisit, visit_url

WAYS = {"officer": ("By officer", by_officer), "day": ("By day", by_day), "county": ("By county", by_county)}
LIST = "list"
SORTS = {
    "day": ("Day", lambda it: (it.day, name_of(it), it.position)),
    "premises": ("Premises", lambda it: (it.premises.name, it.premises.number)),
    "county": ("County", lambda it: (county_of(it), it.day)),
    "officer": ("Officer", lambda it: (name_of(it), it.day, it.position)),
    "purpose": ("What for", lambda it: (it.purpose, it.day)),
    "score": ("Risk", lambda it: (it.score, it.pk)),
}


class PlanPage(OfPlan, TemplateView):
    """The plan of a month; `?by=` officer, day, county, or list."""

    template_name = "schedules/plan.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.plan.state == PlanState.DRAFT:
            return HttpResponseRedirect(progress_url(self.plan))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at, plan = timezone.now(), self.plan
        visits, asked = rows_of(plan), self.request.GET.get("by", "")
        way = asked if asked in (*WAYS, LIST) else "officer"
        standings = standings_of(plan, visits, local_day(at)) if plan.published_at else {}
        shown = self._list(visits) if way == LIST else {"groups": groups(WAYS[way][1](visits), way, standings)}
        return super().get_context_data(**kwargs) | {
            "at": at,
            "tone": TONES.get(PlanState(plan.state), ""),
            "facts": figures_of(plan),
            "warnings": plan.figures.get("warnings", []),
            "left_out": plan.figures.get("left_out", []),
            "tabs": tabs(way),
            "way": way,
            "visits": len(visits),
            "next": self._next(),
            "links": self._links(),
            "standings": standings,
            **shown,
        }

    def _list(self, visits: list[PlannedVisit]) -> dict[str, Any]:
        """All visits in one table, narrowed and sorted by the address."""
        people = sorted({(name_of(it), str(it.officer_id)) for it in visits})
        form = VisitFilter(
            self.request.GET, officers=[(key, name) for name, key in people],
            counties=sorted({county_of(it) for it in visits}),
        )  # fmt: skip
        facts = form.facts()
        sort, rows = self.request.GET.get("sort", ""), [it for it in visits if fits(it, facts)]
        field = sort.removeprefix("-") if sort.removeprefix("-") in SORTS else "day"
        rows.sort(key=SORTS[field][1], reverse=sort.startswith("-"))
        return {
            "form": form,
            "chips": [
                (f"{form.fields[name].label}: {form.in_words(name)}", link({**facts, name: "", "sort": sort}))
                for name in facts
            ],
            "clear_url": f"?by={LIST}",
            "heads": heads(field, sort.startswith("-"), facts),
            "rows": rows,
            "narrowed": bool(facts),
        }

    def _next(self) -> tuple[str, str, str, str]:
        """What comes next: title, words, address, label; no address where the reader can do nothing."""
        plan, state = self.plan, PlanState(self.plan.state)
        if state == PlanState.PROPOSED and self.may("schedules.publish_plan"):
            words = (
                "Look at the visits, change what you know better, then publish it. Officers see nothing before that."
            )
            return "Publish this plan", words, reverse("schedules:plan_publish", args=[plan.ref]), "Publish the plan"
        if state == PlanState.PUBLISHED:
            words = "Each officer sees their own visits. When the month changes, have the rest of it planned again."
            may = self.may("schedules.make_plan")
            return "Officers work by this plan", words, make_url(plan.month) if may else "", "Plan the rest again"
        if state == PlanState.PROPOSED:
            return "Waiting for a supervisor", "A supervisor publishes it, changes it, or discards it.", "", ""
        return f"This plan is {plan.get_state_display().lower()}", "Nobody works by it. It stays on record.", "", ""

    def _links(self) -> list[tuple[str, str]]:
        """The other pages of this plan, and what else may be done with it."""
        plan = self.plan
        pages = [("Planned and done", "plan_done"), ("Compare with another plan", "plan_compare")]
        pages += [("History of changes", "plan_history"), ("Print", "plan_print")]
        if plan.state in OPEN and self.may("schedules.change_visit"):
            pages.insert(0, ("Add a visit", "visit_add"))
        if move(plan, "discard_plan") and self.may("schedules.discard_plan"):
            pages.append(("Discard the plan", "plan_discard"))
        return [(words, reverse(f"schedules:{name}", args=[plan.ref])) for words, name in pages]


def fits(visit: PlannedVisit, facts: dict[str, str]) -> bool:
    """Whether a visit is among those asked for."""
    said = {
        "officer": str(visit.officer_id), "county": county_of(visit), "purpose": visit.purpose,
        "by_hand": "1" if visit.fixed else "",
    }  # fmt: skip
    return all(said[name] == value for name, value in facts.items())


def link(facts: dict[str, str]) -> str:
    """The list with these filters."""
    return "?" + urlencode({"by": LIST} | {name: value for name, value in facts.items() if value})


def heads(field: str, backward: bool, facts: dict[str, str]) -> list[dict[str, str]]:
    """The heads of the columns; each sorts, and the one that does so turns the order round."""
    return [
        {
            "label": label,
            "url": link({**facts, "sort": f"-{name}" if name == field and not backward else name}),
            "sorted": ("descending" if backward else "ascending") if name == field else "",
        }
        for name, (label, _) in SORTS.items()
    ]


def tabs(way: str) -> list[dict[str, Any]]:
    """The ways to look at a plan."""
    names = {**{key: label for key, (label, _) in WAYS.items()}, LIST: "All visits"}
    return [{"label": label, "url": f"?by={key}", "current": key == way} for key, label in names.items()]


def figures_of(plan: Plan) -> list[dict[str, str]]:
    """What the plan comes to, in words."""
    it = plan.figures
    if not it:
        return []
    return [
        {"label": "Visits", "value": f"{it['visits']:,}, {it['routine']:,} of them routine"},
        {"label": "Overdue premises", "value": f"{it['overdue_covered']:,} in the plan, {it['overdue_left']:,} left"},
        {"label": "Visits with a latest day", "value": f"{it['dated_on_time']:,} of {it['dated']:,} on time"},
        {"label": "Driving", "value": f"{it['km']:,} km, {hours_in_words(it['drive_minutes'])}"},
        {"label": "At the premises", "value": hours_in_words(it["visit_minutes"])},
        {"label": "Load of the officers", "value": f"{it['load_low']} to {it['load_high']} percent of their hours"},
    ]


def standings_of(plan: Plan, visits: Sequence[PlannedVisit], today: date) -> dict[int, tuple[str, str]]:
    """The tag of each visit of a plan that is or was in force."""
    begun = begun_in(plan.month, visits)
    return {it.pk: STANDINGS[standing_of(it, begun, today=today)] for it in visits}


def groups(found: list[Group], way: str, standings: dict[int, tuple[str, str]]) -> list[dict[str, Any]]:
    """The groups as the page writes them."""
    return [
        {
            "key": it.key, "title": it.title, "visits": it.visits, "days": it.days, "counties": it.counties,
            "drive": hours_in_words(it.drive_minutes), "trips": [trip_row(trip, way, standings) for trip in it.trips],
        }
        for it in found
    ]  # fmt: skip


def trip_row(trip: Trip, way: str, standings: dict[int, tuple[str, str]]) -> dict[str, Any]:
    """One drive: the head of its line, its visits, and the minutes."""
    return {
        "officer": trip.officer.name if way != "officer" else "",
        "day": trip.day if way != "day" else None,
        "stops": [{"visit": it, "url": visit_url(it), "standing": standings.get(it.pk)} for it in trip.visits],
        "counties": trip.counties,
        "drive": hours_in_words(trip.drive_minutes),
        "work": hours_in_words(trip.drive_minutes + trip.visit_minutes),
    }


class PlanPrint(PlanPage):
    """The plan on paper, by officer."""

    template_name = "schedules/plan_print.html"


class VisitPage(OfVisit, TemplateView):
    """Why a visit is in the plan, and why then."""

    template_name = "schedules/plan_visit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit, plan = self.visit, self.plan
        begun = begun_in(plan.month, [visit])
        standing = standing_of(visit, begun, today=local_day(timezone.now()))
        words, tone = STANDINGS[standing]
        changed = VisitChange.objects.filter(plan=plan, premises=visit.premises_id).select_related("by", "premises")
        may_change = plan.state in OPEN and standing != DONE and self.may("schedules.change_visit")
        return super().get_context_data(**kwargs) | {
            "crumbs": self.crumbs(),
            "status": words,
            "tone": tone,
            "in_force": bool(plan.published_at),
            "inspection": begun.get(visit.premises_id),
            "changes": [change_line(it) for it in changed],
            "may_change": may_change,
            "may_skip": plan.state == PlanState.PUBLISHED and standing != DONE and self.may("schedules.skip_visit"),
            "drive": hours_in_words(visit.drive_minutes),
        }


def change_line(it: VisitChange) -> dict[str, str]:
    """A line of the history: what, when, by whom, from where to where, why."""
    return {
        "what": it.what.capitalize(), "premises": it.premises.name, "number": it.premises.number, "by": it.by.name,
        "at": instant(it.at), "reason": it.reason, "was": place_words(it.was), "now": place_words(it.now),
    }  # fmt: skip


def place_words(kept: dict[str, str]) -> str:
    """ "Dana Ortiz, Fri, Dec 4"."""
    day = day_short(date.fromisoformat(kept["day"])) if kept.get("day") else ""
    return ", ".join(filter(None, [kept.get("officer"), day, kept.get("skip_reason")]))
