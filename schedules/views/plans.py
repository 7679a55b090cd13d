"""The months of the schedule: what stands, having a plan made, and how far the planner is."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.calendar import local_day, months_after, months_before
from casefile.models import Holiday
from casefile.views.once import OnceView
from schedules.actions.plans import make_plan
from schedules.actions.reads import note_read
from schedules.forms.plans import PlanForm, starting_with
from schedules.models import Plan
from schedules.planner.problem import Wishes
from schedules.queries.lengths import Lengths
from schedules.queries.officers import Worker, days_in_words, hours_in_words, workers
from schedules.rules.month import last_of, working_days
from schedules.stages import PlanState
from schedules.views.plans_base import OfPlan

BACK, AHEAD = 12, 3  # months that the list shows, and that can be planned
TONES = {PlanState.PUBLISHED: "green", PlanState.PROPOSED: "blue", PlanState.DRAFT: "amber"}
SHOWN = (PlanState.PUBLISHED, PlanState.PROPOSED, PlanState.DRAFT, PlanState.REPLACED, PlanState.DISCARDED)


class Plans(Guarded, TemplateView):
    """Every month with its plans and the next step."""

    rights = "schedules.see_plans"
    template_name = "schedules/plans.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        this = local_day(at).replace(day=1)
        note_read(self.user, month=this, page="schedules:plans", at=at)
        rows = Plan.objects.visible_to(self.user).filter(month__gte=months_before(this, BACK))
        by_month = {
            month: list(plans)
            for month, plans in groupby(rows.annotate(many=Count("visits")), key=lambda plan: plan.month)
        }
        months = sorted({this, months_after(this, 1), *by_month}, reverse=True)
        may_make = self.may("schedules.make_plan")
        return super().get_context_data(**kwargs) | {
            "months": [month_row(month, by_month.get(month, []), this, may_make) for month in months],
            "may_make": may_make,
            "make_url": make_url(months_after(this, 1)),
        }


def make_url(month: date) -> str:
    """Where a plan of a month is asked for."""
    return f"{reverse('schedules:plan_make')}?month={month:%Y-%m}"


def month_row(month: date, plans: Sequence[Plan], this: date, may_make: bool) -> dict[str, Any]:
    """A month in the list: its plans, the one that matters first, and what comes next."""
    ordered = sorted(plans, key=lambda it: (SHOWN.index(PlanState(it.state)), -it.number))
    label, url = next_step(month, ordered, this, may_make)
    return {
        "month": month, "current": month == this, "label": label, "url": url,
        "plans": [
            {
                "plan": it, "tone": TONES.get(PlanState(it.state), ""), "status": status_of(it),
                "visits": it.many,  # type: ignore[attr-defined]
            }
            for it in ordered
        ],
    }  # fmt: skip


def status_of(plan: Plan) -> str:
    """The word of the tag."""
    return "Could not be made" if plan.failure and plan.state == PlanState.DRAFT else plan.get_state_display()


def next_step(month: date, plans: Sequence[Plan], this: date, may_make: bool) -> tuple[str, str]:
    """What comes next for a month, and where; no address where the reader can do nothing."""
    standing = {PlanState(it.state): it for it in reversed(plans)}
    if draft := standing.get(PlanState.DRAFT):
        return ("See why it could not be made" if draft.failure else "See how far the planner is"), progress_url(draft)
    if published := standing.get(PlanState.PUBLISHED):
        return "Planned and done", reverse("schedules:plan_done", args=[published.ref])
    if proposed := standing.get(PlanState.PROPOSED):
        return "Look at the proposal", proposed.get_absolute_url()
    return ("Have a plan made", make_url(month)) if may_make and month >= this else ("No plan", "")


def progress_url(plan: Plan) -> str:
    """Where the work of the planner is seen."""
    return reverse("schedules:plan_progress", args=[plan.ref])


class MakePlan(OnceView):
    """Ask for a plan of a month."""

    rights = "schedules.make_plan"
    template_name = "schedules/plan_make.html"
    form_class = PlanForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.today = local_day(timezone.now())
        self.offered = [months_after(self.today.replace(day=1), n) for n in range(AHEAD + 1)]

    @property
    def month(self) -> date:
        """The month of the address, else the next one."""
        asked = self.request.GET.get("month", "")
        return next((it for it in self.offered if f"{it:%Y-%m}" == asked), self.offered[1])

    def get_form_kwargs(self) -> dict[str, Any]:
        months = [(it.isoformat(), f"{it:%B %Y}") for it in self.offered]
        return super().get_form_kwargs() | {"months": months}

    def get_initial(self) -> dict[str, Any]:
        """As the last plan was asked for."""
        last = Plan.objects.visible_to(self.user).first()
        kept = last.wishes if last else Wishes(self.month, self.month).as_json()
        return starting_with(Wishes.of(kept), Lengths.kept_with(kept)) | {"month": self.month.isoformat(), "keep": True}

    def perform(self, form: forms.BaseForm, **common: Any) -> str:
        assert isinstance(form, PlanForm)
        month = form.cleaned_data["month"]
        base = self._standing(month) if form.cleaned_data["keep"] else None
        return progress_url(make_plan(month, form.wishes(), lengths=form.lengths(), base=base, **common))

    def _standing(self, month: date) -> Plan | None:
        """The published plan of a month, else its latest proposal."""
        rows = Plan.objects.visible_to(self.user).filter(month=month)
        found = {it.state: it for it in rows.order_by("number")}
        return found.get(PlanState.PUBLISHED) or found.get(PlanState.PROPOSED)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        month = self.month
        holidays = set(Holiday.objects.filter(date__range=(month, last_of(month))).values_list("date", flat=True))
        people = [worker_row(it, month, holidays) for it in workers(min(self.today, month))]
        return super().get_context_data(**kwargs) | {
            "month": month,
            "officers": people,
            "planned": sum(bool(it["days"]) for it in people),
            "standing": self._standing(month),
            "crumbs": [("Schedule", reverse("schedules:plans")), ("Have a plan made", "")],
        }


def worker_row(worker: Worker, month: date, holidays: set[date]) -> dict[str, Any]:
    """An officer with the days of a month."""
    setup, last = worker.setup, last_of(month)
    leave = [(it.first_on, it.last_on) for it in worker.leave if it.first_on <= last and it.last_on >= month]
    in_plans = setup is not None and setup.in_plans
    days = working_days(month, last, holidays=holidays, leave=leave, weekdays=setup.weekdays) if setup else ()
    return {
        "name": worker.person.name, "pk": worker.person.pk, "days": len(days) if in_plans else 0,
        "in_plans": in_plans, "has_setup": setup is not None, "town": setup.town if setup else "",
        "week": f"{days_in_words(setup.weekdays)}, {hours_in_words(setup.minutes)}" if setup else "",
        "counties": ", ".join(setup.counties) if setup else "", "leave": leave,
    }  # fmt: skip


class Progress(OfPlan, TemplateView):
    """How far the planner is; it leads on to the plan once that is there."""

    template_name = "schedules/plan_progress.html"
    named = "draft"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.plan.state != PlanState.DRAFT:
            return HttpResponseRedirect(self.plan.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at: datetime = timezone.now()
        return super().get_context_data(**kwargs) | {
            "at": at,
            "may_make": self.may("schedules.make_plan"),
            "may_discard": self.may("schedules.discard_plan"),
            "crumbs": self.crumbs("The planner at work"),
            "waits": self.plan.progress == 0,
        }
