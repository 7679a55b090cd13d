"""What a supervisor does about a shortage of medical cannabis; every act leaves its line on record."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.permissions import allows
from casefile.actions import Refused
from casefile.calendar import local_day, long_day
from licensing import rules
from licensing.models import ShortageEvent, ShortageFinding, ShortageMeasure
from licensing.queries.shortage import called_off_on, ground_of, not_over


@transaction.atomic
def find_shortage(
    *,
    period_from: date,
    period_to: date,
    evidence: str,
    is_shortage: bool = True,
    statewide: bool = False,
    areas: Sequence[str] = (),
    underserved: bool = False,
    by: User,
    at: datetime,
) -> ShortageFinding:
    """Put on record that six months had a shortage, or none, and where. Raises PermissionDenied, Refused."""
    _may(by, "find_shortage")
    reasons = rules.reasons_not_to_find(period_from, period_to, statewide, areas, evidence)
    _refuse(reasons or rules.reasons_not_to_find_yet(period_to, on=local_day(at)))
    finding = ShortageFinding.objects.create(
        period_from=period_from, period_to=period_to, is_shortage=is_shortage, statewide=statewide, areas=list(areas),
        underserved=underserved, evidence=evidence, found_at=at, found_by=by,
    )  # fmt: skip
    _record(finding, "find_shortage", f"{finding.what} found", by=by, at=at, reason=evidence)
    return finding


@transaction.atomic
def withdraw_finding(finding: ShortageFinding, *, reason: str, by: User, at: datetime) -> ShortageFinding:
    """The finding counts no longer; it stays on record with the reason. Raises PermissionDenied, Refused."""
    _may(by, "withdraw_finding")
    finding = _held(finding)
    if finding.withdrawn_at is not None:
        raise Refused([f"It was withdrawn on {long_day(local_day(finding.withdrawn_at))}."])
    _refuse(rules.reasons_not_to_withdraw([str(it) for it in not_over(finding, local_day(at))], reason=reason))
    finding.withdrawn_at = at
    finding.save(update_fields=["withdrawn_at"])
    _record(finding, "withdraw_finding", "Finding withdrawn", by=by, at=at, reason=reason)
    return finding


@transaction.atomic
def order_measure(finding: ShortageFinding, order: rules.Order, *, by: User, at: datetime) -> ShortageMeasure:
    """Order a measure on a finding; the clockwork writes to those whom it binds. Raises PermissionDenied, Refused."""
    _may(by, "order_measure")
    finding, day = _held(finding), local_day(at)
    _refuse(rules.reasons_against_order(order, ground_of(finding, order, day), on=day))
    facts = {name: getattr(order, name) for name in ("kind", "starts_on", "ends_on", "percent", "fee", "tracking")}
    measure = ShortageMeasure.objects.create(finding=finding, order=order.words, ordered_at=at, ordered_by=by, **facts)
    _record(finding, "order_measure", "Measure ordered", measure=measure, by=by, at=at, reason=order.words, facts=facts)
    return measure


@transaction.atomic
def record_exhausted(
    measure: ShortageMeasure, *, exhausted_on: date, reason: str, by: User, at: datetime
) -> ShortageMeasure:
    """A measure of production was exhausted on a day: what a person states. Raises PermissionDenied, Refused."""
    _may(by, "record_exhausted")
    measure = _held_measure(measure)
    _refuse(
        rules.reasons_not_to_exhaust(
            measure.kind, starts_on=measure.starts_on, exhausted_on=exhausted_on, on=local_day(at),
            before=measure.exhausted_on, reason=reason,
        )
    )  # fmt: skip
    measure.exhausted_on = exhausted_on
    measure.save(update_fields=["exhausted_on"])
    facts = {"exhausted_on": exhausted_on}
    _record(
        measure.finding, "record_exhausted", "Measure exhausted", measure=measure, by=by, at=at, reason=reason,
        facts=facts,
    )  # fmt: skip
    return measure


@transaction.atomic
def end_measure(measure: ShortageMeasure, *, last_day: date, reason: str, by: User, at: datetime) -> ShortageMeasure:
    """Set the last day of a measure, or call it off before its first. Raises PermissionDenied, Refused."""
    _may(by, "end_measure")
    measure = _held_measure(measure)
    _refuse(
        rules.reasons_not_to_end(
            measure.kind, starts_on=measure.starts_on, ends_on=measure.ends_on, last_day=last_day, on=local_day(at),
            reason=reason,
        )
    )  # fmt: skip
    facts = {"ends_on": last_day, "ended_before": measure.ends_on}
    measure.ends_on, measure.ended_at = last_day, at
    measure.save(update_fields=["ends_on", "ended_at"])
    title = "Measure called off" if last_day == called_off_on(measure) else "Last day set"
    _record(measure.finding, "end_measure", title, measure=measure, by=by, at=at, reason=reason, facts=facts)
    return measure


def _may(by: User, step: str) -> None:
    if not allows(by, f"licensing.{step}"):
        raise PermissionDenied(f"{by} may not {step}")


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise Refused(reasons)


def _held(finding: ShortageFinding) -> ShortageFinding:
    """The finding as it stands; nobody else takes a step about any shortage meanwhile."""
    held = {row.pk: row for row in ShortageFinding.objects.select_for_update().order_by("pk")}
    return held[finding.pk]


def _held_measure(measure: ShortageMeasure) -> ShortageMeasure:
    _held(measure.finding)
    return ShortageMeasure.objects.select_related("finding").get(pk=measure.pk)


def _record(
    finding: ShortageFinding,
    step: str,
    title: str,
    *,
    measure: ShortageMeasure | None = None,
    by: User,
    at: datetime,
    reason: str,
    facts: dict[str, Any] | None = None,
) -> None:
    words = {name: str(value) for name, value in (facts or {}).items() if value not in (None, "")}
    ShortageEvent.objects.create(
        finding=finding, measure=measure, step=step, title=title, by=by, at=at, reason=reason, facts=words
    )
