"""How officers work and when they are away: the list, one of them, leave; and whom the reader stands in for."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.models import User
from accounts.rights import Guarded
from casefile.calendar import local_day, short_day
from casefile.views.once import OnceView
from casefile.work import CAN_OWN
from inspections.queries import standings
from inspections.views.rows import row_of
from schedules.actions.officers import change_leave, end_leave, record_leave, set_up
from schedules.forms.officers import LeaveForm, SetupForm
from schedules.models import Leave, OfficerSetup
from schedules.queries.covering import cases_to_cover, covered_by
from schedules.queries.officers import Worker, days_in_words, hours_in_words, workers

MOST = 25
USUAL = {"minutes": 480, "weekdays": [0, 1, 2, 3, 4], "in_plans": True}


def people() -> QuerySet[User]:
    """Those who can make visits and stand in."""
    return User.objects.filter(role__in=CAN_OWN, is_active=True)


def leave_words(row: Leave) -> str:
    """ "Mon, Dec 7 to Fri, Dec 11, Priya Nair stands in"."""
    days = short_day(row.first_on)
    days += f" to {short_day(row.last_on)}" if row.last_on != row.first_on else ""
    return f"{days}, {row.cover.name} stands in" if row.cover else f"{days}, nobody stands in"


class OfficerList(Guarded, TemplateView):
    """Everybody who makes visits, with how they work and their leave."""

    rights = "schedules.see_officers"
    template_name = "schedules/officers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = local_day(timezone.now())
        found = workers(today)
        rows = [officer_row(worker, today) for worker in found]
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "without": [worker.person.name for worker in found if worker.setup is None],
            "columns": ["Name", "Town", "Counties", "Days", "Visits are planned", "Leave"],
            "may_hand_over": self.may("schedules.hand_over"),
        }


def officer_row(worker: Worker, today: date) -> dict[str, Any]:
    """A line of the list."""
    setup = worker.setup
    planned = ("Yes", "green") if setup and setup.in_plans else ("No", "")
    away = "Away now. " if worker.is_away(today) else ""
    return {
        "text": worker.person.name, "url": reverse("schedules:officer", args=[worker.person.pk]),
        "sub": worker.person.get_role_display(),
        "cells": [
            {"label": "Town", "text": setup.town if setup else "Not set up"},
            {"label": "Counties", "text": ", ".join(setup.counties) or "Everywhere" if setup else "–"},
            {
                "label": "Days", "text": days_in_words(setup.weekdays) if setup else "–",
                "sub": hours_in_words(setup.minutes) if setup else "",
            },
            {"label": "Visits are planned", "text": planned[0], "tone": planned[1]},
            {"label": "Leave", "text": away + ("; ".join(map(leave_words, worker.leave)) or "None")},
        ],
    }  # fmt: skip


class OfOfficer(OnceView):
    """A page about how one person works."""

    rights = "schedules.change_officers"
    officer: User

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.officer = self.find_officer()

    def find_officer(self) -> User:
        return get_object_or_404(User.objects.filter(role__in=CAN_OWN), pk=self.kwargs["officer"])

    def get_success_url(self) -> str:
        return reverse("schedules:officer", args=[self.officer.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [("Officers", reverse("schedules:officers")), (self.officer.name, self.get_success_url())]
        return super().get_context_data(**kwargs) | {
            "officer": self.officer,
            "crumbs": crumbs,
            "may_change": self.may("schedules.change_officers"),
            "back_url": self.get_success_url(),
        }


class OfficerPage(OfOfficer):
    """One officer: how they work, and their leave."""

    rights = "schedules.see_officers"
    rights_to_post = "schedules.change_officers"
    form_class = SetupForm
    template_name = "schedules/officer.html"
    done = "It is saved. Plans that are made already stay as they are."

    def get_initial(self) -> dict[str, Any]:
        row = OfficerSetup.objects.filter(officer=self.officer).first()
        names = ("town", "counties", "weekdays", "minutes", "in_plans")
        return {name: getattr(row, name) for name in names} if row else USUAL

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        assert isinstance(form, SetupForm)
        set_up(self.officer, form.setup(), by=self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Leave.objects.filter(officer=self.officer, ended_at=None).select_related("cover", "recorded_by")
        today = local_day(timezone.now())
        return super().get_context_data(**kwargs) | {
            "leave": [
                {"row": row, "words": leave_words(row), "over": row.last_on < today}
                for row in rows.order_by("-first_on")[:MOST]
            ],
            "may_hand_over": self.may("schedules.hand_over"),
        }  # fmt: skip


class AddLeave(OfOfficer):
    """Put leave of an officer on record."""

    form_class = LeaveForm
    template_name = "schedules/leave.html"
    title, button = "Add leave", "Save the leave"
    done = "The leave is on record. Plans made from now on leave these days free."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"covers": people().exclude(pk=self.officer.pk)}

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        record_leave(self.officer, **form.cleaned_data, **common)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"title": self.title, "button": self.button}


class OfLeave(OfOfficer):
    """A page about leave that is on record."""

    leave: Leave

    def find_officer(self) -> User:
        rows = Leave.objects.filter(ended_at=None).select_related("officer")
        self.leave = get_object_or_404(rows, pk=self.kwargs["leave"])
        return self.leave.officer


class ChangeLeave(AddLeave, OfLeave):
    """Other days, or another cover."""

    title, button = "Change the leave", "Save the change"
    done = "The leave is changed."

    def find_officer(self) -> User:
        return OfLeave.find_officer(self)

    def get_initial(self) -> dict[str, Any]:
        names = ("first_on", "last_on", "cover", "note")
        return {name: getattr(self.leave, name) for name in names}

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        change_leave(self.leave, **form.cleaned_data, **common)


class EndLeave(OfLeave):
    """Take leave back."""

    template_name = "schedules/leave_end.html"
    done = "The leave is taken back."

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        end_leave(self.leave, **common)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"words": leave_words(self.leave)}


class Cover(Guarded, TemplateView):
    """Whom the reader stands in for today, and what is due there."""

    rights = "schedules.see_own_month"
    template_name = "schedules/cover.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        leave = covered_by(self.user, local_day(at))
        chosen = self._chosen(leave)
        rows = list(cases_to_cover(chosen.officer, at)[: MOST + 1]) if chosen else []
        return super().get_context_data(**kwargs) | {
            "leave": leave,
            "chosen": chosen,
            "tabs": [
                {"label": it.officer.name, "url": f"?of={it.officer.pk}", "current": it == chosen} for it in leave
            ],
            "rows": [row_of(it, self.user) for it in standings(rows[:MOST], at)] if rows else [],
            "more": len(rows) > MOST,
            "all_url": f"{reverse('inspections:cases')}?officer={chosen.officer.email}" if chosen else "",
        }

    def _chosen(self, leave: list[Leave]) -> Leave | None:
        """The absent officer of the address, else the first; Http404 for one whom the reader does not cover."""
        of = self.request.GET.get("of", "")
        if not of:
            return leave[0] if leave else None
        found = next((it for it in leave if str(it.officer.pk) == of), None)
        if found is None:
            raise Http404("You do not stand in for this person today.")
        return found
