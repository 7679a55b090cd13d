"""What a visit finds, and when it may begin, end, and be closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casefile.law import cites

FAQ = "CCD Compliance FAQs"
KINDS = ("routine", "follow_up", "complaint", "investigation")
SEVERITIES = ("minor", "moderate", "major", "critical")


@dataclass(frozen=True)
class Finding:
    """One violation as the rules see it."""

    number: int  # as the notice numbers it
    title: str
    code: str
    severity: str = "moderate"
    count: int = 1
    planned: bool = False  # its part of the plan is accepted
    corrected: bool = False  # the licensee sent proof that it is corrected
    verified: bool = False  # the Division checked that proof

    def __str__(self) -> str:
        return f"Violation {self.number}, {self.title}"


@dataclass(frozen=True)
class Visit:
    """What is known when a visit begins."""

    kind: str
    begun_at: datetime
    at: datetime  # the instant at which it is written down
    present: str
    operating: bool = True  # the premises have told the Division that they operate
    visit_in_progress: str = ""  # the number of another visit that has not ended here


@cites("NMSA 26-2C-6(E), 26-2C-3(B)(3)(a)")
def reasons_not_to_begin(visit: Visit) -> list[str]:
    """Licensed premises are inspected; only those that operate need a routine visit."""
    against = {
        f"Choose the kind of visit: {', '.join(KINDS).replace('_', '-')}.": visit.kind not in KINDS,
        "These premises are not operating, so no routine visit is due.": visit.kind == "routine"
        and not visit.operating,
        "A visit cannot begin in the future.": visit.begun_at > visit.at,
        "Say who was present.": not visit.present.strip(),
        f"Visit {visit.visit_in_progress} has not ended at these premises.": bool(visit.visit_in_progress),
    }
    return [reason for reason, stands in against.items() if stands]


@cites("office practice; what follows from a refused entry is for a person to decide, verify with counsel")
def reasons_not_to_record_refused_entry(notes: str) -> list[str]:
    """A refused entry is put on record with what happened."""
    return [] if notes.strip() else ["Write down what happened at the door."]


@cites("office practice: the catalog suggests a severity, the officer decides; New Mexico sets no severity classes")
def reasons_against_severity(severity: str, *, suggested: str, reason: str) -> list[str]:
    """A severity other than the catalog suggests needs a reason."""
    if severity not in SEVERITIES:
        return [f"Choose a severity: {', '.join(SEVERITIES)}."]
    if severity != suggested and not reason.strip():
        return [f"Say why this is {severity}. The catalog suggests {suggested}."]
    return []


@cites(f"{FAQ}: the officer reviews the findings with the licensee at the end of the visit")
def reasons_not_to_end_visit(findings: Sequence[Finding], *, reviewed_with: str) -> list[str]:
    """A visit ends when its findings were reviewed with the licensee."""
    against = [] if reviewed_with.strip() else ["Say with whom the findings were reviewed."]
    return against + [f"{finding}: the count must be 1 or more." for finding in findings if finding.count < 1]


@cites("office practice: a letter of compliance; the FAQ speaks only of visits that found violations")
def reasons_not_to_end_in_compliance(findings: Sequence[Finding]) -> list[str]:
    """A visit ends in compliance when it found no violation."""
    return [f"{finding}, is on record." for finding in findings]


@cites(f"{FAQ}: a Close Out Letter follows once all violations have been corrected")
def reasons_not_to_close(findings: Sequence[Finding]) -> list[str]:
    """A case closes out when the Division has verified that every violation is corrected."""
    if not findings:
        return ["No violation is on record. A visit without violations ends with a letter of compliance."]
    return [f"{finding}: {_open_because(finding)}" for finding in findings if _is_open(finding)]


def _is_open(finding: Finding) -> bool:
    return not (finding.corrected and finding.verified)


def _open_because(finding: Finding) -> str:
    if finding.corrected:
        return "the proof of its correction is not verified."
    return "no proof of its correction has been sent."
