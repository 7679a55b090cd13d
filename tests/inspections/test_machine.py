"""Twenty thousand steps in any order: no promise of the record is ever broken."""

import os
import time

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.inspections.machine import BY_ROLE, TAKEN, TALLY, Machine, World, expected, outside

STEPS = int(os.environ.get("MACHINE_STEPS", "20000"))
PER_EXAMPLE = 100
TIMES = 20


@pytest.mark.slow  # twenty thousand steps through the real door on a real database
@pytest.mark.timeout(3000)
@pytest.mark.django_db(transaction=True)
def test_every_promise_holds_after_every_step(capsys):
    Machine.world = World()
    began, used = time.monotonic(), time.process_time()
    with outside():
        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=max(1, STEPS // 180), stateful_step_count=PER_EXAMPLE, deadline=None,
                derandomize=True, database=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink) if os.environ.get("SHRINK") else (Phase.generate,),
            ),
        )  # fmt: skip
    missing = {move: TAKEN[move] for move in expected() if TAKEN[move] < TIMES}
    with capsys.disabled():
        print(
            f"\n{TALLY['performed']:,} steps in {TALLY['examples']} examples, {time.monotonic() - began:.0f} s ({time.process_time() - used:.0f} s of ours); {dict(TALLY)}"
        )
        print("fewest:", sorted((TAKEN[move], *move) for move in expected())[:12])
        print("roles:", len(BY_ROLE))
    assert TALLY["performed"] >= STEPS and TALLY["violations"] == 0
    assert not missing
