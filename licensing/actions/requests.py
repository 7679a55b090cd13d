"""What licensees and the office do with a request about mature plants: each function is one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from accounts.permissions import Thing, allows
from casefile import documents
from casefile.actions import Refused, Stale, act, drop_drafts, journal, locked, refusals, save_draft
from casefile.calendar import local_day, local_hour
from casefile.models import CaseFile, Document, NumberSeries
from licensing import clocks
from licensing.actions.plants import authorize, held
from licensing.models import License, PlantAuthorization, PlantRequest
from licensing.queries import factors
from licensing.queries.requests import FILES, chance, reasons_not_to_ask, reasons_not_to_grant, unsent
from licensing.rules import decision
from licensing.stages import RequestState

Kind, State = PlantRequest.Kind, RequestState
TYPED = "request"  # the draft that holds what was typed
CHECK, DECIDE = "check", "decide"  # drafts of the office
TO_THE_LICENSEE = (State.DRAFT, State.INCOMPLETE)
NOON = 12


@dataclass(frozen=True)
class Asked:
    """What a licensee sends: the count or how many more or fewer, the level, and by piece what was typed for it."""

    plants: int | None = None
    level: int | None = None
    pieces: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def demand(user: User, action: str, thing: Thing) -> None:
    """Raise PermissionDenied unless the table of rights gives `user` the `action`."""
    if not allows(user, action, thing):
        raise PermissionDenied(f"{user} may not {action}")


def same(case: PlantRequest, version: int | None) -> PlantRequest:
    """The locked request, if it is still the one that the reader saw; else Stale."""
    if version is not None and version != case.version:
        raise Stale(case, version)
    return case


# The licensee's side


@transaction.atomic
def start_request(license: License, kind: str, *, by: User, at: datetime) -> PlantRequest:
    """Begin a request, or go on with the open draft of the same license and kind."""
    demand(by, "licensing.submit_request", license)
    license = held(license)
    draft = license.plant_requests.filter(kind=kind, state=State.DRAFT).select_related(*PlantRequest.related).first()
    if draft is not None:
        return draft
    case = PlantRequest.objects.create(file=CaseFile.objects.create(opened_at=at), license=license, kind=kind)
    journal(case, "start_request", "Request begun", by=by, at=at, facts={"kind": kind})
    return case


def attach_document(case: PlantRequest, piece: str, upload: UploadedFile, *, by: User, at: datetime) -> Document:
    """Take in one file for one piece. It is kept, and sent with the request; the same file again is the same file.

    The bytes are kept and judged before the case is locked, for that takes time. Raises NotTaken, Refused.
    """
    demand(by, "licensing.submit_request", case)
    _demand_open(case, piece)
    stored = documents.keep(upload)
    with transaction.atomic():
        case = locked(case)
        _demand_open(case, piece)
        added = unsent(case)
        again = next((it for it in added.get(piece, []) if it.sha256 == stored.sha256), None)
        if again is not None:
            documents.drop(stored)
            return again
        document = documents.record(stored, case, by=by, at=at)
        added.setdefault(piece, []).append(document)
        _note_files(case, added, by=by, at=at)
        return document


@transaction.atomic
def remove_document(case: PlantRequest, piece: str, document: Document, *, by: User, at: datetime) -> None:
    """Take a file out of what is not sent yet; what was sent stays on record."""
    demand(by, "licensing.submit_request", case)
    case = locked(case)
    _demand_open(case, piece)
    added = unsent(case)
    if document not in added.get(piece, []):
        raise Refused(["This file was already sent. It stays on the record."])
    added[piece].remove(document)
    _note_files(case, added, by=by, at=at)
    facts = {"name": document.name, "sha256": document.sha256}
    journal(case, "remove_document", "A file was taken out before it was sent", by=by, at=at, facts=facts)


def _demand_open(case: PlantRequest, piece: str) -> None:
    """Raise Refused where the licensee can add nothing, or the rule asks for no such piece."""
    if case.state not in TO_THE_LICENSEE:
        raise Refused(["Nothing can be added to this request now."])
    if piece not in {it.key for it in case.required}:
        raise Refused(["This request has no such part."])


def _note_files(case: PlantRequest, added: Mapping[str, list[Document]], *, by: User, at: datetime) -> None:
    save_draft(case, FILES, {piece: [it.key for it in found] for piece, found in added.items()}, by=by, at=at)


@transaction.atomic
def submit_request(
    case: PlantRequest, asked: Asked, *, by: User, at: datetime, version: int | None = None
) -> PlantRequest:
    """Send the request, or what was missing of it. What was asked for is judged when it is first sent."""
    demand(by, "licensing.submit_request", case)
    license = held(case.license)
    case = same(locked(case), version)
    due = case.running(clocks.INFORMATION_DUE)
    if case.state == State.DRAFT:
        _write_what_is_asked(case, license, asked, at=at)
    if case.state in TO_THE_LICENSEE:
        _write_pieces(case, asked.pieces, by=by, at=at)
    case = act(case, "submit_request", by=by, at=at, version=version, late=due is not None and due.is_past(at))
    drop_drafts(case, TYPED, FILES)
    return case


def _write_what_is_asked(case: PlantRequest, license: License, asked: Asked, *, at: datetime) -> None:
    """Put the count, the level and the chance it uses on the request. Raises Refused with the reasons of the law."""
    on = local_day(at)
    if asked.plants is None:
        raise Refused(["Say how many plants you ask for."])
    level = asked.level if case.kind == Kind.DESIGNATION else None
    if reasons := reasons_not_to_ask(license, case.kind, level=level, plants=asked.plants, on=on, besides=case):
        raise Refused(reasons)
    counts = chance(license, on, besides=case)
    case.plants, case.level, case.year_began_on = asked.plants, level, counts.year_began_on
    case.at_renewal = case.kind == Kind.INCREASE and counts.at_renewal
    case.save(update_fields=["plants", "level", "year_began_on", "at_renewal"])
    if case.file.number is None:
        case.file.number = NumberSeries.take(on.year)
        case.file.save(update_fields=["number"])


def _write_pieces(case: PlantRequest, typed: Mapping[str, Mapping[str, Any]], *, by: User, at: datetime) -> None:
    """Put what was typed and what was added on record, one row for each piece that holds something."""
    added = unsent(case)
    last = max((it.round for it in case.pieces.all()), default=0)
    for piece in case.required:
        words = {name: value for name, value in typed.get(piece.key, {}).items() if str(value or "").strip()}
        papers = added.get(piece.key, [])
        if words or papers:
            row = case.pieces.create(key=piece.key, round=last + 1, typed=words, sent_at=at, sent_by=by)
            row.documents.set(papers)


def withdraw_request(
    case: PlantRequest, *, by: User, at: datetime, reason: str = "", version: int | None = None
) -> PlantRequest:
    """The licensee takes the request back; before it was sent, the draft is dropped."""
    return act(case, "withdraw_request", by=by, at=at, reason=reason, version=version)


# The office's side


def take_request(case: PlantRequest, *, by: User, at: datetime, version: int | None = None) -> PlantRequest:
    """The officer takes up a request that nobody has."""
    return act(case, "take_request", by=by, at=at, version=version, officer=by)


def reassign_request(
    case: PlantRequest, officer: User, *, by: User, at: datetime, reason: str = "", version: int | None = None
) -> PlantRequest:
    """A supervisor gives the request to another officer."""
    return act(case, "reassign_request", by=by, at=at, reason=reason, version=version, officer=officer)


@transaction.atomic
def ask_for_information(
    case: PlantRequest, pieces: Mapping[str, str], *, by: User, at: datetime, version: int | None = None
) -> PlantRequest:
    """Ask the licensee for what is missing: by key of the piece, what it lacks."""
    demand(by, "licensing.ask_for_information", case)
    case = same(locked(case), version)
    if case.state == State.SUBMITTED:
        case.wanted = {piece.key: pieces[piece.key].strip() for piece in case.required if piece.key in pieces}
        case.save(update_fields=["wanted"])
    case = act(case, "ask_for_information", by=by, at=at, version=version, pieces=case.wanted)
    drop_drafts(case, CHECK)
    return case


@transaction.atomic
def find_complete(
    case: PlantRequest, complete_on: date | None = None, *, by: User, at: datetime, version: int | None = None
) -> PlantRequest:
    """Say that everything has come, on the day of the last sending or on another day that the officer names."""
    demand(by, "licensing.find_complete", case)
    case = same(locked(case), version)
    if case.sent_at is None or case.last_sent_at is None:
        raise Refused(refusals(case, "find_complete"))
    complete_on = complete_on or local_day(case.last_sent_at)
    reasons = decision.reasons_against_complete_on(complete_on, sent_on=local_day(case.sent_at), on=local_day(at))
    if reasons:
        raise Refused(reasons)
    by_default = complete_on == local_day(case.last_sent_at)
    complete_at = case.last_sent_at if by_default else local_hour(complete_on, NOON)
    case = act(case, "find_complete", by=by, at=at, version=version, complete_at=complete_at)
    drop_drafts(case, CHECK)
    return case


@transaction.atomic
def approve_request(
    case: PlantRequest, *, granted: int, by: User, at: datetime, level: int | None = None, reasons: str = "",
    version: int | None = None,
) -> PlantRequest:  # fmt: skip
    """Grant all or part of the request, and change the license with it.

    `granted` is the count at the start, else how many more or fewer. The licensee's licenses are held, so that the cap
    is judged on what stands. Raises Refused with the reasons of the law.
    """
    demand(by, "licensing.approve_request", case)
    license = held(case.license)
    case = same(locked(case), version)
    on, level = local_day(at), level if case.kind == Kind.DESIGNATION else license.level
    case.license = license
    against = refusals(case, "approve_request") or [
        *reasons_not_to_grant(case, level=level, granted=granted, on=on),
        *decision.reasons_not_to_grant_part(asked=case.plants or 0, granted=granted, reasons=reasons),
    ]
    if against:
        raise Refused(against)
    _write_decision(case, reasons, by=by, on=on)
    authorize(
        license, level=level, mature_plants=_count_after(case, granted), since=on, source=SOURCES[case.kind], by=by,
        at=at, request=case, reason=reasons,
    )  # fmt: skip
    case = act(case, "approve_request", by=by, at=at, reason=reasons, version=version, level=level, granted=granted)
    drop_drafts(case, DECIDE)
    return case


SOURCES = {
    Kind.DESIGNATION: PlantAuthorization.Source.DESIGNATION,
    Kind.INCREASE: PlantAuthorization.Source.INCREASE,
    Kind.DECREASE: PlantAuthorization.Source.DECREASE,
}  # fmt: skip


def _count_after(case: PlantRequest, granted: int) -> int:
    """The count of the license when `granted` is granted."""
    before = case.license.mature_plants or 0
    return {Kind.INCREASE: before + granted, Kind.DECREASE: before - granted}.get(Kind(case.kind), granted)


@transaction.atomic
def deny_request(
    case: PlantRequest, reasons: str, *, by: User, at: datetime, version: int | None = None
) -> PlantRequest:
    """Deny the request for reasons that the licensee reads; one that lacks information only when its time is over."""
    demand(by, "licensing.deny_request", case)
    case = same(locked(case), version)
    due, on = case.running(clocks.INFORMATION_DUE), local_day(at)
    against = refusals(case, "deny_request") or [
        *decision.reasons_not_to_deny(reasons=reasons),
        *decision.reasons_not_to_deny_unanswered(due_on=due.due_on if due else None, on=on),
    ]
    if against:
        raise Refused(against)
    _write_decision(case, reasons, by=by, on=on)
    case = act(case, "deny_request", by=by, at=at, reason=reasons, version=version)
    drop_drafts(case, DECIDE)
    return case


def _write_decision(case: PlantRequest, reasons: str, *, by: User, on: date) -> None:
    """Keep the reasons, and the factors as the person who decides has them before their eyes."""
    case.reasons, case.factors = reasons, factors.as_json(factors.factors_of(case, by, on=on))
    case.save(update_fields=["reasons", "factors"])
