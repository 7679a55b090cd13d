"""What every page of one license begins with: the license, its years, and the day it is."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.rights import Guarded
from casefile.calendar import local_day
from licensing.models import Contact, License, LicenseTerm
from licensing.queries.licenses import with_base
from licensing.stages import TermState
from licensing.views.premises import layout

MOST_YEARS = 50
OPEN = (TermState.APPLIED, TermState.IN_FORCE)


class OfLicense(Guarded):
    """A page of one license."""

    license: License
    at: datetime

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()
        reached = Contact.objects.filter(licensee=OuterRef("licensee"), receives_notices=True)
        rows = License.objects.visible_to(self.user).select_related("licensee").annotate(reached=Exists(reached))
        self.license = get_object_or_404(with_base(rows), number=kwargs["number"])

    def get_guarded(self) -> License:
        return self.license

    @property
    def today(self) -> date:
        return local_day(self.at)

    @property
    def office(self) -> bool:
        return self.user.is_division

    @cached_property
    def years(self) -> list[LicenseTerm]:
        """The years of the license, the latest first."""
        years = list(self.license.terms.select_related("file").order_by("-pk")[:MOST_YEARS])
        for year in years:
            year.license = self.license
        return years

    @property
    def year(self) -> LicenseTerm | None:
        """The year that is open, else the latest."""
        return next((it for it in self.years if it.state in OPEN), self.years[0] if self.years else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {  # type: ignore[misc]
            "layout": layout(self.office),
            "office": self.office,
            "license": self.license,
            "today": self.today,
        }


class OfYear(OfLicense):
    """A page about the year of a license that is open, or the latest."""

    case: LicenseTerm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.year is None:
            raise Http404("No year of this license is on record.")
        self.case = self.year


def crumbs(license: License, *here: str) -> list[tuple[str, str]]:
    """Where a page of a license hangs."""
    up = [("Licenses", reverse("licensing:licenses"))]
    return [*up, (license.number, license.get_absolute_url() if here else ""), *((word, "") for word in here)]


def url(name: str, license: License) -> str:
    return reverse(f"licensing:{name}", args=[license.number])


def address(name: str, *args: str) -> str:
    """Where a page of another room is; empty in a house without it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
