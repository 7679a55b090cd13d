"""What this app writes. Subjects are Django templates; the words stand in templates/letters/inventory_windows/."""

from casefile.letters import Letter

FIRST_OPENED = Letter(
    "inventory_windows.first_opened", "First window", "Your 15-day window is open until {{ case.closes_at|day_short }}"
)  # fmt: skip
FIRST_REMINDER = Letter(
    "inventory_windows.first_reminder", "Reminder: first window",
    "{{ deadline|left:at }}: your 15-day window ends {{ case.closes_at|day_short }}",
)  # fmt: skip
FIRST_SHUT = Letter("inventory_windows.first_shut", "First window shut", "Your 15-day window is shut")
RECEIVED = Letter("inventory_windows.received", "Request received", "We got your request {{ case.number }}")
DOCUMENTS_ASKED = Letter(
    "inventory_windows.documents_asked", "Documents asked for", "Send papers for your request {{ case.number }}"
)  # fmt: skip
DOCUMENTS_RECEIVED = Letter(
    "inventory_windows.documents_received", "Documents received", "We got your papers. Request {{ case.number }}"
)  # fmt: skip
APPROVED = Letter(
    "inventory_windows.approved", "Window approved",
    "We will open your window {{ case.opens_at|day_short }}. Request {{ case.number }}",
)  # fmt: skip
REFUSED = Letter("inventory_windows.refused", "Request refused", "We can not open a window. Request {{ case.number }}")
WITHDRAWN = Letter(
    "inventory_windows.withdrawn", "Request taken back", "You took back your request {{ case.number }}"
)  # fmt: skip
OPENED = Letter(
    "inventory_windows.opened", "Window open",
    "Your window is open until {{ case.closes_at|day_short }}, {{ case.closes_at|time_12 }}",
)  # fmt: skip
ENDING = Letter("inventory_windows.ending", "Window ends soon", "2 hours left: your window. Request {{ case.number }}")
SHUT = Letter("inventory_windows.shut", "Window shut", "Your window is shut. Request {{ case.number }}")
TO_SHUT = Letter(
    "inventory_windows.to_shut", "Shut it in BioTrack", "Shut window {{ case.number }} in BioTrack now", to="officer"
)  # fmt: skip
NOT_SHUT = Letter(
    "inventory_windows.not_shut", "Not confirmed as shut", "Window {{ case.number }} is not confirmed as shut",
    to="officer",
)  # fmt: skip
NOT_OPENED = Letter(
    "inventory_windows.not_opened", "Not opened in time", "Window {{ case.number }} was not opened in time",
    to="officer",
)  # fmt: skip
CORRECTION_RECEIVED = Letter(
    "inventory_windows.correction_received", "Correction received", "We got your request {{ case.number }}"
)  # fmt: skip
CORRECTION_ASKED = Letter(
    "inventory_windows.correction_asked", "Question about a correction",
    "Answer our question. Request {{ case.number }}",
)  # fmt: skip
CORRECTION_APPROVED = Letter(
    "inventory_windows.correction_approved", "Correction approved", "State approval {{ case.number }} for BioTrack",
    pdf=True,
)  # fmt: skip
CORRECTION_REFUSED = Letter(
    "inventory_windows.correction_refused", "Correction refused", "We can not approve it. Request {{ case.number }}"
)  # fmt: skip
