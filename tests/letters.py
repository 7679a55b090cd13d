"""Letters as a story writes them: every gap shown, every paper made, nothing left behind."""

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings as house
from django.db import transaction
from django.test.utils import override_settings

from casefile.models import Notice
from casefile.notices import pdf_of

GAP = "WHAT-IS-MISSING"
LEGAL_WORDS = re.compile(r"violation|penalt|revo|suspen|disciplin|denied|fine\b", re.IGNORECASE)


@contextmanager
def gaps_shown(blocker: Any) -> Iterator[None]:
    """A transaction that is undone, in which a template says what it does not find."""
    engines = copy.deepcopy(house.TEMPLATES)
    engines[0]["OPTIONS"]["string_if_invalid"] = GAP
    with blocker.unblock(), override_settings(TEMPLATES=engines), transaction.atomic():
        yield
        transaction.set_rollback(True)


def written_by(
    tell: Callable[[], None], blocker: Any, *, on_paper: Iterable[str]
) -> tuple[dict[str, list[Notice]], dict[str, bytes]]:
    """Every letter that `tell` writes, by key, in its order; and the PDF of the first of each of these keys."""
    found: dict[str, list[Notice]] = {}
    with gaps_shown(blocker):
        tell()
        for it in Notice.objects.select_related("file").order_by("pk"):
            found.setdefault(it.letter, []).append(it)
        papers = {key: pdf_of(found[key][0]) for key in on_paper}
    return found, papers
