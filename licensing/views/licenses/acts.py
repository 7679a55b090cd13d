"""What the office does with a license: it approves, denies, renews or ends it, and puts facts on record."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.views.generic.edit import FormMixin

from accounts.permissions import allows
from casefile.actions import refusals
from casefile.calendar import long_day
from casefile.views.acts import ActView
from casefile.views.once import OnceView
from licensing.actions import standing, terms
from licensing.forms import licenses as said
from licensing.models import License, LicenseTerm, PlantRequest
from licensing.stages import TermState
from licensing.views.licenses.base import OfLicense, OfYear, address, crumbs, url

APPLIED, IN_FORCE, EXPIRED = TermState.APPLIED, TermState.IN_FORCE, TermState.EXPIRED
BEGUN = (IN_FORCE, EXPIRED)
TEMPLATE = "licensing/license_act.html"
Acts = list[tuple[str, str]]

# By state of the license's year: what may be done, with the words of its button, the main act first
STEPS: dict[str, tuple[tuple[str, str, str], ...]] = {
    APPLIED: (("approve_license", "Approve the license", "license_approve"), ("deny_license", "Deny", "license_deny")),
    IN_FORCE: (
        ("record_tax_clearance", "Record tax clearance", "license_clearance"),
        ("end_license", "End the license", "license_end"),
    ),
    EXPIRED: (
        ("record_tax_clearance", "Record tax clearance", "license_clearance"),
        ("end_license", "End the license", "license_end"),
    ),
}


MAIN = ("Renew the license", "Approve the license", "Mark as expired")


def acts_of(page: OfLicense) -> tuple[tuple[str, str] | None, Acts]:
    """The main act, if there is one now, and the others that this person may do."""
    found = [(label, url(name, page.license)) for row, label, name in _acts(page) if allows(page.user, row)]
    main = next((act for act in found if act[0] in MAIN), None)
    return main, [act for act in found if act != main]


def _acts(page: OfLicense) -> Iterator[tuple[str, str, str]]:
    year, license = page.year, page.license
    if year is not None and year.state in BEGUN and not year.against_renewal(page.today):
        yield "licensing.renew_license", "Renew the license", "license_renew"
    for step, label, name in STEPS.get(year.state, ()) if year else ():
        yield f"licensing.{step}", label, name
    if license.status in (License.Status.ACTIVE, License.Status.SUSPENDED):
        yield "licensing.record_operations", "Record operations", "license_operations"
    if license.status == License.Status.SUSPENDED:
        yield "licensing.lift_suspension", "Lift the suspension", "license_lift"
    over = license.expires_on is not None and license.expires_on < page.today
    if over and license.status == License.Status.ACTIVE and year is None:
        yield "licensing.record_expiry", "Mark as expired", "license_expired"


class Words(FormMixin):
    """What the page of an act says beside its form."""

    license: License
    title = ""
    lead = ""
    button = ""
    tone = ""

    def get_success_url(self) -> str:
        return self.license.get_absolute_url()

    def rows(self) -> list[dict[str, str]]:
        """Facts to look at before the act."""
        return []

    def links(self) -> Acts:
        """Where to do first what stands in the way."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "title": self.title, "lead": self.lead, "button": self.button, "tone": self.tone, "rows": self.rows(),
            "links": self.links(), "crumbs": crumbs(self.license, self.title),
            "back_url": self.license.get_absolute_url(),
        }  # fmt: skip


class YearAct(OfYear, Words, ActView):
    """An act on the year of a license."""

    template_name = TEMPLATE
    act: Callable[..., Any]

    def perform(self, form: forms.Form, **common: Any) -> None:
        type(self).act(self.case, **form.cleaned_data, **common)


