"""The journal in the words of a page."""

from typing import Any

from accounts.models import Role
from casefile.models import Event

KINDS: dict[str, str] = {Role.REPRESENTATIVE: "licensee", Role.CLOCKWORK: "system"}


def line_of(event: Event) -> dict[str, Any]:
    """One line, as `components/timeline.html` wants it."""
    return {
        "title": event.title,
        "text": event.reason,
        "at": event.at,
        "by": event.by.name,
        "kind": KINDS.get(event.by.role, ""),
    }
