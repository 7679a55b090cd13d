"""What every page of a case begins with: find the case among those the person may see."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest

from accounts.models import User
from accounts.rights import Guarded
from casefile.views.acts import ActView
from inspections.models import Inspection


def case_of(user: User, ref: str) -> Inspection:
    """The case with this number or key, if `user` may see it; else Http404, the same for absent and forbidden."""
    try:
        return Inspection.objects.visible_to(user).with_place().get(Q(file__number=ref) | Q(file__key=ref))
    except Inspection.DoesNotExist:
        raise Http404("No such case.") from None


class OfCase(Guarded):
    """A page of one case, whose address names it as `ref`. The page names its row of rights."""

    rights = "inspections.see"
    case: Inspection
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.case = case_of(request.user, kwargs["ref"])  # type: ignore[arg-type]

    def get_guarded(self) -> Inspection:
        return self.case


class CaseAct(OfCase, ActView):
    """A form that acts on one case."""
