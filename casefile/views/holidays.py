"""The days that do not count: the table by year, and a change that shows first which deadlines it would move."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile import holidays
from casefile.calendar import HolidayRow, local_day
from casefile.forms import HolidayForm
from casefile.models import Holiday
from casefile.views.once import OnceView
from casefile.views.settings import SettingsPage

CONTROLS = ("csrfmiddlewaretoken", "once")


class HolidayList(SettingsPage, Guarded, TemplateView):
    """One year of the table."""

    rights = "casefile.see_holidays"
    template_name = "casefile/holidays.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, may = local_day(timezone.now()), self.may("casefile.change_holidays")
        calendar = Holiday.objects.calendar()
        years = sorted({day.year for day in calendar.holidays} | {today.year})
        year = chosen(self.request.GET.get("year", ""), years, today.year)
        return super().get_context_data(**kwargs) | {
            "year": year,
            "years": [{"label": str(it), "url": f"?year={it}", "current": it == year} for it in years],
            "columns": ["Day", "Holiday", "Source", "Checked by"],
            "rows": [row_of(row, linked=may) for row in Holiday.objects.filter(date__year=year)],
            "may_change": may,
            "missing_year": holidays.missing_year(today, calendar),
        }


def chosen(typed: str, years: Sequence[int], otherwise: int) -> int:
    """The year asked for, if there is something to show of it."""
    return int(typed) if typed.isdecimal() and int(typed) in years else otherwise


def row_of(row: Holiday, *, linked: bool) -> dict[str, Any]:
    """A line of the table."""
    return {
        "text": f"{row.date:%a, %b} {row.date.day}",
        "url": reverse("casefile:holiday", args=[row.date.isoformat()]) if linked else "",
        "cells": [
            {"label": "Holiday", "text": row.name},
            {"label": "Source", "text": row.source},
            {"label": "Checked by", "text": row.verified_by or "Nobody yet"},
        ],
    }


class ChangeHolidays(SettingsPage, OnceView):
    """A change in two looks: what it would move, then the change. Deadlines that would end earlier want a tick each."""

    rights = "casefile.change_holidays"
    form_class: type[forms.BaseForm] = HolidayForm
    template_name = "casefile/holidays_change.html"
    done = "The table of holidays is changed."
    holiday: Holiday | None = None
    heading = "Add a holiday"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if "day" in kwargs:
            self.holiday = get_object_or_404(Holiday, date=day_of(kwargs["day"]))
            self.heading = f"Change {self.holiday.name}"

    def get_initial(self) -> dict[str, Any]:
        if self.holiday is None:
            return {}
        shown = {"name": self.holiday.name, "source": self.holiday.source, "verified_by": self.holiday.verified_by}
        return {"day": self.holiday.date} | shown

    def get_success_url(self) -> str:
        return reverse("casefile:holidays")

    def change(self, form: forms.BaseForm) -> tuple[list[HolidayRow], list[date]]:
        """The lines that come and the days that go; nothing for a change that leaves the days as they are."""
        assert isinstance(form, HolidayForm)
        row = form.row()
        if self.holiday is None:
            return [row], []
        return ([], []) if row.date == self.holiday.date else ([row], [self.holiday.date])

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        if "again" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        add, remove = self.change(form)
        if "sure" not in self.request.POST and (add or remove):
            return self.preview(form, add, remove)
        return super().form_valid(form)

    def preview(
        self, form: forms.BaseForm, add: Sequence[HolidayRow] = (), remove: Collection[date] = ()
    ) -> HttpResponse:
        """The same words, out of reach, under the deadlines that would move."""
        before = Holiday.objects.calendar()
        shifts = holidays.affected_by(before, holidays.changed(before, add=add, remove=remove))
        context = self.get_context_data(form=form, looked=True, add=add, remove=remove)
        context["typed"] = [(name, text) for name, text in self.request.POST.items() if name not in CONTROLS]
        context["later"] = [shift for shift in shifts if not shift.is_earlier]
        context["earlier"] = [shift for shift in shifts if shift.is_earlier]
        return self.render_to_response(context)

    def perform(self, form: forms.BaseForm, **common: Any) -> str:
        add, remove = self.change(form)
        if not add and not remove:
            assert isinstance(form, HolidayForm)
            holidays.describe(form.row(), by=self.user)
            return self.get_success_url()
        ticked = {int(pk) for pk in self.request.POST.getlist("earlier") if pk.isdecimal()}
        moved = holidays.change(add=add, remove=remove, confirmed=ticked, **common)
        if moved:
            count = f"{len(moved)} deadline{'s' if len(moved) > 1 else ''}"
            messages.info(self.request, f"{count} moved. Licensees get a letter.")
        return self.get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"heading": self.heading, "holiday": self.holiday}


class RemoveHoliday(ChangeHolidays):
    """The same two looks for a day that is to count again; nothing is typed, so the first look comes at once."""

    form_class = forms.Form
    done = "The day counts again."

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        assert self.holiday
        self.heading = f"Remove {self.holiday.name}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.preview(self.get_form(), *self.change(self.get_form()))

    def change(self, form: forms.BaseForm) -> tuple[list[HolidayRow], list[date]]:
        assert self.holiday
        return [], [self.holiday.date]


def day_of(text: str) -> date:
    """The day in an address. Raises Http404."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
