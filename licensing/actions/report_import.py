"""Taking in a file of monthly reports: every row ends as created, corrected, unchanged or held for a person."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.permissions import allows
from casefile.actions import Refused
from casefile.calendar import local_day
from licensing import rules
from licensing.actions.register import alone, fingerprint
from licensing.actions.report_ledger import Fate, Ledger
from licensing.models import HeldReport, ReportImport
from licensing.queries.record import BATCH
from licensing.queries.report_import import held_on_record
from licensing.register.files import Extract, Row
from licensing.report_import.rows import Doubt, Reason, Stated, read_row

BY_A_PERSON = (HeldReport.State.CORRECTED, HeldReport.State.SET_ASIDE)
Progress = Callable[[Iterable["Reading"]], Iterable["Reading"]]


@dataclass
class Reading:
    """One row, what it states or what is doubtful in it, and what becomes of it."""

    row: Row
    fingerprint: str
    stated: Stated | None
    doubts: list[Doubt] = field(default_factory=list)
    fate: Fate = Fate.HELD


@dataclass(frozen=True)
class Outcome:
    """What became of the rows."""

    run: ReportImport
    held_reasons: Counter[str]

    def as_json(self) -> dict[str, Any]:
        """The object that --json prints; the reasons add up to the rows held, each row under its first one."""
        counts = {name: getattr(self.run, name) for name in ("rows", *(fate.value for fate in Fate))}
        held = dict(self.held_reasons.most_common())
        return {"month": f"{self.run.month:%Y-%m}", **counts, "held_reasons": held, "notes": self.run.notes}


def import_reports(
    extract: Extract, month: date, *, by: User, at: datetime, progress: Progress = lambda readings: readings
) -> Outcome:
    """Take the reports of one month in, all of the file or nothing. Raises PermissionDenied, Refused, Busy."""
    if not allows(by, "licensing.import_reports"):
        raise PermissionDenied(f"{by} may not take in reports")
    if rules.month_bounds(month)[1] >= local_day(at):
        raise Refused([f"{rules.month_words(month)} has not ended yet. Nothing was imported."])
    readings = [_reading(row) for row in extract.rows]
    _doubt_disagreement(readings)
    with transaction.atomic():
        alone()
        before = held_on_record(month, {reading.fingerprint for reading in readings})
        settled = {mark for mark, row in before.items() if row.state in BY_A_PERSON}
        ledger = Ledger([reading.stated for reading in readings if reading.stated], month, by=by, at=at)
        for reading in progress(readings):
            reading.fate = _fate(reading, ledger, settled, reason=f"file {extract.name}")
        ledger.write()
        return _keep(extract, readings, before, ledger)


def _reading(row: Row) -> Reading:
    read = read_row(row)
    if isinstance(read, Stated):
        return Reading(row, fingerprint(row.facts), read)
    return Reading(row, fingerprint(row.facts), None, read)


def _doubt_disagreement(readings: list[Reading]) -> None:
    """Rows of one license that state different values are all held: the order of a file decides nothing."""
    groups = defaultdict(list)
    for reading in readings:
        if reading.stated:
            groups[reading.stated.license].append(reading)
    for number, group in groups.items():
        if any(reading.stated != group[0].stated for reading in group):
            lines = ", ".join(str(reading.row.line) for reading in group[:5])
            words = f"The file says different things about {number}. See lines {lines}."
            for reading in group:
                reading.doubts.append(Doubt(Reason.OTHER_VALUES, words))


def _fate(reading: Reading, ledger: Ledger, settled: set[str], *, reason: str) -> Fate:
    """What a person has settled stays as it is; what is doubtful is held."""
    if reading.fingerprint in settled:
        return Fate.UNCHANGED
    if reading.doubts or reading.stated is None:
        return Fate.HELD
    taken = ledger.take(reading.stated, reason=reason)
    if isinstance(taken, Fate):
        return taken
    reading.doubts = taken
    return Fate.HELD


def _keep(extract: Extract, readings: list[Reading], before: dict[str, HeldReport], ledger: Ledger) -> Outcome:
    """Keep the run and its held rows; a row that was held before and is doubtful no longer is marked so."""
    fates = Counter(reading.fate.value for reading in readings)
    run = ReportImport.objects.create(
        month=ledger.month, at=ledger.at, by=ledger.by, file_name=extract.name, sha256=extract.sha256,
        rows=len(readings), notes=extract.notes, **{fate.value: fates[fate.value] for fate in Fate},
    )  # fmt: skip
    held = {reading.fingerprint: reading for reading in readings if reading.fate is Fate.HELD}
    fresh = [_held_report(run, reading) for mark, reading in held.items() if mark not in before]
    HeldReport.objects.bulk_create(fresh, batch_size=BATCH)
    _hold_again(held, before)
    gone = {reading.fingerprint for reading in readings if reading.fate is not Fate.HELD} - set(held)
    taken_in = [row.pk for mark, row in before.items() if mark in gone and row.is_open]
    HeldReport.objects.filter(pk__in=taken_in).update(state=HeldReport.State.IMPORTED, settled_at=ledger.at)
    reasons = Counter(reading.doubts[0].reason.value for reading in readings if reading.fate is Fate.HELD)
    return Outcome(run, reasons)


def _hold_again(held: dict[str, Reading], before: dict[str, HeldReport]) -> None:
    """Rows that are held again say why they are now."""
    changed = []
    for mark in held.keys() & before.keys():
        row, words = before[mark], [doubt.words for doubt in held[mark].doubts]
        if row.state != HeldReport.State.OPEN or row.reasons != words:
            row.state, row.settled_at = HeldReport.State.OPEN, None
            row.reason, row.reasons = held[mark].doubts[0].reason.value, words
            changed.append(row)
    HeldReport.objects.bulk_update(changed, ["state", "settled_at", "reason", "reasons"], batch_size=500)


def _held_report(run: ReportImport, reading: Reading) -> HeldReport:
    return HeldReport(
        run=run, month=run.month, line=reading.row.line, facts=reading.row.facts, fingerprint=reading.fingerprint,
        reason=reading.doubts[0].reason.value, reasons=[doubt.words for doubt in reading.doubts],
    )  # fmt: skip


# What a person decides of a held row


@transaction.atomic
def settle_held_report(
    row: HeldReport, *, cells: dict[str, str] | None, how: str, by: User, at: datetime
) -> HeldReport:
    """Take a held row in as a person set it right (`cells`), or set it aside (None), and say `how` it was settled.

    Raises PermissionDenied, Busy, and Refused with every doubt that is left.
    """
    if not allows(by, "licensing.import_reports"):
        raise PermissionDenied(f"{by} may not settle {row}")
    alone()
    row = HeldReport.objects.select_for_update(of=("self",)).select_related("run", "settled_by").get(pk=row.pk)
    if not row.is_open:
        who = row.settled_by.name if row.settled_by else "a later import"
        raise Refused([f"This row was settled by {who}: {row.get_state_display().lower()}."])
    if cells is not None:
        _take_as_corrected(row, cells, by=by, at=at)
    row.state = HeldReport.State.SET_ASIDE if cells is None else HeldReport.State.CORRECTED
    row.corrected, row.settled_how, row.settled_by, row.settled_at = cells, how, by, at
    row.save()
    return row


def _take_as_corrected(row: HeldReport, cells: dict[str, str], *, by: User, at: datetime) -> None:
    stated = read_row(Row(row.line, cells))
    if not isinstance(stated, Stated):
        raise Refused([doubt.words for doubt in stated])
    ledger = Ledger([stated], row.month, by=by, at=at)
    taken = ledger.take(stated, reason=f"file {row.run.file_name}, line {row.line}, set right")
    if not isinstance(taken, Fate):
        raise Refused([doubt.words for doubt in taken])
    ledger.write()
