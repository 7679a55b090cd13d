"""What pages of a notice show: when answers would be due, what an earlier receipt would change, what became of it."""

from dataclasses import dataclass
from datetime import date, datetime

from casefile.calendar import Counted, local_day, long_day
from casefile.deadlines import CLOCKS, Clock
from casefile.models import Deadline
from inspections import clocks
from inspections.models import Inspection

FROM_RECEIPT = (clocks.CAP_DUE, clocks.CORRECTIONS_DUE)


@dataclass(frozen=True)
class WouldBe:
    """When a clock would end, and how that is counted."""

    clock: Clock
    counted: Counted

    @property
    def due_on(self) -> date | None:
        return self.counted.due_on

    @property
    def how(self) -> str:
        return self.counted.sentence(self.clock.event, self.clock.act)


def would_be_due(case: Inspection, at: datetime) -> list[WouldBe]:
    """Both dates of a notice, were it received at `at`."""
    return [WouldBe(clock, case.counted(clock, at)) for clock in FROM_RECEIPT]


@dataclass(frozen=True)
class Earlier:
    """A running date that an earlier receipt would move."""

    label: str
    was: date
    now: date


def earlier_dates(case: Inspection, received_at: datetime) -> list[Earlier]:
    """The running dates that would move earlier, had the notice been received at `received_at`."""
    rows: dict[str, Deadline] = {row.clock: row for row in case.file.deadlines.running()}
    return [
        Earlier(would.clock.label, row.due_on, would.due_on)
        for would in would_be_due(case, received_at)
        if (row := rows.get(would.clock.key)) and row.due_on and would.due_on and would.due_on < row.due_on
    ]


def deadlines_of(case: Inspection, at: datetime) -> tuple[list[str], list[str]]:
    """The licensee's running deadlines in words: those still open, and those that have passed."""
    running: list[str] = []
    past: list[str] = []
    for row in case.file.deadlines.running():
        clock = CLOCKS[row.clock]
        if clock.owner == "licensee":
            words = f"{clock.label}, {'was due' if row.is_past(at) else 'due'} {long_day(local_day(row.due_at))}"
            (past if row.is_past(at) else running).append(words)
    return running, past
