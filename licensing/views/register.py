"""The register: what was imported, and the rows that wait for a person."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.views.generic import TemplateView

from accounts.models import User
from casefile.actions import Refused
from licensing.actions import held
from licensing.actions.register import Busy
from licensing.forms.filters import Filter, HeldFilter
from licensing.forms.held import CorrectForm, MatchForm, SetAsideForm
from licensing.models import HeldRow, License, Premises, RegisterRun
from licensing.queries.pages import Page, page_by_newest
from licensing.queries.record import licensees_named
from licensing.register.rows import guesses, tidy
from licensing.views.held import OfHeld, SettleHeld
from licensing.views.lists import FilteredList

MOST_SUGGESTED = 25
COLUMNS = {
    "license_number": "Number", "business_legal_name": "Legal name", "business_dba_name": "Trade name",
    "license_type": "License type", "license_status": "Status", "license_designation": "Designation",
    "issue_date": "Issued", "expiration_date": "Expires", "premise_street_address": "Street", "premise_city": "City",
    "premise_zip_code": "ZIP code", "premise_county": "County",
}  # fmt: skip


class HeldRows(FilteredList):
    """The rows that wait, the last read first."""

    rights = "licensing.see_register"
    template_name = "licensing/held_rows.html"
    filter_class = HeldFilter

    def page(self, facts: dict[str, str], ends: dict[str, str]) -> Page[HeldRow]:
        rows = HeldRow.objects.select_related("run")
        state = facts.get("state") or HeldRow.State.OPEN
        rows = rows if state == "all" else rows.filter(state=state)
        return page_by_newest(rows.filter(reason=facts["reason"]) if "reason" in facts else rows, **ends)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"last_run": RegisterRun.objects.first()}


class Imports(FilteredList):
    """Every import with what became of its rows."""

    rights = "licensing.see_register"
    template_name = "licensing/imports.html"
    filter_class = Filter

    def page(self, facts: dict[str, str], ends: dict[str, str]) -> Page[RegisterRun]:
        return page_by_newest(RegisterRun.objects.all(), **ends)


class OfHeldRow(OfHeld):
    """A page about one row of an extract."""

    model = HeldRow
    columns = COLUMNS
    related = ("run", "settled_by", "license", "premises")
    row: HeldRow


class HeldRowPage(OfHeldRow, TemplateView):
    """What the row says, why it is held, and what became of it."""

    rights = "licensing.see_register"
    template_name = "licensing/held_row.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "may_settle": self.row.is_open and self.may("licensing.settle_held_row"),
            "corrected": self.in_rows(self.row.corrected) if self.row.corrected else [],
        }


class Settle(OfHeldRow, SettleHeld):
    """A form that settles the row."""

    rights = "licensing.settle_held_row"
    above = ("Register", "licensing:held")


class Match(Settle):
    form_class = MatchForm
    title = "Match the row to a license"
    lead = "The row speaks of a license that is on record. The record stays as it is."
    button = "Match the row"

    def get_initial(self) -> dict[str, Any]:
        return {"number": self.request.GET.get("number", "")[:24]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"suggestions": suggestions(self.row, self.user)}

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        held.match_held_row(self.row, **form.cleaned_data, **common)


class Correct(Settle):
    form_class = CorrectForm
    title = "Correct the row and import it"
    lead = "Write the row as it should read. It is then checked like every other row."
    button = "Import the corrected row"

    def get_initial(self) -> dict[str, Any]:
        return guesses(self.row.facts)

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        assert isinstance(form, CorrectForm)
        said = {name: form.cleaned_data[name] for name in ("overrule", "note")}
        try:
            held.correct_held_row(self.row, cells=form.cells(), **said, **common)
        except Busy as busy:
            raise Refused([str(busy)]) from None


class SetAside(Settle):
    form_class = SetAsideForm
    title = "Set the row aside"
    lead = "The row is not needed. It is kept with your reason."
    button = "Set the row aside"

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        held.set_aside_held_row(self.row, **form.cleaned_data, **common)


def suggestions(row: HeldRow, user: User) -> Sequence[License | Premises]:
    """What is on record under the name that the row gives."""
    holders = licensees_named([tidy(row.facts.get("business_legal_name", ""))])
    places = Premises.objects.visible_to(user).with_licensee().filter(license__licensee__in=holders).order_by("number")
    bare = License.objects.visible_to(user).select_related("licensee").filter(licensee__in=holders, premises=None)
    return [*places[:MOST_SUGGESTED], *bare[:MOST_SUGGESTED]]
