"""One paragraph of a regulation in the register: what carries it and what tests it, or why it is information only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """A paragraph such as 16.8.8.9(B)(1): functions by dotted path, pages by the name of their address, tests by node.

    A paragraph with nothing that carries it is information only, and `why` says why.
    """

    id: str
    says: str
    functions: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    why: str = ""

    @property
    def is_implemented(self) -> bool:
        """Whether a function or a page carries it."""
        return bool(self.functions or self.pages)

    @property
    def row(self) -> list[str]:
        """The cells of its line in the register."""
        carried = ", ".join([*(f"`{name}`" for name in self.functions), *(f"page `{name}`" for name in self.pages)])
        tested = ", ".join(f"`{name}`" for name in self.tests)
        return [self.id, self.says, carried or f"information only: {self.why}", tested]
