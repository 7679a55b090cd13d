"""One measure: what was ordered, whom it binds, who met it, and how it is exhausted or ended."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.rights import Guarded
from casefile.calendar import local_day
from casefile.fields import words as plain_day
from casefile.views.once import OnceView
from licensing import rules
from licensing.actions import shortage
from licensing.forms.shortage import EndForm, ExhaustedForm
from licensing.models import LicenseQuerySet, ShortageMeasure
from licensing.queries.shortage import bound_by, called_off_on
from licensing.queries.shortage_words import short_of
from licensing.queries.standing import duty_of
from licensing.views.shortage.bound import BoundList, File
from licensing.views.shortage.rows import LATER, crumbs, days_of, history_of, phase_of


class OfMeasure(Guarded):
    """A page about one measure."""

    measure: ShortageMeasure
    heading = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.user.is_division:
            raise Http404
        found = ShortageMeasure.objects.select_related("finding", "ordered_by")
        self.measure = get_object_or_404(found, key=kwargs["measure"])
        self.today = local_day(timezone.now())
        self.duty = duty_of(self.measure, self.today)

    def everyone(self) -> LicenseQuerySet:
        return bound_by(self.measure, self.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        finding = self.measure.finding
        way = [(str(finding), finding.get_absolute_url()), (str(self.measure), self.measure.get_absolute_url())]
        here = [*way, (self.heading, "")] if self.heading else [way[0], (way[1][0], "")]
        return super().get_context_data(**kwargs) | {  # type: ignore[misc]
            "measure": self.measure, "title": str(self.measure), "heading": self.heading, "crumbs": crumbs(*here),
        }  # fmt: skip


class MeasurePage(OfMeasure, BoundList):
    """What was ordered, whom it binds, and month by month who met it."""

    template_name = "licensing/shortage_measure.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        it = self.measure
        tone, word = phase_of(it, self.today)
        rows = [
            {"label": "What", "value": short_of(it)},
            {"label": "From and to", "value": days_of(it)},
            {"label": "Ordered", "value": f"{plain_day(local_day(it.ordered_at))}, by {it.ordered_by.name}"},
            {"label": "The order", "value": it.order},
        ]
        rows += [{"label": "Tracking", "value": it.tracking}] if it.tracking else []
        rows += [{"label": "Exhausted since", "value": plain_day(it.exhausted_on)}] if it.exhausted_on else []
        return super().get_context_data(**kwargs) | {
            "tone": tone, "status": word, "facts": rows,
            "bound": self.everyone().count(),
            "told": it.letters.filter(news="ordered").count(),
            "steps": self._steps() if self.may("licensing.end_measure") else [],
            "history": history_of(it.events.select_related("by")),
        }  # fmt: skip

    def _steps(self) -> list[dict[str, Any]]:
        key, exhausting, ending = [self.measure.key], Exhausted.heading, End.heading
        return [
            {"label": exhausting, "url": reverse("licensing:shortage_exhausted", args=key),
             "reasons": against_exhausting(self.measure, self.today)},
            {"label": ending, "url": reverse("licensing:shortage_end", args=key),
             "reasons": against_ending(self.measure, self.today)},
        ]  # fmt: skip


class MeasureFile(OfMeasure, File):
    """Whom a measure binds, as a file."""


def against_exhausting(it: ShortageMeasure, today: date) -> list[str]:
    """Why it can not be recorded as exhausted today, whatever is said."""
    return rules.reasons_not_to_exhaust(
        it.kind, starts_on=it.starts_on, exhausted_on=today, on=today, before=it.exhausted_on, reason=LATER
    )


def against_ending(it: ShortageMeasure, today: date) -> list[str]:
    """Why no last day can be set today, whichever it is."""
    last_day = called_off_on(it) if today < it.starts_on else it.ends_on or date.max
    return rules.reasons_not_to_end(
        it.kind, starts_on=it.starts_on, ends_on=it.ends_on, last_day=last_day, on=today, reason=LATER
    )


class ActOnMeasure(OfMeasure, OnceView):
    """A form about one measure."""

    template_name = "licensing/shortage_act.html"
    lead = ""

    def get_success_url(self) -> str:
        return self.measure.get_absolute_url()

    def refusals(self) -> list[str]:
        """What stands against it whatever is said."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "lead": self.lead, "refusals": self.refusals(), "button": self.heading, "back_url": self.get_success_url(),
        }  # fmt: skip


class Exhausted(ActOnMeasure):
    rights = "licensing.record_exhausted"
    form_class = ExhaustedForm
    heading = "Record that it is exhausted"
    lead = "Only then can commercial activity be excluded from new licenses (16.8.8.11(C)(3) NMAC)."
    done = "It is on record that the measure is exhausted."

    def refusals(self) -> list[str]:
        return against_exhausting(self.measure, self.today)

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        shortage.record_exhausted(self.measure, **form.cleaned_data, **common)


class End(ActOnMeasure):
    rights = "licensing.end_measure"
    form_class = EndForm
    heading = "Set its last day"
    lead = "Those whom it binds get a letter."
    done = "The last day is set. Those whom it binds get a letter."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"begun": self.measure.starts_on <= self.today}

    def refusals(self) -> list[str]:
        return against_ending(self.measure, self.today)

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        said = form.cleaned_data
        last_day = called_off_on(self.measure) if said.get("call_off") else said["last_day"]
        shortage.end_measure(self.measure, last_day=last_day, reason=said["reason"], **common)
