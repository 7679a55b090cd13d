"""Windows opened and shut: what officers confirm, what approval of a license brings, what the clockwork ends."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from casefile import deadlines
from casefile.actions import Refused, act, journal, locked
from casefile.calendar import local_day
from casefile.models import LAST_SECOND
from inventory_windows import clocks, rules
from inventory_windows.actions.parts import WINDOWS, demand, hold, new_file, number_of
from inventory_windows.models import FirstWindow, Opening, WindowRequest, holder_of
from inventory_windows.policies import WINDOW_MONTHS
from inventory_windows.queries.facts import spans_of
from inventory_windows.stages import FirstState, RequestState
from licensing.models import License

TAKEN = "Another window of this license is open, or was opened less than 3 months before or after this time."


@transaction.atomic
def confirm_opened(
    case: WindowRequest, opened_at: datetime, *, by: User, at: datetime, version: int | None = None
) -> WindowRequest:
    """The window is open in BioTrack since this minute; its 24 hours run from then."""
    demand(by, "confirm_opened", case)
    license = hold(case.license)
    case = locked(case)
    if case.state == RequestState.APPROVED:
        opened_at = opened_at.replace(second=0, microsecond=0)
        _demand_opening(case, license, opened_at, at=at)
        _open(case, Opening.Kind.AGAIN, opened_at, rules.closes_at(opened_at), _blocked_until(case, opened_at))
    return act(case, "confirm_opened", by=by, at=at, version=version, opened_at=opened_at)


def _demand_opening(case: WindowRequest, license: License, opened_at: datetime, *, at: datetime) -> None:
    assert case.approved_at is not None
    reasons = rules.reasons_not_to_confirm(opened_at, approved_at=case.approved_at, at=at)
    reasons += rules.reasons_not_to_open(holder_of(license), spans_of(license), opened_at)
    if reasons:
        raise Refused(reasons)


def _blocked_until(case: WindowRequest, opened_at: datetime) -> datetime:
    """Until when the law, or the Division's reading of it, lets no other window open."""
    assert case.approved_at is not None and case.sent_at is not None
    events = {rules.OPENING: opened_at, rules.APPROVAL: case.approved_at, rules.REQUEST: case.sent_at}
    return max(rules.closes_at(opened_at), rules.blocked_until(events, WINDOW_MONTHS.on(local_day(opened_at))))


def _open(
    case: WindowRequest | FirstWindow, kind: str, opened_at: datetime, closes_at: datetime, blocked_until: datetime
) -> Opening:
    """Write the opening down; the database keeps the openings of a license apart. Raises Refused."""
    try:
        with transaction.atomic():
            return Opening.objects.create(
                file=case.file, license=case.license, kind=kind, opened_at=opened_at, closes_at=closes_at,
                blocked_until=blocked_until,
            )  # fmt: skip
    except IntegrityError as clash:
        raise Refused([TAKEN]) from clash


@transaction.atomic
def open_first_window(license: License, opened_at: datetime, *, by: User, at: datetime) -> FirstWindow:
    """Give a new license its first window, from a start that is recorded. Raises Refused where it had one."""
    demand(by, "open_first_window", license)
    license = hold(license)
    if reasons := reasons_not_to_open_first(license, opened_at, at=at):
        raise Refused(reasons)
    case = FirstWindow.objects.create(file=new_file(at), license=license, number=number_of(WINDOWS, at))
    journal(case, "record_first_window", "First window recorded", by=by, at=at)
    counted = deadlines.count(clocks.FIRST_END, opened_at)
    closes_at = counted.due_at + LAST_SECOND if counted.due_on else counted.due_at
    _open(case, Opening.Kind.FIRST, opened_at, closes_at, closes_at)
    return act(case, "open_first_window", by=by, at=at, opened_at=opened_at)


def reasons_not_to_open_first(license: License, opened_at: datetime, *, at: datetime) -> list[str]:
    """What stands against a first window of this license."""
    gets_one = rules.gets_first_window(license.type, opened_at)
    against = {
        "The window can not begin in the future.": opened_at > at,
        f"A license of the type {license.get_type_display().lower()} gets no first window.": not gets_one,
        "This license has had its first window.": license.firstwindows.exists(),
    }
    return [reason for reason, stands in against.items() if stands] + rules.reasons_against_license(holder_of(license))


@transaction.atomic
def license_approved(*, license: License, at: datetime) -> None:
    """Told in the transaction that approves a license: a new producer gets its first window with it, once."""
    license = hold(license)
    if rules.gets_first_window(license.type, at) and not license.openings.exists():
        open_first_window(license, at, by=User.objects.clockwork(), at=at)


@transaction.atomic
def shut_window(opening: Opening, *, at: datetime) -> None:
    """Shut a window whose end has come, as of its end; does nothing where that was done or is not due."""
    case = locked(opening.case)
    row = Opening.objects.select_for_update().get(pk=opening.pk)
    if row.shut_at is not None or row.closes_at > at:
        return
    row.shut_at = row.closes_at
    row.save(update_fields=["shut_at"])
    step = "shut_window" if isinstance(case, WindowRequest) else "shut_first_window"
    act(case, step, by=User.objects.clockwork(), at=row.closes_at, noticed_at=at)


@transaction.atomic
def confirm_shut(
    case: WindowRequest | FirstWindow, shut_at: datetime, *, by: User, at: datetime, version: int | None = None
) -> WindowRequest | FirstWindow:
    """The window is shut in BioTrack since this minute. A sleeping clockwork is woken first."""
    demand(by, "confirm_shut", case)
    case = locked(case)
    opening = case.opening
    if opening is not None and case.state == FirstState.OPEN and opening.closes_at <= at:
        shut_window(opening, at=at)
        case, version = locked(case), None
    if opening is not None and (reasons := rules.reasons_not_to_confirm_shut(shut_at, span=opening.span(), at=at)):
        raise Refused(reasons)
    case = act(case, "confirm_shut", by=by, at=at, version=version, shut_at=shut_at)
    Opening.objects.filter(file=case.file).update(shut_in_biotrack_at=shut_at, confirmed_at=at, confirmed_by=by)
    return case
