"""The papers that are printed from the code: who may what, how a case moves, which law is where."""

from collections.abc import Callable

from reports.docs.law import law
from reports.docs.permissions import permissions
from reports.docs.states import states

DOCS: dict[str, Callable[[], str]] = {"permissions.md": permissions, "states.md": states, "law.md": law}

__all__ = ["DOCS"]
