"""The day's sheet of a premises: all that an officer wants to know before they go in."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from inspections.views.rows import case_url
from licensing.views.premises import MAP
from schedules.actions.reads import note_read
from schedules.queries.sheet import OpenCase, sheet_of
from schedules.views.month import PAPER, OfVisit


class DaySheet(OfVisit, TemplateView):
    """One planned visit with its premises; `?paper=1` shows it as it is printed."""

    rights = "schedules.see_day_sheet"
    template_name = "schedules/day_sheet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit, at = self.visit, timezone.now()
        place, license = visit.premises, visit.premises.license
        note_read(
            self.user, month=visit.plan.month, page="schedules:day_sheet", of=visit.officer, premises=place, at=at
        )
        sheet = sheet_of(place, at)
        is_paper = self.request.GET.get("paper") == "1"
        return super().get_context_data(**kwargs) | {
            "layout": PAPER if is_paper else "layouts/office.html",
            "is_paper": is_paper,
            "at": at,
            "visit": visit,
            "place": place,
            "license": license,
            "contacts": license.licensee.contacts.all(),
            "sheet": sheet,
            "open_cases": [open_row(it) for it in sheet.open_cases],
            "visits": [
                {"case": it, "url": case_url("case", it), "outcome": it.get_outcome_display() or it.get_state_display()}
                for it in sheet.visits
            ],
            "map_url": f"{MAP}?{urlencode({'query': place.address})}" if place.street else "",
            "crumbs": [("Month", self.month_of_visit()), (place.name, "")],
            "start_url": reverse("inspections:inspection_start", args=[place.number]),
            "may_start": visit.is_assigned_to(self.user),
        }  # fmt: skip


def open_row(found: OpenCase) -> dict[str, Any]:
    """An open case with where its papers are."""
    case = found.case
    return {
        "case": case, "clocks": found.clocks, "violations": found.violations, "url": case_url("case", case),
        "files_url": case_url("case_files", case), "letters_url": case_url("case_letters", case),
    }  # fmt: skip
