"""How a letter that is not sent yet is shown inside a page: the same words, its headings below those of the page."""

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from casefile.models import Notice
from casefile.templatetags.paper import as_page

BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
HEADING = re.compile(r"<(/?)h([1-4])\b")
LANDMARK = re.compile(r"<(/?)(?:main|header|footer|nav|section|aside)\b")
NAMED = re.compile(r'\b(id|for|headers|aria-labelledby|aria-describedby)="')


@dataclass(frozen=True)
class Shown:
    """The mail and, where there is one, the letter on paper."""

    subject: str
    mail: SafeString
    page: SafeString


def as_shown(notice: Notice) -> Shown:
    """What a page shows of `notice`."""
    return Shown(notice.subject, as_page(notice.text), _inside(notice.page))


def _inside(page: str) -> SafeString:
    """The body of the letter, fit to stand inside another page."""
    found = BODY.search(page)
    if found is None:
        return SafeString("")
    body = HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 2}", found[1])
    body = LANDMARK.sub(lambda tag: f"<{tag[1]}div", body)
    return mark_safe(NAMED.sub(lambda name: f'{name[1]}="letter-', body))  # our template escaped every word
