"""What the office's pages show of requests, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404

from accounts.models import User
from casefile import policies
from casefile.models import Document, Draft
from licensing import rules
from licensing.models import Licensee, PlantRequest, PlantRequestQuerySet, Premises, RequestPiece
from licensing.policies import SOLD_OF, YEAR_USED_BY
from licensing.queries import factors
from licensing.queries.instants import Order
from licensing.queries.plants import total_of
from licensing.queries.requests import that_count
from licensing.stages import PENDING, RequestState

SOONEST_DUE = Order("file__due_at", "file_id")
LAST_DECIDED = Order("decided_at", "file_id", down=True)
PAPER = ("id", "key", "name", "media_type", "size", "has_copy")


@dataclass(frozen=True)
class Weighed:
    """A request as the office looks at it, with what the open points say on that day."""

    case: PlantRequest
    on: date
    basis: str

    def factors(self, user: User) -> list[rules.Factor]:
        """As they were kept with the decision; before it, as they stand."""
        if self.case.decided_at is not None:
            return factors.from_json(self.case.factors)
        return factors.factors_of(self.case, user, on=self.on, basis=self.basis)


def weighed(user: User, ref: str, *, on: date, draft: str = "") -> Weighed:
    """The request with this number or key, with what stands against it and its draft `draft` as `typed`; or Http404."""
    points = policies.on([SOLD_OF, YEAR_USED_BY], on)
    typed = Draft.objects.filter(file=OuterRef("file"), name=draft)
    rows = PlantRequest.objects.visible_to(user).with_license().annotate(
        total_now=total_of("license__licensee"),
        others_now=others_of(points[YEAR_USED_BY.name], on),
        typed=Subquery(typed.values("typed")[:1]),
    )  # fmt: skip
    try:
        case = rows.get(Q(file__number=ref) | Q(file__key=ref))
    except PlantRequest.DoesNotExist:
        raise Http404("No such request.") from None
    case.total_now, case.others_now = case.total_now or 0, case.others_now or 0
    return Weighed(case, on, next(iter(points[SOLD_OF.name]), rules.PRODUCED))


def others_of(used_by: Sequence[str], on: date) -> Subquery:
    """How many other increases of the same license were asked for outside renewal in the license year of a row."""
    same = PlantRequest.objects.filter(
        license=OuterRef("license"), year_began_on=OuterRef("year_began_on"), at_renewal=False,
        **that_count(on, used_by),
    ).exclude(pk=OuterRef("pk"))  # fmt: skip
    counted = same.order_by().values("license").annotate(n=Count("pk")).values("n")
    return Subquery(counted, output_field=IntegerField())


def load_pieces(case: PlantRequest) -> list[RequestPiece]:
    """The pieces of a request with their papers, oldest first, in one query; the questions of the case use them too."""
    paper = JSONObject(**{name: f"documents__{name}" for name in PAPER})
    papers = ArrayAgg(paper, filter=Q(documents__isnull=False), order_by="documents__pk", default=[])
    rows: Any = list(case.pieces.select_related("sent_by").annotate(papers=papers).order_by("pk"))
    for row in rows:
        row._prefetched_objects_cache = {"documents": [Document(file=case.file, **facts) for facts in row.papers]}
    case._prefetched_objects_cache = {"pieces": rows}
    return list(rows)


def desk(user: User, facts: Mapping[str, str]) -> PlantRequestQuerySet:
    """The requests that the filters leave; without a state those that are not decided."""
    rows = PlantRequest.objects.visible_to(user).with_license()
    state = facts.get("state", "")
    rows = rows.filter(state=state) if state in RequestState.values else rows
    rows = rows.filter(state__in=PENDING) if not state else rows
    exact = {"kind": facts.get("kind"), "officer__email": facts.get("officer")}
    if facts.get("officer") == "none":
        rows, exact["officer__email"] = rows.filter(officer=None), None
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if county := facts.get("county"):
        rows = rows.filter(license__in=Premises.objects.filter(county=county).values("license"))
    if words := facts.get("q", "").strip():
        ours = Q(file__number__istartswith=words) | Q(license__number__istartswith=words)
        rows = rows.filter(ours | Q(license__licensee__in=Licensee.objects.holding(words).values("pk")))
    return rows


def earlier(case: PlantRequest, most: int) -> list[PlantRequest]:
    """The other requests of the same license that were sent, newest first."""
    others = PlantRequest.objects.filter(license=case.license_id).exclude(pk=case.pk).exclude(sent_at=None)
    return list(others.select_related("file", "license").order_by("-pk")[:most])
