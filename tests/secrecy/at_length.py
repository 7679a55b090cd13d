"""What `drills.secrecy` runs: hundreds of pairs with every request made in earnest, and the times that replies take."""

import gc
import os
import time
from collections.abc import Sequence
from math import exp, sqrt
from statistics import median, quantiles

import pytest

from tests.secrecy.declared import Difference, by_path, differences
from tests.secrecy.plans import MONTH_WITH_MUCH, VISIT_KEY, Planner, places_of
from tests.secrecy.run import NOW, Theatre
from tests.secrecy.script import Ask

pytestmark = pytest.mark.django_db

PAIRS = int(os.environ.get("SECRECY_PAIRS", "500"))
SAMPLES = int(os.environ.get("SECRECY_SAMPLES", "2000"))
EVERY = int(os.environ.get("SECRECY_EVERY", "1"))  # each request is made in earnest in one world of so many
ACTS_EVERY = 10  # worlds in which all forms are sent too
SAY_EVERY = 25
MEDIAN_GAP = 0.002  # seconds
LEAST_P = 0.01


def test_many_pairs(theatre: Theatre):
    script, places = theatre.script, places_of(theatre.house)
    first, found, made, began = theatre.first(), list[Difference](), 0, time.perf_counter()
    print(f"\n{len(script.reads)} requests that read, {len(script.acts)} that send, in each world")
    for n in range(1, PAIRS + 1):
        planner = Planner(f"drill {n}", theatre.house, places, NOW)
        turn = script.reads[n % EVERY :: EVERY]
        seen = theatre.glance(planner.plan, f"{n}", turn, acts=n % ACTS_EVERY == 0)
        made += len(seen)
        for unlike in differences(seen, first):
            print(f"pair {n}: {unlike}", flush=True)
            found.append(unlike)
        if n % SAY_EVERY == 0:
            print(
                f"{n} pairs, {made} made in earnest, {len(found)} differ, {time.perf_counter() - began:.0f} s",
                flush=True,
            )
    print(
        f"{sum(it.bytes for it in found)} bytes differ",
        *(f"{count} in {name}" for name, count in by_path(found).items()),
    )
    assert not found


def test_times_of_replies_tell_nothing(theatre: Theatre):
    """Replies in the world without plans and in one with many, by turns: their times are of one distribution."""
    place, notice = theatre.house.premises.number, theatre.house.cases["cap_due"].file.key
    paths = (f"/premises/{place}/", "/notices/", f"/notices/{notice}/", f"/schedule/visits/{VISIT_KEY}/",
             f"/schedule/plans/{MONTH_WITH_MUCH:%Y-%m}-4/")  # fmt: skip
    asks = [Ask("owner", "GET", path) for path in paths]
    times: dict[tuple[str, bool], list[float]] = {(ask.name, many): [] for ask in asks for many in (False, True)}
    planner = Planner("times", theatre.house, places_of(theatre.house), NOW)
    gc.collect()
    gc.freeze()
    for turn in range(SAMPLES // (BLOCK * len(asks))):
        for many in ((False, True), (True, False))[turn % 2]:
            with theatre.world(planner.plan if many else list, "times"):
                theatre.read(asks)  # the first replies of a world warm the database up
                theatre.seconds.clear()
                for _ in range(BLOCK):
                    theatre.read(asks)
                for ask in asks:
                    times[ask.name, many] += theatre.seconds[ask.name]
    gc.unfreeze()
    told = [line(ask.name, times[ask.name, False], times[ask.name, True]) for ask in asks]
    assert all(told)


BLOCK = 20


def line(name: str, without: Sequence[float], with_plans: Sequence[float]) -> bool:
    """Print what sets two samples of seconds apart; whether that is nothing."""
    gap, (distance, p) = abs(median(without) - median(with_plans)), kolmogorov_smirnov(without, with_plans)
    ninety_five = [quantiles(it, n=20)[-1] * 1000 for it in (without, with_plans)]
    print(
        f"{name}: {len(without)} + {len(with_plans)} replies, medians {median(without) * 1000:.2f} and "
        f"{median(with_plans) * 1000:.2f} ms, gap {gap * 1000:.3f} ms, p95 {ninety_five[0]:.1f} and "
        f"{ninety_five[1]:.1f} ms, KS D {distance:.4f}, p {p:.3f}"
    )
    return gap < MEDIAN_GAP and p > LEAST_P


def kolmogorov_smirnov(one: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    """The greatest distance of two samples' distributions, and how likely it is where both are the same."""
    n, m, distance, i, j = len(one), len(other), 0.0, 0, 0
    a, b = sorted(one), sorted(other)
    while i < n and j < m:
        step = min(a[i], b[j])
        while i < n and a[i] <= step:
            i += 1
        while j < m and b[j] <= step:
            j += 1
        distance = max(distance, abs(i / n - j / m))
    root = sqrt(n * m / (n + m))
    at = (root + 0.12 + 0.11 / root) * distance
    terms = (2 * (-1) ** (k - 1) * exp(-2 * k * k * at * at) for k in range(1, 101))
    return distance, min(1.0, max(0.0, sum(terms))) if at > 0.2 else 1.0
