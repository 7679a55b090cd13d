"""What every page of a licensee about its licenses begins with: the license or the request, and who may act for it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rights import Guarded, Standing
from casefile.calendar import local_day
from casefile.models import Deadline, Draft
from casefile.templatetags.ccd import division
from casefile.views import kept
from licensing.actions.requests import TYPED
from licensing.models import License, Licensee, PlantRequest, Representative

POINTS = (
    "If something may stop you from meeting a date, call before the date.",
    "You can bring us your papers. We help you to send them.",
)


def standing_in(user: User, licensee: str) -> Subquery:
    """What `user` is to the licensee of a row."""
    mine = Representative.objects.filter(licensee=OuterRef(licensee), user=user, removed_at=None)
    return Subquery(mine.values("standing")[:1])


def licenses_of(user: User) -> QuerySet[License]:
    """The licenses of those whom this person answers for, each with what they are to its holder."""
    rows = License.objects.visible_to(user).select_related("licensee")
    return rows.annotate(standing=standing_in(user, "licensee"))


def request_of(user: User, key: str) -> PlantRequest:
    """A request of those whom this person answers for, with their `standing` and what is `typed` and not sent."""
    running = Prefetch("file__deadlines", Deadline.objects.running())
    rows = PlantRequest.objects.visible_to(user).with_license().prefetch_related(running)
    typed = Draft.objects.filter(file=OuterRef("file"), name=TYPED)
    found = rows.annotate(
        standing=standing_in(user, "license__licensee"),
        typed=Subquery(typed.values("typed")[:1]),
        typed_at=Subquery(typed.values("saved_at")[:1]),
    )
    try:
        return found.get(file__key=key)
    except PlantRequest.DoesNotExist:
        raise Http404("No such request.") from None


def who_can_act(licensee: Licensee) -> list[str]:
    """The people who may ask for a licensee."""
    people = licensee.representatives.filter(removed_at=None).exclude(standing=Representative.Standing.VIEWER)
    return [row.user.name for row in people.select_related("user").order_by("user__name")[:10]]


def help_of(
    officer: User | None, role: str = "who has your request", points: Sequence[str] = POINTS
) -> Mapping[str, Any]:
    """Who helps: the officer who has the request, in this `role`, else the Division; and what is good to know."""
    return {
        "person": officer.name if officer else "",
        "role": role if officer else "",
        "phone": (officer.phone if officer else "") or division("phone"),
        "points": points,
    }


class Mine(Guarded):
    """A page of a licensee about one license or one request."""

    rights = "licensing.see_mine"
    at: datetime
    license: License
    case: PlantRequest | None = None

    @property
    def today(self) -> date:
        return local_day(self.at)

    def get_guarded(self) -> Standing:
        return Standing(getattr(self.case or self.license, "standing", "") or "")

    @property
    def can_act(self) -> bool:
        return self.may("licensing.submit_request")

    def url(self, name: str, **kwargs: Any) -> str:
        return reverse(f"licensing:{name}", kwargs=kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_act = self.can_act
        return super().get_context_data(**kwargs) | {  # type: ignore[misc]
            "license": self.license,
            "today": self.today,
            "licenses_url": self.url("my_licenses"),
            "license_url": self.url("my_license", number=self.license.number),
            "can_act": can_act,
            "answerers": () if can_act else who_can_act(self.license.licensee),
            "author": kept.signed(self.request),
            "help": help_of(self.case.officer if self.case else None),
        }


class OfLicense(Mine):
    """A page of one license."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()
        found = licenses_of(self.user).filter(number=kwargs["number"]).first()
        if found is None:
            raise Http404("No such license.")
        self.license = found


class OfRequest(Mine):
    """A page of one request, whose address holds the key of its folder."""

    case: PlantRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.user.is_division:
            raise PermissionDenied  # also of drafts, which the office does not see
        self.at = timezone.now()
        self.case = request_of(self.user, kwargs["key"])
        self.license = self.case.license

    def here(self, name: str = "my_request", **kwargs: Any) -> str:
        """The address of a page of this request."""
        return self.url(name, key=self.case.file.key, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"case": self.case, "request_url": self.here()}