class Approve(YearAct):
    rights = "licensing.approve_license"
    step = "approve_license"
    form_class = said.ApproveForm
    act = staticmethod(terms.approve_license)
    title, button = "Approve the license", "Approve and send the mail"
    lead = "The licensee gets a letter with the last day and the account in BioTrack."
    done = "The license is approved. The letter is on its way."

    def get_initial(self) -> dict[str, Any]:
        return {"issued_on": self.today, "market": self.license.market}

    def rows(self) -> list[dict[str, str]]:
        level, plants = self.license.level, self.license.mature_plants
        return [
            {"label": "Licensee", "value": self.license.licensee.name},
            {"label": "Type", "value": self.license.get_type_display()},
            {"label": "Level", "value": str(level) if level else "None"},
            {"label": "Mature plants", "value": f"{plants:,}" if plants is not None else "None"},
        ]

    def links(self) -> Acts:
        """The request for a level, where it waits, or the desk where it would stand."""
        if not refusals(self.case, self.step):
            return []
        request = PlantRequest.objects.visible_to(self.user).pending().filter(license=self.license).first()
        if request is not None and (where := address("licensing:request", request.file.ref)):
            return [("Open its request for a level", where)]
        return [("See all requests about plants", where)] if (where := address("licensing:requests")) else []


class Deny(YearAct):
    rights = "licensing.deny_license"
    step = "deny_license"
    form_class = said.DenyForm
    act = staticmethod(terms.deny_license)
    title, button, tone = "Deny the license", "Deny the license", "danger"
    lead = "The letter gives your reasons and says that there is a right to a hearing."
    done = "The license is denied. The letter is on its way."


class Renew(YearAct):
    rights = "licensing.renew_license"
    step = "renew_license"
    act = staticmethod(terms.renew_license)
    title, button = "Renew the license", "Renew the license"
    lead = "The next license year begins when this one is over. The licensee gets a letter."
    done = "The license is renewed. The letter is on its way."

    def get_refusals(self) -> list[str]:
        return super().get_refusals() or self.case.against_renewal(self.today)

    def rows(self) -> list[dict[str, str]]:
        return list(_days(self.case))


class End(YearAct):
    rights = "licensing.end_license"
    step = "end_license"
    form_class = said.EndForm
    act = staticmethod(terms.end_license)
    title, button, tone = "End the license", "End the license", "danger"
    lead = "The license is closed for good. To work again, the licensee needs a new one."
    done = "The license has ended. A mail is on its way."


class Clearance(YearAct):
    rights = "licensing.record_tax_clearance"
    form_class = said.ClearanceForm
    act = staticmethod(terms.record_tax_clearance)
    title, button = "Record tax clearance", "Save the tax clearance"
    lead = "No license is renewed before Taxation and Revenue confirms that no tax is owed (NMSA 26-2C-6(F))."
    done = "The tax clearance is on record."

    def get_refusals(self) -> list[str]:
        return [] if self.case.state in BEGUN else ["Only a license in force, or one that has expired, can be renewed."]

    def perform(self, form: forms.Form, **common: Any) -> None:
        common.pop("version")
        super().perform(form, **common)


class LicenseAct(OfLicense, Words, OnceView):
    """An act on the license itself."""

    template_name = TEMPLATE
    act: Callable[..., Any]

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        type(self).act(self.license, **form.cleaned_data, **common)


class Operations(LicenseAct):
    rights = "licensing.record_operations"
    form_class = said.OperationsForm
    act = staticmethod(standing.record_operations)
    title, button = "Record operations", "Save the days"
    lead = "A licensee tells us when work begins and when it ends (NMSA 26-2C-6(E)). Its premises follow."
    done = "The days are on record."

    def get_initial(self) -> dict[str, Any]:
        return {"began_on": self.license.operations_began_on, "ended_on": self.license.operations_ended_on}


class Expired(LicenseAct):
    rights = "licensing.record_expiry"
    form_class = said.ExpiryForm
    act = staticmethod(standing.record_expiry)
    title, button, tone = "Mark as expired", "Mark as expired", "danger"
    lead = "Its last day had passed before its license years were kept here."
    done = "The license is marked as expired."


class Lift(LicenseAct):
    rights = "licensing.lift_suspension"
    form_class = said.LiftForm
    act = staticmethod(standing.lift_suspension)
    title, button = "Lift the suspension", "Lift the suspension"
    lead = "The license is active again, or expired if its last day is over."
    done = "The suspension is over."


def _days(year: LicenseTerm) -> Iterator[dict[str, str]]:
    cleared = f"{long_day(year.tax_cleared_on)}: {year.tax_clearance}" if year.tax_cleared_on else "Not recorded"
    for label, day in (("Last day so far", year.ends_on), ("New last day", year.renewed_until)):
        yield {"label": label, "value": long_day(day) if day else "Not known"}
    yield {"label": "Tax clearance", "value": cleared}
