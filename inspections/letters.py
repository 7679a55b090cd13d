"""What this app writes. Subjects are Django templates; the words stand in templates/letters/inspections/."""

from casefile.letters import Letter
from inspections.rules import HOLD

NOLV = Letter(
    "inspections.nolv", "Notice of License Violation",
    "Action needed by {{ case.plan_by|day_short }}: your notice, case {{ case.file.number }}", hold=HOLD, pdf=True,
)  # fmt: skip
NOLV_WITHOUT_CAP = Letter(
    "inspections.nolv_without_cap", "Notice of License Violation",
    "Read your notice now. Case {{ case.file.number }}", hold=HOLD, pdf=True,
)  # fmt: skip
RESCINDED = Letter(
    "inspections.rescinded", "Notice taken back", "We took back our notice. Case {{ case.file.number }}"
)  # fmt: skip
COMPLIANCE = Letter(
    "inspections.compliance", "Letter of compliance",
    "Your inspection: you are in compliance. Case {{ case.file.number }}", pdf=True,
)  # fmt: skip
CAP_REMINDER = Letter(
    "inspections.cap_reminder", "Reminder: plan",
    "{{ deadline|left:at }}: send your plan by {{ deadline.due_on|day_short }}",
)  # fmt: skip
CAP_OVERDUE = Letter(
    "inspections.cap_overdue", "Plan overdue", "Your plan is late. Send it today. Case {{ case.file.number }}"
)  # fmt: skip
CAP_RECEIPT = Letter("inspections.cap_receipt", "Receipt of the plan", "We got your plan. Case {{ case.file.number }}")
CAP_RETURNED = Letter(
    "inspections.cap_returned", "Plan returned",
    "Change {{ case.returned_plans|length }} part{{ case.returned_plans|length|pluralize }} of your plan by "
    "{{ case.plan_by|day_short }}. Case {{ case.file.number }}",
)  # fmt: skip
CAP_ACCEPTED = Letter(
    "inspections.cap_accepted", "Plan accepted",
    "Plan accepted. {% if case.proof_lacks %}Send proof by {{ case.proof_by|day_short }}. {% endif %}"
    "Case {{ case.file.number }}",
)  # fmt: skip
PROOF_REMINDER = Letter(
    "inspections.proof_reminder", "Reminder: proof",
    "{{ deadline|left:at }}: send your proof by {{ deadline.due_on|day_short }}",
)  # fmt: skip
PROOF_OVERDUE = Letter(
    "inspections.proof_overdue", "Proof overdue", "Your proof is late. Send it today. Case {{ case.file.number }}"
)  # fmt: skip
PROOF_RECEIPT = Letter(
    "inspections.proof_receipt", "Receipt of proof", "We got your proof. Case {{ case.file.number }}"
)  # fmt: skip
PROOF_RETURNED = Letter(
    "inspections.proof_returned", "Proof returned", "We need more proof by {{ case.proof_by|day_short }}. "
    "Case {{ case.file.number }}",
)  # fmt: skip
PROOF_ACCEPTED = Letter(
    "inspections.proof_accepted", "Proof accepted", "We checked your proof. Case {{ case.file.number }}"
)  # fmt: skip
CLOSE_OUT = Letter(
    "inspections.close_out", "Close Out Letter",
    "Case closed. You are in compliance. Case {{ case.file.number }}", pdf=True,
)  # fmt: skip
DATE_MOVED = Letter(
    "inspections.date_moved", "New date", "You have a new date. Case {{ case.file.number }}"
)  # fmt: skip
REFERRAL = Letter(
    "inspections.referral", "Referral for discipline", "Your case was referred. Case {{ case.file.number }}"
)  # fmt: skip
PENALTY = Letter("inspections.penalty", "Penalty", "Decision in your case {{ case.file.number }}", pdf=True)
SUSPENSION = Letter(
    "inspections.suspension", "Suspension", "Decision about your license. Case {{ case.file.number }}", pdf=True
)  # fmt: skip
REVOCATION = Letter(
    "inspections.revocation", "Revocation", "Decision about your license. Case {{ case.file.number }}", pdf=True
)  # fmt: skip
RETURNED_TO_CORRECTIONS = Letter(
    "inspections.returned_to_corrections", "Returned to corrections",
    "Send your proof by {{ case.proof_by|day_short }}. Case {{ case.file.number }}",
)  # fmt: skip
DISMISSAL = Letter("inspections.dismissal", "Dismissal", "Your case is closed. Case {{ case.file.number }}", pdf=True)
BOUNCED = Letter(
    "inspections.bounced", "A letter did not arrive",
    "A letter did not arrive. Case {{ case.file.number }}", to="officer",
)  # fmt: skip
DIGEST = Letter(
    "inspections.digest", "Your day", "Your day: {{ count }} thing{{ count|pluralize }} to look at", to="officer"
)
