"""What a window may be asked for, what it may not, and what to do instead."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from casefile.calendar import local_day
from casefile.law import cites
from inventory_windows.rules.openings import Holder, Span, reasons_not_to_open
from inventory_windows.rules.values import CORRECTION_FEE, FAQ, KINDS

SEED, CLONE, TISSUE = "seed", "clone", "tissue"
FLOWER, CORRECTION, TRANSFER = "flower", "correction", "transfer"
LABELS: Mapping[str, str] = {
    SEED: "Seeds",
    CLONE: "Clones",
    TISSUE: "Plant tissue or other genetics",
    FLOWER: "Dried flower or products",
    CORRECTION: "A fix of what is in BioTrack",
    TRANSFER: "Plants or goods from another licensee",
}
NOTHING, NOT_WHOLE = "Add at least one thing that you want to enter.", "Say what it is, how many, and where it is from."


@dataclass(frozen=True)
class Item:
    """One line of a request: so many of a strain, from somewhere."""

    kind: str
    strain: str = ""
    quantity: int = 0
    source: str = ""

    @property
    def words(self) -> str:
        """What it is, in words."""
        return LABELS.get(self.kind, self.kind)

    @property
    def is_whole(self) -> bool:
        """Nothing of the line is left open."""
        return bool(self.strain.strip() and self.quantity > 0 and self.source.strip())


@dataclass(frozen=True)
class Asked:
    """What a licensee asks for, as far as it is typed."""

    items: Sequence[Item] = field(default_factory=tuple)
    purpose: str = ""
    message: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""

    @property
    def kinds(self) -> set[str]:
        """The kinds that are named."""
        return {item.kind for item in self.items if item.kind}


@cites(f"{FAQ}: no window for any reason other than to input seeds, clones, and genetics")
def reasons_against_kinds(kinds: Collection[str], at: datetime) -> list[str]:
    """A window is for seeds, clones and plant tissue; for the rest there is another way, which the reason names."""
    allowed, fee = KINDS.on(local_day(at)), CORRECTION_FEE.on(local_day(at))
    instead = {
        FLOWER: "A window is only for seeds, clones, and plant tissue. "
        "We can not open it for dried flower or products. "
        "What you buy comes with a manifest and a source code. What you grow comes from plants that you track.",
        CORRECTION: "A window can not fix a mistake in BioTrack. Call BioTrack support and open a ticket. "
        "If they need the State to approve the fix, ask us for State approval here. "
        f"BioTrack may charge you for it, from ${fee}.",
        TRANSFER: "What another licensee sends you comes with a manifest and a source code. "
        "Ask the sender for the manifest. You do not need a window for it.",
    }
    return [
        instead.get(kind, f"A window is not for {kind}.") for kind in LABELS if kind in kinds and kind not in allowed
    ]


@cites(f"{FAQ}: please include your company name, your name, contact information, and a brief message")
def missing_in_request(asked: Asked) -> list[str]:
    """A request says who asks, how to reach them, what they want to enter, and why."""
    missing = {
        NOTHING: not asked.kinds,
        NOT_WHOLE: any(not item.is_whole for item in asked.items),
        "Say why you need the window.": not (asked.purpose and asked.message.strip()),
        "Tell us who we can talk to.": not asked.contact.strip(),
        "Give us a phone number.": not asked.phone.strip(),
        "Give us an email address.": not asked.email.strip(),
    }
    return [reason for reason, lacks in missing.items() if lacks]


@cites(f"{FAQ}: when the CCD can reopen a closed 15-day inventory window, and for what")
def reasons_not_to_request(
    kinds: Collection[str], holder: Holder, spans: Sequence[Span], *, at: datetime, pending: str = ""
) -> list[str]:
    """A window is asked for what it may be used for, when one may open, and once at a time.

    `pending` is the number of a request that is not decided yet.
    """
    reasons = reasons_against_kinds(kinds, at) + reasons_not_to_open(holder, spans, at)
    return [*reasons, f"We have your request {pending}. You can ask again when it is done."] if pending else reasons


@cites("office practice: a window is approved for a time to come at which it may open")
def reasons_not_to_approve(opens_at: datetime, holder: Holder, spans: Sequence[Span], *, at: datetime) -> list[str]:
    """A window is approved for a time that lies ahead, at which the law lets it open."""
    if opens_at < at:
        return ["This time is over. Choose a time that lies ahead."]
    return reasons_not_to_open(holder, spans, opens_at)


@cites("office practice: a refusal has a reason that the licensee reads")
def reasons_not_to_refuse(reason: str) -> list[str]:
    """A request is refused with a reason, which the licensee reads."""
    return [] if reason.strip() else ["Say why. The licensee will read it."]


@cites("office practice: what is asked for is said in words that the licensee reads")
def reasons_not_to_ask(wanted: str) -> list[str]:
    """Who asks for papers or an answer says which."""
    return [] if wanted.strip() else ["Say what you need. The licensee will read it."]


@cites(f"{FAQ}: open a ticket with BioTrack support; some issues may require State approval")
def missing_in_correction(ticket: str, what: str, why: str) -> list[str]:
    """State approval is asked for a ticket of BioTrack support, with what they want approved and why."""
    missing = {
        "Enter the number of your BioTrack ticket. If you have none, call BioTrack support first.": not ticket.strip(),
        "Say what BioTrack support asks us to approve.": not what.strip(),
        "Say why it has to be fixed.": not why.strip(),
    }
    return [reason for reason, lacks in missing.items() if lacks]
