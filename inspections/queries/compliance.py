"""What the inspections at some premises say: when it was seen, what is open, what is closed, which rules were broken.

`licensing` asks for these by the names in the settings, because it may not import this storey.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from casefile.calendar import local_day
from inspections.models import Inspection, Violation
from inspections.queries.standing import standings
from inspections.stages import ACTIVE, NOTICE_STANDS, STAGES, State

MOST_CASES, MOST_RULES = 30, 25


@dataclass(frozen=True)
class CaseLine:
    """One case in a list."""

    ref: str
    url: str
    facility: str
    kind: str
    began_on: date | None
    tone: str
    words: str


@dataclass(frozen=True)
class RuleLine:
    """A rule that was found broken, how often, and when last."""

    code: str
    title: str
    citation: str
    times: int
    last_on: date


@dataclass(frozen=True)
class ComplianceRecord:
    """What one person may know of the inspections at some premises."""

    open_cases: list[CaseLine]
    closed_cases: list[CaseLine]
    violations: list[RuleLine]
    more: bool = False  # there are older cases


@dataclass(frozen=True)
class Visits:
    """When a premises was last seen, when it is next, and how many cases are open there."""

    last_on: date | None = None
    next_on: date | None = None
    open_cases: int = 0


def compliance_record(user: User, *, premises: Sequence[int], at: datetime) -> ComplianceRecord:
    """What `user` may know of the inspections at these premises; a licensee learns nothing of one that is planned."""
    cases = Inspection.objects.visible_to(user).filter(premises__in=premises)
    latest = cases.exclude(state=State.CANCELLED).with_place()
    rows = list(latest.order_by(F("closed_at").desc(nulls_first=True), "-pk")[: MOST_CASES + 1])
    shown = rows[:MOST_CASES]
    return ComplianceRecord(
        open_cases=_open([case for case in shown if case.state in ACTIVE], user, at),
        closed_cases=[_line(case, user, "", "Closed") for case in shown if case.state == State.CLOSED],
        violations=broken_rules(cases),
        more=len(rows) > MOST_CASES,
    )


def broken_rules(cases: QuerySet[Inspection]) -> list[RuleLine]:
    """The rules that notices of these cases say were broken, most often first; what was taken back does not count."""
    counted = cases.filter(state__in=NOTICE_STANDS).exclude(outcome=Inspection.Outcome.DISMISSED)
    rows = (
        Violation.objects.filter(inspection__in=counted.values("pk"))
        .values("entry__code")
        .annotate(
            times=Count("pk"),
            last_at=Max("inspection__visit_began_at"),
            said=Max("entry__title"),
            law=Max("entry__citation"),
        )  # fmt: skip
        .order_by("-times", "-last_at", "entry__code")[:MOST_RULES]
    )
    return [
        RuleLine(row["entry__code"], row["said"], row["law"], row["times"], local_day(row["last_at"])) for row in rows
    ]


def visits(user: User, *, premises: Sequence[int]) -> Mapping[int, Visits]:
    """For each of these premises with a case that `user` may see: when it was last visited, and how many are open."""
    rows = (
        Inspection.objects.visible_to(user)
        .filter(premises__in=premises)
        .order_by()
        .values("premises")
        .annotate(
            last=Max("visit_began_at"),
            next=Min("planned_on", filter=Q(state=State.PLANNED)),
            open=Count("pk", filter=Q(state__in=ACTIVE)),
        )  # fmt: skip
    )
    return {
        row["premises"]: Visits(local_day(row["last"]) if row["last"] else None, row["next"], row["open"])
        for row in rows
    }


def _open(cases: Sequence[Inspection], user: User, at: datetime) -> list[CaseLine]:
    if not user.is_division:
        words = {case.pk: STAGES[State(case.state)].licensee or "We are working on it" for case in cases}
        return [_line(case, user, "", words[case.pk]) for case in cases]
    steps = {standing.case.pk: standing.step for standing in standings(cases, at)} if cases else {}
    return [_line(case, user, steps[case.pk].tone, steps[case.pk].status) for case in cases]


def _line(case: Inspection, user: User, tone: str, words: str) -> CaseLine:
    name, kwargs = ("case", {"ref": case.file.ref}) if user.is_division else ("notice", {"key": case.file.key})
    return CaseLine(
        ref=case.file.number or "", url=_address(f"inspections:{name}", kwargs), facility=case.premises.name,
        kind=case.get_kind_display(), tone=tone, words=words,
        began_on=local_day(case.visit_began_at) if case.visit_began_at else case.planned_on,
    )  # fmt: skip


def _address(name: str, kwargs: dict[str, str]) -> str:
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
