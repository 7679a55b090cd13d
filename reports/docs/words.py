"""What the printed papers share."""

from collections.abc import Iterable, Sequence

MADE = "Printed from the code by `./run manage print_docs`. Do not edit: change the code and print again."


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") or " " for cell in line) + " |" for line in lines)


def paper(title: str, lead: str, *parts: str) -> str:
    """A whole file: heading, where it comes from, what it says, its parts."""
    return "\n\n".join([f"# {title}", MADE, lead, *parts]) + "\n"


def sentence(doc: str | None) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((doc or "").strip().split("\n\n")[0].split())
