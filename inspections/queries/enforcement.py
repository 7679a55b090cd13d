"""What a request about plants weighs of the inspections: enforcement that is pending or final, and plants counted.

`licensing` asks for it by the name in the settings, because it may not import this storey.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from casefile.calendar import end_of, local_day
from inspections import rules
from inspections.models import Inspection, PlantCount
from inspections.stages import AFTER_NOTICE, State
from licensing.queries.plants import denver_day, with_authorized
from licensing.rules import CountFact, EnforcementFact

MOST = 100
ONE_DAY = timedelta(days=1)
PENDING = Q(state__in=[*AFTER_NOTICE, State.DISCIPLINE])
FINAL = Q(
    outcome__in=[Inspection.Outcome.PENALTY, Inspection.Outcome.SUSPENSION, Inspection.Outcome.REVOCATION],
    closed_at__isnull=False,
)


@dataclass(frozen=True)
class Enforcement:
    """What is on record against one licensee."""

    actions: list[EnforcementFact]
    counts: list[CountFact]


def enforcement(user: User, licensee: int, since: date) -> Enforcement:
    """Every action against the licensee that `user` may see, however old, and the plants counted since a day.

    A notice that stands and a referral are pending. A letter of compliance and a Close Out Letter are no action.
    """
    cases = Inspection.objects.visible_to(user).filter(premises__license__licensee=licensee)
    actions = cases.filter(PENDING | FINAL).select_related("file").annotate(found=Count("violations"))
    return Enforcement([_action(case) for case in actions.order_by("-pk")[:MOST]], _counts(cases, since))


def _action(case: Inspection) -> EnforcementFact:
    if case.closed_at is not None:
        return EnforcementFact(case.get_outcome_display(), case.file.ref, local_day(case.closed_at), is_final=True)
    found: int = case.found  # type: ignore[attr-defined]  # counted by the query
    return EnforcementFact(
        kind="Referral for discipline" if case.state == State.DISCIPLINE else "Notice of License Violation",
        number=case.file.ref,
        on=local_day(case.nolv_served_at or case.visit_ended_at or case.file.opened_at),
        is_final=False,
        words=f"{case.get_state_display()}, {found} violation{'s' * (found != 1)}",
    )


def _counts(cases: QuerySet[Inspection], since: date) -> list[CountFact]:
    """The mature plants counted at visits from a day on, each with what its license was authorized for that day."""
    visits = cases.filter(visit_began_at__gt=end_of(since - ONE_DAY)).exclude(state=State.CANCELLED)
    found = PlantCount.objects.filter(inspection__in=visits.values("pk"), stage=rules.GrowthStage.FLOWERING_FEMALE)
    day = denver_day("inspection__visit_began_at")
    rows = with_authorized(found, license="inspection__premises__license", on=day).order_by("counted_on", "pk")
    return [CountFact("inspection", *facts) for facts in rows.values_list("counted_on", "count", "authorized")]
