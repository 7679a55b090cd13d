"""How officers work: their town, counties, days and hours; and when they are away."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from casefile.actions import Refused
from casefile.calendar import long_day
from casefile.work import CAN_OWN
from schedules.actions.parts import demand
from schedules.models import Feed, Leave, OfficerSetup
from schedules.rules.month import WEEKDAYS

LONGEST_DAY = 720  # minutes


@dataclass(frozen=True)
class Setup:
    """What a supervisor says of an officer."""

    town: str
    counties: tuple[str, ...]
    weekdays: tuple[int, ...]
    minutes: int
    in_plans: bool


def can_be_planned(person: User) -> bool:
    """Whether visits can be planned for a person, or work be given to them."""
    return person.is_active and person.role in CAN_OWN


@transaction.atomic
def set_up(officer: User, setup: Setup, *, by: User) -> OfficerSetup:
    """Say how an officer works; plans that are made already stay as they are. Raises Refused."""
    demand(by, "change_officers")
    against = {
        f"{officer.name} makes no visits.": not can_be_planned(officer),
        "Say in which town the day begins.": not setup.town.strip(),
        "Choose at least one day of the week.": setup.in_plans and not setup.weekdays,
        "Nobody is planned on weekends.": not set(setup.weekdays) <= set(WEEKDAYS),
        f"A day has at most {LONGEST_DAY} minutes.": not 0 < setup.minutes <= LONGEST_DAY,
    }
    if reasons := [text for text, stands in against.items() if stands]:
        raise Refused(reasons)
    row, _ = OfficerSetup.objects.update_or_create(
        officer=officer,
        defaults={
            "town": setup.town.strip(), "counties": sorted(setup.counties), "weekdays": sorted(setup.weekdays),
            "minutes": setup.minutes, "in_plans": setup.in_plans,
        },
    )  # fmt: skip
    return row


@transaction.atomic
def record_leave(
    officer: User, first_on: date, last_on: date, *, by: User, at: datetime, cover: User | None = None, note: str = ""
) -> Leave:
    """Put days away on record, with who stands in. Raises Refused where they overlap other leave."""
    demand(by, "change_officers")
    _hold(officer)
    if reasons := reasons_not_to_record(officer, first_on, last_on, cover):
        raise Refused(reasons)
    return Leave.objects.create(
        officer=officer, first_on=first_on, last_on=last_on, cover=cover, note=note.strip(), recorded_at=at,
        recorded_by=by,
    )  # fmt: skip


def reasons_not_to_record(officer: User, first_on: date, last_on: date, cover: User | None) -> list[str]:
    """What stands against this leave."""
    if last_on < first_on:
        return ["The last day is before the first."]
    reasons = [
        f"{officer.name} is already away from {long_day(row.first_on)} to {long_day(row.last_on)}. End that first."
        for row in Leave.objects.touching(first_on, last_on).filter(officer=officer)
    ]
    if cover is None:
        return reasons
    if cover.pk == officer.pk:
        return [*reasons, "Somebody else has to stand in."]
    if not can_be_planned(cover):
        return [*reasons, f"{cover.name} can not take cases."]
    return reasons + [
        f"{cover.name} is away too, from {long_day(row.first_on)} to {long_day(row.last_on)}."
        for row in Leave.objects.touching(first_on, last_on).filter(officer=cover)
    ]


@transaction.atomic
def end_leave(leave: Leave, *, by: User, at: datetime) -> Leave:
    """Take leave back; that it was recorded stays on record. Raises Refused where it is taken back already."""
    demand(by, "change_officers")
    leave = Leave.objects.select_for_update().get(pk=leave.pk)
    if leave.ended_at is not None:
        raise Refused(["This leave is taken back already."])
    leave.ended_at = at
    leave.save(update_fields=["ended_at"])
    return leave


@transaction.atomic
def change_leave(
    leave: Leave, first_on: date, last_on: date, *, by: User, at: datetime, cover: User | None = None, note: str = ""
) -> Leave:
    """Other days or another cover: the old leave is taken back, and the new one put on record."""
    end_leave(leave, by=by, at=at)
    return record_leave(leave.officer, first_on, last_on, cover=cover, note=note, by=by, at=at)


@transaction.atomic
def take_out(officer: User, *, by: User) -> None:
    """No visits are planned for an officer any longer, and their calendar feed ends."""
    demand(by, "change_officers")
    OfficerSetup.objects.filter(officer=officer).update(in_plans=False)
    Feed.objects.filter(officer=officer).delete()


def _hold(officer: User) -> None:
    """Let nobody else record leave of the same officer meanwhile."""
    User.objects.select_for_update(no_key=True).get(pk=officer.pk)
