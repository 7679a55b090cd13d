"""The reports of one month while rows are taken into it: in memory first, then written at once."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from accounts.models import User
from casefile.actions import Refused
from casefile.calendar import local_day
from licensing import rules
from licensing.actions.reports import Sending, differs, new_report, refuse
from licensing.models import License, MonthlyReport
from licensing.models.reports import NUMBERS
from licensing.queries.record import BATCH
from licensing.queries.report_import import files_corrected_online, licenses_locked, reports_on_record
from licensing.report_import.rows import OPTIONAL, PLANTS, Doubt, Reason, Stated
from licensing.rules.reporting import reasons_not_to_report


class Fate(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"
    HELD = "held"


class Ledger:
    """What is on record for one month of everything that some rows name. `take` notes; `write` writes all of it."""

    def __init__(self, rows: Iterable[Stated], month: date, *, by: User, at: datetime) -> None:
        self.month, self.by, self.at = month, by, at
        self.licenses = licenses_locked({stated.license for stated in rows})
        self.reports = reports_on_record(self.licenses.values(), month)
        self.corrected_online = files_corrected_online(month)
        self.new: list[MonthlyReport] = []
        self.replaced: list[int] = []

    def take(self, stated: Stated, *, reason: str) -> Fate | list[Doubt]:
        """Take one row in, or say why a person has to decide; `reason` is what a correction is given."""
        license = self.licenses.get(stated.license)
        if license is None:
            return [Doubt(Reason.UNKNOWN_LICENSE, f"{stated.license} is not on record.")]
        before = self.reports.get(license.pk)
        facts = _whole(license, stated, before)
        if doubts := self._doubts(license, stated, facts):
            return doubts
        if before and not differs(before, facts):
            return Fate.UNCHANGED
        if any(not differs(old, facts) for old in self.corrected_online.get(license.pk, ())):
            return Fate.UNCHANGED  # the licensee has corrected what this file says
        sending = Sending(MonthlyReport.Source.IMPORT, self.by, self.at, stated.sent_on, reason if before else "")
        self.reports[license.pk] = new_report(license, self.month, facts, before, sending)
        self.new.append(self.reports[license.pk])
        if before:
            self.replaced.append(before.pk)
        return Fate.CORRECTED if before else Fate.CREATED

    def _doubts(self, license: License, stated: Stated, facts: dict) -> list[Doubt]:
        today = local_day(self.at)
        about = {"license_type": license.type, "issued_on": license.issued_on, "month": self.month}
        if reasons := reasons_not_to_report(**about, on=today):  # type: ignore[arg-type]
            return [Doubt(Reason.NOT_REPORTING, words) for words in reasons]
        doubts = [Doubt(Reason.DOES_NOT_FIT, words) for words in _against_plants(license, stated)]
        if stated.sent_on and not rules.month_bounds(self.month)[1] < stated.sent_on <= today:
            words = f"It can not have come on {stated.sent_on:%Y-%m-%d}: the month had not ended or the day is to come."
            doubts.append(Doubt(Reason.BAD_DATE, words))
        try:
            refuse(license, self.month, facts, on=today)
        except Refused as refused:
            doubts += [Doubt(Reason.DOES_NOT_FIT, words) for words in refused.reasons]
        return doubts

    def write(self) -> None:
        """Write everything that was noted, in a few statements."""
        MonthlyReport.objects.filter(pk__in=self.replaced).update(replaced_at=self.at)
        MonthlyReport.objects.bulk_create(self.new, batch_size=BATCH)


def _whole(license: License, stated: Stated, before: MonthlyReport | None) -> dict:
    """Every number of a report: those stated, and for what may be left out those on record, or none."""
    left_out: dict[str, int | Decimal | None] = dict.fromkeys(NUMBERS)
    grows = rules.TYPES[license.type].cultivates
    for name in OPTIONAL if grows else (*OPTIONAL, *PLANTS):
        left_out[name] = before.numbers[name] if before else 0
    return left_out | stated.numbers | ({"notes": stated.notes} if stated.notes is not None else {})


def _against_plants(license: License, stated: Stated) -> list[str]:
    kind = rules.TYPES[license.type]
    plants = any(stated.numbers.get(name) for name in (*PLANTS, "medical_plants"))
    return [f"A license of the type {kind.label.lower()} grows no plants."] if plants and not kind.cultivates else []
