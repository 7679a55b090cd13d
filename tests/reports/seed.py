"""The paragraphs of a regulation as its text numbers them: 16.8.8.9, 16.8.8.9(B), 16.8.8.9(B)(1)."""

import re
from collections.abc import Iterator

MARK = re.compile(
    r"^(?P<section>16\.8\.8\.\d+) "
    r"|(?:^|(?<=[.;] ))(?P<letter>[A-Z])\. (?=[A-Z])"
    r"|^\((?P<digit>\d)\) "
    r"|^\((?P<small>[a-z])\) ",
    re.MULTILINE,
)


def paragraphs(text: str) -> Iterator[str]:
    """Each paragraph's number, in the order of the text."""
    at = {"section": "", "letter": "", "digit": "", "small": ""}
    for found in MARK.finditer(text):
        kind = found.lastgroup or ""
        mark = found[kind]
        at[kind] = mark if kind == "section" else f"({mark})"
        for below in list(at)[list(at).index(kind) + 1 :]:
            at[below] = ""
        yield "".join(at.values())
