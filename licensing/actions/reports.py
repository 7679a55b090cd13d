"""Monthly reports: kept while they are typed, sent, corrected. What was reported once is never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.permissions import allows
from casefile.actions import Part, Refused, clash, clean, touched
from casefile.calendar import local_day
from licensing import rules
from licensing.models import License, MonthlyReport, ReportDraft
from licensing.models.reports import NUMBERS
from licensing.queries.reports import law_facts
from licensing.rules.reporting import reasons_not_to_report

NO_REASON = "Say why you change a report that was sent."
NO_CHANGE = "Nothing here differs from the report that was sent."
MEANWHILE = "A report for this month was sent while you worked. Look at it first. Then say what is wrong in it."


@dataclass(frozen=True)
class Sending:
    """How a report came: from whom, when, and why it corrects the one before; `sent_on` is None if nobody said."""

    source: MonthlyReport.Source
    by: User
    at: datetime
    sent_on: date | None
    reason: str = ""


@transaction.atomic
def send_report(
    license: License, month: date, facts: Mapping[str, Any], *, by: User, at: datetime, reason: str = "",
    seen: int | None = None,
) -> MonthlyReport:  # fmt: skip
    """Put the report of a month on record, or with a `reason` the correction of the one that was sent.

    `facts` are the numbers by column (`NUMBERS`), with `notes` if there are any; `seen` is the revision that the person
    saw, 0 for none. Raises PermissionDenied, and Refused with every reason.
    """
    if not allows(by, "licensing.send_report", license):
        raise PermissionDenied(f"{by} may not report for {license}")
    license = License.objects.select_for_update(of=("self",), no_key=True).get(pk=license.pk)
    before = license.reports.current().filter(month=month).first()
    _refuse_unseen(before, seen)
    refuse(license, month, facts, on=local_day(at))
    if before and not reason.strip():
        raise Refused([NO_REASON])
    if before and not differs(before, facts):
        raise Refused([NO_CHANGE])
    sending = Sending(MonthlyReport.Source.ONLINE, by, at, local_day(at), reason.strip())
    if before:
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    report = new_report(license, month, facts, before, sending)
    report.save()
    ReportDraft.objects.filter(license=license, month=month).delete()
    return report


def _refuse_unseen(before: MonthlyReport | None, seen: int | None) -> None:
    if seen is not None and seen != (before.revision if before else 0):
        raise Refused([MEANWHILE])


def refuse(license: License, month: date, facts: Mapping[str, Any], *, on: date) -> None:
    """Raise Refused with everything that keeps such a report off the record."""
    reasons = reasons_not_to_report(license_type=license.type, issued_on=license.issued_on, month=month, on=on)
    wrong = rules.reasons_against_report(law_facts(month, facts), on=on)
    wrong.pop("month", None)
    if reasons := [*reasons, *(words for said in wrong.values() for words in said)]:
        raise Refused(reasons)


def differs(report: MonthlyReport, facts: Mapping[str, Any]) -> bool:
    """Whether a number, or the notes where they are given, are others than those on record."""
    numbers = report.numbers
    changed = any(Decimal(facts[name]) != numbers[name] for name in NUMBERS)
    return changed or facts.get("notes", report.notes) != report.notes


def new_report(
    license: License, month: date, facts: Mapping[str, Any], before: MonthlyReport | None, sending: Sending
) -> MonthlyReport:
    """The row of a report, not yet written; a correction keeps the day on which the first one came."""
    return MonthlyReport(
        license=license, month=month, revision=before.revision + 1 if before else 1,
        notes=facts.get("notes", before.notes if before else ""), source=sending.source, sent_at=sending.at,
        sent_by=sending.by, sent_on=before.sent_on if before else sending.sent_on, reason=sending.reason,
        **{name: facts[name] for name in NUMBERS},
    )  # fmt: skip


# What is typed and not sent


@transaction.atomic
def save_report_draft(
    license: License, month: date, typed: Mapping[str, str], *, seen: str, by: User, at: datetime
) -> Part | None:
    """Keep what was typed of a report, as it was typed.

    `seen` is the digest of the words that the page began with. Where a colleague wrote other words meanwhile nothing is
    kept, and theirs are returned. Raises PermissionDenied.
    """
    if not allows(by, "licensing.send_report", license):
        raise PermissionDenied(f"{by} may not report for {license}")
    License.objects.select_for_update(of=("self",), no_key=True).get(pk=license.pk)
    stored = draft_of(license, month)
    mine = Part(clean(typed), by.pk, by.name)
    if not touched(stored, mine, seen):
        return None
    if clash(stored, mine, seen):
        return stored
    facts = {"typed": vars(mine), "saved_at": at, "by": by}
    ReportDraft.objects.update_or_create(license=license, month=month, defaults=facts)
    return None


def draft_of(license: License, month: date) -> Part | None:
    """What was typed of a report and not sent."""
    draft = ReportDraft.objects.filter(license=license, month=month).first()
    return Part(**draft.typed) if draft else None
