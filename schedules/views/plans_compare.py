"""A plan beside another, beside what was done, and beside its own history."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.views.generic import TemplateView

from casefile.calendar import local_day
from inspections.views.rows import case_url
from schedules.forms.plans import OtherPlanForm
from schedules.models import Plan, VisitChange
from schedules.queries.plans import STANDINGS, account_of, difference, rows_of
from schedules.stages import PlanState
from schedules.views.plans_base import OfPlan, visit_url
from schedules.views.plans_page import change_line, figures_of

MOST_CHANGES = 500


class Compare(OfPlan, TemplateView):
    """Two plans of a month: what is in one only, what has another day or officer, the figures side by side."""

    template_name = "schedules/plan_compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = list(
            Plan.objects.visible_to(self.user).filter(month=self.plan.month).exclude(pk=self.plan.pk)
            .exclude(state=PlanState.DRAFT).order_by("-number")
        )  # fmt: skip
        other = self._other(others)
        return super().get_context_data(**kwargs) | {
            "other": other,
            "form": OtherPlanForm(initial={"to": other.ref if other else ""}, plans=others),
            "crumbs": self.crumbs("Compare"),
            **(self._side_by_side(other) if other else {}),
        }

    def _other(self, others: list[Plan]) -> Plan | None:
        """The plan of the address, else the base, the published one, or the latest."""
        asked = self.request.GET.get("to", "")
        if asked:
            if (named := next((it for it in others if it.ref == asked), None)) is None:
                raise Http404("No such plan.")
            return named
        wanted = (lambda it: it.pk == self.plan.base_id, lambda it: it.state == PlanState.PUBLISHED, lambda it: True)
        return next((it for want in wanted for it in others if want(it)), None)

    def _side_by_side(self, other: Plan) -> dict[str, Any]:
        found = difference(rows_of(self.plan), rows_of(other))
        here, there = figures_of(self.plan), figures_of(other)
        return {
            "difference": found,
            "lists": [
                {"key": "here", "title": f"Only in {self.plan}", "rows": found.only_here},
                {"key": "there", "title": f"Only in {other}", "rows": found.only_there},
            ],
            "figures": [(a["label"], a["value"], b["value"]) for a, b in zip(here, there, strict=False)],
        }


class Done(OfPlan, TemplateView):
    """Planned, done, skipped and not done, each with its reason; and visits that nobody had planned."""

    template_name = "schedules/plan_done.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        account = account_of(self.plan, rows_of(self.plan), today=local_day(at))
        counts, asked = account.counts(), self.request.GET.get("only", "")
        only = asked if asked in STANDINGS else ""
        rows = [it for it in account.outcomes if only in ("", it.standing)]
        return super().get_context_data(**kwargs) | {
            "at": at,
            "tabs": [
                {"label": "All", "url": "?", "count": len(account.outcomes), "current": not only},
                *(
                    {"label": words, "url": f"?only={key}", "count": counts[key], "current": key == only}
                    for key, (words, _) in STANDINGS.items()
                ),
            ],
            "rows": [
                {
                    "it": it, "url": visit_url(it.visit),
                    "case_url": case_url("case", it.inspection) if it.inspection else "",
                }
                for it in rows
            ],
            "unplanned": [{"case": it, "url": case_url("case", it)} for it in account.unplanned],
            "in_force": bool(self.plan.published_at),
            "crumbs": self.crumbs("Planned and done"),
        }  # fmt: skip


class History(OfPlan, TemplateView):
    """Everything that people changed in a plan, and its steps."""

    template_name = "schedules/plan_history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = VisitChange.objects.filter(plan=self.plan).select_related("by", "premises").order_by("-pk")
        steps = self.plan.file.events.exclude(step="change_visit").select_related("by")
        return super().get_context_data(**kwargs) | {
            "changes": [change_line(it) for it in rows[:MOST_CHANGES]],
            "steps": list(steps),
            "crumbs": self.crumbs("History of changes"),
        }
