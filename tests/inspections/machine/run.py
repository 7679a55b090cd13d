"""The run of the machine, in two halves that two workers can take at once; each begins its own rounds."""

import time

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from inspections.models import Inspection
from tests.inspections.machine import BY_ROLE, TAKEN, TALLY, Machine, World, expected, outside

HALVES = 2
STEPS = 20_000 // HALVES
TIMES = 20 // HALVES  # that each transition is taken
IN_VAIN = ("refused", "denied", "stale", "power", "replays")
EXAMPLES = 5  # a round, of about two hundred steps each
ROUNDS = 30  # at most; ten do as a rule
ALWAYS_THE_SAME = settings(
    max_examples=EXAMPLES,
    stateful_step_count=100,  # rules; each lets people do some deeds besides
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # add Phase.shrink to see a short way to a breach
)


def half(which: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Ten thousand steps, of which each transition has its share; no round is one of the other half."""
    for count in (TALLY, TAKEN, BY_ROLE):
        count.clear()
    Machine.world = World()
    began = time.monotonic()
    with outside():
        for Machine.round in range(which * ROUNDS, (which + 1) * ROUNDS):
            run_state_machine_as_test(Machine, settings=ALWAYS_THE_SAME)
            if TALLY["performed"] >= STEPS and not rare():
                break
    with capsys.disabled():
        report(time.monotonic() - began)
    assert TALLY["violations"] == 0 and TALLY["performed"] >= STEPS
    assert rare() == {}


def rare() -> dict[tuple[str, str, str], int]:
    """The transitions that were not yet taken often enough, each with its count."""
    return {move: TAKEN[move] for move in expected() if TAKEN[move] < TIMES}


def report(seconds: float) -> None:
    """The figures of the run."""
    tried = {name: TALLY[name] for name in IN_VAIN}
    told = {name: count for name, count in sorted(TALLY.items()) if name.startswith(("mail", "woken", "dates"))}
    least = min((TAKEN[move], *move) for move in expected())
    print(
        f"\nmachine: {TALLY['performed']:,} steps taken in {TALLY['examples']} examples, {seconds:.0f} s, derandomized"
    )
    print(f"  {TALLY['violations']} promises broken; tried in vain and without a trace: {tried}; {told}")
    print(
        f"  {len(expected())} transitions of {len(Inspection.State)} states, the rarest {least}; {len(BY_ROLE)} steps by role"
    )
