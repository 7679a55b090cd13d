"""Off the friendly path: referral, outcomes; and what a supervisor decides about a case as a whole."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from casefile import deadlines
from casefile.actions import Refused, act, journal, locked
from casefile.calendar import local_day
from inspections import clocks, rules
from inspections.actions.visit import demand
from inspections.models import Inspection, Penalty
from inspections.stages import State
from licensing.models import License


@transaction.atomic
def refer_for_discipline(
    case: Inspection, *, reason: str, by: User, at: datetime, version: int | None = None
) -> Inspection:
    """Refer the case; offered first when a clock has run out. A notice that is still held has to leave first."""
    demand(by, "inspections.refer_for_discipline", case)
    case = locked(case)
    if case.visit_began_at is None:
        raise Refused(["There was no visit yet."])
    if case.open_to_licensee_at is not None and at < case.open_to_licensee_at:
        raise Refused(["The notice is still held. Wait until it is sent, or stop it."])
    referral = rules.Referral(
        served=case.nolv_served_at is not None or case.outcome == Inspection.Outcome.ENTRY_REFUSED,
        discovered_on=local_day(case.visit_began_at),
        on=local_day(at),
        reason=reason,
        closed=case.closed_at is not None,
    )
    if reasons := rules.reasons_not_to_refer(referral):
        raise Refused(reasons)
    return act(case, "refer_for_discipline", by=by, at=at, reason=reason, version=version)


@transaction.atomic
def impose_penalty(
    case: Inspection, penalties: Mapping[int, tuple[int, int]], *, reason: str, by: User, at: datetime,
    version: int | None = None,
) -> Inspection:  # fmt: skip
    """Impose a civil penalty: by number of violation, the count and the dollars for each count."""
    demand(by, "inspections.impose_penalty", case)
    case = locked(case)
    if case.state == State.DISCIPLINE:
        _write_penalties(case, penalties, reason)
    return act(case, "impose_penalty", by=by, at=at, reason=reason, version=version, penalties=dict(penalties))


def _write_penalties(case: Inspection, penalties: Mapping[int, tuple[int, int]], reason: str) -> None:
    """Put each penalty on record, at most as often as the visit counted. Raises Refused."""
    violations = {violation.number: violation for violation in case.violations.all()}
    reasons = reasons_against_penalties(case, {n: violation.count for n, violation in violations.items()}, penalties)
    if not reason.strip():
        reasons.append("Say why the penalty is imposed.")
    if reasons:
        raise Refused(reasons)
    Penalty.objects.bulk_create(
        Penalty(inspection=case, violation=violations[number], count=count, amount=amount)
        for number, (count, amount) in sorted(penalties.items())
    )


def reasons_against_penalties(
    case: Inspection, found: Mapping[int, int], penalties: Mapping[int, tuple[int, int]]
) -> list[str]:
    """What the law has against these penalties; `found` is how many the visit counted, by number of violation."""
    assert case.visit_began_at is not None
    on = local_day(case.visit_began_at)
    reasons = [] if penalties else ["Choose at least one violation."]
    for number, (count, amount) in sorted(penalties.items()):
        if number not in found:
            reasons.append(f"Violation {number} is not on record.")
            continue
        penalty = rules.Penalty(number, count, Decimal(amount))
        reasons += rules.reasons_against_penalty(penalty, on=on, found=found[number])
    return reasons


@transaction.atomic
def suspend_license(
    case: Inspection, *, starts_on: date, ends_on: date, reason: str, by: User, at: datetime, version: int | None = None
) -> Inspection:
    """Suspend the license from a day to a day; the license follows at once."""
    if reasons := rules.reasons_not_to_suspend(starts_on=starts_on, ends_on=ends_on, reason=reason):
        raise Refused(reasons)
    case = act(
        case, "suspend_license", by=by, at=at, reason=reason, version=version, starts_on=starts_on, ends_on=ends_on
    )
    _set_license(case, License.Status.SUSPENDED)
    return case


@transaction.atomic
def revoke_license(case: Inspection, *, reason: str, by: User, at: datetime, version: int | None = None) -> Inspection:
    """Revoke the license; the license follows at once."""
    if reasons := rules.reasons_not_to_revoke(reason=reason):
        raise Refused(reasons)
    case = act(case, "revoke_license", by=by, at=at, reason=reason, version=version)
    _set_license(case, License.Status.REVOKED)
    return case


def _set_license(case: Inspection, status: str) -> None:
    License.objects.filter(pk=case.premises.license_id).update(status=status)


@transaction.atomic
def return_to_corrections(
    case: Inspection, *, due_on: date, reason: str, by: User, at: datetime, version: int | None = None
) -> Inspection:
    """Give the licensee another chance, until the end of the day `due_on`."""
    demand(by, "inspections.return_to_corrections", case)
    case = locked(case)
    last = case.proof_last_due_at
    against = {
        "Nobody is known to have the notice. Record first how they got it.": case.received_at is None,
        "The last day to send proof must be after today.": due_on <= local_day(at),
        "The last day to send proof cannot be earlier than it was before.": last is not None
        and due_on < local_day(last),
        "Say why the case is returned to corrections.": not reason.strip(),
        "There is no violation to correct.": not case.violations.exists(),
    }
    if reasons := [text for text, stands in against.items() if stands]:
        raise Refused(reasons)
    deadlines.set_due(clocks.PROOF_RESEND_DUE, case, due_on=due_on, at=at, by=by, reason=reason)
    return act(case, "return_to_corrections", by=by, at=at, reason=reason, version=version)


def dismiss_case(case: Inspection, *, reason: str, by: User, at: datetime, version: int | None = None) -> Inspection:
    """Dismiss the case, with a reason."""
    if not reason.strip():
        raise Refused(["Say why the case is dismissed."])
    return act(case, "dismiss_case", by=by, at=at, reason=reason, version=version)


@transaction.atomic
def extend_deadline(
    case: Inspection, clock: deadlines.Clock, *, due_on: date, reason: str, by: User, at: datetime,
    version: int | None = None,
) -> Inspection:  # fmt: skip
    """Give more time: the running deadline of `clock` ends with the day `due_on`, later than before."""
    demand(by, "inspections.extend_deadline", case)
    case = locked(case)
    row = case.running(clock)
    if row is None or row.due_on is None:
        raise Refused(["This deadline is not running."])
    reasons = rules.reasons_not_to_extend(old_due=row.due_on, new_due=due_on, reason=reason, on=local_day(at))
    if reasons:
        raise Refused(reasons)
    deadlines.set_due(clock, case, due_on=due_on, at=at, by=by, reason=reason)
    return act(case, "extend_deadline", by=by, at=at, reason=reason, version=version, clock=clock.key, due_on=due_on)


def reassign_case(
    case: Inspection, *, officer: User, reason: str, by: User, at: datetime, version: int | None = None
) -> Inspection:
    """Give the case to another officer."""
    if not officer.is_active or officer.role not in ("officer", "supervisor"):
        raise Refused([f"{officer} can not take cases."])
    return act(case, "reassign_case", by=by, at=at, reason=reason, version=version, officer=officer)


def cancel_inspection(
    case: Inspection, *, reason: str, by: User, at: datetime, version: int | None = None
) -> Inspection:
    """Cancel an inspection before its notice, with a reason."""
    if not reason.strip():
        raise Refused(["Say why the inspection is cancelled."])
    return act(case, "cancel_inspection", by=by, at=at, reason=reason, version=version)


@transaction.atomic
def add_note(case: Inspection, text: str, *, by: User, at: datetime) -> None:
    """A thought of the staff on the record; the licensee never sees it."""
    demand(by, "inspections.add_note", case)
    if not text.strip():
        raise Refused(["Write the note first."])
    journal(case, "add_note", "Note", by=by, at=at, reason=text)
