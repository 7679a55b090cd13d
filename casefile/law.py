"""How a legal rule names the text it applies, and how a value of the law keeps its history."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

Ruled = TypeVar("Ruled", bound=Callable[..., Any])
Value = TypeVar("Value")

RULES: list[Callable[..., Any]] = []
VALUES: dict[str, "Dated[Any]"] = {}


def cites(source: str) -> Callable[[Ruled], Ruled]:
    """Tie a rule to the text it applies: in its docstring, in RULES, and where a page can show it."""

    def mark(rule: Ruled) -> Ruled:
        rule.cites = source  # type: ignore[attr-defined]
        rule.__doc__ = f"{(rule.__doc__ or '').rstrip()}\n\n    Cites: {source}\n    "
        RULES.append(rule)
        return rule

    return mark


def citation(rule: Callable[..., Any]) -> str:
    """The text that `rule` applies; empty when it cites none."""
    return getattr(rule, "cites", "")


@dataclass(frozen=True)
class Dated(Generic[Value]):
    """A value of the law with the day each version came into force, newest last.

    A `name` puts it in VALUES, from which docs/law.md is printed; `verify` is the note for counsel printed with it.
    """

    versions: tuple[tuple[date, Value], ...]
    verify: str = ""
    name: str = field(default="", kw_only=True)
    source: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        days = [since for since, _ in self.versions]
        if not days or days != sorted(set(days)):
            raise ValueError(f"{self.name or 'a dated value'}: versions are in force one after the other, newest last")
        if self.name:
            VALUES[self.name] = self

    def on(self, day: date) -> Value:
        """The value in force on `day`; LookupError when nothing was in force yet."""
        in_force = [value for since, value in self.versions if since <= day]
        if not in_force:
            raise LookupError(f"nothing was in force on {day}")
        return in_force[-1]
