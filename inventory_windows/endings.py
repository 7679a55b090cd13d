"""Windows whose time is over: the clockwork shuts each with its true end, whenever it wakes."""

import logging
from datetime import datetime

from inventory_windows.actions.openings import shut_window
from inventory_windows.models import Opening

logger = logging.getLogger(__name__)
MOST = 500  # what is left over waits a minute for the next sweep


def shut_what_is_over(*, at: datetime) -> None:
    """Shut every window whose end has come by `at`; one that cannot be shut holds up no other."""
    for opening in Opening.objects.over(at).select_related("file").order_by("closes_at", "pk")[:MOST]:
        try:
            shut_window(opening, at=at)
        except Exception:
            logger.exception("window %s could not be shut", opening.pk)
