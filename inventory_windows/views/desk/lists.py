"""The desk: what waits for us, with its red flags; and the first window of a license that is entered by hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from accounts.rights import Guarded
from casefile.calendar import clock_time, local_day
from casefile.templatetags.ccd import due_tone, due_words, instant
from casefile.views.once import OnceView
from inspections.queries.lists import counts, in_figures
from inventory_windows import rules
from inventory_windows.actions.openings import open_first_window, reasons_not_to_open_first
from inventory_windows.forms.desk import FirstWindowForm, LicenseForm
from inventory_windows.models import Correction, Opening, WindowRequest
from inventory_windows.queries.desk import VIEWS, View, flags_by_request
from inventory_windows.stages import CORRECTION_STAGES, CorrectionState
from inventory_windows.views.desk.window import due_of, status_of
from licensing.models import License
from licensing.queries.pages import Page, page_by_newest, page_by_oldest


class Desk(Guarded, TemplateView):
    """The lists of the desk, one at a time: `?view=`."""

    rights = "inventory_windows.see_desk"
    template_name = "inventory_windows/desk.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        name = request.GET.get("view", "")
        self.name = name if name in VIEWS else "review"
        self.at = timezone.now()

    @property
    def view(self) -> View:
        return VIEWS[self.name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = counts(self.user, {name: view.rows(self.user, self.at) for name, view in VIEWS.items()})
        page = self._page(self.view.rows(self.user, self.at))
        return super().get_context_data(**kwargs) | {
            "tabs": [
                {
                    "label": view.label, "count": in_figures(counted[name]), "current": name == self.name,
                    "url": f"{reverse('inventory_windows:desk')}?{urlencode({'view': name})}",
                }
                for name, view in VIEWS.items()
            ],
            "rows": self._rows(page.rows),
            "what": self.view.what,
            "waiting": counted["review"] + counted["shut"] + counted["corrections"],
            "empty": self.view.empty,
            "may_see_figures": self.may("inventory_windows.see_figures"),
            "may_record": self.may("inventory_windows.open_first_window"),
            **page.links(self.request.path, {"view": self.name}),
        }  # fmt: skip

    def _page(self, rows: QuerySet[Any]) -> Page[Any]:
        rows = rows.with_case() if self.view.what == "openings" else rows.with_license()  # type: ignore[attr-defined]
        ends = {end: self.request.GET.get(end, "") for end in ("after", "before")}
        return page_by_newest(rows, **ends) if self.view.newest else page_by_oldest(rows, **ends)

    def _rows(self, cases: Sequence[Any]) -> list[dict[str, Any]]:
        if self.view.what == "openings":
            return [opening_row(it, self.at) for it in cases]
        if self.view.what == "corrections":
            return [correction_row(it, self.at) for it in cases]
        flags = flags_by_request(cases)
        return [request_row(it, flags.get(it.pk, []), self.at) for it in cases]


def request_row(case: WindowRequest, flags: Sequence[rules.Flag], at: datetime) -> dict[str, Any]:
    """A request in a list."""
    tone, words = due_of(case, at)
    return {
        "name": case.licensee.name, "url": case.get_absolute_url(), "number": case.number,
        "about": f"License {case.license.number}", "sent": instant(case.sent_at), "status": status_of(case, at),
        "tone": tone, "words": words, "flags": [flag.title for flag in flags],
        "officer": case.officer.name if case.officer else "Nobody yet",
    }  # fmt: skip


def opening_row(row: Opening, at: datetime) -> dict[str, Any]:
    """A window that is open, or that ended and nobody confirmed as shut."""
    over = row.closes_at <= at
    return {
        "name": row.license.licensee.name, "url": row.get_absolute_url(), "number": row.number,
        "about": f"License {row.license.number}, {row.get_kind_display().lower()}", "sent": instant(row.opened_at),
        "status": {"text": "Ended, not confirmed", "tone": "red"} if over else {"text": "Open", "tone": "green"},
        "tone": "over" if over else "later", "words": f"{'Ended' if over else 'Ends'} {instant(row.closes_at)}",
        "flags": [], "officer": "",
    }  # fmt: skip


def correction_row(case: Correction, at: datetime) -> dict[str, Any]:
    """A correction in a list."""
    due = case.file.due_at
    return {
        "name": case.licensee.name, "url": case.get_absolute_url(), "number": case.number,
        "about": f"License {case.license.number}, ticket {case.ticket}", "sent": instant(case.sent_at),
        "status": {"text": case.get_state_display(), "tone": CORRECTION_STAGES[CorrectionState(case.state)].tone},
        "tone": due_tone(due, at) if due else "", "words": due_words(due, at) if due else "", "flags": [],
        "officer": case.officer.name if case.officer else "Nobody yet",
    }  # fmt: skip


class FindLicense(Guarded, FormView):
    """Which license a first window is recorded for."""

    rights = "inventory_windows.open_first_window"
    template_name = "inventory_windows/desk_find.html"
    form_class = LicenseForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"licenses": License.objects.visible_to(self.user)}

    def form_valid(self, form: LicenseForm) -> HttpResponse:
        return HttpResponseRedirect(reverse("inventory_windows:first_window", args=[form.cleaned_data["number"]]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [("Windows", reverse("inventory_windows:desk")), ("First window", "")]
        return super().get_context_data(**kwargs) | {"crumbs": crumbs}


class StartFirstWindow(OnceView):
    """Record the first window of a license that was approved outside this house."""

    rights = "inventory_windows.open_first_window"
    template_name = "inventory_windows/desk_first.html"
    form_class = FirstWindowForm
    done = "The first window is on record. The licensee has a letter."
    license: License

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = License.objects.visible_to(self.user).select_related("licensee")
        self.license = get_object_or_404(rows, number=kwargs["license"])

    def get_guarded(self) -> License:
        return self.license

    def get_initial(self) -> dict[str, Any]:
        at = timezone.now()
        return {"day": local_day(at), "clock": clock_time(at)}

    def perform(self, form: forms.BaseForm, **common: Any) -> str:
        case = open_first_window(self.license, form.cleaned_data["moment"], **common)
        return case.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        return super().get_context_data(**kwargs) | {
            "license": self.license,
            "refusals": reasons_not_to_open_first(self.license, at, at=at),
            "crumbs": [("Windows", reverse("inventory_windows:desk")), ("First window", "")],
        }
