"""What this app writes. The words stand in templates/letters/licensing/."""

from casefile.letters import Letter

PERSON_ADDED = Letter("licensing.person_added", "You can act for a licensee", "You can now act for {{ licensee }}")

# Requests about mature plants
REQUEST_RECEIPT = Letter(
    "licensing.request_receipt", "Receipt of a request", "We got your request. Case {{ case.file.number }}"
)
INFORMATION_WANTED = Letter(
    "licensing.information_wanted", "What is missing",
    "Send what is missing by {{ case.information_by|day_short }}. Case {{ case.file.number }}", pdf=True,
)  # fmt: skip
INFORMATION_REMINDER = Letter(
    "licensing.information_reminder", "Reminder: what is missing",
    "{{ deadline|left:at }}: send what is missing by {{ deadline.due_on|day_short }}",
)  # fmt: skip
INFORMATION_OVERDUE = Letter(
    "licensing.information_overdue", "What is missing did not come",
    "Nothing came. Case {{ case.file.number }}", to="officer",
)  # fmt: skip
DESIGNATED = Letter(
    "licensing.designated", "Level of your license", "Your license has a level. Case {{ case.file.number }}", pdf=True
)  # fmt: skip
INCREASED = Letter(
    "licensing.increased", "More mature plants",
    "You can grow {{ case.granted_words }} more plants. Case {{ case.file.number }}", pdf=True,
)  # fmt: skip
DECREASED = Letter(
    "licensing.decreased", "Fewer mature plants", "Your plant count is lower now. Case {{ case.file.number }}", pdf=True
)  # fmt: skip
REQUEST_DENIED = Letter(
    "licensing.request_denied", "Request denied", "Decision on your request. Case {{ case.file.number }}", pdf=True
)  # fmt: skip
REQUEST_WITHDRAWN = Letter(
    "licensing.request_withdrawn", "Request withdrawn", "You took back your request. Case {{ case.file.number }}"
)  # fmt: skip
DECISION_REMINDER = Letter(
    "licensing.decision_reminder", "Reminder: decide a request",
    "{{ deadline|left:at }} to decide case {{ case.file.number }}", to="officer",
)  # fmt: skip
DECISION_OVERDUE = Letter(
    "licensing.decision_overdue", "Decision overdue",
    "A decision is overdue. Case {{ case.file.number }}", to="supervisors",
)  # fmt: skip
BOUNCED = Letter(
    "licensing.letter_bounced", "A letter did not arrive",
    "A letter did not arrive. License {{ case.license.number }}", to="officer",
)  # fmt: skip

# The terms of a license
LICENSE_APPROVED = Letter(
    "licensing.license_approved", "License approved", "Your license {{ case.license.number }} is approved", pdf=True
)  # fmt: skip
LICENSE_DENIED = Letter(
    "licensing.license_denied", "License denied", "Decision on your license {{ case.license.number }}", pdf=True
)  # fmt: skip
LICENSE_RENEWED = Letter(
    "licensing.license_renewed", "License renewed", "Your license {{ case.license.number }} is renewed", pdf=True
)  # fmt: skip
LICENSE_ENDED = Letter("licensing.license_ended", "License ended", "Your license {{ case.license.number }} has ended")
TERM_REMINDER = Letter(
    "licensing.term_reminder", "Reminder: renew the license",
    "{{ deadline|left:at }}: renew license {{ case.license.number }}",
)  # fmt: skip
LICENSE_EXPIRED = Letter(
    "licensing.license_expired", "License expired", "Your license {{ case.license.number }} has expired"
)  # fmt: skip

# Measures against a shortage of medical cannabis
MEASURE_ORDERED = Letter("licensing.measure_ordered", "A measure against a shortage", "{{ subject }}")
MEASURE_ENDED = Letter("licensing.measure_ended", "A measure against a shortage ends", "{{ subject }}")

# Monthly reports
REPORT_LATE = Letter("licensing.report_late", "Monthly report late", "Your {{ name }} report is late. Send it today")
