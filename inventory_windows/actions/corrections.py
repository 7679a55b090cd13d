"""State approval of a correction in BioTrack: asked for, asked back, answered, approved or refused."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from casefile.actions import Refused, act, drop_drafts, journal, locked
from inventory_windows import rules
from inventory_windows.actions.asking import DRAFT
from inventory_windows.actions.parts import CORRECTIONS, answer, ask, close_question, demand, hold, new_file, number_of
from inventory_windows.models import Correction
from inventory_windows.stages import CORRECTIONS_PENDING, CorrectionState
from licensing.models import License

TWICE = "You have already asked about this ticket. You can see it on your page."


@dataclass(frozen=True)
class Words:
    """What the licensee says of the correction."""

    ticket: str
    what: str
    why: str
    contact: str = ""
    phone: str = ""


@transaction.atomic
def begin_correction(license: License, *, by: User, at: datetime) -> Correction:
    """Begin a request for State approval, or go on with the one that was begun."""
    demand(by, "begin_correction", license)
    license = hold(license)
    if (begun := license.corrections.filter(state=CorrectionState.DRAFT).first()) is not None:
        return begun
    case = Correction.objects.create(file=new_file(at), license=license)
    journal(case, "begin_correction", "Request begun", by=by, at=at)
    return case


@transaction.atomic
def submit_correction(
    case: Correction, words: Words, *, by: User, at: datetime, version: int | None = None
) -> Correction:
    """Send the request with the number of the ticket at BioTrack support."""
    demand(by, "submit_correction", case)
    case = locked(case)
    number = case.number or ""
    if case.state == CorrectionState.DRAFT:
        if reasons := rules.missing_in_correction(words.ticket, words.what, words.why):
            raise Refused(reasons)
        for name, value in vars(words).items():
            setattr(case, name, value.strip())
        case.save(update_fields=list(vars(words)))
        case.file.papers.filter(sent_at=None).update(sent_at=at)
        number = number_of(CORRECTIONS, at)
    try:
        with transaction.atomic():
            case = act(case, "submit_correction", by=by, at=at, version=version, by_whom=by, number=number)
    except IntegrityError as clash:
        raise Refused([TWICE]) from clash
    drop_drafts(case, DRAFT)
    return case


@transaction.atomic
def ask_about_correction(
    case: Correction, wanted: str, *, by: User, at: datetime, version: int | None = None
) -> Correction:
    """Ask the licensee something before it is decided."""
    demand(by, "ask_about_correction", case)
    case = locked(case)
    if case.state == CorrectionState.REQUESTED:
        ask(case, wanted, by=by, at=at)
    return act(case, "ask_about_correction", by=by, at=at, version=version, officer=by)


@transaction.atomic
def answer_correction(
    case: Correction, words: str, *, by: User, at: datetime, version: int | None = None
) -> Correction:
    """Answer what was asked, with words or papers."""
    demand(by, "answer_correction", case)
    case = locked(case)
    if case.state == CorrectionState.ASKED:
        answer(case, words, by=by, at=at)
    return act(case, "answer_correction", by=by, at=at, version=version)


@transaction.atomic
def approve_correction(
    case: Correction, *, note: str = "", by: User, at: datetime, version: int | None = None
) -> Correction:
    """Approve what BioTrack support is to correct; the letter carries the number."""
    case = act(case, "approve_correction", by=by, at=at, version=version, officer=by, words=note.strip())
    close_question(case, at=at)
    return case


@transaction.atomic
def refuse_correction(
    case: Correction, *, reason: str, by: User, at: datetime, version: int | None = None
) -> Correction:
    """Do not approve it; the letter says why."""
    demand(by, "refuse_correction", case)
    if case.state in CORRECTIONS_PENDING and (reasons := rules.reasons_not_to_refuse(reason)):
        raise Refused(reasons)
    case = act(
        case, "refuse_correction", by=by, at=at, reason=reason, version=version, officer=by, words=reason.strip()
    )
    close_question(case, at=at)
    return case


@transaction.atomic
def withdraw_correction(case: Correction, *, by: User, at: datetime, version: int | None = None) -> Correction:
    """Take the request back."""
    case = act(case, "withdraw_correction", by=by, at=at, version=version)
    close_question(case, at=at)
    drop_drafts(case, DRAFT)
    return case
