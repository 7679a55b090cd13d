"""What an officer does with a request: take it up, ask for documents, approve it for a time, refuse it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from casefile.actions import Refused, act, locked
from inventory_windows import rules
from inventory_windows.actions.parts import ask, close_question, demand, hold
from inventory_windows.models import WindowRequest
from inventory_windows.queries.facts import flags_of, spans_of
from inventory_windows.stages import TO_REVIEW, RequestState


def begin_review(case: WindowRequest, *, by: User, at: datetime, version: int | None = None) -> WindowRequest:
    """Take the request up; its officer answers for it."""
    return act(case, "begin_review", by=by, at=at, version=version, officer=by)


@transaction.atomic
def ask_documents(
    case: WindowRequest, wanted: str, *, by: User, at: datetime, version: int | None = None
) -> WindowRequest:
    """Ask for documents about what is to be entered; the letter says which."""
    demand(by, "ask_documents", case)
    case = locked(case)
    if case.state in TO_REVIEW:
        ask(case, wanted, by=by, at=at)
    return act(case, "ask_documents", by=by, at=at, version=version, officer=by)


@transaction.atomic
def approve_window(
    case: WindowRequest, opens_at: datetime, *, by: User, at: datetime, version: int | None = None
) -> WindowRequest:
    """Approve the request: a window will be opened at a time at which the law lets it open."""
    demand(by, "approve_window", case)
    license = hold(case.license)
    case = locked(case)
    _demand_time(case, opens_at, rules.reasons_not_to_approve(opens_at, case.holder(), spans_of(license), at=at), at)
    return act(
        case, "approve_window", by=by, at=at, version=version, opens_at=opens_at, officer=by, flags=_seen(case)
    )  # fmt: skip


@transaction.atomic
def reschedule_window(
    case: WindowRequest, opens_at: datetime, *, by: User, at: datetime, version: int | None = None
) -> WindowRequest:
    """Promise another time; the licensee gets a letter."""
    demand(by, "reschedule_window", case)
    license = hold(case.license)
    case = locked(case)
    _demand_time(case, opens_at, rules.reasons_not_to_approve(opens_at, case.holder(), spans_of(license), at=at), at)
    return act(case, "reschedule_window", by=by, at=at, version=version, opens_at=opens_at)


def _demand_time(case: WindowRequest, opens_at: datetime, reasons: list[str], at: datetime) -> None:
    """Raise Refused where the time is wrong; a case that has moved on says so itself."""
    if reasons and case.state in (*TO_REVIEW, RequestState.APPROVED):
        raise Refused(reasons)


@transaction.atomic
def refuse_window(
    case: WindowRequest, *, ground: str, reason: str, by: User, at: datetime, version: int | None = None
) -> WindowRequest:
    """Refuse the request with a reason that the licensee reads; it does not block another one."""
    demand(by, "refuse_window", case)
    case = locked(case)
    if reasons := rules.reasons_not_to_refuse(reason):
        raise Refused(reasons)
    case = act(
        case, "refuse_window", by=by, at=at, reason=reason, version=version, ground=ground, words=reason.strip(),
        officer=by, flags=_seen(case),
    )  # fmt: skip
    close_question(case, at=at)
    return case


def _seen(case: WindowRequest) -> list[Any]:
    """The red flags as they stand now, to be kept with the decision."""
    return [asdict(flag) for flag in flags_of(case)] if case.sent_at else []
