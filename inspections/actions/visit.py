"""Planning a visit, being there, and ending it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from accounts.permissions import allows
from casefile import documents
from casefile.actions import Refused, act, drop_drafts, journal, locked
from casefile.calendar import local_day
from casefile.models import CaseFile, NumberSeries
from inspections import rules
from inspections.models import CatalogEntry, Evidence, Inspection, PlantCount, Violation
from inspections.stages import State
from licensing.models import Premises


def demand(user: User, action: str, case: Inspection | None = None) -> None:
    """Raise PermissionDenied unless the table of rights gives `user` the `action`."""
    if not allows(user, action, case):
        raise PermissionDenied(f"{user} may not {action}")


@transaction.atomic
def plan_inspection(
    premises: Premises, *, kind: str, officer: User, by: User, at: datetime,
    planned_on: date | None = None, follows: Inspection | None = None, notes: str = "",
) -> Inspection:  # fmt: skip
    """Put a visit on the plan. It has no number yet, and no page of a licensee knows of it."""
    demand(by, "inspections.plan_inspection")
    file = CaseFile.objects.create(opened_at=at)
    case = Inspection.objects.create(
        file=file, premises=premises, officer=officer, kind=kind, planned_on=planned_on, follows=follows, notes=notes
    )
    journal(case, "plan_inspection", "Inspection planned", by=by, at=at)
    return case


@transaction.atomic
def begin_visit(case: Inspection, *, present: str, by: User, at: datetime, version: int | None = None) -> Inspection:
    """Begin a planned visit; the case gets its number."""
    case = locked(case)
    _number(case, at)
    other = case.premises.inspections.filter(state=State.IN_PROGRESS).exclude(pk=case.pk).first()
    visit = rules.Visit(
        kind=case.kind, begun_at=at, at=at, present=present, operating=case.premises.operating,
        visit_in_progress=other.file.ref if other else "",
    )  # fmt: skip
    if reasons := rules.reasons_not_to_begin(visit):
        raise Refused(reasons)
    return act(case, "begin_visit", by=by, at=at, version=version, present=present)


@transaction.atomic
def start_inspection(premises: Premises, *, kind: str, present: str, by: User, at: datetime) -> Inspection:
    """Start an inspection on the spot; the officer who starts it has it."""
    demand(by, "inspections.start_inspection")
    Premises.objects.select_for_update().get(pk=premises.pk)
    case = plan_inspection(premises, kind=kind, officer=by, by=by, at=at)
    return begin_visit(case, present=present, by=by, at=at)


@transaction.atomic
def record_entry_refused(
    case: Inspection, *, notes: str, by: User, at: datetime, version: int | None = None
) -> Inspection:
    """Nobody let the officer in: what happened at the door is put on record."""
    case = locked(case)
    if reasons := rules.reasons_not_to_record_refused_entry(notes):
        raise Refused(reasons)
    _number(case, at)
    case.notes = f"{case.notes}\n{notes}".strip()
    case.save(update_fields=["notes"])
    return act(case, "record_entry_refused", by=by, at=at, reason=notes, version=version)


def _number(case: Inspection, at: datetime) -> None:
    if case.file.number is None:
        case.file.number = NumberSeries.take(local_day(at).year)
        case.file.save(update_fields=["number"])


@transaction.atomic
def record_violation(
    case: Inspection, entry: CatalogEntry, *, seen: str, by: User, at: datetime, count: int = 1, severity: str = "",
    severity_reason: str = "", photos: Sequence[documents.Stored | UploadedFile] = (),
) -> Violation:  # fmt: skip
    """Write down one item found wrong, with its photos; `entry` is the version of the day of the visit."""
    demand(by, "inspections.record_violation", case)
    case = locked(case)
    severity = severity or entry.severity
    reasons = _reasons_not_to_record(case, entry, seen, count)
    reasons += rules.reasons_against_severity(severity, suggested=entry.severity, reason=severity_reason)
    if reasons:
        raise Refused(reasons)
    last = case.violations.aggregate(last=Max("number"))["last"] or 0
    violation = case.violations.create(
        number=last + 1, entry=entry, seen=seen, count=count, severity=severity, severity_reason=severity_reason,
        recorded_at=at, recorded_by=by,
    )  # fmt: skip
    for photo in photos:
        _attach(violation, photo, by=by, at=at)
    _touch(case, "record_violation", f"Violation recorded: {entry.title}", by=by, at=at, facts={"code": entry.code})
    drop_drafts(case, draft_of(entry))
    return violation


def draft_of(entry: CatalogEntry) -> str:
    """The name under which a violation that is being typed is kept."""
    return f"violation:{entry.code}"


@transaction.atomic
def change_violation(
    violation: Violation, *, seen: str, by: User, at: datetime, count: int = 1, severity: str = "",
    severity_reason: str = "", photos: Sequence[documents.Stored | UploadedFile] = (),
) -> Violation:  # fmt: skip
    """Correct what was written down of one item while the visit is in progress; new photos are added."""
    demand(by, "inspections.record_violation", violation.inspection)
    case = locked(violation.inspection)
    severity = severity or violation.entry.severity
    reasons = _reasons_not_to_record(case, violation.entry, seen, count)
    reasons += rules.reasons_against_severity(severity, suggested=violation.entry.severity, reason=severity_reason)
    if reasons:
        raise Refused(reasons)
    was = {"seen": violation.seen, "count": violation.count, "severity": violation.severity}
    violation.seen, violation.count = seen, count
    violation.severity, violation.severity_reason = severity, severity_reason
    violation.save()
    for photo in photos:
        _attach(violation, photo, by=by, at=at)
    _touch(case, "change_violation", f"Violation changed: {violation.title}", by=by, at=at, facts={"was": was})
    return violation


@transaction.atomic
def remove_violation(violation: Violation, *, by: User, at: datetime) -> None:
    """Take back an item recorded by mistake; the journal keeps what it said, its photos stay on the folder."""
    demand(by, "inspections.record_violation", violation.inspection)
    case = locked(violation.inspection)
    if case.state != State.IN_PROGRESS:
        raise Refused(["A violation can be taken back only while the visit is in progress."])
    if violation.plans.exists() or violation.proofs.exists():
        raise Refused(["The licensee has answered for this violation. It stays on the record."])
    facts = {"code": violation.entry.code, "seen": violation.seen, "count": violation.count}
    violation.evidence.all().delete()
    violation.delete()
    for number, left in enumerate(case.violations.order_by("number"), start=1):
        case.violations.filter(pk=left.pk).update(number=number)
    _touch(case, "remove_violation", f"Violation taken back: {violation.title}", by=by, at=at, facts=facts)


def _reasons_not_to_record(case: Inspection, entry: CatalogEntry, seen: str, count: int) -> list[str]:
    began_on = local_day(case.visit_began_at) if case.visit_began_at else None
    against = {
        "Violations are recorded while the visit is in progress.": case.state != State.IN_PROGRESS
        and not (case.state == State.FINDINGS_RECORDED and case.outcome == Inspection.Outcome.ENTRY_REFUSED),
        "Say what you saw.": not seen.strip(),
        "The count must be 1 or more.": count < 1,
        "This version of the rule was not in force on the day of the visit.": began_on is not None
        and not CatalogEntry.objects.on(began_on).filter(pk=entry.pk).exists(),
    }
    return [reason for reason, stands in against.items() if stands]


def _attach(violation: Violation, photo: documents.Stored | UploadedFile, *, by: User, at: datetime) -> Evidence:
    kept = photo if isinstance(photo, documents.Stored) else documents.keep(photo)
    document = documents.record(kept, violation.inspection, by=by, at=at)
    return violation.evidence.create(of=Evidence.Of.FINDING, document=document)


@transaction.atomic
def count_plants(
    case: Inspection, counts: Mapping[rules.GrowthStage, int], *, by: User, at: datetime
) -> list[tuple[str, int]]:
    """Write down the plants counted by growth stage; returns the catalog codes and counts that this proposes."""
    demand(by, "inspections.record_violation", case)
    case = locked(case)
    if reasons := rules.reasons_against_counts(counts):
        raise Refused(reasons)
    if case.state != State.IN_PROGRESS:
        raise Refused(["Plants are counted while the visit is in progress."])
    for stage, count in counts.items():
        PlantCount.objects.update_or_create(inspection=case, stage=stage, defaults={"count": count})
    facts = {str(stage): count for stage, count in counts.items()}
    _touch(case, "count_plants", "Plants counted", by=by, at=at, facts=facts)
    return proposed(case)


def proposed(case: Inspection) -> list[tuple[str, int]]:
    """Catalog code and count of each violation that the counted plants propose; empty where none were counted."""
    counts = {rules.GrowthStage(row.stage): row.count for row in case.plant_counts.all()}
    authorized = case.premises.license.mature_plants
    if not counts or authorized is None or case.visit_began_at is None:
        return []
    return rules.proposed_violations(rules.mature_count(counts), authorized, on=local_day(case.visit_began_at))


@transaction.atomic
def end_visit(
    case: Inspection, *, reviewed_with: str, notes: str, by: User, at: datetime, version: int | None = None
) -> Inspection:
    """End the visit: with findings the notice can be drafted, without any the case closes in compliance."""
    case = locked(case)
    case.reviewed_with, case.notes = reviewed_with, notes
    case.save(update_fields=["reviewed_with", "notes"])
    step = "end_visit" if case.violations.exists() else "end_visit_in_compliance"
    return act(case, step, by=by, at=at, version=version)


def reopen_findings(case: Inspection, *, by: User, at: datetime, version: int | None = None) -> Inspection:
    """Take the visit up again, because something was left out or wrong; the notice has not been sent yet."""
    return act(case, "reopen_findings", by=by, at=at, version=version)


def _touch(case: Inspection, step: str, title: str, *, by: User, at: datetime, facts: Mapping) -> None:
    """A line of the journal for a change that is not a step; pages made before it are stale."""
    case.version += 1
    case.save(update_fields=["version"])
    journal(case, step, title, by=by, at=at, facts=facts)
