"""What becomes of a copy of a letter, and what follows from it for the case."""

from datetime import datetime

from accounts.models import User
from casefile import notices
from casefile.letters import LETTERS
from casefile.models import Delivery
from inspections import letters
from inspections.actions.notice import NOLVS, record_receipt
from inspections.models import Inspection, Way
from licensing.letters import BOUNCED


def letter_settled(delivery: Delivery, *, at: datetime) -> None:
    """Told in the transaction that settles one copy: taken by the recipient's server, come back, or lost from sight."""
    notice = delivery.notice
    if notice.file is None or LETTERS[notice.letter].to != "licensee":
        return
    if delivery.state == Delivery.State.ACCEPTED and notice.letter in NOLVS:
        _received(delivery, at=at)
    elif delivery.state in (Delivery.State.BOUNCED, Delivery.State.UNKNOWN):
        case = notice.file.case
        letter = letters.BOUNCED if isinstance(case, Inspection) else BOUNCED
        notices.queue(
            letter, case, once=f"delivery:{delivery.pk}:{delivery.state}", at=at,
            delivery=delivery, about=notice.subject, starts_clocks=notice.letter in NOLVS,
        )  # fmt: skip


def _received(delivery: Delivery, *, at: datetime) -> None:
    """The server's acceptance is a receipt of the notice that stands; of one that was replaced it is none."""
    assert delivery.notice.file is not None
    case = delivery.notice.file.case
    assert isinstance(case, Inspection)
    if delivery.notice == case.last_nolv() and case.nolv_served_at is not None:
        record_receipt(
            case, kind=Way.MAIL_ACCEPTED, received_at=at, by=User.objects.clockwork(), at=at, notice=delivery.notice,
            proof=f"{delivery.email}: {delivery.detail}",
        )  # fmt: skip
