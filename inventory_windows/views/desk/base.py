"""What every page of the desk begins with: find the case by its number; and how a form of the office looks."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.rights import Guarded, refusal
from casefile.views.acts import ActPage
from inventory_windows.models import Correction, FirstWindow, WindowRequest


def window_of(user: User, number: str) -> Any:
    """The request or the first window with this number; else Http404."""
    found = WindowRequest.objects.visible_to(user).with_license().filter(number=number).first()
    found = found or FirstWindow.objects.visible_to(user).with_license().filter(number=number).first()
    if found is None:
        raise Http404("No such window.")
    return found


def correction_of(user: User, number: str) -> Correction:
    """The correction with this number; else Http404."""
    found = Correction.objects.visible_to(user).with_license().filter(number=number).first()
    if found is None:
        raise Http404("No such correction.")
    return found


class OfDesk(Guarded):
    """A page of one case, whose address names it by its number."""

    rights = "inventory_windows.see_desk"
    case: Any
    find: Any = staticmethod(window_of)
    named = "window"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not getattr(request.user, "is_division", False):
            raise refusal(request.user)
        self.case = self.find(self.user, kwargs[self.named])

    def get_guarded(self) -> Any:
        return self.case

    def crumbs(self, *here: str) -> list[tuple[str, str]]:
        """The way from the desk to this page."""
        here = here or (self.case.number,)
        steps = [("Windows", reverse("inventory_windows:desk"))]
        if here != (self.case.number,):
            steps.append((self.case.number, self.case.get_absolute_url()))
        return [*steps, *((name, "") for name in here)]


class DeskAct(OfDesk, ActPage):
    """A form of the office about one case."""

    template_name = "inventory_windows/desk_act.html"

    def trail(self) -> list[tuple[str, str]]:
        return self.crumbs(self.title)
