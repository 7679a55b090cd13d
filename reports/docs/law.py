"""docs/law.md: every rule with its citation and its test, every dated value, every open point."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from casefile.deadlines import CLOCKS
from casefile.law import RULES, VALUES, Dated, citation
from casefile.policies import POINTS
from reports.docs.register import REGISTER
from reports.docs.words import paper, sentence, table

ROOT = Path(__file__).resolve().parent.parent.parent
LAWFUL = (
    "licensing.rules", "help_center.rules", "help_center.clocks",
    "inspections.rules", "inspections.clocks", "inspections.policies",
    "inventory_windows.rules", "inventory_windows.clocks", "inventory_windows.policies",
    "schedules.rules",
)  # fmt: skip
OPEN_LAW = date(2026, 11, 21)  # the day on which the open points' defaults are read
LEAD = """A rule of law is a small function of plain values that says what stands against a step. Numbers that the law
may change are dated values. Where the law is silent, the Division decides under Settings, Open points of law."""


def law() -> str:
    """The whole paper."""
    for module in LAWFUL:
        import_module(module)
    return paper(
        "The law in this code",
        LEAD,
        "## Rules",
        table(["rule", "what it says", "cites", "tested in"], rules()),
        "## Dated values",
        table(["value", "versions", "source", "to verify"], values()),
        "## 16.8.8 NMAC, paragraph by paragraph",
        register_counted(),
        table(["paragraph", "what it says", "carried by", "tested in"], [row.row for row in REGISTER]),
        "## Clocks",
        table(
            ["clock", "whose", "cites"],
            [[clock.label, clock.owner, clock.cites] for _, clock in sorted(CLOCKS.items())],
        ),
        "## Open points",
        table(["point", "what it decides", "until the Division decides", "cites"], points()),
    )


def register_counted() -> str:
    """How many paragraphs the code carries."""
    done = sum(row.is_implemented for row in REGISTER)
    return f"{len(REGISTER)} paragraphs: {done} are carried by code, {len(REGISTER) - done} are information only."


def rules() -> Iterator[list[str]]:
    """Each rule that cites, by module and name."""
    for rule in sorted(RULES, key=lambda it: (it.__module__, it.__qualname__)):
        name = f"`{rule.__module__}.{rule.__qualname__}`"
        yield [name, sentence(rule.__doc__), citation(rule), f"`{found}`" if (found := test_of(rule)) else ""]


def test_of(rule: Callable[..., Any]) -> str:
    """The test file that asks a rule by its name: the one that mirrors its module, else any; empty for none."""
    own = rule.__qualname__.split(".")[-1]
    names = {own, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", own).lower()}
    app, *rooms = rule.__module__.split(".")
    mirrors = [f"tests/{app}/test_{'_'.join(rooms[:n])}.py" for n in range(len(rooms), 0, -1)]
    files = [path for path, words in tests().items() if names & words]
    return next((path for path in [*mirrors, *files] if path in files), "")


@cache
def tests() -> dict[str, set[str]]:
    """Every test file of the tree with the words in it."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return {str(path.relative_to(ROOT)): set(re.findall(r"\w+", path.read_text())) for path in files}


def values() -> Iterator[list[str]]:
    for name, value in sorted(VALUES.items()):
        yield [name, versions(value), value.source, value.verify]


def versions(value: Dated[Any]) -> str:
    return "; ".join(f"from {since}: {shown(it)}" for since, it in value.versions)


def shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {it}" for key, it in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def points() -> Iterator[list[str]]:
    for _, point in sorted(POINTS.items()):
        yield [point.label, point.decides, point.words(point.default(OPEN_LAW)), f"{point.cites}. Verify with counsel."]
