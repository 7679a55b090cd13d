"""Which time this app measures."""

from casefile.calendar import business_days, days_before, valid_months
from casefile.deadlines import Clock
from licensing import letters, rules
from licensing.rules import decision

CHECK_GOAL = Clock(
    "licensing.check_goal", "Check the request", term=lambda _day: business_days(5),
    cites="Team goal", event="The request came", act="check that it is complete", owner="division", restarts=False,
)  # fmt: skip
INFORMATION_DUE = Clock(
    "licensing.information_due", "What is missing",
    term=decision.information_term,
    cites="Set by the Division; 16.8.8 NMAC is silent. Verify with counsel",
    event="We asked for it", act="send what is missing",
    warns=(days_before(10), days_before(3), days_before(1)),
    reminder=letters.INFORMATION_REMINDER, overdue=letters.INFORMATION_OVERDUE,
)  # fmt: skip
DECISION_DUE = Clock(
    "licensing.decision_due", "Decision on the request",
    term=rules.decision_term,
    cites="16.8.2.23(C) NMAC; NMSA 26-2C-7(B); counted as NMSA 12-2A-7",
    event="The request was complete", act="decide", since="complete_at", owner="division",
    warns=(days_before(30), days_before(10), days_before(1)),
    reminder=letters.DECISION_REMINDER, overdue=letters.DECISION_OVERDUE,
)  # fmt: skip
TERM_ENDS = Clock(
    "licensing.term_ends", "Term of the license",
    term=lambda day: valid_months(rules.LICENSE_MONTHS.on(day)),
    cites="NMSA 26-2C-6(E)",
    event="The license year began", act="use the license", since="counts_from", until="ends_on",
    warns=tuple(days_before(count) for count in rules.REMINDER_DAYS.versions[-1][1]),
    reminder=letters.TERM_REMINDER, overdue=letters.LICENSE_EXPIRED,
)  # fmt: skip
