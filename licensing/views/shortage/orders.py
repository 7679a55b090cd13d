"""Ordering a measure: the four kinds with what stands against each, the order, and a last look at whom it binds."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView

from casefile.fields import words as plain_day
from casefile.views.once import OnceView
from licensing import rules
from licensing.actions import shortage
from licensing.forms.shortage import OrderForm
from licensing.models import ShortageMeasure
from licensing.queries.shortage import bound_by, ground_of, stands_against
from licensing.queries.shortage_words import asks_of
from licensing.rules import MEASURE_CITES, MEASURE_LABELS, MeasureKind
from licensing.views.shortage.findings import OfFinding
from licensing.views.shortage.rows import crumbs

CONTROLS = ("csrfmiddlewaretoken", "once", "confirm", "change")
ASKS = {
    MeasureKind.SET_ASIDE: "All retail licenses keep at least 10 percent of each month's stock for patients, "
    "caregivers and reciprocal participants.",
    MeasureKind.FEE_REDUCTION: "The fee for each plant that is grown for the medical program is lower, so that more "
    "are grown. It is a measure to increase production.",
    MeasureKind.COMMERCIAL_EXCLUSION: "New licenses to grow or manufacture are for medical activity only, for at least "
    "six months. Measures to increase production have to be exhausted first, and recorded as exhausted.",
    MeasureKind.PLANT_QUOTA: "Those who grow set apart a part of each month's mature plants for the medical program: "
    "at most 25 percent. More tracking may be asked.",
}


class Choose(OfFinding, TemplateView):
    """The kinds of measures, what the rule asks of each, and what stands against it now."""

    rights = "licensing.order_measure"
    template_name = "licensing/shortage_choose.html"
    heading = "Order a measure"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        against = stands_against(self.finding, self.today)
        kinds = [
            {
                "key": kind.value, "label": MEASURE_LABELS[kind], "cites": MEASURE_CITES[kind], "asks": ASKS[kind],
                "reasons": against[kind], "url": reverse("licensing:shortage_order", args=[self.finding.key, kind]),
            }
            for kind in MeasureKind
        ]  # fmt: skip
        return super().get_context_data(**kwargs) | {"kinds": kinds, "back_url": self.finding.get_absolute_url()}


class OrderMeasure(OfFinding, OnceView):
    """An order in two looks: what it says, then whom it binds. Only the second one acts."""

    rights = "licensing.order_measure"
    form_class = OrderForm
    template_name = "licensing/shortage_order.html"
    done = "The measure is ordered. Those whom it binds get a letter."

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in list(MeasureKind):
            raise Http404
        self.kind = MeasureKind(kwargs["kind"])
        self.heading = MEASURE_LABELS[self.kind]

    def get_initial(self) -> dict[str, Any]:
        set_aside = self.kind == MeasureKind.SET_ASIDE
        return {"percent": rules.SET_ASIDE_PERCENT.on(self.today)} if set_aside else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.kind}

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        assert isinstance(form, OrderForm)
        if "confirm" in self.request.POST:
            return super().form_valid(form)
        if "change" not in self.request.POST:
            order = form.order()
            for reason in rules.reasons_against_order(order, self._ground(order), on=self.today):
                form.add_error(None, reason)
            if form.is_valid():
                return self.render_to_response(self.get_context_data(form=form, look=self._look(order)))
        return self.render_to_response(self.get_context_data(form=form))

    def _ground(self, order: rules.Order) -> rules.Ground:
        return ground_of(self.finding, order, self.today)

    def _look(self, order: rules.Order) -> dict[str, Any]:
        """What would be ordered, in the words of the letter, and how many it would bind."""
        measure = ShortageMeasure(
            kind=order.kind, percent=order.percent, fee=order.fee, tracking=order.tracking, starts_on=order.starts_on,
            ends_on=order.ends_on,
        )  # fmt: skip
        bound = bound_by(measure, self.today).count()
        return {
            "rows": [
                {"label": "Measure", "value": self.heading},
                {"label": "First day", "value": plain_day(order.starts_on)},
                {"label": "Last day", "value": plain_day(order.ends_on) if order.ends_on else "Not set"},
                {"label": "The letter says", "value": " ".join(asks_of(measure, self.today))},
                {"label": "It binds now", "value": f"{bound:,} license{'s' * (bound != 1)}"},
            ],
            "said": [
                (name, value) for name in self.request.POST if name not in CONTROLS
                for value in self.request.POST.getlist(name)
            ],
        }  # fmt: skip

    def perform(self, form: forms.BaseForm, **common: Any) -> str:
        assert isinstance(form, OrderForm)
        return shortage.order_measure(self.finding, form.order(), **common).get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        finding = (str(self.finding), self.finding.get_absolute_url())
        choose = ("Order a measure", reverse("licensing:shortage_choose", args=[self.finding.key]))
        return super().get_context_data(**kwargs) | {
            "crumbs": crumbs(finding, choose, (self.heading, "")), "back_url": choose[1],
            "lead": f"{ASKS[self.kind]} {MEASURE_CITES[self.kind]}", "button": "Check the order",
        }  # fmt: skip
