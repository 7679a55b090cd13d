"""What every page of a notice begins with: the case, if it is open to the reader, and what they are to its licensee."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import User
from accounts.rights import Guarded, Standing
from casefile.models import Draft
from casefile.templatetags.ccd import division
from casefile.views import kept
from casefile.views.acts import ActView
from inspections.actions.drafts import CAP
from inspections.models import Evidence, Inspection, PlanItem, Proof, Receipt, Violation, Way
from inspections.stages import AFTER_NOTICE
from licensing.models import Representative

HELP = (
    "If something may stop you from meeting a date, call before the date.",
    "If we do not get your plan and proof, the Division may act on your license. "
    "This can mean a fine or losing the license.",
)
CALM = ("We are here to help. Ask us if something on this page is not clear.",)


def notice_of(user: User, key: str) -> Inspection:
    """The case that was opened to this person, with their `standing`, the `typed` plan, and if it is `acknowledged`."""
    mine = Representative.objects.filter(
        licensee=OuterRef("premises__license__licensee"), user=user, removed_at=None
    ).values("standing")
    acknowledged = Receipt.objects.filter(
        inspection=OuterRef("pk"), kind=Way.ACKNOWLEDGED, recorded_at__gte=OuterRef("nolv_served_at")
    )
    cases = Inspection.objects.visible_to(user).with_place()
    try:
        return cases.annotate(
            standing=Subquery(mine[:1]),
            acknowledged=Exists(acknowledged),
            typed=Subquery(Draft.objects.filter(file=OuterRef("file"), name=CAP).values("typed")[:1]),
        ).get(file__key=key)
    except Inspection.DoesNotExist:
        raise Http404("No such notice.") from None


def load(case: Inspection) -> list[Violation]:
    """The violations with their rounds and files, in four queries; `case.rounds()` then gives the same."""
    files = Evidence.objects.select_related("document")
    prefetch_related_objects(
        [case],
        Prefetch(
            "violations",
            Violation.objects.select_related("entry").prefetch_related(
                Prefetch("plans", PlanItem.objects.select_related("sent_by")),
                Prefetch("proofs", Proof.objects.select_related("sent_by")),
                Prefetch("evidence", files),
            ),
        ),
    )
    return case.rounds()


class OfNotice(Guarded):
    """A page of one notice, whose address holds the key of its folder."""

    rights = "inspections.see_notice"
    case: Inspection
    at: datetime

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()
        self.case = notice_of(request.user, kwargs["key"])  # type: ignore[arg-type]

    def get_guarded(self) -> Standing:
        return Standing(getattr(self.case, "standing", "") or "")

    @property
    def can_act(self) -> bool:
        return self.may("inspections.submit_cap")

    def url(self, name: str, **more: Any) -> str:
        return reverse(f"inspections:{name}", kwargs={"key": self.case.file.key} | more)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_act = self.can_act
        return super().get_context_data(**kwargs) | {  # type: ignore[misc]
            "case": self.case,
            "place": self.case.premises.name,
            "notice_url": self.url("notice"),
            "can_act": can_act,
            "answerers": () if can_act else who_can_act(self.case),
            "author": kept.signed(self.request),
            "help": help_of(self.case, HELP if self.case.state in AFTER_NOTICE else CALM),
        }


class NoticeAct(OfNotice, ActView):
    """A form by which the licensee acts; what the office does meanwhile does not make it stale."""

    case: Inspection

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"stale": False, "meanwhile": ()}


def who_can_act(case: Inspection) -> list[str]:
    """The people who may answer for the licensee."""
    people = case.licensee.representatives.filter(removed_at=None).exclude(standing=Representative.Standing.VIEWER)
    return [row.user.name for row in people.select_related("user").order_by("user__name")[:10]]


def help_of(case: Inspection, points: tuple[str, ...]) -> Mapping[str, Any]:
    """Who helps with this notice: its officer."""
    return {
        "person": case.officer.name,
        "role": "your compliance officer",
        "phone": case.officer.phone or division("phone"),
        "points": points,
    }


def address(name: str, **kwargs: Any) -> str:
    """Where a page of another room is; empty in a house without it."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
