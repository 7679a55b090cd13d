"""`python -m bench.schedule`: the figures of the planner, and whether its visits can be guessed."""

from datetime import date
from time import monotonic

from bench.schedule.guess import Score, play
from bench.schedule.predictable import on_the_dot
from bench.schedule.simple import greedy_nearest, oldest_first
from bench.schedule.world import problem
from schedules.planner.check import broken
from schedules.planner.problem import Figures
from schedules.planner.solve import propose

MONTH = date(2026, 7, 1)
SECONDS, GUESS, SEEDS = 60, 1.5, (11, 12, 13)


def main() -> int:
    """Print everything; 1 when a promise is broken."""
    kept = [month(), guessing()]
    return 0 if all(kept) else 1


def month() -> bool:
    """One month at full size, ours and two simple planners on the same problem."""
    asked = problem(MONTH)
    began = monotonic()
    proposal = propose(asked)
    seconds, wrong = monotonic() - began, broken(asked, proposal)
    print(f"{len(asked.candidates):,} premises, {len(asked.officers)} officers, {MONTH:%B %Y}")
    print(f"  seconds: {seconds:.1f} (at most {SECONDS})")
    print(f"  hard rules broken: {len(wrong)}", *wrong[:5], sep="\n    ")
    line("ours", proposal.figures)
    for name, plan in (("greedy nearest", greedy_nearest), ("oldest first", oldest_first)):
        compare(name, plan(asked), proposal.figures)
    print(
        f"  left out as impossible: {len(proposal.impossible)}",
        *(f"    {it.reason}" for it in proposal.impossible),
        sep="\n",
    )
    return seconds < SECONDS and not wrong


def line(name: str, it: Figures) -> None:
    """One planner's figures."""
    print(
        f"  {name}: {it.visits} visits, {it.km:,} km, {it.km / it.visits:.1f} km a visit, overdue covered "
        f"{it.overdue_covered} of {it.overdue_covered + it.overdue_left}, "
        f"dated on time {it.dated_on_time} of {it.dated}, "
        f"load {it.load_low} to {it.load_high} percent"
    )


def compare(name: str, simple: Figures, ours: Figures) -> None:
    """Ours by the simple one's."""
    line(name, simple)
    print(
        f"    ours by {name}: overdue covered {ours.overdue_covered / simple.overdue_covered:.2f}, "
        f"km {ours.km / simple.km:.2f}, km a visit {ours.km / ours.visits / (simple.km / simple.visits):.2f}, "
        f"km an overdue visit {ours.km / ours.overdue_covered / (simple.km / simple.overdue_covered):.2f}"
    )


def guessing() -> bool:
    """Hits of five predictors by chance, against our planner and against one that keeps to 365 days."""
    began, found, control = monotonic(), Score(), Score()
    for seed in SEEDS:
        play(propose, found, premises=300, years=2, seed=seed)
        play(on_the_dot, control, premises=300, years=2, seed=seed)
    best = max(found.ratios().values())
    print(f"Guessing the week of the next visit: {len(SEEDS)} worlds of 300 premises, 24 months")
    print("  chance knows the yearly goal and who was seen this year, and draws one of the weeks left in the year;")
    print(f"  of {found.guesses:,} guesses it hits {found.chance:.0f}. Hits of each predictor by that:")
    for name, ratio in found.ratios().items():
        print(f"    {name}: {ratio:.2f}")
    print(f"  the best: {best:.2f} (at most {GUESS}); {monotonic() - began:.0f} seconds")
    print(f"  to compare, the best against a planner that keeps to 365 days: {max(control.ratios().values()):.2f}")
    return best <= GUESS


if __name__ == "__main__":
    raise SystemExit(main())
