"""docs/states.md: every machine as a diagram, and what follows from each step."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.apps import apps
from django_fsm import GET_STATE

from accounts.permissions import COLUMNS, TABLE
from casefile.models import Case
from casefile.steps import When
from reports.docs.words import paper, sentence, table

LEAD = """A case moves in one function, the door (`casefile/actions.py`). What follows from a step stands beside the
step as data: which clocks start, stop or are cancelled, and which letters go out. *If* says that it depends
on the case."""
HEAD = ["step", "from", "to", "what it does", "clocks", "letters", "who"]


def machines() -> Iterator[tuple[type[Case], list[Any]]]:
    """Every kind of case with its transitions, in the order of its steps."""
    for model in apps.get_models():
        if issubclass(model, Case):
            field, order = state_of(model), list(vars(model))
            places = [value for value, _ in field.choices]
            moves = field.get_all_transitions(model)
            yield (
                cast(type[Case], model),
                sorted(moves, key=lambda move: (order.index(move.name), places.index(move.source))),
            )


def state_of(model: Any) -> Any:
    """The field that moves."""
    return model._meta.get_field("state")


def states() -> str:
    """The whole paper."""
    return paper("How a case moves", LEAD, *(machine(model, moves) for model, moves in machines()))


def machine(model: type[Case], moves: list[Any]) -> str:
    """One kind of case: its states, its diagram, its steps."""
    labels = dict(state_of(model).choices)
    names = table(["state", "name"], [[f"`{value}`", str(label)] for value, label in labels.items()])
    return "\n\n".join(
        [
            f"## {model.__name__}",
            sentence(model.__doc__),
            names,
            diagram(moves),
            table(HEAD, steps(moves, labels, model)),
        ]
    )


def diagram(moves: list[Any]) -> str:
    """The machine for Mermaid; steps that leave the state as it is stand in the table only."""
    arrows = [(move.source, target, move.name) for move in moves for target in targets(move) if target != move.source]
    joined: dict[tuple[str, str], list[str]] = {}
    for source, target, name in arrows:
        joined.setdefault((source, target), []).append(name)
    lines = [f"    {source} --> {target}: {', '.join(names)}" for (source, target), names in joined.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> " + moves[0].source, *lines, "```"])


def targets(move: Any) -> list[str]:
    """The states a step can lead to; of one that stays, the state itself."""
    if isinstance(move.target, GET_STATE):
        return [str(state) for state in move.target.allowed_states]
    return [str(move.target or move.source)]


def steps(moves: list[Any], labels: dict[str, str], model: type[Case]) -> Iterator[list[str]]:
    """One line for each step with the same consequences, whatever the states it starts from."""
    joined: dict[tuple[str, ...], list[str]] = {}
    for move in moves:
        to = " or ".join(labels[target] for target in targets(move)) if move.target is not None else "(stays)"
        same = (move.name, to, sentence(getattr(model, move.name).__doc__), clocks(move), letters(move))
        joined.setdefault(same, []).append(str(labels[move.source]))
    for (name, to, does, running, written), sources in joined.items():
        row = TABLE[f"{model._meta.app_label}.{name}"]
        who = ", ".join(column for column in COLUMNS if column in row)
        yield [f"`{name}`", ", ".join(sources), to, does, running, written, who]


def clocks(move: Any) -> str:
    words = [
        f"{kind}: {', '.join(named(move.custom[kind], 'label'))}"
        for kind in ("starts", "stops", "cancels")
        if move.custom[kind]
    ]
    return "; ".join(words)


def letters(move: Any) -> str:
    return ", ".join(named(move.custom["sends"], "title"))


def named(effects: Iterable[Any], attribute: str) -> list[str]:
    """The effects by name; one that depends on the case says so."""
    return [
        f"*if* {getattr(effect.effect, attribute)}" if isinstance(effect, When) else getattr(effect, attribute)
        for effect in effects
    ]
