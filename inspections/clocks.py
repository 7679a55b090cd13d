"""Which time this app measures."""

from casefile.calendar import business_days, business_days_before, days_before
from casefile.deadlines import Clock
from inspections import letters, rules

CAP_DUE = Clock(
    "inspections.cap_due", "Corrective action plan",
    term=rules.cap_term,
    cites="CCD Compliance FAQ, corrections after an inspection; counted as NMSA 12-2A-7",
    act="send your plan", since="received_at",
    warns=(business_days_before(2), business_days_before(1)),
    reminder=letters.CAP_REMINDER, overdue=letters.CAP_OVERDUE, moved=letters.DATE_MOVED,
)  # fmt: skip
CAP_RESEND_DUE = Clock(
    "inspections.cap_resend_due", "Changes to the plan",
    term=rules.resend_term,
    cites="Set by the Division; the FAQ is silent. Verify with counsel",
    event="We sent your plan back", act="send the change",
    warns=(business_days_before(2), business_days_before(1)),
    reminder=letters.CAP_REMINDER, overdue=letters.CAP_OVERDUE, moved=letters.DATE_MOVED,
)  # fmt: skip
CORRECTIONS_DUE = Clock(
    "inspections.corrections_due", "Proof that all violations are fixed",
    term=rules.corrections_term,
    cites="CCD Compliance FAQ, corrections after an inspection; counted as NMSA 12-2A-7",
    act="send your proof", since="received_at",
    warns=(days_before(10), days_before(3), days_before(1)),
    reminder=letters.PROOF_REMINDER, overdue=letters.PROOF_OVERDUE, moved=letters.DATE_MOVED,
)  # fmt: skip
PROOF_RESEND_DUE = Clock(
    "inspections.proof_resend_due", "More proof",
    term=rules.resend_term,
    cites="Set by the Division; the FAQ is silent. Verify with counsel",
    event="We sent your proof back", act="send your proof", not_before="proof_last_due_at",
    warns=(days_before(3), days_before(1)),
    reminder=letters.PROOF_REMINDER, overdue=letters.PROOF_OVERDUE, moved=letters.DATE_MOVED,
)  # fmt: skip
NOTICE_GOAL = Clock(
    "inspections.notice_goal", "Send the notice", term=lambda _day: business_days(3),
    cites="Team goal", event="The visit ended", act="send the notice", owner="division", restarts=False,
)  # fmt: skip
PLAN_REVIEW_GOAL = Clock(
    "inspections.plan_review_goal", "Review the plan", term=lambda _day: business_days(3),
    cites="Team goal", event="The plan came", act="finish the review", owner="division", restarts=False,
)  # fmt: skip
PROOF_REVIEW_GOAL = Clock(
    "inspections.proof_review_goal", "Review the proof", term=lambda _day: business_days(3),
    cites="Team goal", event="The proof came", act="finish the review", owner="division", restarts=False,
)  # fmt: skip
