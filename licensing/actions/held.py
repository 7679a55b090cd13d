"""Settling a held row: match it to what is on record, correct it and take it in, or set it aside."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from casefile.actions import Refused
from licensing.actions.books import Books, Fate
from licensing.actions.register import alone
from licensing.models import HeldRow, License, Premises
from licensing.register.reading import Row
from licensing.register.rows import Facts, read_row
from licensing.rules import LicenseNumber


@transaction.atomic
def match_held_row(row: HeldRow, *, number: LicenseNumber, note: str, by: User, at: datetime) -> HeldRow:
    """The row speaks of this license or premises; the record stays as it is. Raises Refused."""
    row = _locked(row)
    row.license, row.premises = _on_record(number)
    if row.license is None or (number.suffix and row.premises is None):
        raise Refused([f"{number} is not on record. Check the number, or correct the row and import it."])
    return _settle(row, HeldRow.State.MATCHED, note=note, by=by, at=at)


@transaction.atomic
def correct_held_row(
    row: HeldRow, *, cells: dict[str, str], overrule: bool, note: str, by: User, at: datetime
) -> HeldRow:
    """Take the row in as corrected; `overrule` changes the record where it differs. Raises Refused with every doubt."""
    alone()
    row = _locked(row)
    read = read_row(Row(row.line, cells))
    if not isinstance(read, Facts):
        raise Refused([doubt.words for doubt in read])
    books = Books([read])
    fate = books.take(read, overrule=overrule)
    if not isinstance(fate, Fate):
        raise Refused([doubt.words for doubt in fate])
    books.write()
    row.license, row.premises = _on_record(read.number)
    row.corrected = cells
    return _settle(row, HeldRow.State.CORRECTED, note=note, by=by, at=at)


@transaction.atomic
def set_aside_held_row(row: HeldRow, *, note: str, by: User, at: datetime) -> HeldRow:
    """The row is not needed; it stays on record with the reason. Raises Refused."""
    return _settle(_locked(row), HeldRow.State.SET_ASIDE, note=note, by=by, at=at)


def _locked(row: HeldRow) -> HeldRow:
    row = HeldRow.objects.select_for_update(of=("self",)).select_related("run", "settled_by").get(pk=row.pk)
    if not row.is_open:
        who = row.settled_by.name if row.settled_by else "a later import"
        raise Refused([f"This row was settled by {who}: {row.get_state_display().lower()}."])
    return row


def _on_record(number: LicenseNumber) -> tuple[License | None, Premises | None]:
    license = License.objects.filter(number=number.license).first()
    return license, Premises.objects.filter(number=str(number), license=license).first() if number.suffix else None


def _settle(row: HeldRow, state: HeldRow.State, *, note: str, by: User, at: datetime) -> HeldRow:
    row.state, row.note, row.settled_by, row.settled_at = state, note, by, at
    row.save()
    return row
