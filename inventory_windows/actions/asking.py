"""What a licensee does: begin a request, keep it, send it, send papers, take it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from casefile.actions import Part, Refused, act, drop_drafts, journal, locked, save_parts
from inventory_windows import rules
from inventory_windows.actions.parts import WINDOWS, answer, close_question, demand, hold, new_file, number_of
from inventory_windows.models import OfLicense, WindowItem, WindowRequest, holder_of
from inventory_windows.queries.facts import licensees_named, pending_of, spans_of
from inventory_windows.stages import RequestState
from licensing.models import License

DRAFT, WORDS = "request", "words"
SENT = "This request was already sent. You can read it, but not change it."


@transaction.atomic
def begin_request(license: License, *, by: User, at: datetime) -> WindowRequest:
    """Begin a request, or go on with the one that was begun. Raises Refused while another one waits."""
    demand(by, "begin_request", license)
    license = hold(license)
    if (begun := license.windowrequests.filter(state=RequestState.DRAFT).first()) is not None:
        return begun
    if number := pending_of(license):
        raise Refused([f"We have your request {number}. You can ask again when it is done."])
    if reasons := rules.reasons_against_license(holder_of(license)):
        raise Refused(reasons)
    case = WindowRequest.objects.create(file=new_file(at), license=license)
    journal(case, "begin_request", "Request begun", by=by, at=at)
    return case


@transaction.atomic
def keep_words(case: OfLicense, typed: Mapping[str, str], *, seen: str, right: str, by: User, at: datetime) -> bool:
    """Keep what was typed, as it was typed. False where a colleague has typed other words since the page was made.

    `seen` is the digest of the words that the page showed. Raises Refused once the request was sent.
    """
    demand(by, right, case)
    case = locked(case)
    if case.state != RequestState.DRAFT:
        raise Refused([SENT])
    return not save_parts(case, DRAFT, {WORDS: typed}, seen={WORDS: seen}, by=by, at=at)


def kept_words(case: OfLicense) -> Part:
    """The words of a request that is not sent, and who typed them."""
    draft = case.file.drafts.filter(name=DRAFT).first()
    return Part(**draft.typed[WORDS]) if draft and WORDS in draft.typed else Part({})


@transaction.atomic
def submit_window_request(
    case: WindowRequest, asked: rules.Asked, *, company: str, by: User, at: datetime, version: int | None = None
) -> WindowRequest:
    """Send the request: only for what a window is for, when one may open, with all that we ask."""
    demand(by, "submit_window_request", case)
    license = hold(case.license)
    case = locked(case)
    if case.state == RequestState.DRAFT:
        reasons = rules.missing_in_request(asked) + rules.reasons_not_to_request(
            asked.kinds, case.holder(), spans_of(license), at=at
        )
        if reasons:
            raise Refused(reasons)
        _write(case, asked, company)
        case.file.papers.filter(sent_at=None).update(sent_at=at)
    number = case.number or (number_of(WINDOWS, at) if case.state == RequestState.DRAFT else "")
    case = act(case, "submit_window_request", by=by, at=at, version=version, by_whom=by, number=number)
    drop_drafts(case, DRAFT)
    return case


def _write(case: WindowRequest, asked: rules.Asked, company: str) -> None:
    """Put on record what is asked, line by line, with the licensees whom a source names."""
    facts: dict[str, Any] = {
        "company": company, "contact": asked.contact, "phone": asked.phone, "email": asked.email,
        "purpose": asked.purpose, "message": asked.message,
    }  # fmt: skip
    for name, value in facts.items():
        setattr(case, name, value)
    case.save(update_fields=list(facts))
    WindowItem.objects.bulk_create(
        WindowItem(
            request=case, kind=item.kind, strain=item.strain, quantity=item.quantity, source=item.source,
            licensees=licensees_named(item.source, but=case.licensee),
        )
        for item in asked.items
    )  # fmt: skip


@transaction.atomic
def send_documents(
    case: WindowRequest, words: str, *, by: User, at: datetime, version: int | None = None
) -> WindowRequest:
    """Send what the Division asked for: the papers that were added, and a word beside them."""
    demand(by, "send_documents", case)
    case = locked(case)
    files = answer(case, words, by=by, at=at) if case.state == RequestState.DOCUMENTS_ASKED else 0
    return act(case, "send_documents", by=by, at=at, version=version, files=files)


@transaction.atomic
def withdraw_window_request(
    case: WindowRequest, *, by: User, at: datetime, version: int | None = None
) -> WindowRequest:
    """Take the request back; a later one may be sent at once."""
    case = act(case, "withdraw_window_request", by=by, at=at, version=version)
    close_question(case, at=at)
    drop_drafts(case, DRAFT)
    return case
