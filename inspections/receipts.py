"""What becomes of a copy of a notice, and what follows from it for the case."""

from datetime import datetime

from accounts.models import User
from casefile import notices
from casefile.models import Delivery
from inspections import letters
from inspections.actions.notice import NOLVS, record_receipt
from inspections.models import Way


def letter_settled(delivery: Delivery, *, at: datetime) -> None:
    """Told in the transaction that settles one copy: taken by the recipient's server, or come back."""
    notice = delivery.notice
    if notice.letter not in NOLVS or notice.file is None:
        return
    case = notice.file.case
    if notice != case.last_nolv() or case.nolv_served_at is None:
        return
    if delivery.state == Delivery.State.ACCEPTED:
        record_receipt(
            case, kind=Way.MAIL_ACCEPTED, received_at=at, proof=f"{delivery.email}: {delivery.detail}",
            by=User.objects.clockwork(), at=at, notice=notice,
        )  # fmt: skip
    elif delivery.state == Delivery.State.BOUNCED:
        notices.queue(letters.BOUNCED, case, once=f"delivery:{delivery.pk}:bounced", at=at, delivery=delivery)
