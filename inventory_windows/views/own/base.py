"""What every page of a licensee about windows begins with: the license or the request, and who may act for it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rights import Guarded, Standing
from casefile.views import kept
from casefile.views.acts import ActView
from inventory_windows.models import Correction, FirstWindow, WindowRequest
from licensing.models import License
from licensing.views.mine.base import help_of, licenses_of, standing_in, who_can_act

POINTS = (
    "We can only open a window for seeds, clones, and plant tissue.",
    "For a mistake in BioTrack, call BioTrack support first.",
)


class Mine(Guarded):
    """A page of a licensee about one license, or about one case of it."""

    rights = "inventory_windows.see_own"
    acts = "inventory_windows.begin_request"  # the row that says whether the reader may do what the page offers
    at: datetime
    license: License
    case: Any = None

    def get_guarded(self) -> Standing:
        return Standing(getattr(self.case or self.license, "standing", "") or "")

    @property
    def can_act(self) -> bool:
        return self.may(self.acts)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"inventory_windows:{name}", args=args)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_act = self.can_act
        return super().get_context_data(**kwargs) | {  # type: ignore[misc]
            "license": self.license,
            "windows_url": self.url("windows"),
            "can_act": can_act,
            "answerers": () if can_act else who_can_act(self.license.licensee),
            "author": kept.signed(self.request),
            "help": help_of(self.case.officer if self.case else None, "your officer", POINTS),
        }


class AboutLicense(Mine):
    """A page about one license, whose address holds its number."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()
        found = licenses_of(self.user).filter(number=kwargs["number"]).first()
        if found is None:
            raise Http404("No such license.")
        self.license = found

    def get_guarded(self) -> Standing:
        return Standing(getattr(self.license, "standing", "") or "")


class AboutCase(Mine):
    """A page about one case, whose address holds the key of its folder."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.user.is_division:
            raise PermissionDenied  # also of drafts, which the office does not see
        self.at = timezone.now()
        self.case = self.find(self.user, kwargs["key"])
        if self.case is None:
            raise Http404("No such request.")
        self.license = self.case.license

    def find(self, user: User, key: str) -> Any:
        """The case, if it is one of theirs; each with what they are to its licensee."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"case": self.case, "case_url": self.case.own_url}


class AboutRequest(AboutCase):
    """A page about one request for a window."""

    case: WindowRequest

    def find(self, user: User, key: str) -> WindowRequest | None:
        rows = WindowRequest.objects.visible_to(user).with_license()
        return rows.annotate(standing=standing_in(user, "license__licensee")).filter(file__key=key).first()


class AboutWindow(AboutRequest):
    """A page about one window, asked for or the first of a license."""

    def find(self, user: User, key: str) -> Any:
        rows = FirstWindow.objects.visible_to(user).with_license()
        first = rows.annotate(standing=standing_in(user, "license__licensee")).filter(file__key=key)
        return super().find(user, key) or first.first()


class AboutCorrection(AboutCase):
    """A page about one request for State approval."""

    acts = "inventory_windows.begin_correction"
    case: Correction

    def find(self, user: User, key: str) -> Correction | None:
        rows = Correction.objects.visible_to(user).with_license()
        return rows.annotate(standing=standing_in(user, "license__licensee")).filter(file__key=key).first()


class NotStale(ActView):
    """A form by which the licensee acts; what the office does meanwhile does not make it stale."""

    def _version(self) -> int | None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"stale": False, "meanwhile": ()}
