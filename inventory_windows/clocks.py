"""Which time this app measures."""

from datetime import date

from casefile.calendar import Term, business_days, days_before, hours, hours_before, local_hour
from casefile.deadlines import Clock
from inventory_windows import letters, rules
from inventory_windows.policies import first_window_ways


def first_term(day: date) -> Term:
    """How long a first window that begins on `day` stays open, as the Division counts then."""
    return rules.first_term(local_hour(day, 12), first_window_ways(day))


FIRST_END = Clock(
    "inventory_windows.first_end", "First window",
    term=first_term,
    cites="CCD Compliance FAQ: a 15-day window; how it ends is an open point",
    event="Your window opened", act="enter seeds and clones in BioTrack", since="opened_at", fixed=True,
    warns=(days_before(5), days_before(1)), reminder=letters.FIRST_REMINDER,
)  # fmt: skip
OPEN_END = Clock(
    "inventory_windows.open_end", "Open window",
    term=lambda day: rules.open_term(local_hour(day, 12)),
    cites="CCD Compliance FAQ: we only open the window for 24 hours; elapsed time",
    event="Your window opened", act="enter plants in BioTrack", since="opened_at", fixed=True,
    warns=(hours_before(2),), reminder=letters.ENDING,
)  # fmt: skip
REVIEW_GOAL = Clock(
    "inventory_windows.review_goal", "Decide the request", term=lambda _day: business_days(3),
    cites="Team goal", event="The request came", act="decide", owner="division", restarts=False,
)  # fmt: skip
OPEN_GOAL = Clock(
    "inventory_windows.open_goal", "Open it in BioTrack", term=lambda _day: hours(1),
    cites="Team goal: within an hour of the time that was promised", event="The window was promised",
    act="open it in BioTrack", since="opens_at", owner="division", overdue=letters.NOT_OPENED, fixed=True,
)  # fmt: skip
SHUT_GOAL = Clock(
    "inventory_windows.shut_goal", "Shut it in BioTrack", term=lambda _day: hours(2),
    cites="Team goal: within two hours of the end", event="The window ended", act="shut it in BioTrack",
    since="closes_at", owner="division", overdue=letters.NOT_SHUT, fixed=True,
)  # fmt: skip
CORRECTION_GOAL = Clock(
    "inventory_windows.correction_goal", "Decide the correction", term=lambda _day: business_days(3),
    cites="Team goal", event="The request came", act="decide", owner="division", restarts=False,
)  # fmt: skip
