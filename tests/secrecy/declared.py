"""What may differ between two worlds, and what is held so that it cannot. Whoever adds a line says why.

Nothing is cut out of a reply before it is compared. What other tests of this kind mask (tokens, keys, dates) is held:
see `HELD`. `DECLARED` is the list of differences that are allowed; it is empty, and the test asks that it stays short.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HELD = {
    "tokens against forged forms, keys in addresses, session names, names of files, names of mails": (
        "drawn by os.urandom; dice.py gives the plans one stream and each request another"
    ),
    "boundaries between the parts of a mail": "drawn by random; seeded by dice.py",
    "numbers that the database counts up": "dice.py sets every sequence back before a world begins, and only then",
    "codes of rules that the tests themselves make up": "their counter begins anew in each world",
    "dates, times of day, ages": "the clock stands still for all worlds of a test",
}
DECLARED: dict[str, tuple[re.Pattern[bytes], str]] = {}  # by its name: what differs, and why a licensee learns nothing


@dataclass(frozen=True)
class Difference:
    """Where two worlds differ: what was asked for, how many bytes, and the first of them with what stands around."""

    name: str
    bytes: int
    here: str
    there: str

    def __str__(self) -> str:
        return f"{self.name}: {self.bytes} bytes differ, first\n  {self.here}\n  {self.there}"


def differences(here: Mapping[str, bytes], there: Mapping[str, bytes]) -> list[Difference]:
    """What differs in what was seen in both worlds, after the declared list."""
    both = [name for name in here if name in there]
    return [
        _difference(name, clean(here[name]), clean(there[name])) for name in both if _unlike(here[name], there[name])
    ]


def clean(seen: bytes) -> bytes:
    for pattern, _ in DECLARED.values():
        seen = pattern.sub(b"", seen)
    return seen


def _unlike(one: bytes, other: bytes) -> bool:
    return one != other and clean(one) != clean(other)


def _difference(name: str, one: bytes, other: bytes) -> Difference:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    unlike = sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))
    around = slice(max(0, at - 60), at + 60)
    return Difference(name, unlike, repr(one[around]), repr(other[around]))


def by_path(found: Sequence[Difference]) -> dict[str, int]:
    """How many bytes differ, by what was asked for."""
    sums: dict[str, int] = {}
    for it in found:
        sums[it.name] = sums.get(it.name, 0) + it.bytes
    return sums
