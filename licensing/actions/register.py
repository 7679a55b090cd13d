"""Taking in an extract of the register: every row ends as created, updated, unchanged or held for a person."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from licensing.actions.books import Books, Fate
from licensing.models import HeldRow, RegisterRun
from licensing.queries.record import BATCH, held_by_fingerprint
from licensing.register.compare import disagreement, place_disagreement
from licensing.register.reading import Extract, Row
from licensing.register.rows import Doubt, Facts, Reason, read_row

LOCK = 0x43434401  # one import at a time; a number of ours among the database's advisory locks
BY_A_PERSON = (HeldRow.State.MATCHED, HeldRow.State.CORRECTED, HeldRow.State.SET_ASIDE)
Progress = Callable[[Iterable["Reading"]], Iterable["Reading"]]


class Busy(Exception):
    """Another import is under way."""


@dataclass(frozen=True)
class Report:
    """What became of the rows."""

    rows: int
    fates: Counter[str]
    held_reasons: Counter[str]
    notes: list[str]

    def as_json(self) -> dict[str, Any]:
        """The object that --json prints; the reasons add up to the rows held, each row under its first one."""
        counts = {fate.value: self.fates[fate.value] for fate in Fate}
        return {"rows": self.rows, **counts, "held_reasons": dict(self.held_reasons.most_common()), "notes": self.notes}


@dataclass
class Reading:
    """One row, what it states or what is doubtful in it, and what becomes of it."""

    row: Row
    fingerprint: str
    nth: int
    facts: Facts | None
    doubts: list[Doubt]
    fate: Fate = Fate.HELD


def import_register(
    extract: Extract, *, at: datetime, dry_run: bool = False, progress: Progress = lambda readings: readings
) -> Report:
    """Take the extract in, all of it or nothing; with `dry_run` only say what would become of it. Raises Busy."""
    readings = _read(extract.rows)
    _doubt_disagreement(readings)
    with transaction.atomic():
        alone()
        before = held_by_fingerprint({reading.fingerprint for reading in readings})
        settled = {key for key, row in before.items() if row.state in BY_A_PERSON}
        books = Books([reading.facts for reading in readings if reading.facts])
        for reading in progress(readings):
            reading.fate = _fate(reading, books, settled)
        report = _report(extract, readings, settled, books.repeats)
        if not dry_run:
            books.write()
            _keep(extract, readings, before, report, at)
    return report


def _read(rows: Iterable[Row]) -> list[Reading]:
    seen: Counter[str] = Counter()
    readings = []
    for row in rows:
        mark = fingerprint(row.facts)
        seen[mark] += 1
        read = read_row(row)
        facts, doubts = (read, []) if isinstance(read, Facts) else (None, read)
        readings.append(Reading(row, mark, seen[mark], facts, doubts))
    return readings


def fingerprint(facts: dict[str, str]) -> str:
    """The same for the same words in the same columns, in whatever file and line they stand."""
    return sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _doubt_disagreement(readings: list[Reading]) -> None:
    """Rows of one number that state different facts are all held: the order of a file decides nothing."""
    stating = [(reading, reading.facts) for reading in readings if reading.facts]
    for number, judge in ((_license, disagreement), (_place, place_disagreement)):
        groups = defaultdict(list)
        for reading, facts in stating:
            groups[number(facts)].append((reading, facts))
        for group in groups.values():
            if len(group) > 1 and (words := judge([facts for _, facts in group])):
                lines = ", ".join(str(reading.row.line) for reading, _ in group[:5])
                for reading, _ in group:
                    reading.doubts.append(Doubt(Reason.OTHER_FACTS, f"{words} See lines {lines}."))


def _license(facts: Facts) -> str:
    return facts.number.license


def _place(facts: Facts) -> str:
    return str(facts.number)


def alone() -> None:
    """Let nobody else take rows in until the transaction ends. Raises Busy."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Busy("Another import is under way. Try again when it has ended.")


def _fate(reading: Reading, books: Books, settled: set[tuple[str, int]]) -> Fate:
    """What a person has settled stays as it is; what is doubtful is held."""
    if (reading.fingerprint, reading.nth) in settled:
        return Fate.UNCHANGED
    if reading.doubts or reading.facts is None:
        return Fate.HELD
    taken = books.take(reading.facts)
    if isinstance(taken, Fate):
        return taken
    reading.doubts = taken
    return Fate.HELD


def _report(extract: Extract, readings: list[Reading], settled: set[tuple[str, int]], repeats: int) -> Report:
    fates = Counter(reading.fate.value for reading in readings)
    reasons = Counter(reading.doubts[0].reason.value for reading in readings if reading.fate is Fate.HELD)
    before = sum((reading.fingerprint, reading.nth) in settled for reading in readings)
    notes = [
        f"Counted as unchanged: {times:,} {what}."
        for times, what in (
            (repeats, "that repeat an earlier row of the file"),
            (before, "that a person settled before"),
        )
        if times
    ]
    return Report(len(readings), fates, reasons, [*extract.notes, *notes])


def _keep(
    extract: Extract,
    readings: list[Reading],
    before: dict[tuple[str, int], HeldRow],
    report: Report,
    at: datetime,
) -> None:
    """Keep the run and its held rows; a row that was held before and is doubtful no longer is marked so."""
    counts = {fate.value: report.fates[fate.value] for fate in Fate}
    run = RegisterRun.objects.create(
        at=at, file_name=extract.name, sha256=extract.sha256, rows=report.rows, notes=report.notes, **counts
    )
    held = [reading for reading in readings if reading.fate is Fate.HELD]
    HeldRow.objects.bulk_create(
        [_held_row(run, reading) for reading in held if (reading.fingerprint, reading.nth) not in before],
        batch_size=BATCH,
    )
    _reopen(held, before)
    gone = [before.get((r.fingerprint, r.nth)) for r in readings if r.fate is not Fate.HELD]
    taken_in = [row.pk for row in gone if row is not None and row.is_open]
    HeldRow.objects.filter(pk__in=taken_in).update(state=HeldRow.State.IMPORTED, settled_at=at)


def _reopen(held: list[Reading], before: dict[tuple[str, int], HeldRow]) -> None:
    """Rows that are held again say why they are now."""
    changed = []
    for reading in held:
        row = before.get((reading.fingerprint, reading.nth))
        words = [doubt.words for doubt in reading.doubts]
        if row is not None and (row.state != HeldRow.State.OPEN or row.reasons != words):
            row.state, row.settled_at = HeldRow.State.OPEN, None
            row.reason, row.reasons = reading.doubts[0].reason.value, words
            changed.append(row)
    HeldRow.objects.bulk_update(changed, ["state", "settled_at", "reason", "reasons"], batch_size=500)


def _held_row(run: RegisterRun, reading: Reading) -> HeldRow:
    return HeldRow(
        run=run, line=reading.row.line, facts=reading.row.facts, fingerprint=reading.fingerprint, nth=reading.nth,
        reason=reading.doubts[0].reason.value, reasons=[doubt.words for doubt in reading.doubts],
    )  # fmt: skip
