"""Which time this app measures: a goal of the team, never a promise."""

from casefile.calendar import business_days
from casefile.deadlines import Clock

ANSWER_GOAL = Clock(
    "help_center.answer_goal", "Answer the question", term=lambda _day: business_days(3),
    cites="Team goal", event="The question came", act="answer", owner="division", restarts=False,
)  # fmt: skip
