"""The factors that a request is weighed by: their facts, gathered from reports, inspections, findings and pieces."""

from dataclasses import asdict
from datetime import date
from typing import Any

from accounts.models import User
from casefile.calendar import months_before
from licensing import rules
from licensing.models import MonthlyReport, PlantRequest
from licensing.policies import SOLD_OF
from licensing.queries.compliance import enforcement
from licensing.queries.plants import MonthEnd, with_authorized
from licensing.queries.reports import months_of
from licensing.queries.shortage import findings_at, minimum_medical

Kind = PlantRequest.Kind
MONTHS_READ = 24  # far enough back to find three months of operation beside idle ones
QUANTITY = "quantity"  # the field of the piece on water that says how much the plan needs


def factors_of(case: PlantRequest, user: User, *, on: date, basis: str = "") -> list[rules.Factor]:
    """The factors of a request as `user` may know their facts on a day; none for a decrease.

    `basis` is what SOLD_OF says, where it was asked already.
    """
    asked_on = case.asked_on or on
    if case.kind == Kind.INCREASE:
        basis = basis or next(iter(SOLD_OF.on(on)), rules.PRODUCED)
        return rules.increase_factors(_increase_facts(case, user, asked_on, basis))
    if case.kind == Kind.DESIGNATION:
        return rules.designation_factors(_designation_facts(case, asked_on))
    return []


def as_json(factors: list[rules.Factor]) -> list[dict[str, Any]]:
    """The factors as they are kept with the decision."""
    return [asdict(factor) | {"facts": list(factor.facts), "finding": str(factor.finding)} for factor in factors]


def from_json(kept: list[dict[str, Any]] | None) -> list[rules.Factor]:
    """The factors as they were kept."""
    return [
        rules.Factor(**it | {"facts": tuple(it["facts"]), "finding": rules.Finding(it["finding"])}) for it in kept or []
    ]


def _increase_facts(case: PlantRequest, user: User, asked_on: date, basis: str) -> rules.IncreaseFacts:
    """What preceded the request is counted from the day it was made; enforcement and shortage as they stand today."""
    months = _months(case, asked_on)
    first = months_before(asked_on, rules.OVER_COUNT_MONTHS.on(asked_on))
    record = enforcement(user, case.licensee, since=first)
    return rules.IncreaseFacts(
        on=asked_on,
        months=months,
        minimum_medical=minimum_medical(case.license, [it.month for it in months]),
        enforcement=tuple(record.actions),
        shortages=tuple(findings_at(asked_on)),
        water_documents=_papers(case, "water"),
        water_quantity=_words(case, "water", QUANTITY),
        missing=tuple(piece.label for piece in case.missing()),
        counts=(*record.counts, *_reported_counts(case, first, asked_on)),
        basis=basis,
        since=_began_on(case),
    )


def _designation_facts(case: PlantRequest, asked_on: date) -> rules.DesignationFacts:
    return rules.DesignationFacts(
        on=asked_on,
        level=case.level,
        count=case.plants,
        water_documents=_papers(case, "water"),
        water_quantity=_words(case, "water", QUANTITY),
        months=_months(case, asked_on),
        authorized=case.license.mature_plants,
        social_equity=_papers(case, "social_equity") or _said(case, "social_equity"),
        since=_began_on(case),
    )


def _months(case: PlantRequest, asked_on: date) -> tuple[rules.MonthFacts, ...]:
    """The months before the request, from the first of operation or of a report on."""
    months = months_of(case.license, until=asked_on, n=MONTHS_READ)
    reported = [it.month for it in months if it.reported]
    began = _began_on(case)
    first = min([*reported[:1], *([rules.month_of(began)] if began else [])], default=None)
    return tuple(it for it in months if first is not None and it.month >= first)


def _began_on(case: PlantRequest) -> date | None:
    return case.license.operations_began_on or case.license.issued_on


def _papers(case: PlantRequest, key: str) -> tuple[str, ...]:
    """The names of the documents that came for a piece, in any sending."""
    return tuple(it.name for piece in case.pieces.all() if piece.key == key for it in piece.documents.all())


def _said(case: PlantRequest, key: str) -> tuple[str, ...]:
    """What was typed for a piece, as it was last sent."""
    piece = case.newest_pieces().get(key)
    return tuple(str(value) for value in piece.typed.values() if str(value).strip()) if piece else ()


def _words(case: PlantRequest, key: str, name: str) -> str:
    piece = case.newest_pieces().get(key)
    return str(piece.typed.get(name, "")).strip() if piece else ""


def _reported_counts(case: PlantRequest, first: date, last: date) -> list[rules.CountFact]:
    """The mature plants that the licensee reported for the ends of months in this time, on all of its licenses."""
    found = MonthlyReport.objects.current().filter(
        license__licensee=case.licensee, month__gte=months_before(rules.month_of(first), 1), month__lt=last
    )
    rows = with_authorized(found, license="license", on=MonthEnd("month")).order_by("month", "pk")
    facts = rows.values_list("counted_on", "flowering_female", "authorized")
    return [rules.CountFact("report", *it) for it in facts if first <= it[0] <= last]
