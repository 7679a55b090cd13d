"""What is known of the inspections at some premises. It is asked of the storey above, by the names in the settings."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from licensing.models import Licensee, Premises
from licensing.rules import CountFact, EnforcementFact


class Visits(Protocol):
    """When a premises was last seen, when it is next, and how many cases are open there."""

    last_on: date | None
    next_on: date | None
    open_cases: int


class ComplianceRecord(Protocol):
    """The facts of `inspections.queries.compliance.ComplianceRecord`."""

    open_cases: list[Any]
    closed_cases: list[Any]
    violations: list[Any]
    more: bool


class Enforcement(Protocol):
    """The facts of `inspections.queries.enforcement.Enforcement`."""

    actions: list[EnforcementFact]
    counts: list[CountFact]


def enforcement(user: User, licensee: Licensee, *, since: date) -> Enforcement:
    """What `user` may know of the actions against a licensee, and of the plants counted there since a day."""
    find = import_string(settings.ENFORCEMENT)
    return cast(Enforcement, find(user, licensee.pk, since))


def compliance_record(user: User, places: Iterable[Premises], *, at: datetime) -> ComplianceRecord:
    """What `user` may know of the inspections at these premises."""
    find = import_string(settings.COMPLIANCE_RECORD)
    return cast(ComplianceRecord, find(user, premises=[place.pk for place in places], at=at))


def visits(user: User, places: Iterable[Premises]) -> Mapping[int, Visits]:
    """For each premises that was ever visited or has a case: when, and how many are open."""
    find = import_string(settings.VISITS)
    return cast(Mapping[int, Visits], find(user, premises=[place.pk for place in places]))
