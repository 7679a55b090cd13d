"""How a step is declared: what stands against it, and what follows from it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any


class Unless:
    """A django-fsm condition made of a rule that answers with reasons; no reasons means go."""

    def __init__(self, rule: Callable[[Any], list[str]]) -> None:
        self.reasons = rule

    def __call__(self, case: Any) -> bool:
        return not self.reasons(case)


def unless(*rules: Callable[[Any], list[str]]) -> list[Callable[[Any], bool]]:
    """Conditions for `@transition`: each rule takes the case and returns the reasons against."""
    return [Unless(rule) for rule in rules]


@dataclass(frozen=True)
class When:
    """An effect that follows only if the case, as moved, says so."""

    ask: Callable[[Any], bool]
    effect: Any


def effects(
    title: str,
    *,
    shown: bool = False,
    starts: Sequence[Any] = (),
    stops: Sequence[Any] = (),
    cancels: Sequence[Any] = (),
    sends: Sequence[Any] = (),
) -> dict[str, Any]:
    """What follows from a step: its line in the journal (`shown`: the licensee may read it), clocks, letters."""
    return {
        "title": title, "shown": shown, "starts": starts, "stops": stops, "cancels": cancels, "sends": sends,
    }  # fmt: skip


def following(taken: Any, kind: str, case: Any) -> Iterator[Any]:
    """The effects of one kind that the step `taken` has on `case` as it now stands."""
    for effect in taken.custom.get(kind, ()):
        if not isinstance(effect, When):
            yield effect
        elif effect.ask(case):
            yield effect.effect
