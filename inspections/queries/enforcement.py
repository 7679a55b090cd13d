"""What a request about plants weighs of the inspections: enforcement that is pending or final, and plants counted.

`licensing` asks for it by the name in the settings, because it may not import this storey.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from accounts.models import User
from casefile.calendar import end_of, local_day
from inspections import rules
from inspections.models import Inspection, PlantCount
from inspections.stages import AFTER_NOTICE, State
from licensing.queries.plants import histories
from licensing.rules import CountFact, EnforcementFact

MOST = 50
ONE_DAY = timedelta(days=1)
FINAL = [Inspection.Outcome.PENALTY, Inspection.Outcome.SUSPENSION, Inspection.Outcome.REVOCATION]


@dataclass(frozen=True)
class Enforcement:
    """What is on record against one licensee."""

    actions: list[EnforcementFact]
    counts: list[CountFact]


def enforcement(user: User, licensee: int, since: date) -> Enforcement:
    """Every action against the licensee that `user` may see, however old, and the plants counted since a day."""
    cases = Inspection.objects.visible_to(user).filter(premises__license__licensee=licensee).select_related("file")
    return Enforcement(actions=[*_pending(cases), *_final(cases)], counts=_counts(cases, since))


def _pending(cases: QuerySet[Inspection]) -> list[EnforcementFact]:
    """Notices that stand and cases that were referred; a letter of compliance and a Close Out Letter are no action."""
    open_cases = cases.filter(state__in=[*AFTER_NOTICE, State.DISCIPLINE]).annotate(found=Count("violations"))
    return [
        EnforcementFact(
            kind="Referral for discipline" if case.state == State.DISCIPLINE else "Notice of License Violation",
            number=case.file.ref,
            on=local_day(case.nolv_served_at or case.visit_ended_at or case.file.opened_at),
            is_final=False,
            words=f"{case.get_state_display()}, {case.found} violation{'' if case.found == 1 else 's'}",
        )
        for case in open_cases.order_by("-pk")[:MOST]
    ]


def _final(cases: QuerySet[Inspection]) -> list[EnforcementFact]:
    return [
        EnforcementFact(
            kind=case.get_outcome_display(), number=case.file.ref, on=local_day(case.closed_at), is_final=True
        )
        for case in cases.filter(outcome__in=FINAL, closed_at__isnull=False).order_by("-closed_at", "-pk")[:MOST]
        if case.closed_at is not None
    ]


def _counts(cases: QuerySet[Inspection], since: date) -> list[CountFact]:
    """The mature plants counted at visits from a day on, each with what its license was authorized for that day."""
    visits = cases.filter(visit_began_at__gt=end_of(since - ONE_DAY)).exclude(state=State.CANCELLED)
    rows = (
        PlantCount.objects.filter(inspection__in=visits.values("pk"), stage=rules.GrowthStage.FLOWERING_FEMALE)
        .select_related("inspection__premises__license")
        .order_by("inspection__visit_began_at", "pk")
    )
    found = [(row, row.inspection.premises.license, _day_of(row.inspection)) for row in rows]
    history = histories({license.pk: license for _, license, _ in found}.values())
    return [CountFact("inspection", on, row.count, history.count_of(license, on)) for row, license, on in found]


def _day_of(case: Inspection) -> date:
    assert case.visit_began_at is not None
    return local_day(case.visit_began_at)
