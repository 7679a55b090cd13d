"""A request in the words of its pages: what is asked, what fits, where it stands, what came with it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from casefile.calendar import local_day, long_day, short_day
from casefile.deadlines import CLOCKS
from casefile.models import Deadline, Document
from casefile.templatetags.ccd import due_tone, due_words
from licensing import rules
from licensing.forms.asking import answers
from licensing.models import PlantRequest, RequestPiece
from licensing.queries.request_pages import Weighed
from licensing.queries.requests import decided, largest_grant
from licensing.stages import RequestState

Kind = PlantRequest.Kind
FINDING_TONES = {
    rules.Finding.MET: "green",
    rules.Finding.NOT_MET: "red",
    rules.Finding.NOT_APPLICABLE: "",
    rules.Finding.JUDGE: "violet",
}


def row(label: str, value: str, url: str = "", link: str = "") -> dict[str, str]:
    return {"label": label, "value": value, "url": url, "link": link}


def asked_rows(it: Weighed) -> list[dict[str, str]]:
    """What is asked, beside what the license has."""
    case, license = it.case, it.case.license
    rows = [row("Asked for", _asked(case)), row("The license has now", _has(license.level, license.mature_plants))]
    rows[1] |= {"url": license.get_absolute_url(), "link": "See the license"}
    if case.granted is not None:
        rows.append(row("Granted", _granted(case)))
    if case.state == RequestState.APPROVED or case.decided_at is not None:
        return rows
    return [*rows, *_what_fits(it)]


def _asked(case: PlantRequest) -> str:
    plants = f"{case.plants or 0:,}"
    if case.kind == Kind.DESIGNATION:
        return f"Level {case.level}, {plants} mature plants"
    if case.kind == Kind.DECREASE:
        return f"{plants} fewer mature plants"
    when = "at renewal" if case.at_renewal else "the one other time of its license year"
    return f"{plants} more mature plants, {when}"


def _has(level: int | None, count: int | None) -> str:
    plants = "no count on record" if count is None else f"{count:,} mature plants"
    return f"Level {level}, {plants}" if level else f"No level, {plants}"


def _granted(case: PlantRequest) -> str:
    if case.kind == Kind.DESIGNATION:
        return f"Level {case.granted_level}, {case.granted:,} mature plants"
    return f"{case.granted:,} {'more' if case.kind == Kind.INCREASE else 'fewer'} mature plants"


def _what_fits(it: Weighed) -> list[dict[str, str]]:
    case, total = it.case, getattr(it.case, "total_now", 0)
    rows = [row("All licenses of the licensee", f"{total:,} of at most {rules.PLANT_CAP.on(it.on):,} mature plants")]
    if case.kind == Kind.INCREASE:
        fee = rules.fee_due(case.plants or 0, on=it.on)
        rows.append(row("The largest that fits now", largest_words(case, it.on)))
        rows.append(row("Level of the new count", _level_after(case, it.on)))
        rows.append(row("Fee", f"${fee:,.2f}" if fee is not None else "Not on record: 16.8.11 NMAC, verify"))
    return rows


def largest_words(case: PlantRequest, on: date) -> str:
    """The most that can be granted on a day, and what bounds it."""
    return f"{largest_grant(case, on):,} plants. {rules.why_largest(decided(case, on))}"


def _level_after(case: PlantRequest, on: date) -> str:
    count = (case.license.mature_plants or 0) + (case.plants or 0)
    found = rules.level_of(count, on=on)
    words = f"{count:,} lies in level {found.number}" if found else f"{count:,}: {rules.why_no_level(count, on=on)}"
    return f"{words}. The designated level stays." if found else words


def factor_rows(factors: Iterable[rules.Factor]) -> list[dict[str, Any]]:
    """Each factor with the tone of its finding; the words say it too."""
    return [{"factor": it, "tone": FINDING_TONES[it.finding]} for it in factors]


def stages_of(case: PlantRequest, at: datetime) -> list[dict[str, str]]:
    """Sent, complete, decided: how far the request is."""
    moments = [case.sent_at, case.complete_at, case.decided_at]
    labels = ["Sent", "Complete", case.get_state_display() if case.decided_at else "Decided"]
    reached = 2 if case.decided_at else 2 if case.complete_at else 1
    due = f"Now, due {short_day(local_day(case.file.due_at))}" if case.file.due_at else "Now"
    return [
        {
            "label": label,
            "note": _short(moment) or (due if n == reached else "" if n < reached else "Not yet"),
            "state": "now" if n == reached else "done" if n < reached else "",
        }
        for n, (label, moment) in enumerate(zip(labels, moments, strict=True))
    ]


def _short(at: datetime | None) -> str:
    return short_day(local_day(at)) if at else ""


def clock_rows(deadlines: Iterable[Deadline], at: datetime) -> list[dict[str, Any]]:
    """The clocks of the request, those that run first, each with how it was counted."""
    shown = [it for it in deadlines if it.is_running or it.end in (Deadline.End.MET, Deadline.End.LATE)]
    return [_clock(it, at) for it in sorted(shown, key=lambda it: (not it.is_running, it.due_at))]


def _clock(it: Deadline, at: datetime) -> dict[str, Any]:
    clock = CLOCKS[it.clock]
    ended = "Met late" if it.end == Deadline.End.LATE else "Met"
    tone = "over" if it.end == Deadline.End.LATE else "met"
    return {
        "label": clock.label,
        "words": due_words(it.due_at, at) if it.is_running else ended,
        "tone": due_tone(it.due_at, at) if it.is_running else tone,
        "due": it.due_at,
        "note": clock.cites,
        "how": it.how_counted.sentence(clock.event, clock.act),
        "due_word": "Due" if it.is_running else "Was due",
    }


def piece_rows(case: PlantRequest, pieces: Iterable[RequestPiece]) -> list[dict[str, Any]]:
    """Each piece the rule asks for: as it was last sent, and as it was before."""
    sent: dict[str, list[RequestPiece]] = {}
    for piece in pieces:
        sent.setdefault(piece.key, []).insert(0, piece)
    return [_piece(case, it, sent.get(it.key, [])) for it in case.required]


def _piece(case: PlantRequest, it: rules.Piece, sent: list[RequestPiece]) -> dict[str, Any]:
    came = [_sending(case, row) for row in sent]
    given = any(row.is_given for row in sent[:1])
    return {
        "piece": it,
        "tone": "green" if given else "amber",
        "state": "Sent" if given else "Not sent",
        "wanted": case.wanted.get(it.key, ""),
        "newest": came[0] if came else None,
        "before": came[1:],
    }


def _sending(case: PlantRequest, piece: RequestPiece) -> dict[str, Any]:
    return {
        "at": piece.sent_at,
        "by": piece.sent_by.name,
        "rows": [row(it["label"], it["value"]) for it in answers(case.kind, piece.key, piece.typed)],
        "papers": [_paper(it) for it in piece.documents.all()],
    }


def _paper(it: Document) -> dict[str, str]:
    kind = "PDF" if it.media_type == "application/pdf" else "Photo"
    url = reverse("casefile:document", args=[it.key])
    return {"name": it.name, "url": url, "kind": kind, "size": filesizeformat(it.size)}


def earlier_row(case: PlantRequest) -> dict[str, Any]:
    """An earlier request as a line: what, when, how it ended."""
    ended = f", {long_day(local_day(case.decided_at))}" if case.decided_at else ""
    return {
        "url": reverse("licensing:request", args=[case.file.ref]),
        "text": f"Case {case.file.ref}: {_asked(case)}",
        "note": f"{case.get_state_display()}{ended}",
    }
