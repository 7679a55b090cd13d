"""The month of one officer: the list by day with its routes, the map, and the page for paper."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.models import User
from accounts.permissions import allows, ever_allows
from accounts.rights import Guarded, refusal
from casefile.calendar import local_day, short_day
from casefile.views.once import OnceView
from casefile.work import CAN_OWN
from inspections.stages import State
from inspections.views.rows import case_url
from schedules.actions.changes import skip_visit, take_up_visit
from schedules.actions.reads import note_read
from schedules.forms.officers import SkipForm
from schedules.models import PlannedVisit
from schedules.queries.month import Day, Stop, month_of
from schedules.queries.officers import hours_in_words
from schedules.rules.month import last_of
from schedules.views.map import outline, points, view_box

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
PAPER = "layouts/print.html"


def read_month(text: str) -> date:
    """The first day of a month from 2026-12; else Http404."""
    if not MONTH.fullmatch(text) or not 2000 <= int(text[:4]) <= 2100:
        raise Http404("No such month.")
    return date(int(text[:4]), int(text[5:]), 1)


class MyMonth(Guarded, TemplateView):
    """The visits of one officer in a month; a supervisor may look at any officer's with `?officer=`."""

    rights = "schedules.see_own_month"
    template_name = "schedules/month.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()
        self.today = local_day(self.at)
        self.month = read_month(kwargs["month"]) if "month" in kwargs else self.today.replace(day=1)
        self.is_paper = request.GET.get("paper") == "1"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = self._people()
        officer = self._officer(people)
        note_read(self.user, month=self.month, page="schedules:mine", of=officer, at=self.at)
        days = month_of(officer, self.month, self.user)
        stops = [stop for day in days for stop in day.stops]
        return super().get_context_data(**kwargs) | {
            "layout": PAPER if self.is_paper else "layouts/office.html",
            "is_paper": self.is_paper,
            "at": self.at,
            "month": self.month,
            "officer": officer,
            "mine": officer == self.user,
            "people": [{"pk": it.pk, "name": it.name, "chosen": it == officer} for it in people],
            "days": [self._day(day) for day in days],
            "visits": len(stops),
            "left": sum(stop.is_open for stop in stops),
            "drive": hours_in_words(sum(day.drive_minutes for day in days)),
            "points": points(
                (stop.visit.premises.city, stop.visit.premises.county, short_day(stop.visit.day)) for stop in stops
            ),
            "outline": outline(),
            "view_box": view_box(),
            "links": self._links(officer),
        }

    def _people(self) -> list[User]:
        """Whose month the reader may look at, besides their own."""
        if not ever_allows(self.user, "schedules.see_plans"):
            return []
        return list(User.objects.filter(role__in=CAN_OWN, is_active=True))

    def _officer(self, people: Sequence[User]) -> User:
        """The officer of the address, else the reader. Raises PermissionDenied for those who may see their own only."""
        asked = self.request.GET.get("officer", "")
        if not asked or asked == str(self.user.pk):
            return self.user
        if not people:
            raise PermissionDenied("Officers see their own month.")
        found = next((it for it in people if str(it.pk) == asked), None)
        if found is None:
            raise Http404("No such officer.")
        return found

    def _links(self, officer: User) -> dict[str, str]:
        """The months beside this one, and this one on paper."""
        before, after = (self.month - timedelta(days=1)).replace(day=1), last_of(self.month) + timedelta(days=1)
        whose = {} if officer == self.user else {"officer": officer.pk}
        return {
            "before": month_url(before, **whose), "after": month_url(after, **whose),
            "paper": month_url(self.month, **whose, paper=1), "screen": month_url(self.month, **whose),
        }  # fmt: skip

    def _day(self, day: Day) -> dict[str, Any]:
        return {
            "day": day.day,
            "today": day.day == self.today,
            "drive": hours_in_words(day.drive_minutes),
            "work": hours_in_words(day.drive_minutes + day.visit_minutes),
            "stops": [self._stop(n, stop) for n, stop in enumerate(day.stops, start=1)],
        }

    def _stop(self, number: int, stop: Stop) -> dict[str, Any]:
        visit, place = stop.visit, stop.visit.premises
        url, label = next_step(stop, self.user)
        tone, words = status_of(stop, self.today)
        may_skip = stop.is_open and allows(self.user, "schedules.skip_visit", visit)
        return {
            "number": number, "visit": visit, "place": place, "license": place.license, "tone": tone, "status": words,
            "url": reverse("schedules:day_sheet", args=[visit.key]), "step_url": url, "step": label,
            "skip_url": reverse("schedules:visit_skip", args=[visit.key]) if may_skip else "",
        }  # fmt: skip


def month_url(month: date, **asked: Any) -> str:
    """Where a month is."""
    address = reverse("schedules:my_month", args=[f"{month:%Y-%m}"])
    return f"{address}?{urlencode(asked)}" if asked else address


def status_of(stop: Stop, today: date) -> tuple[str, str]:
    """What became of a visit, as the tone and the words of a tag."""
    if stop.begun is not None:
        return "green", "Visited"
    if stop.visit.skipped_at is not None:
        return "", "Skipped"
    return ("red", "Not made") if stop.visit.day < today else ("blue", "Planned")


def next_step(stop: Stop, user: User) -> tuple[str, str]:
    """Address and words of what the reader does next about a visit; empty for those who only read."""
    case = stop.visit.case
    if stop.begun is not None:
        return case_url("case", stop.begun), "Open the case"
    if not stop.is_open or not stop.visit.is_assigned_to(user):
        return "", ""
    if case is not None and case.state == State.PLANNED:
        return case_url("inspection_record", case), "Begin the planned visit"
    if case is not None:
        return case_url("case", case), "Open the case it follows up"
    return reverse("inspections:inspection_start", args=[stop.visit.premises.number]), "Start an inspection"


class OfVisit(Guarded):
    """A page about one planned visit; who may not see it learns nothing, not even that it is there."""

    visit: PlannedVisit

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = PlannedVisit.objects.visible_to(self.user).with_place().filter(key=kwargs["key"]).first()
        if found is None:
            raise refusal(self.user)
        self.visit = found

    def get_guarded(self) -> PlannedVisit:
        return self.visit

    def month_of_visit(self) -> str:
        """The month in which the visit stands, as its reader sees it."""
        whose = {} if self.visit.officer_id == self.user.pk else {"officer": self.visit.officer_id}
        return month_url(self.visit.plan.month, **whose)


class SkipVisit(OfVisit, OnceView):
    """Say that a visit does not take place, and why; or that it does after all."""

    rights = "schedules.skip_visit"
    form_class = SkipForm
    template_name = "schedules/visit_skip.html"

    def get_success_url(self) -> str:
        return self.month_of_visit()

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        if self.visit.skipped_at is None:
            skip_visit(self.visit, reason=form.cleaned_data["reason"], **common)
            self.done = "The visit is skipped. The supervisors see why."
        else:
            take_up_visit(self.visit, **common)
            self.done = "The visit is in your month again."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"asks": self.visit.skipped_at is None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        month, visit = self.month_of_visit(), self.visit
        note_read(
            self.user, month=visit.plan.month, page="schedules:visit_skip", of=visit.officer, premises=visit.premises,
            at=timezone.now(),
        )  # fmt: skip
        return super().get_context_data(**kwargs) | {
            "visit": visit,
            "crumbs": [("Month", month), (visit.premises.name, "")],
            "back_url": month,
        }
