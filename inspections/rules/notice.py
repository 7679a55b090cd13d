"""The Notice of License Violation: when it may be served, stopped, taken back, and when it counts as received."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casefile.calendar import local_day
from casefile.law import Dated, cites
from inspections.rules.findings import FAQ, Finding

HOLD = timedelta(minutes=5)  # how long a served notice waits and can still be stopped

RECEIPT_KINDS: Dated[tuple[str, ...]] = Dated(
    ((date(2021, 6, 29), ("mail_accepted", "acknowledged", "by_hand", "certified_mail")),),
    verify='Verify with counsel: what "receive" means, above all when an e-mail is not opened.',
    name="Ways of receiving a notice that start the clocks",
    source=f"{FAQ}: from the time you receive the NOLV; by the Uniform Electronic Transactions Act, section 15",
)


@dataclass(frozen=True)
class Receipt:
    """One way in which the notice reached the licensee, with its proof."""

    kind: str
    at: datetime
    proof: str  # the server's answer, the name of who acknowledged or took it, the number of the certified letter
    bounced: bool = False  # the mail came back after all


@cites(f"{FAQ}: the officer sends a Notice of License Violation after the visit")
def reasons_not_to_serve(findings: Sequence[Finding], *, recipients: int, texts: Mapping[int, str]) -> list[str]:
    """A notice is served on someone, of at least one violation, each described; `texts` is by violation number."""
    against = [] if findings else ["There is no violation to give notice of."]
    against += [f"{it}: say what was seen." for it in findings if not texts.get(it.number, "").strip()]
    return against if recipients > 0 else [*against, "Nobody can receive the notice. Add a contact first."]


@cites("office practice: a served notice waits 5 minutes before it leaves")
def reasons_not_to_stop(left: bool, *, waited: timedelta = timedelta(0)) -> list[str]:
    """A notice can be stopped until it has left, at most 5 minutes after it was served."""
    if left or waited >= HOLD:
        return ["The notice has left. A supervisor can rescind it with a reason."]
    return []


@cites("office practice: after it has left, a notice is only rescinded, by a supervisor with a reason")
def reasons_not_to_rescind(*, reason: str) -> list[str]:
    """A notice is rescinded with a reason, which the licensee reads."""
    return [] if reason.strip() else ["Say why the notice is rescinded. The licensee will read it."]


@cites("office practice: grave cases; a person decides which are grave")
def reasons_not_to_skip_plan(findings: Sequence[Finding], *, reason: str) -> list[str]:
    """A grave case may go to discipline without a plan, with a reason."""
    against = [] if findings else ["There is no violation to give notice of."]
    return against if reason.strip() else [*against, "Say why this case goes to discipline without a plan."]


@cites("NMSA 14-16-15 (electronic records); 7.34.4.31(A) NMAC for certified mail, by analogy; verify with counsel")
def reasons_not_to_record_receipt(receipt: Receipt, *, served_at: datetime, at: datetime) -> list[str]:
    """A receipt is recorded after the notice was served, with its proof, in a way that was in force that day."""
    against = {
        "This way of receiving a notice does not start the clocks.": receipt.kind
        not in kinds_on(local_day(receipt.at)),
        "The notice cannot have been received before it was served.": receipt.at < served_at,
        "The notice cannot have been received in the future.": receipt.at > at,
        "Add the proof: who took it, or the number of the letter.": not receipt.proof.strip(),
    }
    return [reason for reason, stands in against.items() if stands]


@cites(f"{FAQ}: from the time you receive the NOLV; verify with counsel")
def earliest_receipt(receipts: Iterable[Receipt], kinds: Collection[str]) -> Receipt | None:
    """The clocks start with the earliest receipt that has its proof, is of a kind that counts, and did not bounce."""
    proven = [it for it in receipts if it.kind in kinds and it.proof.strip() and not it.bounced]
    return min(proven, key=lambda receipt: receipt.at, default=None)


def kinds_on(day: date) -> tuple[str, ...]:
    """The ways of receiving a notice that start the clocks on `day`."""
    return RECEIPT_KINDS.on(day)
