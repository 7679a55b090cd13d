"""What was found and ordered at a glance, and one finding with what may follow from it."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.calendar import local_day, months_before
from casefile.fields import words as plain_day
from casefile.views.once import OnceView
from licensing import rules
from licensing.actions import shortage
from licensing.forms.shortage import FindingForm, ReasonForm
from licensing.models import ShortageFinding, ShortageMeasure
from licensing.queries.shortage import is_ground, not_over
from licensing.views.shortage.rows import (
    CALLED_OFF,
    COLUMNS,
    HOME,
    IN_FORCE,
    LATER,
    PAST,
    PLANNED,
    Phase,
    crumbs,
    history_of,
    phase_of,
    row_of_finding,
    rows_of,
)

MOST = 50


class Overview(Guarded, TemplateView):
    """Findings and measures in force, planned and past; for a supervisor what may be done now."""

    rights = "licensing.see_shortage"
    template_name = "licensing/shortage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = local_day(timezone.now())
        measures = list(ShortageMeasure.objects.all()[:MOST])
        findings = list(ShortageFinding.objects.select_related("found_by")[:MOST])
        by_phase: dict[Phase, list[ShortageMeasure]] = {}
        for it in measures:
            by_phase.setdefault(phase_of(it, today), []).append(it)
        past = [*by_phase.get(PAST, []), *by_phase.get(CALLED_OFF, [])]
        sections = {"In force": by_phase.get(IN_FORCE, []), "Planned": by_phase.get(PLANNED, []), "Past": past}
        return super().get_context_data(**kwargs) | {
            "sections": [
                {
                    "id": title.lower().replace(" ", "-"),
                    "title": title,
                    "rows": rows_of(some, today),
                    "caption": f"Measures {title.lower()}, the last begun first.",
                }
                for title, some in sections.items()
            ],
            "columns": COLUMNS,
            "findings": [row_of_finding(it) for it in findings],
            "finding_columns": ["Finding", "Found", "What"],
            "may": self.may("licensing.find_shortage"),
            "next": self._next(findings, measures, today) if self.may("licensing.order_measure") else None,
        }

    def _next(self, findings: list[ShortageFinding], measures: list[ShortageMeasure], today: date) -> dict[str, Any]:
        since = months_before(today, rules.SHORTAGE_MONTHS.on(today))
        recent = [it for it in findings if it.withdrawn_at is None and it.period_to >= since]
        if not recent:
            return {
                "title": "Say whether there is a shortage",
                "text": "No finding reaches into the last six months. Decisions on more plants ask for one.",
                "url": reverse("licensing:shortage_find"), "label": "Record a finding",
            }  # fmt: skip
        ground = next((it for it in recent if is_ground(it)), None)
        live = [it for it in measures if phase_of(it, today) in (IN_FORCE, PLANNED)]
        if ground and not live:
            return {
                "title": "Order a measure", "text": "A shortage is on record, and no measure is in force or planned.",
                "url": reverse("licensing:shortage_choose", args=[ground.key]), "label": "See what may be ordered",
            }  # fmt: skip
        words = f"{len(live)} measure{'s' * (len(live) != 1)} in force or planned." if live else "There is no shortage."
        return {"title": "Nothing to do now", "text": words}


class OfFinding(Guarded):
    """A page about one finding."""

    finding: ShortageFinding

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.user.is_division:
            raise Http404
        self.finding = get_object_or_404(ShortageFinding.objects.select_related("found_by"), key=kwargs["finding"])
        self.today = local_day(timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = (str(self.finding), self.finding.get_absolute_url())
        return super().get_context_data(**kwargs) | {  # type: ignore[misc]
            "finding": self.finding, "title": here[0], "heading": self.heading,
            "crumbs": crumbs(here, (self.heading, "")),
        }  # fmt: skip

    heading = ""


class FindingPage(OfFinding, TemplateView):
    """What was found, where, on what evidence; its measures and its history."""

    rights = "licensing.see_shortage"
    template_name = "licensing/shortage_finding.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        finding, key = self.finding, [self.finding.key]
        live = [str(it) for it in not_over(finding, self.today)]
        withdrawn = ["It is withdrawn."] if finding.withdrawn_at else []
        no_ground = [] if finding.is_shortage else ["There was no shortage."]
        steps = [
            {"label": "Order a measure", "url": reverse("licensing:shortage_choose", args=key),
             "reasons": withdrawn or no_ground},
            {"label": "Withdraw this finding", "url": reverse("licensing:shortage_withdraw", args=key),
             "reasons": withdrawn or rules.reasons_not_to_withdraw(live, reason=LATER)},
        ]  # fmt: skip
        return super().get_context_data(**kwargs) | {
            "crumbs": crumbs((str(finding), "")),
            "rows": [
                {"label": "Where", "value": finding.where},
                {"label": "Underserved regions", "value": "Yes" if finding.underserved else "Not said"},
                {"label": "Found", "value": f"{plain_day(local_day(finding.found_at))}, by {finding.found_by.name}"},
                {"label": "What shows it", "value": finding.evidence},
            ],
            "columns": COLUMNS,
            "measures": rows_of(finding.measures.all(), self.today),
            "steps": steps if self.may("licensing.order_measure") else [],
            "history": history_of(finding.events.select_related("by", "measure")),
        }


class Find(OnceView):
    """Put a finding on record."""

    rights = "licensing.find_shortage"
    form_class = FindingForm
    template_name = "licensing/shortage_act.html"
    done = "The finding is on record."

    def perform(self, form: forms.BaseForm, **common: Any) -> str:
        assert isinstance(form, FindingForm)
        return shortage.find_shortage(**form.facts(), **common).get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        heading = "Record a finding"
        return super().get_context_data(**kwargs) | {
            "heading": heading, "crumbs": crumbs((heading, "")), "button": heading, "back_url": reverse(HOME[1]),
            "lead": "Decisions on more plants ask whether there was a shortage in the last six months.",
        }  # fmt: skip


class Withdraw(OfFinding, OnceView):
    """A finding that proved wrong."""

    rights = "licensing.withdraw_finding"
    form_class = ReasonForm
    template_name = "licensing/shortage_act.html"
    heading = "Withdraw the finding"
    done = "The finding is withdrawn. It stays on record."

    def get_success_url(self) -> str:
        return self.finding.get_absolute_url()

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        shortage.withdraw_finding(self.finding, **form.cleaned_data, **common)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        live = [str(it) for it in not_over(self.finding, self.today)]
        return super().get_context_data(**kwargs) | {
            "lead": "It then counts no longer in decisions. It stays on record with your reason.",
            "refusals": rules.reasons_not_to_withdraw(live, reason=LATER),
            "button": self.heading, "back_url": self.finding.get_absolute_url(), "tone": "danger",
        }  # fmt: skip
