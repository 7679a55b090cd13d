"""One license: what it allows, until when and where; its history; its facts on paper."""

from datetime import date
from typing import Any

from django.views.generic import TemplateView

from casefile.models import Event
from casefile.views.timeline import line_of
from licensing.forms.licenses import OnDayForm
from licensing.models import LicenseTerm
from licensing.queries.compliance import compliance_record
from licensing.queries.licenses import oddities
from licensing.queries.plants import as_of
from licensing.queries.shortage import effects_on_license, measures_on
from licensing.stages import TermState
from licensing.views.licenses import words
from licensing.views.licenses.acts import acts_of
from licensing.views.licenses.base import OfLicense, address, crumbs, url

MOST_PLACES = 200
MOST_LINES = 100
YEARS = ["License year", "State", "Tax clearance"]
SINCE = ["Since", "Level", "Mature plants", "Why"]


class LicensePage(OfLicense, TemplateView):
    """A license with its plants, its year, its premises and its cases."""

    rights = "licensing.see"
    template_name = "licensing/license.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        license, today, year = self.license, self.today, self.year
        places = list(license.premises.order_by("number")[:MOST_PLACES])
        primary, acts = acts_of(self) if self.office else (None, [])
        return super().get_context_data(**kwargs) | {
            "crumbs": crumbs(license) if self.office else [],
            "primary": primary,
            "acts": acts,
            "facts": [("Type", license.get_type_display()), ("For", license.get_market_display())],
            "odd": oddities(license, on=today),
            "untouched": words.UNTOUCHED,
            "past": self.past,
            "plants": words.plants(license, on=today),
            "year": words.year(year, on=today) if year else None,
            "operations": words.operations(license),
            "effects": effects_on_license(license, today),
            "links": links(self),
            "places": places,
            "record": compliance_record(self.user, places, at=self.at),
        }

    @property
    def past(self) -> date | None:
        """The last day, where it is over and nobody has said what became of the license."""
        last = self.license.expires_on
        return last if last and last < self.today and self.license.status == self.license.Status.ACTIVE else None


class LicenseHistory(OfLicense, TemplateView):
    """Level and count over time, the years, what happened; and how it was on any day."""

    rights = "licensing.see"
    template_name = "licensing/license_history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self.license.authorizations.select_related("by").order_by("since", "pk"))
        form = OnDayForm(self.request.GET) if self.request.GET else OnDayForm()
        day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
        return super().get_context_data(**kwargs) | {
            "crumbs": crumbs(self.license, "History") if self.office else [],
            "form": form,
            "day": day,
            "then": self.as_of(day) if day else [],
            "since": [words.authorization(row) for row in reversed(rows)],
            "since_columns": SINCE,
            "years": [words.past_year(it) for it in self.years],
            "year_columns": YEARS,
            "events": self.events(),
        }

    def as_of(self, day: date) -> list[dict[str, str]]:
        """What the license allowed on a day."""
        found = as_of(self.license, day)
        covering = next((it for it in self.years if covers(it, day)), None)
        facts = [
            ("License year", words.line(covering) if covering else "No license year on record covers this day"),
            ("Designated level", words.level(found.level, on=day) if found else "Nothing was on record"),
            ("Mature plants allowed", words.count(found.mature_plants) if found else "Nothing was on record"),
        ]
        bound = [str(it) for it in measures_on(day, self.license)]
        facts += [("Shortage measures", "\n".join(bound) or "None")]
        return [{"label": label, "value": value} for label, value in facts]

    def events(self) -> list[dict[str, Any]]:
        """The journal of all years, the newest line first; the licensee reads what is shown to it."""
        lines = Event.objects.filter(file__licenseterm__license=self.license).select_related("by")
        lines = lines if self.office else lines.filter(shown=True)
        return [line_of(event) for event in lines[:MOST_LINES]]


class LicensePrint(OfLicense, TemplateView):
    """The facts of a license on one page of paper."""

    rights = "licensing.see"
    template_name = "licensing/license_print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "at": self.at,
            "year": words.year(self.year, on=self.today) if self.year else None,
            "plants": words.plants(self.license, on=self.today),
            "operations": words.operations(self.license),
            "effects": effects_on_license(self.license, self.today),
            "places": self.license.premises.order_by("number")[:MOST_PLACES],
        }


def covers(term: LicenseTerm, day: date) -> bool:
    """Whether the license was in force on `day` by this year."""
    begun = term.state not in (TermState.APPLIED, TermState.DENIED)
    return begun and bool(term.begins_on and term.ends_on and term.begins_on <= day <= term.ends_on)


def links(page: OfLicense) -> list[tuple[str, str]]:
    """Where else there is something about this license."""
    number = page.license.number
    found = [("History, and any day", url("license_history", page.license))]
    if page.office:
        found += [("Requests about plants", with_words("licensing:requests", number))]
        found += [("Monthly reports", address("licensing:license_reports", number))]
    else:
        found += [("What you may ask for", address("licensing:my_license", number))]
        found += [("Your monthly reports", address("licensing:my_reports", number))]
    found += [("Print the facts", url("license_print", page.license))]
    return [(label, where) for label, where in found if where]


def with_words(name: str, number: str) -> str:
    where = address(name)
    return f"{where}?q={number}&state=all" if where else ""
