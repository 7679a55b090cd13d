"""What a licensee reads of its own folder: letters that reached it, lines of the journal, papers it handed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from accounts.models import Role
from casefile.letters import LETTERS
from casefile.models import CaseFile, Document, Event, Notice

MOST = 60  # letters and lines of history on one page; more stand in the record


@dataclass(frozen=True)
class Mark:
    """How something stands: the words and the tone of a tag."""

    text: str
    tone: str = ""


def letters_of(file: CaseFile, at: datetime) -> list[Notice]:
    """The letters that left for the licensee, newest first."""
    return list(left_for_licensee(file.notices.all(), at)[:MOST])


def left_for_licensee(letters: QuerySet[Notice], at: datetime) -> QuerySet[Notice]:
    """Those letters that are to the licensee and have left; one that was stopped never did."""
    ours = [key for key, letter in LETTERS.items() if letter.to == "licensee"]
    return letters.filter(letter__in=ours, stopped_at=None, release_at__lte=at)


def letter_row(letter: Notice) -> dict[str, Any]:
    """A letter in a list, with its paper."""
    pdf = reverse("casefile:letter_pdf", args=[letter.key]) if letter.page else ""
    return {"letter": letter, "url": reverse("casefile:letter", args=[letter.key]), "pdf": pdf}


def line_row(event: Event) -> dict[str, Any]:
    """A line of the journal; who of the Division did it is not said."""
    ours = event.by.role == Role.REPRESENTATIVE
    by, kind = (event.by.name, "licensee") if ours else ("the Division", "")
    return {"title": event.title, "at": event.at, "by": by, "kind": kind}


def document_row(document: Document) -> dict[str, Any]:
    """A file in a list, with a small picture where it is a photo."""
    url = reverse("casefile:document", args=[document.key])
    return {
        "key": document.key,
        "name": document.name,
        "url": url,
        "src": f"{url}?view=1" if document.has_copy else "",
        "size": filesizeformat(document.size).replace("\xa0", " "),
    }
